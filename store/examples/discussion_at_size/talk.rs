//! What is said: one very large thread and many others, all shapes at once.

use partake_core::{forum::About, lang::Lang};
use partake_store::forum::{BulkComment, BulkThread, Vote};

use crate::{draw::Draw, language::Language};

const COMMENTS: usize = 1_000_000;
const THREADS: usize = 2_000;
pub(crate) const LARGE: usize = 50_000;
/// The thread that the large one is compared with.
const SMALL: usize = 500;
/// Index of a comment that very many reply to.
const MAGNET: usize = 20;
/// Indices of comments of which each replies to the one before.
const CHAIN: std::ops::Range<usize> = 100..148;
/// How far back a comment replies. Since it is the same all along, pages anywhere in the thread
/// are alike, and may be compared.
const NEAR: usize = 100;
/// Over so many days everything was said.
const DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

pub(crate) struct Plan<'a> {
    pub(crate) number: usize,
    pub(crate) size: usize,
    pub(crate) survey: &'a str,
    pub(crate) people: &'a [String],
    pub(crate) now_ms: i64,
}

/// The large thread, the small one, and others of which a few are long and most are short.
pub(crate) fn sizes() -> Vec<usize> {
    let others = THREADS - 2;
    let weight = |n: usize| 1_000_000 / (n + 40);
    let weights: usize = (0..others).map(weight).sum();
    let left = COMMENTS - LARGE - SMALL;
    let mut sizes = vec![LARGE, SMALL];
    sizes.extend((0..others).map(|n| left * weight(n) / weights));
    // What rounding left over goes to the first of the others.
    sizes[2] += COMMENTS - sizes.iter().sum::<usize>();
    sizes
}

pub(crate) fn name(number: usize) -> Option<&'static str> {
    ["large", "small"].get(number).copied()
}

/// Places in a thread that are looked at, by name.
pub(crate) fn marks(size: usize) -> Vec<(String, i64)> {
    let index = |n: usize| i64::try_from(n).unwrap();
    let mut marks = vec![
        ("magnet".to_owned(), index(MAGNET)),
        ("last".to_owned(), index(size - 1)),
        ("middle".to_owned(), index(size / 2)),
    ];
    marks.extend(
        [0, 10, 20, 30, 40, 47].map(|depth| (format!("depth-{depth}"), index(CHAIN.start + depth))),
    );
    marks
}

pub(crate) fn thread(plan: &Plan<'_>, language: &Language, draw: &mut Draw) -> BulkThread {
    let lang = lang(draw);
    let begins = plan.now_ms - DAYS * DAY_MS;
    let step = DAYS * DAY_MS / i64::try_from(plan.size).unwrap();
    let comments = (0..plan.size)
        .map(|index| {
            let author = draw.below(plan.people.len());
            let length = 4 + draw.below(24) + draw.below(24);
            BulkComment {
                parent: parent(draw, plan, index),
                author: plan.people[author].clone(),
                lang,
                body: language.text(draw, lang, length),
                created_ms: begins + step * i64::try_from(index).unwrap(),
                votes: votes(draw, plan.people, author),
                report: None,
            }
        })
        .collect();
    BulkThread {
        survey: plan.survey.to_owned(),
        about: About::Survey,
        title: language.text(draw, lang, 5),
        comments,
    }
}

fn lang(draw: &mut Draw) -> Lang {
    if draw.below(3) == 0 {
        Lang::En
    } else {
        Lang::Zh
    }
}

/// Three in ten reply to the thread. At its end nobody does, so that the newest roots are as full
/// as any.
fn parent(draw: &mut Draw, plan: &Plan<'_>, index: usize) -> Option<usize> {
    let marked = plan.number < 2;
    if index == 0 || (marked && index == CHAIN.start) {
        return None;
    }
    if marked && CHAIN.contains(&index) {
        return Some(index - 1);
    }
    if marked && index > MAGNET && draw.below(50) == 0 {
        return Some(MAGNET);
    }
    let first = index.saturating_sub(NEAR).max(1);
    let ends = plan.size > 2 * NEAR && index + NEAR > plan.size;
    if first >= index || (!ends && draw.below(10) < 3) {
        return None;
    }
    Some(first + draw.below(index - first))
}

fn votes(draw: &mut Draw, people: &[String], author: usize) -> Vec<(String, Vote)> {
    let count = match draw.below(10) {
        0..=4 => 0,
        5..=8 => 1 + draw.below(2),
        _ => draw.below(9),
    };
    let first = author + 1 + draw.below(people.len() - 20);
    (0..count)
        .map(|number| {
            let vote = if draw.below(4) == 0 {
                Vote::Down
            } else {
                Vote::Up
            };
            (people[(first + number) % people.len()].clone(), vote)
        })
        .collect()
}
