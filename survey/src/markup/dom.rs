//! Markup as nodes of the document.

use web_sys::Document;

use super::{Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The element with everything in it, not yet in the document. The names are ours, so the browser
/// refuses none of them; `None` stands for the case that it did.
pub(crate) fn create(document: &Document, element: &Element) -> Option<web_sys::Element> {
    let node = if matches!(element.tag, "svg" | "rect" | "path") {
        document.create_element_ns(Some(SVG), element.tag)
    } else {
        document.create_element(element.tag)
    }
    .ok()?;
    for (name, value) in &element.attributes {
        node.set_attribute(name, value).ok()?;
    }
    for child in &element.children {
        let child: web_sys::Node = match child {
            Node::Element(child) => create(document, child)?.into(),
            Node::Text(text) => document.create_text_node(text).into(),
        };
        node.append_child(&child).ok()?;
    }
    Some(node)
}
