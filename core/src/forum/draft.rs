//! How a draft will look. The device asks while somebody writes, the server where there is no
//! script, and both get the same answer.

use std::collections::HashSet;

use super::{Reason, markdown::render_with, nudge, text::body_length};

/// A draft as it will stand on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Sanitised; empty where the draft is too long to be published.
    pub html: String,
    /// Its length in characters as people count them.
    pub length: usize,
    /// The most that may be published.
    pub most: usize,
    /// The rule it comes near to.
    pub near: Option<Reason>,
}

impl Look {
    /// True when it is too long to be published.
    #[must_use]
    pub const fn over(&self) -> bool {
        self.length > self.most
    }
}

/// How `source` will look. `known` are the keys of handles that become links, `href` is what a key
/// is appended to.
#[must_use]
pub fn look(source: &str, known: &HashSet<String>, href: &str) -> Look {
    let (length, most) = body_length(source);
    Look {
        html: if length > most {
            String::new()
        } else {
            render_with(source, known, href)
        },
        length,
        most,
        near: nudge(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_rendered_counted_and_held_against_the_rules() {
        let known = HashSet::from(["ann".to_owned()]);
        let draft = look("**参与** @Ann, you idiot", &known, "/en/discuss/search?by=");
        assert!(draft.html.contains("<strong>参与</strong>"));
        assert!(draft.html.contains("href=\"/en/discuss/search?by=ann\""));
        assert_eq!(draft.near, Some(Reason::Abuse));
        assert!(!draft.over());
    }

    #[test]
    fn what_is_too_long_is_only_counted() {
        let most = look("", &HashSet::new(), "").most;
        let draft = look(&"长".repeat(most + 1), &HashSet::new(), "");
        assert!(draft.over() && draft.html.is_empty());
        assert_eq!(draft.length, most + 1);
    }
}
