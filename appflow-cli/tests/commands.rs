//! The command's output: arguments and files in, what is written and the exit status out.

#[test]
fn commands_write_what_their_transcripts_say() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("CRM_TOKEN", "s3cr3t-token");
}
