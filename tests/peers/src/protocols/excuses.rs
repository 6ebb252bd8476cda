//! The name of a case in; the reason why it need not pass, if there is one, out.

/// Files, beginnings of case names, and why.
const EXCUSES: &[(&str, &str, &str)] = &[
    (
        "input/rest-json",
        "RestJsonHttpChecksumRequired",
        "smithy.api#httpChecksumRequired belongs to the generality of the generator; AppFlow has none",
    ),
    (
        "",
        "SDKApplied",
        "smithy.api#requestCompression belongs to the generality of the generator; AppFlow has none",
    ),
    (
        "",
        "SDKAppend",
        "smithy.api#requestCompression belongs to the generality of the generator; AppFlow has none",
    ),
    (
        "output/rest-json",
        "RestJsonIgnoreQueryParamsInResponse",
        "a label is required, so its field is no Option: it is empty, and nothing of the response is read into it",
    ),
];

/// Why a case is excused.
pub(super) fn reason(file: &str, case: &str) -> Option<&'static str> {
    let found = EXCUSES
        .iter()
        .find(|(of, name, _)| file.ends_with(of) && case.starts_with(name));
    found.map(|(_, _, reason)| *reason)
}
