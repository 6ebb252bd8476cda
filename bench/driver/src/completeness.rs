//! Checks that everything was measured, so that no gap in the table is silent.

use crate::Part;
use crate::extent::Extent;
use crate::measures::{FULL_ONLY, MEASURES};
use crate::samples::Samples;
use anyhow::{Result, ensure};

/// Returns an error if a requested part has a gap.
pub(crate) fn check(samples: &Samples, extent: Extent, parts: &[Part]) -> Result<()> {
    let missing = missing(samples, extent, parts);
    ensure!(missing.is_empty(), "not measured: {}", missing.join("; "));
    Ok(())
}

fn missing(samples: &Samples, extent: Extent, parts: &[Part]) -> Vec<String> {
    let asked_for = MEASURES
        .iter()
        .filter(|measure| parts.contains(&measure.part))
        .filter(|measure| !(extent.short && FULL_ONLY.contains(&measure.id)));
    let mut missing = Vec::new();
    for measure in asked_for {
        for subject in measure.subjects {
            if samples.figure(measure.id, *subject).is_none() {
                missing.push(format!("{} of {}", measure.id, subject.title()));
            }
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_named() {
        let mut samples = Samples::default();
        for measure in MEASURES {
            for subject in measure.subjects {
                if (measure.id, subject.title()) != ("size", "aws-sdk-appflow") {
                    samples.add(measure.id, *subject, 1.0);
                }
            }
        }
        let missing = |parts| missing(&samples, Extent::SHORT, parts);
        assert_eq!(missing(&[Part::Builds]), ["size of aws-sdk-appflow"]);
        assert_eq!(missing(&[Part::Calls, Part::Generate]), [""; 0]);
    }

    #[test]
    fn the_short_form_asks_for_no_release_builds() {
        let missing = missing(&Samples::default(), Extent::SHORT, &[Part::Builds]);
        assert!(missing.contains(&"build.dev of appflow-sdk".to_owned()));
        assert!(!missing.contains(&"build.release of appflow-sdk".to_owned()));
    }
}
