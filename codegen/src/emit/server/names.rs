//! Names that the files of the service side share, and links that lead into the client's crate.

use crate::ir::Docs;
use crate::names::Ident;
use crate::options::ServerOptions;

/// The client's crate, the trait to implement, and the table of operations.
pub(super) struct Names {
    pub(super) client: Ident,
    pub(super) service: Ident,
    pub(super) operation: Ident,
}

impl Names {
    pub(super) fn new(options: &ServerOptions) -> Self {
        let service = Ident::upper_camel(&options.service_trait);
        Self {
            client: Ident::snake(&options.client_crate),
            operation: service.suffixed("Operation"),
            service,
        }
    }

    /// Documentation whose links lead into the client's crate.
    pub(super) fn linked(&self, docs: &Docs) -> Docs {
        let target = format!("({}::", self.client);
        let lines = docs.0.iter().map(|line| line.replace("(crate::", &target));
        Docs(lines.collect())
    }
}
