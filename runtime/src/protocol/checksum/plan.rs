//! [`Plan`]: the checksums of a call, by the model, the choices of the caller, and the [`ChecksumSettings`] of a client.

use crate::http::ChecksumAlgorithm;
use crate::protocol::WriteError;
use crate::protocol::checksum::sum::{Place, is_own};
use crate::protocol::checksum::{Check, Sum};
use crate::value::schema::{Checksum, Location, OperationSchema};
use crate::value::shape::{Slot, Structure, Value, has_stream};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The algorithm that AWS's SDKs use by default.
const DEFAULT: ChecksumAlgorithm = ChecksumAlgorithm::Crc32;
/// The value of the member that requests checksums of responses.
const ENABLED: &str = "ENABLED";

/// The conditions under which checksums are computed and compared.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChecksumSettings {
    pub(crate) requests: RequestChecksumCalculation,
    pub(crate) answers: ResponseChecksumValidation,
}

impl ChecksumSettings {
    /// Returns settings with only the checksums that the model requires.
    pub(crate) fn when_required() -> Self {
        Self {
            requests: RequestChecksumCalculation::WhenRequired,
            answers: ResponseChecksumValidation::WhenRequired,
        }
    }
}

/// The checksums of a call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Plan {
    request: Option<(ChecksumAlgorithm, Place)>,
    /// `true` if the body is a stream in the model, even if it is in memory.
    streams: bool,
    /// The names of the algorithms with which a response is checked.
    answer: &'static [&'static str],
}

impl Plan {
    /// Creates the plan of a call with this input and these headers. A default algorithm is set in the input, so that
    /// it is sent where the model binds it.
    pub(crate) fn of(
        operation: &OperationSchema,
        input: &mut dyn Structure,
        headers: &[(HeaderName, HeaderValue)],
        settings: ChecksumSettings,
    ) -> Result<Self, WriteError> {
        let Some(checksum) = operation.checksum else {
            return Ok(Self::default());
        };
        let request = match checksum.algorithm_member {
            Some(member) => {
                let has_own =
                    headers.iter().any(|(name, _)| is_own(name.as_str())) || binds_own(&*input);
                let algorithm = choose(checksum, member, input, has_own, settings.requests)?;
                algorithm.map(|algorithm| (algorithm, Place::Flexible))
            }
            None if checksum.required => Some((ChecksumAlgorithm::Md5, Place::ContentMd5)),
            None => None,
        };
        Ok(Self {
            request,
            streams: request.is_some() && has_stream(&*input),
            answer: algorithms_of_answer(checksum, input, settings.answers),
        })
    }

    /// Returns the sum of a request with these headers, unless one of them is already that checksum.
    pub(crate) fn sum(&self, headers: &HeaderMap) -> Option<Sum> {
        let (algorithm, place) = self.request?;
        let has_own = headers.keys().any(|name| place.is_taken_by(name.as_str()));
        (!has_own).then(|| Sum::new(algorithm, place, self.streams))
    }

    /// Returns the check of a response with these headers.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Check {
        Check::of(self.answer, headers)
    }
}

/// Returns whether a member that is set is bound to a checksum header.
fn binds_own(input: &dyn Structure) -> bool {
    let mut members = input.schema().members.iter().enumerate();
    members.any(|(index, member)| {
        matches!(member.location, Location::Header(name) if is_own(name))
            && !input.member(index).is_absent()
    })
}

/// Returns the algorithm of a request: the choice of the caller, or the default if a checksum is required or enabled by
/// the settings.
fn choose(
    checksum: Checksum,
    member: &'static str,
    input: &mut dyn Structure,
    has_own: bool,
    calculation: RequestChecksumCalculation,
) -> Result<Option<ChecksumAlgorithm>, WriteError> {
    if let Some(name) = text(input, member) {
        let algorithm = ChecksumAlgorithm::from_name(&name);
        return algorithm.map(Some).ok_or_else(|| unknown(member, &name));
    }
    let when_supported = !matches!(calculation, RequestChecksumCalculation::WhenRequired);
    if has_own || !(checksum.required || when_supported) {
        return Ok(None);
    }
    set(input, member, DEFAULT.as_str());
    Ok(Some(DEFAULT))
}

fn unknown(member: &'static str, name: &str) -> WriteError {
    let known: Vec<_> = ChecksumAlgorithm::all()
        .map(ChecksumAlgorithm::as_str)
        .collect();
    WriteError::Unwritable {
        member,
        reason: format!(
            "unsupported checksum algorithm {name:?}: choose one of {}, or set the checksum's own header",
            known.join(", ")
        ),
    }
}

/// Returns the algorithms with which a response is checked: none, unless the input requests it.
fn algorithms_of_answer(
    checksum: Checksum,
    input: &mut dyn Structure,
    validation: ResponseChecksumValidation,
) -> &'static [&'static str] {
    let Some(member) = checksum.validation_mode_member else {
        return &[];
    };
    let when_supported = !matches!(validation, ResponseChecksumValidation::WhenRequired);
    if when_supported && text(input, member).is_none() {
        set(input, member, ENABLED);
    }
    match text(input, member).as_deref() {
        Some(ENABLED) => checksum.response_algorithms,
        _ => &[],
    }
}

/// Returns the text of the member with this name in the model, if it is set.
fn text(input: &dyn Structure, member: &str) -> Option<String> {
    let index = input.schema().position_by_name(member, 0)?;
    match input.member(index) {
        Value::Enum(value) => Some(value.wire_value().to_owned()),
        Value::String(text) => Some(text.to_owned()),
        _ => None,
    }
}

fn set(input: &mut dyn Structure, member: &str, text: &str) {
    let Some(index) = input.schema().position_by_name(member, 0) else {
        return;
    };
    match input.member_slot(index).fill() {
        Slot::Enum(value) => value.set_wire_value(text),
        Slot::String(value) => text.clone_into(value),
        _ => {}
    }
}
