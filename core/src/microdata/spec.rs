//! The file that says what each column of a table is.

use super::Method;
use crate::instrument::{
    LoadError,
    load::tree::{Data, Entry, Node, parse},
};

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Somebody could be recognised by it; generalised by the hierarchy in this file.
    QuasiIdentifier {
        /// Path of the hierarchy, relative to the specification.
        hierarchy: String,
    },
    /// Must not be learnt about a person; published as it is, in classes that hold several values.
    Sensitive,
    /// Published as it is.
    Insensitive,
    /// Not published.
    Drop,
}

/// A column with its place in the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the table's header.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Line in the specification, from 1.
    pub line: usize,
}

/// How a table is to be anonymised.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// Columns, in the order of the specification.
    pub columns: Vec<Column>,
    /// Least rows of a class.
    pub k: Option<usize>,
    /// Least different values of each sensitive column in a class.
    pub l: Option<usize>,
    /// Greatest share of rows that may be suppressed, 0 to 1; 0 unless given.
    pub suppression_limit: f64,
    /// Full-domain generalisation unless given.
    pub method: Method,
}

const KEYS: &str = "`columns`, `k`, `l`, `suppression_limit` and `method`";

impl Spec {
    /// Reads a specification from YAML.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn read(yaml: &str) -> Result<Self, LoadError> {
        let root = parse(yaml).map_err(first)?;
        let mut spec = Self {
            columns: Vec::new(),
            k: None,
            l: None,
            suppression_limit: 0.0,
            method: Method::FullDomain,
        };
        let entries = mapping(&root, &format!("a specification has {KEYS}"))?;
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "columns" => spec.columns = columns(value)?,
                "k" => spec.k = Some(whole(value, "k")?),
                "l" => spec.l = Some(whole(value, "l")?),
                "suppression_limit" => spec.suppression_limit = share(value)?,
                "method" => spec.method = method(value)?,
                other => {
                    return Err(entry.at.error(format!(
                        "`{other}` is not known here; a specification has {KEYS}"
                    )));
                }
            }
        }
        if spec.columns.is_empty() {
            return Err(root
                .at
                .error("`columns` is missing; name each column and its role".into()));
        }
        Ok(spec)
    }
}

fn columns(node: &Node) -> Result<Vec<Column>, LoadError> {
    mapping(node, "`columns` has each column's name with its role")?
        .iter()
        .map(column)
        .collect()
}

fn column(entry: &Entry) -> Result<Column, LoadError> {
    let name = &entry.key;
    let form = format!("column `{name}` has `role` and, for a quasi-identifier, `hierarchy`");
    let (mut role, mut hierarchy) = (None, None);
    for field in mapping(&entry.value, &form)? {
        match field.key.as_str() {
            "role" => role = Some((field, text(&field.value, "role")?)),
            "hierarchy" => hierarchy = Some((field, text(&field.value, "hierarchy")?)),
            other => {
                return Err(field
                    .at
                    .error(format!("`{other}` is not known here; {form}")));
            }
        }
    }
    let Some((place, role)) = role else {
        return Err(entry.at.error(format!("`role` is missing; {form}")));
    };
    let role = match (role, hierarchy) {
        ("quasi_identifier", Some((_, file))) => Role::QuasiIdentifier {
            hierarchy: file.to_owned(),
        },
        ("quasi_identifier", None) => {
            return Err(entry.at.error(format!(
                "column `{name}` has no `hierarchy`; name the file that says what its values may become"
            )));
        }
        ("sensitive" | "insensitive" | "drop", Some((field, _))) => {
            return Err(field.at.error(format!(
                "column `{name}` has a `hierarchy` but is no quasi-identifier; remove it or change the role"
            )));
        }
        ("sensitive", None) => Role::Sensitive,
        ("insensitive", None) => Role::Insensitive,
        ("drop", None) => Role::Drop,
        (other, _) => {
            return Err(place.value.at.error(format!(
                "`{other}` is no role; use quasi_identifier, sensitive, insensitive or drop"
            )));
        }
    };
    Ok(Column {
        name: name.clone(),
        role,
        line: entry.at.line,
    })
}

fn method(node: &Node) -> Result<Method, LoadError> {
    match text(node, "method")? {
        "full_domain" => Ok(Method::FullDomain),
        "local_recoding" => Ok(Method::LocalRecoding),
        other => Err(node.at.error(format!(
            "`{other}` is no method; use full_domain or local_recoding"
        ))),
    }
}

fn whole(node: &Node, key: &str) -> Result<usize, LoadError> {
    let found = text(node, key)?;
    found.parse().map_err(|_| {
        node.at
            .error(format!("`{key}` is a whole number, not `{found}`"))
    })
}

fn share(node: &Node) -> Result<f64, LoadError> {
    let found = text(node, "suppression_limit")?;
    match found.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(node.at.error(format!(
            "`suppression_limit` is a share of the rows from 0 to 1, not `{found}`"
        ))),
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Result<&'n str, LoadError> {
    match &node.data {
        Data::Scalar { text, .. } => Ok(text),
        _ => Err(node
            .at
            .error(format!("`{key}` is one value, not {}", node.what()))),
    }
}

fn mapping<'n>(node: &'n Node, form: &str) -> Result<&'n [Entry], LoadError> {
    match &node.data {
        Data::Mapping(entries) => Ok(entries),
        _ => Err(node.at.error(format!("{form}; this is {}", node.what()))),
    }
}

fn first(mut errors: Vec<LoadError>) -> LoadError {
    errors.sort();
    errors.into_iter().next().unwrap_or(LoadError {
        line: 1,
        column: 1,
        message: "the file cannot be read".into(),
    })
}
