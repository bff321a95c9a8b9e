//! Where a respondent stands, section by section.

use super::Flow;

/// One section that is asked, with how much of it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Section id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// True when it may be left out as a whole.
    pub optional: bool,
    /// Number of questions asked.
    pub asked: u32,
    /// Number of those with an answer.
    pub answered: u32,
}

impl Flow<'_> {
    /// The sections that are asked, in order. Titles are filled in, questions are not: this is
    /// worked out after each answer.
    #[must_use]
    pub fn overview(&self) -> Vec<Stage> {
        let mut stages = Vec::new();
        for section in &self.instrument.sections {
            let (mut asked, mut answered) = (0, 0);
            for question in &section.questions {
                if self.asked(&question.id) {
                    asked += 1;
                    answered += u32::from(self.answers().contains_key(&question.id));
                }
            }
            if asked > 0 {
                stages.push(Stage {
                    id: section.id.clone(),
                    title: self.scope().fill(&section.title, self.lang),
                    optional: section.optional,
                    asked,
                    answered,
                });
            }
        }
        stages
    }
}
