//! Conditions and computed values that wait for each other.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry},
};

use super::{
    expression,
    lexer::{Lexeme, tokens},
    symbols::{Formula, Symbols},
    tree::{Data, Node},
};
use crate::flow::pipes_in;

/// Circles that are looked for; in a file with more the rest is called out of order.
const MOST: usize = 200;

/// What is said of names that depend on each other.
pub(super) fn in_a_circle<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if let [only] = names.as_slice() {
        return format!("{only} depends on itself; take it out of its own condition");
    }
    names.extend(names.first().cloned());
    format!(
        "these depend on each other in a circle: {}; take one of them out",
        names.join(" → ")
    )
}

/// Which questions the condition of each question reads.
pub(super) struct Circles {
    needs: Vec<BTreeSet<usize>>,
    told: BTreeSet<BTreeSet<usize>>,
    looked: usize,
}

impl Circles {
    pub(super) fn new<'t>(
        conditions: impl Iterator<Item = Option<&'t Node>>,
        symbols: &Symbols<'_>,
    ) -> Self {
        let needs = conditions.map(|node| match node.map(|node| &node.data) {
            Some(Data::Scalar { text, .. }) => expression::parse(text, symbols)
                .map(|checked| checked.needs)
                .unwrap_or_default(),
            _ => BTreeSet::new(),
        });
        Self {
            needs: needs.collect(),
            told: BTreeSet::new(),
            looked: 0,
        }
    }

    /// The circle that begins with the question at `place` and goes on with one that it reads.
    pub(super) fn through(&mut self, place: usize, read: usize) -> Option<Vec<usize>> {
        self.looked += 1;
        if self.looked > MOST {
            return None;
        }
        path(place, read, |at| {
            self.needs.get(at).into_iter().flatten().copied()
        })
    }

    /// True when this circle was not told from another of its members.
    pub(super) fn is_new(&mut self, circle: &[usize]) -> bool {
        self.told.insert(circle.iter().copied().collect())
    }
}

/// The computed values of a file, as far as they can be seen before they are read.
pub(super) struct Declared {
    ids: Vec<Option<String>>,
    /// Places of the computed values that each one names in an expression.
    read: Vec<BTreeSet<usize>>,
    /// Places of those that it inserts into a text.
    inserted: Vec<BTreeSet<usize>>,
    looked: Cell<usize>,
    told: RefCell<BTreeSet<BTreeSet<usize>>>,
}

impl Declared {
    pub(super) fn new(items: &[Node]) -> Self {
        let ids: Vec<Option<String>> = items
            .iter()
            .map(|item| scalar(member(item, "id")?).map(str::to_owned))
            .collect();
        let places: BTreeMap<&str, usize> = ids
            .iter()
            .enumerate()
            .filter_map(|(at, id)| Some((id.as_deref()?, at)))
            .collect();
        let place = |name: &str| places.get(name).copied();
        let (mut read, mut inserted) = (Vec::new(), Vec::new());
        for item in items {
            let cases = match member(item, "cases").map(|node| &node.data) {
                Some(Data::Sequence(cases)) => cases.as_slice(),
                _ => &[],
            };
            let conditions = cases.iter().filter_map(|case| member(case, "when"));
            let conditions = member(item, "expr").into_iter().chain(conditions);
            let lexemes = conditions
                .filter_map(|node| tokens(scalar(node)?).ok())
                .flatten();
            let named = lexemes.filter_map(|token| match &token.lexeme {
                Lexeme::Name(name) => place(name),
                _ => None,
            });
            read.push(named.collect());
            let texts = cases
                .iter()
                .flat_map(|case| [member(case, "zh"), member(case, "en")]);
            let pipes = texts.flatten().filter_map(scalar).flat_map(pipes_in);
            inserted.push(pipes.filter_map(|name| place(&name)).collect());
        }
        Self {
            ids,
            read,
            inserted,
            looked: Cell::new(0),
            told: RefCell::default(),
        }
    }

    /// What is said of those that the value at `place` names and cannot use.
    pub(super) fn withheld(&self, place: usize, read: &[Formula]) -> BTreeMap<String, String> {
        let mut withheld = BTreeMap::new();
        for at in self.read.get(place).into_iter().flatten() {
            let Some(id) = self.id(*at) else { continue };
            if read.iter().any(|formula| formula.id == id) {
                continue;
            }
            let why = if *at < place {
                String::new()
            } else {
                self.circle(place, *at)
                    .unwrap_or_else(|| format!("`{id}` is computed later; move it before this one"))
            };
            withheld.insert(id.to_owned(), why);
        }
        withheld
    }

    /// Those that could not be read: what names them is not at fault.
    pub(super) fn faulty(&self, read: &[Formula]) -> BTreeMap<String, String> {
        let read: BTreeSet<&str> = read.iter().map(|formula| formula.id.as_str()).collect();
        let ids = self.ids.iter().flatten();
        ids.filter(|id| !read.contains(id.as_str()))
            .map(|id| (id.clone(), String::new()))
            .collect()
    }

    /// What is said of two texts that insert each other, by the one that stands first and the name
    /// in its pipe.
    pub(super) fn circles(&self) -> BTreeMap<(String, String), String> {
        let mut circles = BTreeMap::new();
        for (place, names) in self.inserted.iter().enumerate() {
            for at in names.iter().filter(|at| **at >= place) {
                if let (Some(own), Some(id), Some(why)) =
                    (self.id(place), self.id(*at), self.circle(place, *at))
                {
                    circles.insert((own.to_owned(), id.to_owned()), why);
                }
            }
        }
        circles
    }

    fn circle(&self, place: usize, named: usize) -> Option<String> {
        self.looked.set(self.looked.get() + 1);
        if self.looked.get() > MOST {
            return None;
        }
        let names = |at: usize| {
            let named = self.read.get(at).into_iter().chain(self.inserted.get(at));
            named.flatten().copied()
        };
        let circle = path(place, named, names)?;
        // Once is enough, from whichever of its members.
        if !self
            .told
            .borrow_mut()
            .insert(circle.iter().copied().collect())
        {
            return Some(String::new());
        }
        Some(in_a_circle(circle.into_iter().filter_map(|at| self.id(at))))
    }

    fn id(&self, at: usize) -> Option<&str> {
        self.ids.get(at)?.as_deref()
    }
}

/// The shortest way from `from` by `first` back to `from`, its end left out.
fn path<I: Iterator<Item = usize>>(
    from: usize,
    first: usize,
    next: impl Fn(usize) -> I,
) -> Option<Vec<usize>> {
    if from == first {
        return Some(vec![from]);
    }
    let mut before = BTreeMap::from([(first, from)]);
    let mut open = VecDeque::from([first]);
    while let Some(at) = open.pop_front() {
        for to in next(at) {
            if to == from {
                let mut way = vec![at];
                let mut here = at;
                while let Some(back) = before.get(&here) {
                    way.push(*back);
                    here = *back;
                }
                way.reverse();
                return Some(way);
            }
            if let Entry::Vacant(new) = before.entry(to) {
                new.insert(at);
                open.push_back(to);
            }
        }
    }
    None
}

/// The value of a field.
pub(super) fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.data {
        Data::Mapping(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
        _ => None,
    }
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.data {
        Data::Scalar { text, .. } => Some(text),
        _ => None,
    }
}
