//! Markup as HTML: the only place where the survey's text becomes part of a page's source.

use super::{Element, Node};

/// Elements that have no content and no end tag.
const VOID: [&str; 3] = ["br", "hr", "input"];

/// The elements as HTML, everything in them escaped.
#[must_use]
pub fn html(elements: &[Element]) -> String {
    let mut out = String::new();
    for element in elements {
        write(element, &mut out);
    }
    out
}

fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.tag);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
    }
    out.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    // HTML parsers drop a line feed at the start of these, so one is added for them to drop.
    if matches!(element.tag, "textarea" | "pre") {
        out.push('\n');
    }
    for child in &element.children {
        match child {
            Node::Element(child) => write(child, out),
            Node::Text(text) => escape(text, out),
        }
    }
    out.push_str("</");
    out.push_str(element.tag);
    out.push('>');
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::el;
    use super::html;

    #[test]
    fn text_and_attributes_cannot_leave_their_place() {
        let field = el("textarea")
            .attr("name", "a\" onfocus=\"x")
            .text("</textarea><script>1 & 2</script>");
        assert_eq!(
            html(&[field]),
            "<textarea name=\"a&quot; onfocus=&quot;x\">\n&lt;/textarea&gt;&lt;script&gt;1 &amp; \
             2&lt;/script&gt;</textarea>"
        );
    }

    #[test]
    fn void_elements_have_no_end_and_flags_no_value() {
        let row = el("p").child(el("input").attr("type", "radio").flag("checked", true));
        assert_eq!(html(&[row]), "<p><input type=\"radio\" checked></p>");
    }
}
