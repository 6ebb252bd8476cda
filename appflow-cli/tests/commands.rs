//! The output and exit status of the command, as transcripts.

#[test]
fn commands_print_their_transcripts() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("CRM_TOKEN", "s3cr3t-token");
}
