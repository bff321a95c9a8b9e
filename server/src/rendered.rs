//! Pages that look the same to every visitor, kept as they were rendered.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;

use crate::assets::brotli;

/// Pages kept; a page split by groups is a megabyte.
const KEPT: usize = 8;

/// A page as it is sent: to who reads brotli, and to who does not. Compressing it for each reader
/// would be most of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub plain: Bytes,
    pub brotli: Bytes,
}

impl Rendered {
    /// Compresses a page.
    #[must_use]
    pub fn new(html: String) -> Self {
        Self {
            brotli: Bytes::from(brotli(html.as_bytes())),
            plain: Bytes::from(html),
        }
    }
}

/// The pages asked for last. The key names everything that a page depends on.
#[derive(Clone, Debug, Default)]
pub struct RenderedPages(Arc<Mutex<VecDeque<(String, Rendered)>>>);

impl RenderedPages {
    /// The page under this key, if it is kept.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Rendered> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(k, _)| k == key)?;
        let entry = kept.remove(at)?;
        let page = entry.1.clone();
        kept.push_front(entry);
        Some(page)
    }

    /// Keeps a page.
    pub fn keep(&self, key: String, page: Rendered) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(k, _)| *k != key);
        kept.push_front((key, page));
        kept.truncate(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(n: usize) -> Rendered {
        Rendered::new(n.to_string())
    }

    #[test]
    fn the_pages_asked_for_last_are_kept() {
        let pages = RenderedPages::default();
        for n in 0..KEPT {
            pages.keep(n.to_string(), page(n));
        }
        assert_eq!(pages.get("0"), Some(page(0)));
        pages.keep("new".to_owned(), page(KEPT));
        assert_eq!(pages.get("1"), None, "the one nobody asked for gives way");
        assert_eq!(pages.get("0"), Some(page(0)));
    }
}
