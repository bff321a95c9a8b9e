//! Turning declared questions into what one respondent sees.

use std::collections::BTreeSet;

use super::{Body, Flow, OptionView, QuestionView, TaskView};
use crate::{
    instrument::{BestWorst, Choice, ChoiceList, Kind, Matrix, Question, Row, Section},
    lang::Text,
};

impl<'a> Flow<'a> {
    /// Questions of a section: those that exchange places in this respondent's order, members of
    /// order groups where the factor puts them.
    pub(super) fn in_order(&self, section: &'a Section) -> Vec<&'a Question> {
        let questions = &section.questions;
        let mut ordered: Vec<&Question> = questions.iter().collect();
        if section.shuffled.is_empty() && questions.iter().all(|q| q.order_group.is_none()) {
            return ordered;
        }
        let moves = |q: &&Question| section.shuffled.contains(&q.id);
        let movable: Vec<&Question> = questions.iter().filter(moves).collect();
        let places =
            (0..questions.len()).filter(|at| questions.get(*at).is_some_and(|q| moves(&q)));
        let drawn = self.seed.shuffled(&section.id, &movable);
        for (place, question) in places.zip(drawn) {
            if let Some(slot) = ordered.get_mut(place) {
                *slot = question;
            }
        }
        let mut groups = BTreeSet::new();
        groups.extend(
            questions
                .iter()
                .filter_map(|q| q.order_group.as_ref())
                .map(|g| g.id.as_str()),
        );
        for group in groups {
            let member = |q: &Question| q.order_group.as_ref().filter(|g| g.id == group).cloned();
            let slots: Vec<usize> = (0..questions.len())
                .filter(|at| questions.get(*at).and_then(member).is_some())
                .collect();
            let reversed = questions.iter().find_map(member).is_some_and(|g| {
                self.assignment
                    .get(&g.factor)
                    .is_some_and(|level| *level != g.declared_if)
            });
            if reversed {
                for (slot, from) in slots.iter().zip(slots.iter().rev()) {
                    if let (Some(place), Some(question)) =
                        (ordered.get_mut(*slot), questions.get(*from))
                    {
                        *place = question;
                    }
                }
            }
        }
        ordered
    }

    pub(crate) fn view(&self, question: &Question) -> QuestionView {
        QuestionView {
            id: question.id.clone(),
            stem: question.stem.as_ref().map(|t| self.text(t)),
            title: self.text(&question.title),
            help: question.help.as_ref().map(|t| self.text(t)),
            required: question.required,
            soft_required: question.soft_required,
            own_screen: question.own_screen,
            ends: match &question.kind {
                Kind::Single(list) => list
                    .ends
                    .as_ref()
                    .map(|(low, high)| (self.text(low), self.text(high))),
                _ => None,
            },
            body: self.body(question),
        }
    }

    /// Messages of the checks that do not hold. A check counts once every answer that it reads is
    /// there.
    pub(crate) fn broken(&self, question: &Question) -> Vec<String> {
        let scope = self.scope();
        let broken = question
            .checks
            .iter()
            .filter(|check| scope.index(&check.that) == Some(0.0));
        broken.map(|check| self.text(&check.message)).collect()
    }

    /// True when no check of the question is broken.
    pub(crate) fn holds(&self, question: &Question) -> bool {
        self.broken(question).is_empty()
    }

    fn body(&self, question: &Question) -> Body {
        match &question.kind {
            Kind::Single(list) => Body::Single(self.options(&question.id, list)),
            Kind::Multiple(list) => {
                Body::Multiple(self.options(&question.id, list), list.max_selected)
            }
            Kind::Matrix(matrix) => Body::Matrix {
                rows: self.rows(&question.id, matrix),
                scale: self.choices(&matrix.scale),
            },
            Kind::Slider(slider) => Body::Slider {
                min: slider.min,
                max: slider.max,
                step: slider.step,
                low: self.text(&slider.low),
                high: self.text(&slider.high),
                missing: self.choices(&slider.missing),
            },
            Kind::Number(number) => Body::Number {
                min: number.min,
                max: number.max,
                integer: number.integer,
                unit: number.unit.as_ref().map(|t| self.text(t)),
                soft_max: number.soft_max,
                soft_message: number.soft_message.as_ref().map(|t| self.text(t)),
                date: number.date,
                missing: self.choices(&number.missing),
            },
            Kind::Ranking(ranking) => {
                let options = self.choices(&ranking.options);
                Body::Ranking {
                    options: if ranking.randomise {
                        self.seed.shuffled(&question.id, &options)
                    } else {
                        options
                    },
                    places: ranking.places,
                }
            }
            Kind::BestWorst(bw) => Body::BestWorst {
                tasks: self.tasks(&question.id, bw),
                best: self.text(&bw.best),
                worst: self.text(&bw.worst),
            },
            Kind::ShortText(text) => Body::ShortText {
                max_chars: text.max_chars,
                placeholder: text.placeholder.as_ref().map(|t| self.text(t)),
            },
            Kind::LongText(text) => Body::LongText {
                max_chars: text.max_chars,
                placeholder: text.placeholder.as_ref().map(|t| self.text(t)),
            },
            Kind::Votes(votes) => Body::Votes {
                statements: self
                    .seed
                    .shuffled(&question.id, &self.choices(&votes.statements)),
                ballot: self.choices(&votes.ballot),
                show_at_most: votes.show_at_most,
            },
            Kind::Statement => Body::Statement,
        }
    }

    fn options(&self, id: &str, list: &ChoiceList) -> Vec<OptionView> {
        let shown = list.options.iter().filter(|o| self.offers(list, &o.code));
        let (tail, head): (Vec<&Choice>, Vec<&Choice>) =
            shown.partition(|option| stays_last(option, list));
        let mut head: Vec<OptionView> = head.into_iter().map(|o| self.choice(o)).collect();
        if list.randomise {
            head = self.seed.shuffled(id, &head);
        }
        if self.flipped(list.flip_with.as_deref()) {
            head.reverse();
        }
        head.extend(tail.into_iter().map(|o| self.choice(o)));
        head
    }

    /// True when the factor's level is its second.
    fn flipped(&self, factor: Option<&str>) -> bool {
        let declared = factor.and_then(|id| self.instrument.factor(id));
        declared.is_some_and(|f| {
            f.levels
                .get(1)
                .is_some_and(|level| self.assignment.get(&f.id) == Some(level))
        })
    }

    fn rows(&self, id: &str, matrix: &Matrix) -> Vec<OptionView> {
        let view = |row: &Row| OptionView {
            code: row.code.clone(),
            label: self.text(&row.label),
            exclusive: false,
            missing: false,
            text_max: None,
        };
        if !matrix.randomise {
            return matrix.rows.iter().map(view).collect();
        }
        let free: Vec<OptionView> = matrix
            .rows
            .iter()
            .filter(|row| row.pin.is_none())
            .map(view)
            .collect();
        let mut rows = self.seed.shuffled(id, &free);
        for row in &matrix.rows {
            let Some((first, last)) = row.pin else {
                continue;
            };
            let span = usize::try_from(last.saturating_sub(first) + 1).unwrap_or(1);
            let start = usize::try_from(first.saturating_sub(1)).unwrap_or_default();
            let at = start + self.seed.below(&format!("{id}.pin.{}", row.code), span);
            rows.insert(at.min(rows.len()), view(row));
        }
        rows
    }

    /// The sets that this respondent sees, in the order of the class.
    pub(crate) fn sets<'b>(&self, bw: &'b BestWorst) -> &'b [Vec<String>] {
        let level = self.assignment.get(&bw.factor);
        let class = bw.classes.iter().find(|(name, _)| Some(name) == level);
        class
            .or_else(|| bw.classes.first())
            .map_or(&[], |(_, sets)| sets.as_slice())
    }

    fn tasks(&self, id: &str, bw: &BestWorst) -> Vec<TaskView> {
        let tasks: Vec<TaskView> = self
            .sets(bw)
            .iter()
            .zip(0_u32..)
            .map(|(set, index)| {
                let items: Vec<OptionView> = set
                    .iter()
                    .filter_map(|code| bw.items.iter().find(|item| item.code == *code))
                    .map(|item| self.choice(item))
                    .collect();
                TaskView {
                    index,
                    items: self.seed.shuffled(&format!("{id}.items.{index}"), &items),
                }
            })
            .collect();
        self.seed.shuffled(&format!("{id}.tasks"), &tasks)
    }

    fn choices(&self, choices: &[Choice]) -> Vec<OptionView> {
        choices.iter().map(|choice| self.choice(choice)).collect()
    }

    fn choice(&self, choice: &Choice) -> OptionView {
        OptionView {
            code: choice.code.clone(),
            label: self.text(&choice.label),
            exclusive: choice.exclusive,
            missing: choice.missing.is_some(),
            text_max: choice.text_max,
        }
    }

    pub(crate) fn text(&self, text: &Text) -> String {
        self.scope().fill(text, self.lang)
    }
}

/// Missing codes and the declared tail keep their place at the end; order and flips concern the
/// rest.
fn stays_last(option: &Choice, list: &ChoiceList) -> bool {
    let ordered = list.randomise || list.flip_with.is_some();
    ordered && (option.missing.is_some() || list.keep_last.contains(&option.code))
}
