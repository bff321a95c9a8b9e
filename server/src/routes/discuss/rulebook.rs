//! The published rules in the reader's language: what is offered, and what a citation is called.

use partake_app::{i18n::t, pages::discuss::RuleChoice};
use partake_core::{forum::Reason, lang::Lang};
use partake_store::forum::{Act, Comment, StoredRule};

use crate::{error::PageError, state::AppState};

/// Every version of every rule.
pub(crate) struct RuleBook {
    lang: Lang,
    versions: Vec<StoredRule>,
}

impl RuleBook {
    pub(crate) async fn load(state: &AppState, lang: Lang) -> Result<Self, PageError> {
        let versions = state.store.rule_versions(None).await?;
        Ok(Self { lang, versions })
    }

    /// For a page of comments: read only if one of them, or of those that were loaded with them,
    /// cites a rule.
    pub(super) async fn of<'a>(
        state: &AppState,
        lang: Lang,
        comments: impl IntoIterator<Item = &'a Comment>,
    ) -> Result<Self, PageError> {
        let mut open: Vec<&Comment> = comments.into_iter().collect();
        while let Some(comment) = open.pop() {
            if comment.reason.is_some() {
                return Self::load(state, lang).await;
            }
            open.extend(&comment.replies);
        }
        let versions = Vec::new();
        Ok(Self { lang, versions })
    }

    /// The rules in force, in the order in which they are offered.
    pub(crate) fn offered(&self) -> Vec<RuleChoice> {
        Reason::ALL
            .into_iter()
            .filter_map(|reason| self.find(reason, None))
            .filter(|stored| !stored.retired)
            .map(|stored| {
                let wording = stored.rule.wording(self.lang);
                RuleChoice {
                    code: stored.rule.reason.as_str(),
                    title: wording.title.clone(),
                    text: wording.text.clone(),
                    citation: stored.rule.citation(),
                }
            })
            .collect()
    }

    /// The title of the version that is cited, of the newest where none is.
    pub(crate) fn title(&self, reason: Reason, version: Option<i64>) -> String {
        self.find(reason, version).map_or_else(
            || t(self.lang, &format!("forum-reason-{reason}")),
            |stored| stored.rule.wording(self.lang).title.clone(),
        )
    }

    /// The words of a decision. Where they are the cited version's own, they are the reader's
    /// language's, whatever language the decision was taken in.
    pub(crate) fn words(&self, reason: Option<Reason>, version: Option<i64>, note: &str) -> String {
        let cited = reason.zip(version);
        cited
            .and_then(|(reason, version)| self.find(reason, Some(version)))
            .filter(|stored| {
                let own = |lang| stored.rule.wording(lang).sentence == note;
                !note.is_empty() && Lang::ALL.into_iter().any(own)
            })
            .map_or_else(
                || note.to_owned(),
                |stored| stored.rule.wording(self.lang).sentence.clone(),
            )
    }

    /// What was done, as the log says it: a version of a rule that takes it out of force retires it.
    pub(crate) fn act(
        &self,
        act: Act,
        reason: Option<Reason>,
        version: Option<i64>,
    ) -> &'static str {
        let retired = reason
            .filter(|_| act == Act::Rule)
            .and_then(|reason| self.find(reason, version))
            .is_some_and(|stored| stored.retired);
        if retired { "retire" } else { act.as_str() }
    }

    /// A version of a rule, the newest where none is named.
    pub(crate) fn find(&self, reason: Reason, version: Option<i64>) -> Option<&StoredRule> {
        self.versions
            .iter()
            .filter(|stored| stored.rule.reason == reason)
            .filter(|stored| version.is_none_or(|version| stored.rule.version == version))
            .max_by_key(|stored| stored.rule.version)
    }
}
