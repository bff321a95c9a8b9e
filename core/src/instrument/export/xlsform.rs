//! The worksheets of XLSForm, as its public reference describes them.

use super::{
    Carried, Target, before,
    expression::{condition, held, iso, whole},
};
use crate::{
    disclosure::public_text,
    instrument::{Choice, Instrument, Kind, Question},
    lang::{Lang, Text},
};

/// A worksheet: its name and its rows, the first of which are the columns' names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `survey`, `choices` or `settings`.
    pub name: &'static str,
    /// Rows of cells.
    pub rows: Vec<Vec<String>>,
}

/// The instrument, without what [`super::lost`] lists.
#[must_use]
pub fn xlsform(instrument: &Instrument) -> Vec<Sheet> {
    let mut form = Form {
        carried: Carried::new(instrument, Target::XlsForm),
        survey: Vec::new(),
        choices: Vec::new(),
    };
    form.note("text__intro", &instrument.intro);
    for (name, text) in before(instrument) {
        form.note(name, &text);
    }
    let gate = &instrument.consent.gate;
    form.question(gate);
    let accepted = gate
        .choices()
        .first()
        .map(|accepting| format!("${{{}}} = '{}'", gate.id, accepting.code));
    for section in &instrument.sections {
        let questions: Vec<&Question> = section
            .questions
            .iter()
            .filter(|question| form.carried.questions.contains(question.id.as_str()))
            .collect();
        // A group of nothing keeps ODK from opening the form.
        if questions.is_empty() {
            continue;
        }
        form.begin(&section.id, &section.title, accepted.as_deref());
        for question in questions {
            form.question(question);
        }
        form.line(Line::of("end_group", ""));
    }
    form.note("text__outro", &instrument.outro);
    form.sheets()
}

/// One line of the survey.
#[derive(Default)]
struct Line {
    kind: String,
    name: String,
    label: Option<Text>,
    hint: Option<Text>,
    required: bool,
    relevant: Option<String>,
    constraint: Option<String>,
    message: Option<Text>,
    parameters: Option<String>,
}

impl Line {
    fn of(kind: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            name: name.into(),
            ..Self::default()
        }
    }
}

struct Form<'a> {
    carried: Carried<'a>,
    survey: Vec<Line>,
    choices: Vec<Vec<String>>,
}

impl Form<'_> {
    fn line(&mut self, line: Line) {
        self.survey.push(line);
    }

    fn note(&mut self, name: &str, label: &Text) {
        self.line(Line {
            label: Some(self.text(label)),
            ..Line::of("note", name)
        });
    }

    fn begin(&mut self, name: &str, label: &Text, relevant: Option<&str>) {
        self.line(Line {
            label: Some(self.text(label)),
            relevant: relevant.map(str::to_owned),
            ..Line::of("begin_group", name)
        });
    }

    fn text(&self, text: &Text) -> Text {
        public_text(self.carried.instrument, text)
    }

    fn question(&mut self, question: &Question) {
        let relevant = question.show_if.as_ref();
        let relevant = relevant.and_then(|expr| condition(&self.carried, expr));
        if let Kind::Matrix(matrix) = &question.kind {
            self.begin(&question.id, &question.title, relevant.as_deref());
            self.list(&question.id, &matrix.scale);
            for row in &matrix.rows {
                self.line(Line {
                    label: Some(self.text(&row.label)),
                    ..Line::of(
                        format!("select_one {}", question.id),
                        format!("{}__{}", question.id, row.code),
                    )
                });
            }
            self.line(Line::of("end_group", ""));
            return;
        }
        let help = question.help.as_ref().or(question.stem.as_ref());
        let mut line = Line {
            label: Some(self.text(&question.title)),
            hint: help.map(|help| self.text(help)),
            required: question.required,
            relevant,
            ..Line::of("", &question.id)
        };
        match &question.kind {
            Kind::Single(list) => {
                self.list(&question.id, &list.options);
                line.kind = format!("select_one {}", question.id);
            }
            Kind::Multiple(list) => {
                self.list(&question.id, &list.options);
                line.kind = format!("select_multiple {}", question.id);
                let most = list
                    .max_selected
                    .map(|max| format!("count-selected(.) <= {max}"));
                let alone =
                    list.options.iter().filter(|o| o.exclusive).map(|o| {
                        format!("not(selected(., '{}') and count-selected(.) > 1)", o.code)
                    });
                let rules: Vec<String> = most.into_iter().chain(alone).collect();
                line.constraint = (!rules.is_empty()).then(|| rules.join(" and "));
            }
            Kind::Slider(slider) => {
                line.kind = "range".to_owned();
                line.parameters = Some(format!(
                    "start={} end={} step={}",
                    slider.min, slider.max, slider.step
                ));
            }
            Kind::Number(number) if number.date => {
                line.kind = "date".to_owned();
                line.constraint = Some(format!(
                    ". >= date('{}') and . <= date('{}')",
                    iso(number.min),
                    iso(number.max)
                ));
            }
            Kind::Statement => line.kind = "note".to_owned(),
            Kind::Number(number) => {
                let whole = if number.integer { "integer" } else { "decimal" };
                line.kind = whole.to_owned();
                line.constraint = Some(format!(". >= {} and . <= {}", number.min, number.max));
            }
            Kind::ShortText(free) | Kind::LongText(free) => {
                line.kind = "text".to_owned();
                let least = free
                    .min_chars
                    .map(|min| format!("string-length(.) >= {min}"));
                let pattern = free
                    .pattern
                    .as_ref()
                    .map(|p| format!("regex(., '{}')", whole(&p.source)));
                let rules = [
                    Some(format!("string-length(.) <= {}", free.max_chars)),
                    least,
                    pattern,
                ];
                line.constraint = Some(
                    rules
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" and "),
                );
                line.message = free.pattern.as_ref().map(|p| p.message.clone());
            }
            // Not carried, or handled above.
            Kind::Matrix(_) | Kind::Ranking(_) | Kind::BestWorst(_) | Kind::Votes(_) => return,
        }
        for check in &question.checks {
            let Some(that) = held(&self.carried, &check.that) else {
                continue;
            };
            line.constraint = Some(match line.constraint.take() {
                Some(before) => format!("{before} and ({that})"),
                None => that,
            });
            line.message.get_or_insert_with(|| check.message.clone());
        }
        self.line(line);
    }

    fn list(&mut self, name: &str, choices: &[Choice]) {
        for choice in choices {
            let mut row = vec![name.to_owned(), choice.code.clone()];
            row.extend(self.by_language(Some(&self.text(&choice.label))));
            self.choices.push(row);
        }
    }

    fn by_language(&self, text: Option<&Text>) -> Vec<String> {
        let languages = self.carried.instrument.languages.iter();
        languages
            .map(|lang| text.map_or_else(String::new, |text| text.get(*lang).to_owned()))
            .collect()
    }

    fn columns(&self, name: &str) -> Vec<String> {
        let languages = self.carried.instrument.languages.iter();
        languages
            .map(|lang| format!("{name}::{}", language(*lang)))
            .collect()
    }

    fn sheets(self) -> Vec<Sheet> {
        let instrument = self.carried.instrument;
        let word = |word: &str| vec![word.to_owned()];
        let mut survey = vec![
            [
                word("type"),
                word("name"),
                self.columns("label"),
                self.columns("hint"),
                word("required"),
                word("relevant"),
                word("constraint"),
                self.columns("constraint_message"),
                word("parameters"),
            ]
            .concat(),
        ];
        survey.extend(self.survey.iter().map(|line| {
            [
                word(&line.kind),
                word(&line.name),
                self.by_language(line.label.as_ref()),
                self.by_language(line.hint.as_ref()),
                word(if line.required { "yes" } else { "" }),
                word(line.relevant.as_deref().unwrap_or_default()),
                word(line.constraint.as_deref().unwrap_or_default()),
                self.by_language(line.message.as_ref()),
                word(line.parameters.as_deref().unwrap_or_default()),
            ]
            .concat()
        }));
        let mut choices = vec![[word("list_name"), word("name"), self.columns("label")].concat()];
        choices.extend(self.choices);
        let first = instrument.languages.first().copied().unwrap_or(Lang::En);
        let settings = vec![
            ["form_title", "form_id", "version", "default_language"]
                .map(str::to_owned)
                .to_vec(),
            vec![
                instrument.title.get(first).to_owned(),
                instrument.id.clone(),
                instrument.version.clone(),
                language(first).to_owned(),
            ],
        ];
        vec![
            Sheet {
                name: "survey",
                rows: survey,
            },
            Sheet {
                name: "choices",
                rows: choices,
            },
            Sheet {
                name: "settings",
                rows: settings,
            },
        ]
    }
}

const fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "中文 (zh)",
        Lang::En => "English (en)",
    }
}
