//! What an entry of the public log says beyond act, rule and words, in the one line that is hashed.

use super::{Role, pipeline::Change};

/// Whoever decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody in this role.
    Role(Role),
    /// Nobody: a rule of the pipeline, until a person has looked.
    Automatic,
}

/// The particulars of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Version of the rule that is cited.
    pub rule: Option<i64>,
    /// Who decided, by role; none before the log said so.
    pub by: Option<By>,
    /// UTC milliseconds at which it ends.
    pub until_ms: Option<i64>,
    /// Seconds between two comments.
    pub seconds: Option<i64>,
    /// The act that an appeal was about.
    pub appealed: Option<i64>,
    /// What a moved thread was about before and is about now, as fields of a form.
    pub moved: Option<(String, String)>,
    /// The settings that were changed.
    pub settings: Vec<Change>,
}

impl Detail {
    /// The line: `name=value` in a fixed order, separated by blanks; empty when nothing is said.
    #[must_use]
    pub fn encode(&self) -> String {
        let by = self.by.map(|by| match by {
            By::Role(role) => role.as_str(),
            By::Automatic => "automatic",
        });
        let number = |n: Option<i64>| n.map(|n| n.to_string());
        let settings = self.settings.iter().map(|change| {
            let Change { field, from, to } = change;
            format!("set.{field}={from}:{to}")
        });
        [
            ("rule", number(self.rule)),
            ("by", by.map(ToOwned::to_owned)),
            ("until", number(self.until_ms)),
            ("seconds", number(self.seconds)),
            ("appealed", number(self.appealed)),
            ("from", self.moved.as_ref().map(|(from, _)| from.clone())),
            ("to", self.moved.as_ref().map(|(_, to)| to.clone())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .chain(settings)
        .collect::<Vec<_>>()
        .join(" ")
    }

    /// Reads a line; what it does not know it leaves out.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let mut detail = Self::default();
        let (mut from, mut to) = (None, None);
        for (name, value) in line.split(' ').filter_map(|part| part.split_once('=')) {
            let number = value.parse().ok();
            match name {
                "rule" => detail.rule = number,
                "by" if value == "automatic" => detail.by = Some(By::Automatic),
                "by" => detail.by = value.parse().ok().map(By::Role),
                "until" => detail.until_ms = number,
                "seconds" => detail.seconds = number,
                "appealed" => detail.appealed = number,
                "from" => from = Some(value.to_owned()),
                "to" => to = Some(value.to_owned()),
                _ => detail.settings.extend(change(name, value)),
            }
        }
        detail.moved = from.zip(to);
        detail
    }
}

fn change(name: &str, value: &str) -> Option<Change> {
    let field = name.strip_prefix("set.")?.to_owned();
    let (from, to) = value.split_once(':')?;
    Some(Change {
        field,
        from: from.to_owned(),
        to: to.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_back_what_it_was_made_of() {
        let full = Detail {
            rule: Some(2),
            by: Some(By::Role(Role::Moderator)),
            until_ms: Some(5),
            seconds: Some(60),
            appealed: Some(9),
            moved: Some((String::new(), "section.work".to_owned())),
            settings: vec![Change {
                field: "rate".to_owned(),
                from: "15".to_owned(),
                to: "10".to_owned(),
            }],
        };
        assert_eq!(
            full.encode(),
            "rule=2 by=moderator until=5 seconds=60 appealed=9 from= to=section.work set.rate=15:10"
        );
        assert_eq!(Detail::parse(&full.encode()), full);
        let automatic = Detail {
            by: Some(By::Automatic),
            ..Detail::default()
        };
        assert_eq!(Detail::parse(&automatic.encode()), automatic);
        assert_eq!(Detail::parse(""), Detail::default());
    }
}
