//! Markup as data. What people answer is drawn in two places, by the server into a page and by the
//! runner into a document; a widget that returns data is written once, needs no framework on a
//! phone, and is escaped in one place.

#[cfg(feature = "browser")]
mod dom;
mod html;

#[cfg(feature = "browser")]
pub(crate) use dom::create;
pub use html::html;

/// An element with its attributes and children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

/// An empty element.
#[must_use]
pub fn el(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

impl Element {
    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(name, value.into())
    }

    // Not once for each kind of text, and not in every place that draws: a phone loads it.
    #[inline(never)]
    fn with(mut self, name: &'static str, value: String) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// Sets an attribute if there is a value for it.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute without a value, if `on`.
    #[must_use]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// Sets the class.
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// Appends text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with_child(Node::Text(text.into()))
    }

    #[inline(never)]
    fn with_child(mut self, child: Node) -> Self {
        self.children.push(child);
        self
    }

    /// Appends an element.
    #[must_use]
    pub fn child(self, child: Self) -> Self {
        self.with_child(Node::Element(child))
    }

    /// Appends elements: a list of them, or one that may be missing.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.children.push(Node::Element(child));
        }
        self
    }
}
