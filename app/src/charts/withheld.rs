//! Why a number is not shown, in words: short beside a mark, with its reason in a table and in a
//! sentence, and once under a chart in which it occurs.

use partake_core::{
    disclosure::{Cell, Reason, Status, Table},
    lang::Lang,
};

use crate::i18n::t;

/// How much room there is for the reason.
#[derive(Clone, Copy)]
enum Room {
    Table,
    Sentence,
}

/// Beside a mark.
pub(super) fn short(lang: Lang, cell: &Cell) -> String {
    t(
        lang,
        match cell.status {
            Status::FewerThan10 => "results-fewer",
            Status::Withheld | Status::Shown => "results-withheld",
        },
    )
}

/// In a table.
pub(super) fn told(lang: Lang, cell: &Cell) -> String {
    reason(lang, cell, Room::Table)
}

/// In a sentence about the cell.
pub(super) fn why(lang: Lang, cell: &Cell) -> String {
    reason(lang, cell, Room::Sentence)
}

fn reason(lang: Lang, cell: &Cell, room: Room) -> String {
    let key = match (cell.status, cell.reason, room) {
        (Status::FewerThan10, ..) => "results-fewer",
        (_, Some(Reason::Complementary), Room::Table) => "results-withheld-beside",
        (_, Some(Reason::Complementary), Room::Sentence) => "results-why-beside",
        (_, Some(Reason::Waits), Room::Table) => "results-withheld-later",
        (_, Some(Reason::Waits), Room::Sentence) => "results-why-later",
        (_, Some(Reason::BaseBelowMinimum), Room::Table) => "results-withheld-few",
        (_, Some(Reason::BaseBelowMinimum), Room::Sentence) => "results-why-few",
        (_, None, _) => "results-withheld",
    };
    t(lang, key)
}

/// Why nothing of a table is shown; `None` when its base is.
pub(super) fn whole(lang: Lang, table: &Table) -> Option<String> {
    let because = |reason| table.withheld_for(reason);
    let key = if !table.withheld() {
        return None;
    } else if because(Reason::Waits) {
        "results-withheld-waits"
    } else if because(Reason::Complementary) {
        "results-withheld-all"
    } else {
        "results-withheld-base"
    };
    Some(t(lang, key))
}

/// In place of the base of a table that is withheld.
pub(super) fn base(lang: Lang, table: &Table) -> String {
    let cell = table.cells.iter().find(|cell| cell.reason.is_some());
    cell.map_or_else(|| t(lang, "results-withheld"), |cell| told(lang, cell))
}

/// Under a chart: each reason for which a cell of these tables is withheld.
pub(super) fn note<'t>(lang: Lang, tables: impl Iterator<Item = &'t Table>) -> Option<String> {
    let mut found = [
        Reason::Complementary,
        Reason::Waits,
        Reason::BaseBelowMinimum,
    ]
    .map(|reason| (reason, false));
    for cell in tables.flat_map(|table| &table.cells) {
        for (reason, seen) in &mut found {
            *seen |= cell.status == Status::Withheld && cell.reason == Some(*reason);
        }
    }
    let reasons: Vec<_> = found
        .into_iter()
        .filter(|(_, seen)| *seen)
        .map(|(reason, _)| {
            t(
                lang,
                match reason {
                    Reason::Complementary => "results-note-beside",
                    Reason::Waits => "results-note-later",
                    Reason::BaseBelowMinimum => "results-note-few",
                },
            )
        })
        .collect();
    let between = match lang {
        Lang::Zh => "",
        Lang::En => " ",
    };
    (!reasons.is_empty()).then(|| reasons.join(between))
}
