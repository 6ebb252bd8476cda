//! DPoP proofs (RFC 9449), signed with ES256, by which a caller proves that it has a private key.

use aws_smithy_types::base64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::json;

/// The start of a PKCS#8 key on the curve P-256: the version, and the object identifiers of the algorithm.
const PKCS8_P256: [u8; 24] = [
    0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
];
const SEQUENCE: u8 = 0x30;
const OCTET_STRING: u8 = 0x04;

/// The error of a key that cannot create a proof. No message shows the key.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeyError {
    #[error("not a private key in PEM")]
    Pem,
    #[error("not a P-256 key with its public key ({0})")]
    Key(ring::error::KeyRejected),
    #[error("signing failed")]
    Signing,
}

/// The private key of an `aws login` session.
pub(super) struct ProofKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl ProofKey {
    /// Reads a key in PEM format: `EC PRIVATE KEY` (RFC 5915), as the AWS CLI writes it, or `PRIVATE KEY` (RFC 5958).
    pub(super) fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| KeyError::Pem)?;
        let pkcs8 = match &key {
            PrivateKeyDer::Sec1(key) => pkcs8_of_sec1(key.secret_sec1_der()),
            PrivateKeyDer::Pkcs8(key) => key.secret_pkcs8_der().to_owned(),
            _ => return Err(KeyError::Pem),
        };
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, &pkcs8, &random).map_err(KeyError::Key)?;
        Ok(Self { pair, random })
    }

    /// Returns the proof for a `POST` to this URL at this time, in seconds since 1970. `id` is not used for any other
    /// proof.
    pub(super) fn proof(&self, url: &str, time: u64, id: &str) -> Result<String, KeyError> {
        // The first byte of the point announces both coordinates, of 32 bytes each.
        let point = self.pair.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at(point.len() / 2);
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": { "kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y) },
        });
        let claims = json!({ "htm": "POST", "htu": url, "iat": time, "jti": id });
        let encoded_json = |json: serde_json::Value| encoded(json.to_string().as_bytes());
        let message = format!("{}.{}", encoded_json(header), encoded_json(claims));
        let signature = self.pair.sign(&self.random, message.as_bytes());
        let signature = signature.map_err(|_| KeyError::Signing)?;
        Ok(format!("{message}.{}", encoded(signature.as_ref())))
    }
}

/// Encodes bytes in base64 for URLs, without padding (RFC 4648, section 5).
fn encoded(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    text.trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_")
}

/// Wraps a key of RFC 5915 as PKCS#8, which ring reads.
fn pkcs8_of_sec1(sec1: &[u8]) -> Vec<u8> {
    let mut inner = PKCS8_P256.to_vec();
    push_der(&mut inner, OCTET_STRING, sec1);
    let mut outer = Vec::new();
    push_der(&mut outer, SEQUENCE, &inner);
    outer
}

fn push_der(out: &mut Vec<u8>, tag: u8, value: &[u8]) {
    out.push(tag);
    let length = value.len().to_be_bytes();
    let significant = length.iter().position(|byte| *byte != 0);
    let length = length.get(significant.unwrap_or(length.len())..);
    match length.unwrap_or_default() {
        [] => out.push(0),
        [short @ ..0x80] => out.push(*short),
        long => {
            out.push(0x80 | long.len() as u8);
            out.extend_from_slice(long);
        }
    }
    out.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    fn decoded(text: &str) -> Vec<u8> {
        let padding = "=".repeat((4 - text.len() % 4) % 4);
        base64::decode(text.replace('-', "+").replace('_', "/") + &padding).unwrap()
    }

    fn pem(label: &str, der: &[u8]) -> String {
        let text = base64::encode(der);
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
    }

    /// Returns a key as PKCS#8, and the same key without that wrapping.
    fn key() -> (Vec<u8>, Vec<u8>) {
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
        let pkcs8 = pkcs8.as_ref().to_owned();
        let start = pkcs8.windows(PKCS8_P256.len());
        let start = start.into_iter().position(|window| window == PKCS8_P256);
        let sec1 = pkcs8[start.unwrap() + PKCS8_P256.len() + 2..].to_owned();
        (pkcs8, sec1)
    }

    #[test]
    fn a_proof_names_its_request_and_is_signed_by_its_key() {
        let (pkcs8, sec1) = key();
        for pem in [pem("PRIVATE KEY", &pkcs8), pem("EC PRIVATE KEY", &sec1)] {
            let key = ProofKey::from_pem(&pem).unwrap();
            let proof = key
                .proof("https://host/v1/token", 1_700_000_000, "id")
                .unwrap();
            let parts: Vec<&str> = proof.split('.').collect();
            let json =
                |part: &str| serde_json::from_slice::<serde_json::Value>(&decoded(part)).unwrap();
            let (header, claims) = (json(parts[0]), json(parts[1]));
            assert_eq!(
                (&header["typ"], &header["alg"]),
                (&json!("dpop+jwt"), &json!("ES256"))
            );
            assert_eq!(header["jwk"]["kty"], "EC");
            assert_eq!(header["jwk"]["crv"], "P-256");
            let expected = json!({ "htm": "POST", "htu": "https://host/v1/token", "iat": 1_700_000_000, "jti": "id" });
            assert_eq!(claims, expected);
            let mut point = vec![4];
            for coordinate in ["x", "y"] {
                point.extend(decoded(header["jwk"][coordinate].as_str().unwrap()));
            }
            let message = format!("{}.{}", parts[0], parts[1]);
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message.as_bytes(), &decoded(parts[2]))
                .unwrap();
        }
    }

    #[test]
    fn invalid_keys_are_rejected_without_being_shown() {
        let (_, sec1) = key();
        let short = &sec1[..sec1.len() - 10];
        for pem in [
            "planted".to_owned(),
            pem("EC PRIVATE KEY", short),
            pem("RSA PRIVATE KEY", &sec1),
        ] {
            let Err(error) = ProofKey::from_pem(&pem) else {
                panic!("accepted");
            };
            assert!(!error.to_string().contains("planted"), "{error}");
        }
    }
}
