//! Where things are in a database that was filled.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};

pub(super) struct Facts {
    named: BTreeMap<String, String>,
    /// What is looked for, with its name.
    pub(super) searches: Vec<(String, String)>,
    /// Values of cookies, one for each person.
    pub(super) sessions: Vec<String>,
}

impl Facts {
    pub(super) fn read(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file)?;
        let mut facts = Self {
            named: BTreeMap::new(),
            searches: Vec::new(),
            sessions: Vec::new(),
        };
        for line in text.lines() {
            let (kind, rest) = line.split_once(' ').context("a line of facts")?;
            if kind == "session" {
                facts.sessions.push(rest.to_owned());
                continue;
            }
            let (name, value) = rest.split_once(' ').context("a fact")?;
            let (name, value) = (name.to_owned(), value.to_owned());
            if kind == "search" {
                facts.searches.push((name, value));
            } else {
                facts.named.insert(format!("{kind} {name}"), value);
            }
        }
        Ok(facts)
    }

    pub(super) fn number(&self, name: &str) -> Result<u64> {
        let value = self.named.get(name).with_context(|| format!("no {name}"))?;
        Ok(value.parse()?)
    }

    /// Path of a thread.
    pub(super) fn thread(&self, name: &str) -> Result<String> {
        Ok(format!(
            "/zh/discuss/{}",
            self.number(&format!("thread {name}"))?
        ))
    }

    /// Path of a comment, such as `large.last`.
    pub(super) fn comment(&self, name: &str) -> Result<String> {
        let (thread, _) = name.split_once('.').context("thread.place")?;
        let id = self.number(&format!("comment {name}"))?;
        Ok(format!("{}/{id}", self.thread(thread)?))
    }
}
