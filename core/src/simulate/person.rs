//! One simulated person.

use std::collections::BTreeMap;

use super::{
    dice::Dice,
    habits::{OTHERWISE, PULLS, TICKED, WEIGHTS, WORTH},
    phrases,
};
use crate::{
    flow::{Body, OptionView, QuestionView, TaskView},
    instrument::{Choice, Kind, Matrix, Question},
    lang::Lang,
    response::{Answer, Answers, Assignment, Pick, other_key},
};

/// What a person brings to every question. Traits have mean 0 and standard deviation 1.
pub(super) struct Person {
    lang: Lang,
    say: f64,
    ai: f64,
    skips: f64,
    careless: bool,
}

impl Person {
    pub(super) fn new(lang: Lang, dice: &mut Dice<'_>) -> Self {
        let say = dice.normal();
        Self {
            lang,
            say,
            ai: 0.2 * say + 0.98 * dice.normal(),
            skips: if dice.chance(0.15) { 0.12 } else { 0.015 },
            careless: dice.chance(0.03),
        }
    }

    /// The answer to a question, with the text of its "other" option; nothing when it is skipped.
    pub(super) fn answer(
        &self,
        declared: &Question,
        view: &QuestionView,
        earlier: &Answers,
        assignment: &Assignment,
        dice: &mut Dice<'_>,
    ) -> Vec<(String, Answer)> {
        if !view.required && dice.chance(self.skips) {
            return Vec::new();
        }
        let id = view.id.as_str();
        let group = match earlier.get("employment") {
            Some(Answer::Code(code)) => code.as_str(),
            _ => "",
        };
        let answer = match (&view.body, &declared.kind) {
            (Body::Single(options), _) => self
                .single(declared, options, group, assignment, dice)
                .map(Answer::Code),
            (Body::Multiple(options, max), _) => {
                Some(self.multiple(id, options, *max, group, dice))
            }
            (Body::Matrix { .. }, Kind::Matrix(matrix)) => {
                Some(Answer::Rows(self.matrix(id, matrix, dice)))
            }
            (
                Body::Slider {
                    min,
                    max,
                    step,
                    missing,
                    ..
                },
                _,
            ) => {
                if dice.chance(0.04)
                    && let Some(option) = missing.first()
                {
                    Some(Answer::Code(option.code.clone()))
                } else {
                    let share = self.share(id, assignment, 0.17, dice);
                    let value = min + heaped(share * (max - min), *step, dice);
                    Some(Answer::Number(value.clamp(*min, *max)))
                }
            }
            (
                Body::Number {
                    min, max, integer, ..
                },
                _,
            ) => {
                // Most people name a small figure, a few a large one.
                let drawn =
                    min + (max - min) * dice.unit().powi(5) * (0.4 + 0.1 * self.ai).max(0.1);
                let shown = if *integer { drawn.round() } else { drawn };
                Some(Answer::Number(shown.clamp(*min, *max)))
            }
            (Body::Ranking { options, places }, _) => self.ranking(id, options, *places, dice),
            (Body::BestWorst { tasks, .. }, _) => Some(Answer::BestWorst(picks(tasks, dice))),
            (Body::ShortText { max_chars, .. } | Body::LongText { max_chars, .. }, _) => {
                let writes = if id == "new_statement" { 0.08 } else { 0.38 };
                let text = if dice.chance(writes) {
                    phrases::text(id, self.lang, dice)
                } else {
                    None
                };
                text.filter(|t| u32::try_from(t.chars().count()).is_ok_and(|n| n <= *max_chars))
                    .map(Answer::Text)
            }
            (
                Body::Votes {
                    statements,
                    ballot,
                    show_at_most,
                },
                _,
            ) => {
                let shown = usize::try_from(*show_at_most).unwrap_or_default();
                let reach = if dice.chance(0.3) {
                    statements.len()
                } else {
                    shown
                };
                Some(Answer::Rows(self.votes(statements, ballot, reach, dice)))
            }
            _ => None,
        };
        let Some(answer) = answer else {
            return Vec::new();
        };
        let mut given = self.other_texts(id, &view.body, &answer, dice);
        given.push((id.to_owned(), answer));
        given
    }

    fn single(
        &self,
        declared: &Question,
        options: &[OptionView],
        group: &str,
        assignment: &Assignment,
        dice: &mut Dice<'_>,
    ) -> Option<String> {
        let id = declared.id.as_str();
        let keys = [
            format!("{id}/{group}"),
            format!("{id}/{}", self.lang.as_str()),
            id.to_owned(),
        ];
        let table = keys
            .iter()
            .find_map(|key| WEIGHTS.iter().find(|(known, _)| known == key))
            .map(|(_, t)| t);
        if let Some(table) = table {
            let weights: Vec<(&str, f64)> = options
                .iter()
                .map(|option| {
                    let weight = table.iter().find(|(code, _)| *code == option.code);
                    let lean = self.lean(declared, &option.code);
                    (option.code.as_str(), weight.map_or(0.0, |(_, w)| w * lean))
                })
                .collect();
            return dice.weighted(&weights).map(|code| (*code).to_owned());
        }
        let scale: Vec<&Choice> = declared
            .choices()
            .iter()
            .filter(|c| c.missing.is_none() && options.iter().any(|o| o.code == c.code))
            .collect();
        let missing: Vec<&OptionView> = options.iter().filter(|o| o.missing).collect();
        if dice.chance(0.05)
            && let Some(option) = dice.one(&missing)
        {
            return Some(option.code.clone());
        }
        if scale.iter().any(|choice| choice.value.is_none()) {
            // Options further up in people's minds are chosen more often, wherever they are shown.
            let weights: Vec<(&str, f64)> = scale
                .iter()
                .zip(1_u32..)
                .map(|(c, i)| (c.code.as_str(), 1.0 / f64::from(i)))
                .collect();
            return dice.weighted(&weights).map(|code| (*code).to_owned());
        }
        point(&scale, self.share(id, assignment, 0.2, dice)).map(|choice| choice.code.clone())
    }

    fn multiple(
        &self,
        id: &str,
        options: &[OptionView],
        max: Option<u32>,
        group: &str,
        dice: &mut Dice<'_>,
    ) -> Answer {
        let likely = |code: &str| {
            let keys = [format!("{id}/{code}/{group}"), format!("{id}/{code}")];
            let known = keys
                .iter()
                .find_map(|k| TICKED.iter().find(|(key, _)| key == k));
            known.map_or(OTHERWISE, |(_, p)| *p)
        };
        let mut chosen: Vec<String> = options
            .iter()
            .filter(|option| !option.exclusive)
            .filter(|option| {
                dice.chance((likely(&option.code) * (1.0 + 0.12 * self.ai)).clamp(0.01, 0.97))
            })
            .map(|option| option.code.clone())
            .collect();
        let exclusive: Vec<&OptionView> =
            options.iter().filter(|option| option.exclusive).collect();
        if chosen.is_empty() || dice.chance(0.02) {
            let none = if dice.chance(0.85) {
                exclusive.first()
            } else {
                exclusive.last()
            };
            chosen = none.into_iter().map(|option| option.code.clone()).collect();
        }
        chosen.truncate(
            max.and_then(|m| usize::try_from(m).ok())
                .unwrap_or(usize::MAX),
        );
        chosen.sort_unstable();
        Answer::Codes(chosen)
    }

    fn matrix(&self, id: &str, matrix: &Matrix, dice: &mut Dice<'_>) -> BTreeMap<String, String> {
        let scale: Vec<&Choice> = matrix
            .scale
            .iter()
            .filter(|c| c.missing.is_none())
            .collect();
        let missing = matrix.scale.iter().find(|c| c.missing.is_some());
        let same = if self.careless {
            dice.one(&scale).copied()
        } else {
            None
        };
        let mut rows = BTreeMap::new();
        for row in &matrix.rows {
            if dice.chance(self.skips / 2.0) {
                continue;
            }
            let code = match (&row.expected, same) {
                (_, Some(point)) => Some(&point.code),
                (Some(expected), None) if dice.chance(0.96) => Some(expected),
                _ if dice.chance(0.03) => missing.map(|choice| &choice.code),
                _ => {
                    let share = self.share(
                        &format!("{id}__{}", row.code),
                        &Assignment::new(),
                        0.19,
                        dice,
                    );
                    point(&scale, share).map(|choice| &choice.code)
                }
            };
            rows.extend(code.map(|code| (row.code.clone(), code.clone())));
        }
        rows
    }

    fn ranking(
        &self,
        id: &str,
        options: &[OptionView],
        places: u32,
        dice: &mut Dice<'_>,
    ) -> Option<Answer> {
        let table = WEIGHTS
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, table)| *table);
        let mut left: Vec<(String, f64)> = options
            .iter()
            .map(|option| {
                let known = table.and_then(|t| t.iter().find(|(code, _)| *code == option.code));
                (
                    option.code.clone(),
                    known.map_or(1.0, |(_, weight)| *weight),
                )
            })
            .collect();
        let wanted = if dice.chance(0.9) { places } else { 1 };
        let mut ranked = Vec::new();
        for _ in 0..wanted {
            let Some(code) = dice.weighted(&left).cloned() else {
                break;
            };
            left.retain(|(other, _)| *other != code);
            ranked.push(code);
        }
        (!ranked.is_empty()).then_some(Answer::Ranking(ranked))
    }

    fn votes(
        &self,
        statements: &[OptionView],
        ballot: &[OptionView],
        reach: usize,
        dice: &mut Dice<'_>,
    ) -> BTreeMap<String, String> {
        let mut votes = BTreeMap::new();
        for statement in statements.iter().take(reach) {
            if dice.chance(0.05) {
                continue;
            }
            // Which side a statement is on follows from its code, the same for everyone.
            let side = statement
                .code
                .bytes()
                .fold(0_u32, |h, b| h.wrapping_mul(31) + u32::from(b));
            let pull = if side.is_multiple_of(2) {
                self.ai
            } else {
                self.say - 0.5 * self.ai
            };
            let lean = 0.25 + 0.6 * pull + 0.9 * dice.normal();
            let at = if lean > 0.2 {
                0
            } else if lean < -0.2 {
                1
            } else {
                2
            };
            votes.extend(
                ballot
                    .get(at)
                    .map(|b| (statement.code.clone(), b.code.clone())),
            );
        }
        votes
    }

    fn other_texts(
        &self,
        id: &str,
        body: &Body,
        answer: &Answer,
        dice: &mut Dice<'_>,
    ) -> Vec<(String, Answer)> {
        let (Body::Single(options) | Body::Multiple(options, _)) = body else {
            return Vec::new();
        };
        let chosen = |code: &String| match answer {
            Answer::Code(one) => one == code,
            Answer::Codes(codes) => codes.contains(code),
            _ => false,
        };
        let texts = options
            .iter()
            .filter(|o| o.text_max.is_some() && chosen(&o.code));
        texts
            .filter_map(|option| {
                let text = dice
                    .chance(0.6)
                    .then(|| phrases::text("other", self.lang, dice))??;
                Some((other_key(id, &option.code), Answer::Text(text)))
            })
            .collect()
    }

    /// How much more this person than others leans to a code that has a value.
    fn lean(&self, declared: &Question, code: &str) -> f64 {
        let Some((_, _, say, ai)) = PULLS.iter().find(|(known, ..)| *known == declared.id) else {
            return 1.0;
        };
        let values: Vec<f64> = declared.choices().iter().filter_map(|c| c.value).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let Some(value) = declared.choice(code).and_then(|choice| choice.value) else {
            return 1.0;
        };
        let from_middle = (value - least) / (most - least) - 0.5;
        (8.0 * (say * self.say + ai * self.ai) * from_middle).exp()
    }

    /// Where on a scale from 0 to 1 this person stands, with noise.
    fn share(&self, id: &str, assignment: &Assignment, noise: f64, dice: &mut Dice<'_>) -> f64 {
        let pull = |key: &str| PULLS.iter().find(|(known, ..)| *known == key);
        let (mean, say, ai) = pull(id).map_or((0.5, 0.05, 0.05), |(_, m, s, a)| (*m, *s, *a));
        let factors: &[&str] = match id {
            "v_credit" | "v_blame" => &["x_vig_role", "x_vig_check"],
            "tradeoff_offer" => &["x_premium"],
            _ => &[],
        };
        let shift: f64 = factors
            .iter()
            .filter_map(|factor| pull(&format!("{factor}/{}", assignment.get(*factor)?)))
            .map(|(_, shift, ..)| if id == "v_blame" { shift / 2.0 } else { *shift })
            .sum();
        (mean + shift + say * self.say + ai * self.ai + noise * dice.normal()).clamp(0.0, 1.0)
    }
}

/// The point of a scale nearest to a share of it.
fn point<'c>(scale: &[&'c Choice], share: f64) -> Option<&'c Choice> {
    let n = u32::try_from(scale.len()).ok()?;
    let mut upper = 0.0;
    for choice in scale {
        upper += 1.0 / f64::from(n);
        if share < upper {
            return Some(choice);
        }
    }
    scale.last().copied()
}

/// People name round figures.
fn heaped(value: f64, step: f64, dice: &mut Dice<'_>) -> f64 {
    let grain = if dice.chance(0.45) {
        10.0
    } else if dice.chance(0.5) {
        5.0
    } else {
        1.0
    };
    (value / (step * grain)).round() * step * grain
}

fn picks(tasks: &[TaskView], dice: &mut Dice<'_>) -> Vec<Pick> {
    let count = tasks
        .iter()
        .map(|task| task.index + 1)
        .max()
        .unwrap_or_default();
    (0..count)
        .map(|index| {
            let Some(task) = tasks.iter().find(|task| task.index == index) else {
                return Pick::default();
            };
            let mut liked: Vec<(f64, &str)> = task
                .items
                .iter()
                .map(|item| {
                    let worth = WORTH.iter().find(|(code, _)| *code == item.code);
                    (
                        worth.map_or(0.0, |(_, w)| *w) + 0.7 * dice.normal(),
                        item.code.as_str(),
                    )
                })
                .collect();
            liked.sort_by(|a, b| a.0.total_cmp(&b.0));
            let code = |at: Option<&(f64, &str)>| at.map(|(_, code)| (*code).to_owned());
            let (best, worst) = (code(liked.last()), code(liked.first()));
            Pick {
                best,
                worst: if dice.chance(0.03) { None } else { worst },
            }
        })
        .collect()
}
