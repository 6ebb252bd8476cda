//! [`TreeHash`]: the SHA-256 of a body, and the root of its SHA-256 tree, by "Computing Checksums" of the Amazon S3
//! Glacier Developer Guide.

use crate::value::schema::{Customization, OperationSchema};
use http::{HeaderMap, HeaderName, HeaderValue};
use ring::digest::{Context, Digest, SHA256};

/// The length of a leaf of the tree.
const LEAF: usize = 1 << 20;
const CONTENT: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const TREE: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// The hashes of a body that is being read.
pub(crate) struct TreeHash {
    whole: Context,
    leaf: Context,
    /// The number of bytes in the current leaf.
    filled: usize,
    /// The roots of complete subtrees, with their heights, which decrease.
    roots: Vec<(u32, Digest)>,
}

impl TreeHash {
    /// Creates the hash of an operation that requires one.
    pub(crate) fn of(operation: &OperationSchema) -> Option<Self> {
        let is_required = operation.customizations.contains(&Customization::TreeHash);
        is_required.then(Self::new)
    }

    pub(super) fn new() -> Self {
        Self {
            whole: Context::new(&SHA256),
            leaf: Context::new(&SHA256),
            filled: 0,
            roots: Vec::new(),
        }
    }

    /// Adds a piece of the body.
    pub(crate) fn update(&mut self, piece: &[u8]) {
        self.whole.update(piece);
        let mut rest = piece;
        while !rest.is_empty() {
            // A full leaf ends only when more follows it, so that the last leaf is never empty.
            if self.filled == LEAF {
                self.end_leaf();
            }
            let (now, later) = rest.split_at(rest.len().min(LEAF - self.filled));
            self.leaf.update(now);
            self.filled += now.len();
            rest = later;
        }
    }

    /// Sets the headers that the caller has not set, and returns the SHA-256 of the body in hexadecimal digits.
    pub(crate) fn put(self, headers: &mut HeaderMap) -> String {
        let (whole, tree) = self.finish();
        for (name, digits) in [(CONTENT, &whole), (TREE, &tree)] {
            if let Ok(value) = HeaderValue::from_str(digits) {
                headers.entry(name).or_insert(value);
            }
        }
        whole
    }

    /// Returns the SHA-256 of the body and the root of the tree, in hexadecimal digits.
    pub(super) fn finish(mut self) -> (String, String) {
        self.end_leaf();
        let mut roots = self.roots.into_iter().rev().map(|(_, root)| root);
        let last = roots.next();
        // A subtree without a sibling is a child of the next level as it is.
        let root = roots.fold(last, |right, left| match right {
            Some(right) => Some(parent(&left, &right)),
            None => Some(left),
        });
        let digits = root.map(hex::encode).unwrap_or_default();
        (hex::encode(self.whole.finish()), digits)
    }

    fn end_leaf(&mut self) {
        let leaf = std::mem::replace(&mut self.leaf, Context::new(&SHA256));
        self.filled = 0;
        let (mut height, mut root) = (0, leaf.finish());
        while let Some((_, left)) = self.roots.pop_if(|(other, _)| *other == height) {
            root = parent(&left, &root);
            height += 1;
        }
        self.roots.push((height, root));
    }
}

fn parent(left: &Digest, right: &Digest) -> Digest {
    let mut context = Context::new(&SHA256);
    context.update(left.as_ref());
    context.update(right.as_ref());
    context.finish()
}
