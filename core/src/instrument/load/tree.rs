//! The file as a tree that knows where everything stands. Only plain data is let in: no anchors,
//! aliases, tags or merge keys, no key twice.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::LoadError;

const MAX_DEPTH: usize = 64;

/// A place in the file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Position {
    fn of(marker: &Marker) -> Self {
        Self {
            line: marker.line().max(1),
            column: marker.col() + 1,
        }
    }

    pub(crate) const fn error(self, message: String) -> LoadError {
        LoadError {
            line: self.line,
            column: self.column,
            message,
        }
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Position,
    pub(crate) data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    Scalar { text: String, quoted: bool },
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Position,
    pub(crate) key: String,
    pub(crate) value: Node,
}

impl Node {
    /// What this is, for messages.
    pub(crate) const fn what(&self) -> &'static str {
        match self.data {
            Data::Scalar { .. } => "a single value",
            Data::Sequence(_) => "a list",
            Data::Mapping(_) => "a mapping",
        }
    }
}

/// What is open while the events come in.
enum Open {
    Sequence(Position, Vec<Node>),
    Mapping(
        Position,
        Vec<Entry>,
        BTreeMap<String, usize>,
        Option<(Position, String)>,
    ),
}

pub(crate) fn parse(yaml: &str) -> Result<Node, Vec<LoadError>> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(yaml) {
        match event {
            Ok((event, span)) => {
                if let Err(fatal) = builder.event(event, span) {
                    builder.errors.push(fatal);
                    return Err(builder.errors);
                }
            }
            Err(error) => {
                let at = Position::of(error.marker());
                let message = if error.info().contains("recursion limit") {
                    too_deep()
                } else {
                    format!("not YAML: {}", error.info())
                };
                builder.errors.push(at.error(message));
                return Err(builder.errors);
            }
        }
    }
    match builder.root {
        Some(root) if builder.errors.is_empty() => Ok(root),
        Some(_) => Err(builder.errors),
        None => {
            let start = Position { line: 1, column: 1 };
            builder.errors.push(start.error("the file is empty".into()));
            Err(builder.errors)
        }
    }
}

fn too_deep() -> String {
    format!("nested deeper than {MAX_DEPTH} levels; flatten it")
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    errors: Vec<LoadError>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), LoadError> {
        let at = Position::of(&span.start);
        match event {
            Event::Alias(_) => {
                return Err(at.error("aliases (`*name`) are not read; write the value out".into()));
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_data(at, anchor, tag.is_some());
                let quoted = style != ScalarStyle::Plain;
                self.put(Node {
                    at,
                    data: Data::Scalar {
                        text: text.into_owned(),
                        quoted,
                    },
                })?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_data(at, anchor, tag.is_some());
                self.nest(at, Open::Sequence(at, Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_data(at, anchor, tag.is_some());
                self.nest(at, Open::Mapping(at, Vec::new(), BTreeMap::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::Sequence(at, items)) => {
                    self.put(Node {
                        at,
                        data: Data::Sequence(items),
                    })?;
                }
                Some(Open::Mapping(at, entries, ..)) => {
                    self.put(Node {
                        at,
                        data: Data::Mapping(entries),
                    })?;
                }
                None => {}
            },
            Event::DocumentStart(_) if self.root.is_some() => {
                return Err(at.error("a second document begins here; a file holds one".into()));
            }
            _ => {}
        }
        Ok(())
    }

    fn plain_data(&mut self, at: Position, anchor: usize, tagged: bool) {
        if anchor != 0 {
            self.errors
                .push(at.error("anchors (`&name`) are not read; write the value out".into()));
        }
        if tagged {
            self.errors
                .push(at.error("tags (`!name`) are not read; remove it".into()));
        }
    }

    fn nest(&mut self, at: Position, open: Open) -> Result<(), LoadError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(at.error(too_deep()));
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), LoadError> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping(_, _, lines, key @ None)) => {
                let Data::Scalar { text, .. } = node.data else {
                    return Err(node
                        .at
                        .error(format!("a key must be a word, not {}", node.what())));
                };
                if let Some(first) = lines.insert(text.clone(), node.at.line) {
                    self.errors.push(node.at.error(format!(
                        "`{text}` stands twice in this mapping (first on line {first}); remove one"
                    )));
                }
                *key = Some((node.at, text));
            }
            Some(Open::Mapping(_, entries, _, key)) => {
                if let Some((at, key)) = key.take() {
                    entries.push(Entry {
                        at,
                        key,
                        value: node,
                    });
                }
            }
        }
        Ok(())
    }
}
