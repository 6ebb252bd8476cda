//! Converts the usual formats of ISO 8601 to RFC 3339.
//!
//! Some services leave out hyphens and colons, and AWS's other SDKs accept that.

/// Returns the text as RFC 3339, such as `2015-01-25T08:00:00+05:30` for `20150125T080000+0530`, or `None` if it is not
/// a date. The result may be a day that does not exist.
///
/// The default zone is UTC, and the default time is the start of the day.
pub(super) fn to_rfc3339(text: &str) -> Option<String> {
    let (date, rest) = split_date(text)?;
    if rest.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let zone_start = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (time, zone) = rest.split_at_checked(zone_start.unwrap_or(rest.len()))?;
    let (clock, fraction) = match time.split_once(['.', ',']) {
        Some((clock, fraction)) if is_number(fraction) => (clock, format!(".{fraction}")),
        Some(_) => return None,
        None => (time, String::new()),
    };
    let clock = match pairs(clock, ':')?.as_slice() {
        [hour, minute] => format!("{hour}:{minute}:00"),
        [hour, minute, second] => format!("{hour}:{minute}:{second}"),
        _ => return None,
    };
    Some(format!("{date}T{clock}{fraction}{}", offset(zone.trim())?))
}

/// Splits the text into the date, to which hyphens are added, and the rest.
fn split_date(text: &str) -> Option<(String, &str)> {
    let extended = text.as_bytes().get(4) == Some(&b'-');
    let (date, rest) = text.split_at_checked(if extended { 10 } else { 8 })?;
    let year = date.get(..4).filter(|year| is_number(year))?;
    let digits = date.get(if extended { 5 } else { 4 }..)?;
    match pairs(digits, '-')?.as_slice() {
        [month, day] => Some((format!("{year}-{month}-{day}"), rest)),
        _ => None,
    }
}

/// Returns a zone as RFC 3339 writes it, such as `+05:30` for `+0530`. An empty zone is UTC.
pub(super) fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "" | "Z" | "z" | "UTC" | "GMT") {
        return Some("Z".to_owned());
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    if !matches!(sign, "+" | "-") {
        return None;
    }
    match pairs(digits, ':')?.as_slice() {
        [hours] => Some(format!("{sign}{hours}:00")),
        [hours, minutes] => Some(format!("{sign}{hours}:{minutes}")),
        _ => None,
    }
}

/// Splits numbers of two digits, with the separator between all of them or none.
fn pairs(text: &str, separator: char) -> Option<Vec<&str>> {
    let parts: Vec<&str> = if text.contains(separator) {
        text.split(separator).collect()
    } else {
        let starts = (0..text.len()).step_by(2);
        starts
            .map(|start| text.get(start..start + 2))
            .collect::<Option<_>>()?
    };
    let is_pair = |part: &&str| part.len() == 2 && is_number(part);
    parts.iter().all(is_pair).then_some(parts)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_one_moment() {
        let table = [
            ("2015-01-25T08:00:00Z", "2015-01-25T08:00:00Z"),
            ("20150125T080000Z", "2015-01-25T08:00:00Z"),
            ("2015-01-25 08:00:00z", "2015-01-25T08:00:00Z"),
            ("2015-01-25t08:00Z", "2015-01-25T08:00:00Z"),
            ("2015-01-25T08:00:00.5+0530", "2015-01-25T08:00:00.5+05:30"),
            ("20150125T0800,25-08", "2015-01-25T08:00:00.25-08:00"),
            ("2015-01-25T08:00:00", "2015-01-25T08:00:00Z"),
            ("2015-01-25T08:00:00 UTC", "2015-01-25T08:00:00Z"),
            ("2015-01-25", "2015-01-25T00:00:00Z"),
        ];
        for (text, expected) in table {
            assert_eq!(to_rfc3339(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_without_a_time_are_none() {
        let table = [
            "",
            "2015",
            "2015-01-25T",
            "2015-01-25T08:00:00X05",
            "2015-01-25T08:00:00 PDT",
            "2015-01-25T8:00:00Z",
            "2015-01-25T08:00:00.Z",
            "2015-0125T080000Z",
            "2015-01-25T08:00:00+",
            "2015-01-25X08:00:00Z",
            "2015-é1-25T08:00:00Z",
            "5-0",
        ];
        for text in table {
            assert_eq!(to_rfc3339(text), None, "{text}");
        }
    }
}
