//! The TLS settings of the transports: a rustls configuration on ring, with a CA bundle or the certificates of the
//! platform.
//!
//! No process-wide default is installed: a library must not choose the crypto provider of the program.

use crate::http::once::get_or_try_init;
use crate::http::{BoxError, CaBundle};
use rustls::ClientConfig;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Returns a configuration that trusts the certificates in the PEM file, or those of the platform.
pub(crate) fn client_config(ca_bundle: Option<&CaBundle>) -> Result<ClientConfig, BoxError> {
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match ca_bundle {
        Some(bundle) => {
            WebPkiServerVerifier::builder_with_provider(bundle.roots()?, provider.clone())
                .build()?
        }
        None => Arc::new(PlatformVerifier {
            provider: provider.clone(),
        }),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(config)
}

/// The certificate verifier of the platform. It is loaded when the first certificate is verified, and kept for the
/// process once that succeeds: loading takes milliseconds, and a client of a plain HTTP endpoint never needs it.
#[derive(Debug)]
struct PlatformVerifier {
    provider: Arc<CryptoProvider>,
}

impl PlatformVerifier {
    fn verifier(&self) -> Result<&'static Verifier, rustls::Error> {
        static VERIFIER: OnceLock<Verifier> = OnceLock::new();
        static LOADING: Mutex<()> = Mutex::new(());
        if let Some(verifier) = VERIFIER.get() {
            return Ok(verifier);
        }
        // The handshakes of other connections wait instead of loading the certificates as well. A failure is not kept:
        // the certificates may be there the next time.
        let _loading = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
        get_or_try_init(&VERIFIER, || Verifier::new(self.provider.clone()))
    }
}

impl ServerCertVerifier for PlatformVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier()?.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
