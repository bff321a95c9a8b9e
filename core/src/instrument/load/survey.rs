//! The file as a whole.

use super::{
    circles::{Circles, member},
    fields::{Fields, Owner, Reader},
    parts::Shared,
    question::Read,
    symbols::Symbols,
    tree::{Data, Node, Position},
};
use crate::{
    instrument::{Consent, Instrument, Kind, Question, Section, TextRelease},
    lang::Text,
};

pub(in crate::instrument) const FIELDS: [&str; 11] = [
    "instrument",
    "missing_codes",
    "consent",
    "scales",
    "computed",
    "experiments",
    "conditions",
    "sections",
    "derived",
    "hypotheses",
    "public_file",
];
pub(in crate::instrument) const NOTES: [&str; 6] = [
    "schema",
    "grammar",
    "privacy",
    "personas",
    "design_choices",
    "sources",
];

/// What the site fills into the consent text.
const PLACE_HOLDERS: [&str; 4] = ["operator", "contact", "results_url", "freeze_date"];

pub(super) fn read<'t>(r: &mut Reader<'t>, root: &'t Node) -> Option<Instrument> {
    let top = r.fields(root, "an instrument file", &FIELDS, &NOTES)?;
    let head_node = r.required(&top, "instrument")?;
    let notes = [
        "date",
        "status",
        "source_language",
        "item_licence_proposed",
        "item_licence",
        "length",
    ];
    let known = [
        "id",
        "version",
        "languages",
        "title",
        "intro",
        "terms",
        "outro",
    ];
    let head = r.fields(head_node, "the head of an instrument", &known, &notes)?;
    r.languages(&head);
    let id = r
        .required(&head, "id")
        .and_then(|n| r.id(n, "instrument id"));
    let version = r
        .required(&head, "version")
        .and_then(|n| r.word(n, "`version`"));
    let title = r.required_text(&head, "title");
    let intro = r.required_text(&head, "intro");
    let terms = r.required_text(&head, "terms");
    let outro = r.required_text(&head, "outro");

    let mut shared = Shared {
        conditions: top.get("conditions"),
        ..Shared::default()
    };
    let missing = top
        .get("missing_codes")
        .map(|n| r.missing_codes(n))
        .unwrap_or_default();
    if let Some(node) = top.get("scales") {
        r.scales(node, &mut shared);
    }
    if let Some(node) = top.get("experiments") {
        r.factors(node, &mut shared);
    }
    let consent = r
        .required(&top, "consent")
        .and_then(|node| consent(r, node, &shared));
    let sections_node = r.required(&top, "sections")?;
    let (mut sections, read) = sections(r, sections_node, &mut shared, terms.as_ref());

    let questions: Vec<Question> = read.iter().map(|(read, _)| read.question.clone()).collect();
    let mut symbols = Symbols {
        questions: questions.iter().collect(),
        factors: &shared.factors,
        may_fix: shared.may_fix.clone(),
        ..Symbols::default()
    };
    let computed = top
        .get("computed")
        .map(|n| r.computed(n, &mut symbols))
        .unwrap_or_default();
    let read_count = read.len();
    let mut circles = Circles::new(read.iter().map(|(read, _)| read.condition), &symbols);
    for (place, (read, section)) in read.iter().enumerate() {
        let mut question = read.question.clone();
        let moves = |id: &String| {
            sections
                .get(*section)
                .is_some_and(|s| s.shuffled.contains(id))
        };
        // Nothing that exchanges places may wait for something that may come after it.
        let moving: Vec<usize> = (0..read_count)
            .filter(|at| {
                moves(&question.id) && symbols.questions.get(*at).is_some_and(|q| moves(&q.id))
            })
            .collect();
        question.show_if = read
            .condition
            .and_then(|n| r.show_if(n, place, &moving, &mut circles, &symbols));
        if let Some(node) = read.checks {
            question.checks = r.checks(node, place, &symbols);
        }
        release_is_asked(r, read, place, &symbols);
        if let Some(section) = sections.get_mut(*section) {
            section.questions.push(question);
        }
    }
    order_groups(r, &mut sections, &read);
    let derived = top
        .get("derived")
        .map(|n| r.derived(n, &mut symbols))
        .unwrap_or_default();
    let hypotheses = top
        .get("hypotheses")
        .map(|n| r.hypotheses(n, &symbols, &derived))
        .unwrap_or_default();
    let public_file = top
        .get("public_file")
        .and_then(|n| r.public_file(n, &questions));
    let piped = std::mem::take(&mut r.piped);
    r.pipes(&piped, &symbols);
    names_are_unique(r, &top, &read);

    Some(Instrument {
        id: id?,
        version: version?.to_owned(),
        languages: r.languages.clone(),
        title: title?,
        intro: intro?,
        terms: terms?,
        outro: outro?,
        missing,
        consent: consent?,
        computed,
        factors: shared.factors,
        sections,
        derived,
        hypotheses,
        public_file,
    })
}

fn consent<'t>(r: &mut Reader<'t>, node: &'t Node, shared: &Shared<'t>) -> Option<Consent> {
    let f = r.fields(node, "the consent", &["text", "gate"], &["render"])?;
    r.owner = Owner::Nothing;
    let before = r.piped.len();
    let text = r.required_text(&f, "text");
    let filled_by_site = r.piped.split_off(before);
    r.site_pipes(&filled_by_site, &PLACE_HOLDERS);
    let gate_node = r.required(&f, "gate")?;
    let gate = r.question(gate_node, Owner::Nothing, shared)?.question;
    if !matches!(gate.kind, Kind::Single(_)) || !gate.required {
        r.error(
            gate_node.at,
            "the gate is a required single-choice question",
        );
    }
    Some(Consent { text: text?, gate })
}

/// Sections without their questions, and the questions with the place of their section.
fn sections<'t>(
    r: &mut Reader<'t>,
    node: &'t Node,
    shared: &mut Shared<'t>,
    terms: Option<&Text>,
) -> (Vec<Section>, Vec<(Read<'t>, usize)>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut read: Vec<(Read<'t>, usize)> = Vec::new();
    let mut ids = Vec::new();
    for item in r.list(node, "sections") {
        let known = [
            "id",
            "title",
            "intro",
            "intro_ref",
            "optional",
            "randomise",
            "keep_first",
            "keep_last",
            "questions",
        ];
        let Some(f) = r.fields(item, "a section", &known, &["essay_link", "note"]) else {
            continue;
        };
        r.owner = Owner::Question(read.len());
        let id = r.required(&f, "id").and_then(|n| r.id(n, "section id"));
        let title = r.required_text(&f, "title");
        let intro = r
            .optional_text(&f, "intro")
            .or_else(|| borrowed_intro(r, &f, terms));
        let optional = r.flag(&f, "optional");
        ids.extend(id.clone().map(|id| (item.at, id)));
        if let Some(list) = r.required(&f, "questions") {
            for question in r.list(list, "questions") {
                let owner = Owner::Question(read.len());
                if let Some(question) = r.question(question, owner, shared) {
                    if let Kind::Multiple(list) = &question.question.kind {
                        let entry = (question.question.id.clone(), list.options.clone());
                        shared.multiples.push(entry);
                    }
                    read.push((question, sections.len()));
                }
            }
        }
        let here: Vec<&Read<'t>> = read
            .iter()
            .filter(|(_, at)| *at == sections.len())
            .map(|(read, _)| read)
            .collect();
        let shuffled = shuffled(r, &f, &here);
        sections.push(Section {
            id: id.unwrap_or_default(),
            title: title.unwrap_or_default(),
            intro,
            optional,
            shuffled,
            questions: Vec::new(),
        });
    }
    r.unique("section id", &ids);
    (sections, read)
}

/// Ids of the questions that exchange places: all but those kept first or last.
fn shuffled<'t>(r: &mut Reader<'t>, f: &Fields<'t>, questions: &[&Read<'t>]) -> Vec<String> {
    let ids: Vec<&str> = questions.iter().map(|q| q.question.id.as_str()).collect();
    let mut kept = Vec::new();
    for key in ["keep_first", "keep_last"] {
        for (at, id) in f.get(key).map(|n| r.codes(n, key)).unwrap_or_default() {
            if r.must_be(at, "question of this section", &id, ids.iter().copied()) {
                kept.push(id);
            }
        }
    }
    if !r.randomised(f, &["questions"]) {
        return Vec::new();
    }
    for read in questions
        .iter()
        .filter(|q| q.question.order_group.is_some())
    {
        r.error(
            read.node.at,
            "the section shuffles its questions; an order group cannot be in it",
        );
    }
    ids.into_iter()
        .filter(|id| kept.iter().all(|k| k != id))
        .map(str::to_owned)
        .collect()
}

fn borrowed_intro<'t>(r: &mut Reader<'t>, f: &Fields<'t>, terms: Option<&Text>) -> Option<Text> {
    let node = f.get("intro_ref")?;
    let name = r.word(node, "`intro_ref`")?;
    r.must_be(node.at, "text", name, ["instrument.terms"])
        .then(|| terms.cloned())
        .flatten()
}

/// Consent to show a text is asked right where it says, after the text, with these codes.
fn release_is_asked(r: &mut Reader<'_>, read: &Read<'_>, place: usize, symbols: &Symbols<'_>) {
    let (Kind::ShortText(text) | Kind::LongText(text)) = &read.question.kind else {
        return;
    };
    let TextRelease::Asked {
        question,
        show,
        delete,
    } = &text.release
    else {
        return;
    };
    let later: Vec<&str> = symbols
        .questions
        .iter()
        .skip(place + 1)
        .map(|q| q.id.as_str())
        .collect();
    let at = read.node.at;
    if !r.must_be(at, "later question in `release`", question, later) {
        return;
    }
    if let Some((_, asked)) = symbols.question(question) {
        for code in [show, delete] {
            r.must_be(
                at,
                "code in `release`",
                code,
                asked.choices().iter().map(|c| c.code.as_str()),
            );
        }
    }
}

/// `position_if` of each member is the level at which it comes first; a group needs one factor,
/// one section, and in the model the level of its first member.
fn order_groups(r: &mut Reader<'_>, sections: &mut [Section], read: &[(Read<'_>, usize)]) {
    for section in sections {
        for at in 0..section.questions.len() {
            let Some(group) = section
                .questions
                .get(at)
                .and_then(|q| q.order_group.clone())
            else {
                continue;
            };
            let first = section
                .questions
                .iter()
                .filter_map(|q| q.order_group.as_ref());
            let Some(first) = first.clone().find(|g| g.id == group.id).cloned() else {
                continue;
            };
            let here = section.questions.get(at).map(|q| q.id.clone());
            let node = read
                .iter()
                .find(|(read, _)| Some(&read.question.id) == here.as_ref());
            if let Some((read, _)) = node
                && first.factor != group.factor
            {
                r.error(
                    read.node.at,
                    format!("order group `{}` has two factors; use one", group.id),
                );
            }
            if let Some(question) = section.questions.get_mut(at) {
                question.order_group = Some(first);
            }
        }
    }
}

/// Questions, computed values, factors and indices share one name space.
fn names_are_unique<'t>(r: &mut Reader<'t>, top: &Fields<'t>, read: &[(Read<'t>, usize)]) {
    let mut ids: Vec<(Position, String)> = read
        .iter()
        .map(|(read, _)| (read.node.at, read.question.id.clone()))
        .collect();
    let gate = top.get("consent").and_then(|node| member(node, "gate"));
    if let Some(Node {
        at,
        data: Data::Scalar { text, .. },
    }) = gate.and_then(|n| member(n, "id"))
    {
        ids.push((*at, text.clone()));
    }
    let factors = top
        .get("experiments")
        .and_then(|node| member(node, "factors"));
    for list in [top.get("computed"), factors, top.get("derived")]
        .into_iter()
        .flatten()
    {
        let Data::Sequence(items) = &list.data else {
            continue;
        };
        for item in items {
            if let Some(Node {
                at,
                data: Data::Scalar { text, .. },
            }) = member(item, "id")
            {
                ids.push((*at, text.clone()));
            }
        }
    }
    r.unique("id", &ids);
}
