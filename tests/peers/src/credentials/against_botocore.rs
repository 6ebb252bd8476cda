//! Checks that botocore and our chain, with the same files and variables, send the same requests to services on loopback and
//! resolve the same keys, and that moto's STS accepts our requests.

use super::services::Services;
use super::world::{Scratch, block_on, told};
use crate::Plan;
use crate::report::Tally;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use smithy_reqwest::credentials::{DefaultChain, ProvideCredentials, ProviderConfig};
use smithy_reqwest::environment::Environment;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const BASE: &str =
    "[profile base]\naws_access_key_id = AK\naws_secret_access_key = SK\naws_session_token = ST\n";
const SESSION: &str = "[sso-session s]\nsso_start_url = https://u\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n";
const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/outer\n";
/// SHA-1 of `s` and of `https://u`; SHA-256 of the login session.
const OF_SESSION: &str = "a0f1490a20d0211c997b44bc357e1972deab8ae3";
const OF_URL: &str = "a6a4e888f2f8adaf8b6777eb45b88929e5e949c1";
const OF_LOGIN: &str = "c7665233d48affa0e6924307175f373dfabadcee4092cb01569b3f5f93d5260a";
/// A key for these suites only.
const DPOP_KEY: &str = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIHa1bglKruOrku1ZfRnt3jGRpWEBLpc+a9qAB7nVegf2oAoGCCqGSM49\nAwEHoUQDQgAEWpBB9XTLLOK1VISKz8RZuJ4vC3fyw5nUqRoeq7QoBWMtaOZyPY6J\nbhWDZoZFqU1YG85KvmJNRngkBmoFekag2g==\n-----END EC PRIVATE KEY-----\n";

/// A name, a config file, other files and variables.
struct Case {
    name: &'static str,
    config: String,
    files: Vec<(String, String)>,
    variables: Vec<(&'static str, &'static str)>,
}

fn case(name: &'static str, config: impl Into<String>) -> Case {
    Case {
        name,
        config: config.into(),
        files: Vec::new(),
        variables: Vec::new(),
    }
}

impl Case {
    fn file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((path.into(), text.into()));
        self
    }

    fn variables(mut self, variables: &[(&'static str, &'static str)]) -> Self {
        self.variables.extend(variables);
        self
    }
}

fn sso_token(expires_at: &str) -> String {
    json!({
        "startUrl": "https://u", "region": "eu-west-1", "accessToken": "cached", "expiresAt": expires_at,
        "clientId": "id", "clientSecret": "hush", "registrationExpiresAt": "2998-01-01T00:00:00Z",
        "refreshToken": "again",
    })
    .to_string()
}

fn cases() -> Vec<Case> {
    let sso = "sso_account_id = 111122223333\nsso_role_name = my role\n";
    let cache = |digest: &str| format!(".aws/sso/cache/{digest}.json");
    let login = json!({
        "accessToken": {
            "accessKeyId": "OLD", "secretAccessKey": "SK", "sessionToken": "ST",
            "accountId": "111122223333", "expiresAt": "2020-01-01T00:00:00Z",
        },
        "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "again",
        "idToken": "id", "dpopKey": DPOP_KEY,
    });
    vec![
        case("keys", format!("[default]\nsource_profile = x\n{BASE}")).variables(&[("AWS_PROFILE", "base")]),
        case("role", format!("[default]\n{ROLE}source_profile = base\n{BASE}")),
        case(
            "role with all settings",
            format!("[default]\n{ROLE}source_profile = base\nrole_session_name = me\nexternal_id = a b/c+d~e\nduration_seconds = 3600\n{BASE}"),
        ),
        case(
            "role on role",
            format!("[default]\n{ROLE}source_profile = mid\n[profile mid]\nrole_arn = arn:aws:iam::111122223333:role/inner\nsource_profile = base\n{BASE}"),
        ),
        case(
            "role with the profile's own keys",
            format!("[default]\n{ROLE}source_profile = default\naws_access_key_id = AK\naws_secret_access_key = SK\n"),
        ),
        case("role of the environment", format!("[default]\n{ROLE}credential_source = Environment\n"))
            // The profile is named, so that the keys serve for its role alone.
            .variables(&[("AWS_PROFILE", "default"), ("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "SK")]),
        case("role of the container", format!("[default]\n{ROLE}credential_source = EcsContainer\n"))
            .variables(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "SERVICES/container")]),
        case("web identity of variables", "")
            .file("token", "the-token")
            .variables(&[
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "HOME/token"),
                ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/pod"),
                ("AWS_ROLE_SESSION_NAME", "session"),
            ]),
        case("web identity of a profile", format!("[default]\n{ROLE}web_identity_token_file = HOME/token\n"))
            .file("token", "the-token"),
        case(
            "role on web identity",
            format!("[default]\n{ROLE}source_profile = web\n[profile web]\nrole_arn = arn:aws:iam::111122223333:role/web\nweb_identity_token_file = HOME/token\n"),
        )
        .file("token", "the-token"),
        case("sso", format!("[default]\nsso_session = s\n{sso}{SESSION}"))
            .file(cache(OF_SESSION), sso_token("2999-01-01T00:00:00Z")),
        case("sso, refreshed", format!("[default]\nsso_session = s\n{sso}{SESSION}"))
            .file(cache(OF_SESSION), sso_token("2020-01-01T00:00:00Z")),
        case("sso by the older settings", format!("[default]\nsso_start_url = https://u\nsso_region = eu-west-1\n{sso}"))
            .file(cache(OF_URL), sso_token("2999-01-01T00:00:00Z")),
        case("role on sso", format!("[default]\n{ROLE}source_profile = sso\n[profile sso]\nsso_session = s\n{sso}{SESSION}"))
            .file(cache(OF_SESSION), sso_token("2999-01-01T00:00:00Z")),
        case("aws login, refreshed", "[default]\nlogin_session = arn:aws:iam::111122223333:user/x\n")
            .file(format!(".aws/login/cache/{OF_LOGIN}.json"), login.to_string()),
    ]
}

/// Runs the suites.
pub(super) fn run(plan: &Plan) -> Result<Vec<Tally>> {
    let services = Services::start()?;
    let venv = plan.work.join("venv/bin");
    let mut tally = Tally::new("credentials botocore");
    for case in cases() {
        let theirs = asked_by(&case, &services, |variables| botocore(&venv, variables))?;
        let ours = asked_by(&case, &services, ours)?;
        // That both failed is no agreement.
        if ours == theirs && ours["error"].is_null() && ours["keys"].is_array() {
            tally.pass();
        } else {
            tally.fail(|| format!("{}:\n  ours   {ours}\n  theirs {theirs}", case.name));
        }
    }
    Ok(vec![tally, moto(&venv)?])
}

/// Returns the URL and the proof of a refresh of `aws login`.
pub(super) fn login_case() -> Result<(String, String)> {
    let services = Services::start()?;
    let case = cases().pop().context("a case")?;
    let found = asked_by(&case, &services, ours)?;
    let proof = services.proofs().pop();
    let proof = proof.with_context(|| found.to_string())?;
    Ok((format!("{}/v1/token", services.url()), proof))
}

/// The result of a client in a case, and its requests.
fn asked_by(
    case: &Case,
    services: &Services,
    client: impl FnOnce(&BTreeMap<String, String>) -> Result<Value>,
) -> Result<Value> {
    let home = Scratch::new()?;
    let path = home.0.display().to_string();
    let filled = |text: &str| {
        text.replace("HOME", &path)
            .replace("SERVICES", &services.url())
    };
    home.write(".aws/config", &filled(&case.config))?;
    for (path, text) in &case.files {
        home.write(path, text)?;
    }
    let mut variables = BTreeMap::from([
        ("HOME".to_owned(), path.clone()),
        ("AWS_REGION".to_owned(), "eu-west-1".to_owned()),
        // What botocore reads.
        ("AWS_DEFAULT_REGION".to_owned(), "eu-west-1".to_owned()),
        ("AWS_ENDPOINT_URL".to_owned(), services.url()),
        ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned()),
    ]);
    for (name, value) in &case.variables {
        variables.insert((*name).to_owned(), filled(value));
    }
    services.asked();
    let mut found = client(&variables)?;
    found["asked"] = services.asked().into();
    found["files"] = files(&home.0, case)?;
    Ok(found)
}

/// Returns the contents of the token files afterwards, without times, which depend on the second of the write.
fn files(home: &Path, case: &Case) -> Result<Value> {
    let mut files = Vec::new();
    for (path, _) in case
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".json"))
    {
        let mut file = crate::read_json(&home.join(path))?;
        for times in [&mut file, &mut Value::Null] {
            if let Some(time) = times.get_mut("expiresAt") {
                *time = (time.as_str() > Some("2021")).into();
            }
        }
        if let Some(time) = file.pointer_mut("/accessToken/expiresAt") {
            *time = (time.as_str() > Some("2021")).into();
        }
        // The order of members is nobody's concern.
        let sorted: BTreeMap<String, Value> = serde_json::from_value(file)?;
        files.push(json!(sorted));
    }
    Ok(files.into())
}

fn botocore(venv: &Path, variables: &BTreeMap<String, String>) -> Result<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("credentials_peer.py");
    let output = Command::new(venv.join("python"))
        .arg(script)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .envs(variables)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "credentials_peer.py: {told}");
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn ours(variables: &BTreeMap<String, String>) -> Result<Value> {
    let config = ProviderConfig::new().environment(Environment::from_pairs(variables.clone()));
    Ok(
        match block_on(DefaultChain::new(config).provide_credentials())? {
            Ok(found) => json!({
                "keys": [found.access_key_id(), found.secret_access_key(), found.session_token()],
                "account": found.account_id().map(|id| id.as_str()),
            }),
            Err(error) => json!({ "error": told(&error) }),
        },
    )
}

/// Kills the program.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Assumes a role, and a role with a web identity, with moto's STS.
fn moto(venv: &Path) -> Result<Tally> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port();
    let server = Command::new(venv.join("moto_server"))
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("moto_server")?;
    let _server = Running(server);
    let mut waited = 0;
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        waited += 1;
        ensure!(waited < 300, "moto_server does not start");
        std::thread::sleep(Duration::from_millis(200));
    }
    let mut tally = Tally::new("credentials moto");
    for (config, account) in [
        (
            format!(
                "[default]\n{ROLE}source_profile = base\nexternal_id = e\nduration_seconds = 900\n{BASE}"
            ),
            "111122223333",
        ),
        (
            format!("[default]\n{ROLE}web_identity_token_file = HOME/token\n"),
            "111122223333",
        ),
    ] {
        let home = Scratch::new()?;
        let path = home.0.display().to_string();
        home.write(".aws/config", &config.replace("HOME", &path))?;
        home.write("token", "the-token")?;
        let variables = BTreeMap::from([
            ("HOME".to_owned(), path),
            ("AWS_REGION".to_owned(), "eu-west-1".to_owned()),
            (
                "AWS_ENDPOINT_URL_STS".to_owned(),
                format!("http://127.0.0.1:{port}"),
            ),
        ]);
        let found = ours(&variables)?;
        let is_temporary = found["keys"][0]
            .as_str()
            .is_some_and(|key| key.starts_with("ASIA"));
        if is_temporary && found["account"] == account {
            tally.pass();
        } else {
            tally.fail(|| format!("{config}: {found}"));
        }
    }
    Ok(tally)
}
