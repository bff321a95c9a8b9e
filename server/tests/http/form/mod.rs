//! Reads a survey page as a browser without a script would, and fills in its form.

use std::collections::BTreeMap;

/// A control of the form.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    pub kind: String,
    pub name: String,
    pub value: String,
    pub checked: bool,
    pub exclusive: bool,
}

/// The form of a survey page.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub action: String,
    pub back: Option<String>,
    pub controls: Vec<Control>,
}

impl Form {
    pub(crate) fn read(html: &str) -> Self {
        let mut form = Self {
            action: String::new(),
            back: None,
            controls: Vec::new(),
        };
        let mut select = String::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            rest = &rest[start..];
            let Some((tag, attributes, after)) = tag(rest) else {
                rest = &rest[1..];
                continue;
            };
            rest = after;
            let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
            let mut push = |kind: &str, name: String, value: String, checked: bool| {
                let exclusive = attributes.contains_key("data-exclusive");
                form.controls.push(Control {
                    kind: kind.to_owned(),
                    name,
                    value,
                    checked,
                    exclusive,
                });
            };
            match tag.as_str() {
                "form" => form.action = get("action"),
                "input" => push(
                    &get("type"),
                    get("name"),
                    get("value"),
                    attributes.contains_key("checked"),
                ),
                "select" => select = get("name"),
                "option" => push(
                    "option",
                    select.clone(),
                    get("value"),
                    attributes.contains_key("selected"),
                ),
                "textarea" => {
                    let end = rest.find("</textarea>").expect("the text area is closed");
                    let text = unescape(rest[..end].trim_start_matches('\n'));
                    push("textarea", get("name"), text, true);
                }
                "button" if get("value") == "back" => form.back = Some(get("formaction")),
                _ => {}
            }
        }
        form
    }

    /// What the browser would send if nothing were touched.
    pub(crate) fn untouched(&self) -> Vec<(String, String)> {
        self.controls
            .iter()
            .filter(|c| match c.kind.as_str() {
                "radio" | "checkbox" | "option" => c.checked,
                _ => true,
            })
            .map(|c| (c.name.clone(), c.value.clone()))
            .collect()
    }

    /// The same with one field set to these values.
    pub(crate) fn with(&self, name: &str, values: &[&str]) -> Vec<(String, String)> {
        let mut pairs = self.untouched();
        pairs.retain(|(n, _)| n != name);
        pairs.extend(
            values
                .iter()
                .map(|value| (name.to_owned(), (*value).to_owned())),
        );
        pairs
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.controls.iter().any(|c| c.name == name)
    }

    pub(crate) fn values_of(&self, name: &str) -> Vec<String> {
        self.untouched()
            .into_iter()
            .filter(|(n, _)| n == name)
            .map(|(_, v)| v)
            .collect()
    }

    /// Fills in everything: what the persona decides as it decides, the rest by its place.
    pub(crate) fn fill(
        &self,
        persona: &BTreeMap<&str, Vec<&str>>,
        turn: usize,
    ) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for control in &self.controls {
            if !names.contains(&control.name.as_str()) {
                names.push(&control.name);
            }
        }
        for (place, name) in names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.is_empty())
        {
            let group: Vec<&Control> = self.controls.iter().filter(|c| c.name == *name).collect();
            let kind = group[0].kind.as_str();
            let values: Vec<String> = match kind {
                "hidden" => group.iter().map(|c| c.value.clone()).collect(),
                _ if persona.contains_key(name) => {
                    persona[name].iter().map(|v| (*v).to_owned()).collect()
                }
                "radio" => {
                    let chosen = (place + turn) % group.len();
                    let value = group[chosen].value.clone();
                    let best = name.replace(".worst", ".best");
                    let taken = pairs.iter().any(|(n, v)| *n == best && *v == value);
                    let other = group[(chosen + 1) % group.len()].value.clone();
                    vec![if taken { other } else { value }]
                }
                "checkbox" if name.ends_with(".missing") => Vec::new(),
                "checkbox" => {
                    let plain = group
                        .iter()
                        .filter(|c| !c.exclusive)
                        .map(|c| c.value.clone());
                    plain.skip(turn % 2).step_by(2).take(3).collect()
                }
                "option" => {
                    let taken = |v: &String| pairs.iter().any(|(_, value)| value == v);
                    let free = group.iter().map(|c| c.value.clone());
                    free.filter(|v| !v.is_empty() && !taken(v))
                        .take(1)
                        .collect()
                }
                "textarea" => {
                    vec!["一件小事 </textarea><script>alert(1)</script> & more".to_owned()]
                }
                _ if name.ends_with("__text") => Vec::new(),
                _ if *name == "keep_human" || *name == "new_statement" => {
                    vec!["说“不” <b>".to_owned()]
                }
                _ => vec![((place * 7 + turn) % 40).to_string()],
            };
            pairs.extend(values.into_iter().map(|value| ((*name).to_owned(), value)));
        }
        pairs
    }
}

type Attributes = BTreeMap<String, String>;

fn tag(html: &str) -> Option<(String, Attributes, &str)> {
    let mut end = 1;
    let mut quoted = false;
    for (at, c) in html.char_indices().skip(1) {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let inside = html.get(1..end)?;
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    if name.is_empty() {
        return None;
    }
    let mut attributes = Attributes::new();
    let mut rest = inside[name.len()..].trim_start();
    while !rest.is_empty() {
        let key: String = rest
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '=' && *c != '/')
            .collect();
        rest = &rest[key.len()..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"')?;
            attributes.insert(key, unescape(&quoted[..close]));
            rest = &quoted[close + 1..];
        } else {
            if !key.is_empty() {
                attributes.insert(key, String::new());
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        rest = rest.trim_start();
    }
    Some((name, attributes, &html[end + 1..]))
}

pub(crate) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
