//! What our engine makes of a person's answers, for a comparison with another program.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
};

use partake_core::{
    date::Date,
    flow::{Body, Flow, OptionView, QuestionView, Seed, assign},
    instrument::{
        ComputedValue, Instrument, Kind,
        export::{Target, lost},
    },
    lang::Lang,
    response::{Answer, Answers, validate},
};
use serde_json::{Map, Value, json};

/// An instrument in the hands of another program.
pub(crate) struct Judged<'a> {
    instrument: &'a Instrument,
    /// Questions of whose texts the export writes out all alternatives.
    written_out: BTreeSet<String>,
}

impl<'a> Judged<'a> {
    pub(crate) fn new(instrument: &'a Instrument, target: Target) -> Self {
        let lost = lost(instrument, target).into_iter();
        let pipes = lost.filter(|lost| lost.what.starts_with("texts that depend"));
        Self {
            instrument,
            written_out: pipes.map(|lost| lost.part).collect(),
        }
    }

    /// The answers, in the language in which they are given; which questions are asked, whose
    /// answers do not hold, what is read, and what is computed.
    pub(crate) fn case(
        &self,
        lang: Lang,
        seed: Seed,
        mut given: Answers,
    ) -> Result<Value, Box<dyn Error>> {
        let instrument = self.instrument;
        let gate = &instrument.consent.gate;
        let accepting = gate.choices().first().ok_or("a gate without options")?;
        given.insert(gate.id.clone(), Answer::Code(accepting.code.clone()));
        // The codes beside a number or slider are not carried over.
        given.retain(|id, answer| {
            let kind = instrument.question(id).map(|q| &q.kind);
            let number = matches!(kind, Some(Kind::Slider(_) | Kind::Number(_)));
            !(number && matches!(answer, Answer::Code(_)))
        });
        let assignment = assign(instrument, seed);
        let flow = Flow::new(instrument, lang, seed, &assignment, &given);
        let mut asked = Vec::new();
        let mut faulty = BTreeSet::new();
        let mut read = BTreeMap::new();
        for section in flow.sections() {
            for fault in validate(&flow, section, flow.answers()) {
                faulty.insert(fault.question);
            }
            for view in flow.section(section).into_iter().flat_map(|s| s.questions) {
                asked.push(view.id.clone());
                read.insert(view.id.clone(), self.read(view));
            }
        }
        let scope = flow.scope();
        let computed = instrument.computed.iter().filter_map(|c| match &c.value {
            ComputedValue::Expr(expr) => Some((&c.id, expr)),
            ComputedValue::Cases(_) => None,
        });
        let indices = instrument.derived.iter();
        let indices = indices.filter_map(|d| Some((&d.id, d.expr.as_ref()?)));
        let values: BTreeMap<&String, Option<f64>> = computed
            .chain(indices)
            .map(|(id, expr)| (id, scope.index(expr)))
            .collect();
        let told: Map<String, Value> = given
            .iter()
            .map(|(id, answer)| (id.clone(), self.told(id, answer)))
            .collect();
        Ok(json!({
            "answers": told, "asked": asked, "faulty": faulty, "language": lang.as_str(),
            "read": read, "values": values,
        }))
    }

    /// The title, and what stands at the options and rows, by code.
    fn read(&self, view: QuestionView) -> BTreeMap<String, String> {
        let labelled = |kind: &str, list: Vec<OptionView>| {
            let one = |option: OptionView| (format!("{kind} {}", option.code), option.label);
            list.into_iter().map(one).collect::<Vec<_>>()
        };
        let mut texts: BTreeMap<String, String> = match view.body {
            Body::Single(list) | Body::Multiple(list, _) => labelled("option", list),
            Body::Matrix { rows, scale } => {
                [labelled("row", rows), labelled("option", scale)].concat()
            }
            _ => Vec::new(),
        }
        .into_iter()
        .collect();
        if !self.written_out.contains(&view.id) {
            texts.insert("title".to_owned(), view.title);
        }
        texts
    }

    fn told(&self, id: &str, answer: &Answer) -> Value {
        let question = self.instrument.question(id);
        let date = question.is_some_and(|q| matches!(&q.kind, Kind::Number(n) if n.date));
        match answer {
            Answer::Number(days) if date => json!(Date::from_days(*days).map(Date::iso)),
            Answer::Code(code) => json!(code),
            Answer::Codes(codes) | Answer::Ranking(codes) => json!(codes),
            Answer::Number(number) => json!(number),
            Answer::Rows(rows) => json!(rows),
            Answer::Text(text) => json!(text),
            Answer::BestWorst(_) => Value::Null,
        }
    }
}

/// People answer in both languages in turn.
pub(crate) fn language(n: usize) -> Lang {
    if n.is_multiple_of(2) {
        Lang::Zh
    } else {
        Lang::En
    }
}
