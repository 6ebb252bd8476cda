//! [`CaBundle`]: a PEM file of trusted certificates, which is read once.

#[cfg(any(feature = "reqwest", feature = "hyper"))]
use crate::http::{BoxError, once::get_or_try_init};
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use rustls::RootCertStore;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use rustls::pki_types::{CertificateDer, pem::PemObject};
use std::fmt;
use std::path::PathBuf;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use std::sync::{Arc, OnceLock};

/// A PEM file of trusted certificates. Clones share the certificates that have been read.
#[derive(Clone)]
pub(crate) struct CaBundle {
    path: PathBuf,
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    roots: Arc<OnceLock<Arc<RootCertStore>>>,
}

impl CaBundle {
    /// Creates a bundle from a path. The file is not read yet.
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            #[cfg(any(feature = "reqwest", feature = "hyper"))]
            roots: Arc::default(),
        }
    }

    /// Returns the certificates. The file is read unless an earlier call succeeded.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(crate) fn roots(&self) -> Result<Arc<RootCertStore>, BoxError> {
        get_or_try_init(&self.roots, || self.read().map(Arc::new)).cloned()
    }

    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    fn read(&self) -> Result<RootCertStore, BoxError> {
        let path = self.path.display();
        let named = |error: &dyn fmt::Display| format!("CA bundle {path}: {error}");
        let pem = std::fs::read(&self.path).map_err(|error| named(&error))?;
        let mut roots = RootCertStore::empty();
        let mut first_fault = None;
        for (certificate, number) in CertificateDer::pem_slice_iter(&pem).zip(1..) {
            let named =
                |error: &dyn fmt::Display| named(&format_args!("certificate {number}: {error}"));
            let certificate = certificate.map_err(|error| named(&error))?;
            // Bundles may contain old certificates with encodings that are no longer valid. They are skipped, as those of
            // the platform are.
            if let Err(error) = roots.add(certificate) {
                let fault = named(&error);
                tracing::debug!(fault, "the certificate is not used");
                first_fault.get_or_insert(fault);
            }
        }
        if roots.is_empty() {
            let fault = first_fault.unwrap_or_else(|| named(&"no certificates found"));
            return Err(fault.into());
        }
        Ok(roots)
    }
}

impl PartialEq for CaBundle {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl fmt::Debug for CaBundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.fmt(f)
    }
}

#[cfg(all(test, any(feature = "reqwest", feature = "hyper")))]
mod tests {
    use super::CaBundle;

    #[test]
    fn a_certificate_that_cannot_be_parsed_does_not_reject_the_others() {
        const GOOD: &str = include_str!("../../tests/client/tls/ca.pem");
        const BAD: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("ca.pem");
        for content in [[BAD, GOOD].concat(), [GOOD, BAD].concat()] {
            std::fs::write(&path, content).unwrap();
            assert_eq!(CaBundle::new(&path).roots().unwrap().len(), 1);
        }
        std::fs::write(&path, [BAD, BAD].concat()).unwrap();
        let error = CaBundle::new(&path).roots().unwrap_err().to_string();
        assert!(error.contains("ca.pem: certificate 1: "), "{error}");
    }

    #[test]
    fn a_bundle_is_read_once_and_a_fault_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("ca.pem");
        let bundle = CaBundle::new(&path);
        for (content, fault) in [(None, "ca.pem: "), (Some("none"), "no certificates found")] {
            if let Some(content) = content {
                std::fs::write(&path, content).unwrap();
            }
            let error = bundle.roots().unwrap_err().to_string();
            assert!(
                error.starts_with("CA bundle ") && error.contains(fault),
                "{error}"
            );
        }
        std::fs::write(&path, include_str!("../../tests/client/tls/ca.pem")).unwrap();
        let first = bundle.roots().unwrap();
        std::fs::remove_file(&path).unwrap();
        let again = bundle.clone().roots().unwrap();
        assert!(std::sync::Arc::ptr_eq(&first, &again));
        assert!(CaBundle::new(&path).roots().is_err());
    }
}
