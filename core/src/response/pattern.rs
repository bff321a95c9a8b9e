//! Patterns for texts: the part of regular expressions that takes time in proportion to the text.
//!
//! A pattern describes the whole text. It knows characters, `.` (all but a line break), `[…]` and
//! `[^…]` with ranges, `\d`, `\w`, `\s` and their opposites `\D`, `\W`, `\S`, a backslash before any
//! sign to mean the sign, `(…)` and `(?:…)`, `|`, `*`, `+`, `?`, `{n}`, `{n,}` and `{n,m}`. There are no back
//! references and no looking around, so all states can be followed side by side and nothing ever
//! goes back: a text cannot be written that makes a pattern slow.

/// Longest pattern in characters.
const MAX_SOURCE: usize = 500;
/// Most steps after repetitions are written out.
const MAX_STEPS: usize = 4_000;
const MAX_DEPTH: u32 = 24;
const MAX_REPEATS: u32 = 500;

/// A pattern that can be matched.
#[derive(Clone, Debug)]
pub struct Pattern {
    steps: Vec<Step>,
}

/// What is wrong with a pattern, and at which of its characters, from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// Characters before the place.
    pub offset: usize,
    /// What is wrong.
    pub message: &'static str,
}

#[derive(Clone, Debug)]
enum Step {
    One(Class),
    Jump(usize),
    Fork(usize, usize),
    Done,
}

#[derive(Clone, Debug)]
struct Class {
    negated: bool,
    items: Vec<Item>,
}

#[derive(Clone, Copy, Debug)]
enum Item {
    Range(char, char),
    Digit(bool),
    Word(bool),
    Space(bool),
}

impl Class {
    fn holds(&self, c: char) -> bool {
        let any = self.items.iter().any(|item| match *item {
            Item::Range(low, high) => (low..=high).contains(&c),
            Item::Digit(is) => c.is_ascii_digit() == is,
            Item::Word(is) => (c.is_ascii_alphanumeric() || c == '_') == is,
            Item::Space(is) => c.is_whitespace() == is,
        });
        any != self.negated
    }
}

/// A pattern as it is written.
#[derive(Clone, Debug)]
enum Tree {
    Nothing,
    One(Class),
    Both(Box<Tree>, Box<Tree>),
    Either(Box<Tree>, Box<Tree>),
    Repeat(Box<Tree>, u32, Option<u32>),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is none, or uses what this language does not have.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let chars: Vec<char> = source.chars().collect();
        if chars.len() > MAX_SOURCE {
            return Err(PatternError {
                offset: MAX_SOURCE,
                message: "a pattern has at most 500 characters",
            });
        }
        let mut parser = Parser {
            chars: &chars,
            at: 0,
            depth: 0,
        };
        // The whole text is meant anyway.
        parser.take('^');
        let tree = parser.either()?;
        if parser.at < chars.len() {
            return Err(parser.error("this closes a group that was never opened"));
        }
        let mut steps = Vec::new();
        compile(&tree, &mut steps).ok_or(PatternError {
            offset: 0,
            message: "its repetitions take too many steps; use smaller numbers",
        })?;
        steps.push(Step::Done);
        Ok(Self { steps })
    }

    /// True when the whole text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let mut now = States::new(self.steps.len());
        let mut next = States::new(self.steps.len());
        self.enter(0, &mut now);
        for c in text.chars() {
            for at in &now.list {
                if let Some(Step::One(class)) = self.steps.get(*at)
                    && class.holds(c)
                {
                    self.enter(at + 1, &mut next);
                }
            }
            std::mem::swap(&mut now, &mut next);
            next.clear();
            if now.list.is_empty() {
                return false;
            }
        }
        now.list
            .iter()
            .any(|at| matches!(self.steps.get(*at), Some(Step::Done)))
    }

    /// Everything that can be reached without reading a character.
    fn enter(&self, from: usize, states: &mut States) {
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            let Some(seen) = states.seen.get_mut(at).filter(|seen| !**seen) else {
                continue;
            };
            *seen = true;
            match self.steps.get(at) {
                Some(Step::Jump(to)) => open.push(*to),
                Some(Step::Fork(one, other)) => open.extend([*one, *other]),
                _ => states.list.push(at),
            }
        }
    }
}

struct States {
    list: Vec<usize>,
    seen: Vec<bool>,
}

impl States {
    fn new(steps: usize) -> Self {
        Self {
            list: Vec::new(),
            seen: vec![false; steps],
        }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.seen.fill(false);
    }
}

/// Appends the steps of a tree; `None` when there are too many.
fn compile(tree: &Tree, steps: &mut Vec<Step>) -> Option<()> {
    if steps.len() > MAX_STEPS {
        return None;
    }
    match tree {
        Tree::Nothing => {}
        Tree::One(class) => steps.push(Step::One(class.clone())),
        Tree::Both(first, second) => {
            compile(first, steps)?;
            compile(second, steps)?;
        }
        Tree::Either(one, other) => {
            let fork = steps.len();
            steps.push(Step::Done);
            compile(one, steps)?;
            let jump = steps.len();
            steps.push(Step::Done);
            set(steps, fork, Step::Fork(fork + 1, jump + 1));
            compile(other, steps)?;
            let end = steps.len();
            set(steps, jump, Step::Jump(end));
        }
        Tree::Repeat(inner, least, most) => {
            for _ in 0..*least {
                compile(inner, steps)?;
            }
            match most {
                None => {
                    let fork = steps.len();
                    steps.push(Step::Done);
                    compile(inner, steps)?;
                    steps.push(Step::Jump(fork));
                    let end = steps.len();
                    set(steps, fork, Step::Fork(fork + 1, end));
                }
                Some(most) => {
                    let mut forks = Vec::new();
                    for _ in *least..*most {
                        forks.push(steps.len());
                        steps.push(Step::Done);
                        compile(inner, steps)?;
                    }
                    let end = steps.len();
                    for fork in forks {
                        set(steps, fork, Step::Fork(fork + 1, end));
                    }
                }
            }
        }
    }
    Some(())
}

fn set(steps: &mut [Step], at: usize, step: Step) {
    if let Some(slot) = steps.get_mut(at) {
        *slot = step;
    }
}

struct Parser<'c> {
    chars: &'c [char],
    at: usize,
    depth: u32,
}

type Parsed<T> = Result<T, PatternError>;

impl Parser<'_> {
    fn error(&self, message: &'static str) -> PatternError {
        PatternError {
            offset: self.at,
            message,
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self) -> Parsed<Tree> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error("groups are nested too deep"));
        }
        let mut tree = self.sequence()?;
        while self.take('|') {
            tree = Tree::Either(Box::new(tree), Box::new(self.sequence()?));
        }
        self.depth -= 1;
        Ok(tree)
    }

    fn sequence(&mut self) -> Parsed<Tree> {
        let mut tree = Tree::Nothing;
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            if c == '$' && self.at + 1 == self.chars.len() {
                self.at += 1;
                break;
            }
            let item = self.item()?;
            tree = match tree {
                Tree::Nothing => item,
                before => Tree::Both(Box::new(before), Box::new(item)),
            };
        }
        Ok(tree)
    }

    fn item(&mut self) -> Parsed<Tree> {
        let atom = self.atom()?;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(atom),
            _ => return Ok(atom),
        };
        self.at += 1;
        self.once(Tree::Repeat(Box::new(atom), least, most))
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    fn counted(&mut self, atom: Tree) -> Parsed<Tree> {
        self.at += 1;
        let least = self.number()?;
        let most = if self.take(',') {
            match self.peek() {
                Some('}') => None,
                _ => Some(self.number()?),
            }
        } else {
            Some(least)
        };
        if !self.take('}') {
            return Err(self.error("a number of repetitions ends with }"));
        }
        if most.is_some_and(|most| most < least) {
            return Err(self.error("the greater number comes second"));
        }
        self.once(Tree::Repeat(Box::new(atom), least, most))
    }

    fn once(&self, tree: Tree) -> Parsed<Tree> {
        match self.peek() {
            Some('*' | '+' | '?' | '{') => Err(self.error("one sign of repetition is enough")),
            _ => Ok(tree),
        }
    }

    fn number(&mut self) -> Parsed<u32> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self
            .chars
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        match digits.parse() {
            Ok(n) if n <= MAX_REPEATS => Ok(n),
            _ => Err(self.error("a number of repetitions is a whole number up to 500")),
        }
    }

    fn atom(&mut self) -> Parsed<Tree> {
        let Some(c) = self.peek() else {
            return Err(self.error("the pattern ends too early"));
        };
        self.at += 1;
        let one = |negated, item| {
            Tree::One(Class {
                negated,
                items: vec![item],
            })
        };
        Ok(match c {
            '(' => {
                if self.take('?') && !self.take(':') {
                    return Err(self.error("only plain groups are known: ( ) or (?: )"));
                }
                let inner = self.either()?;
                if !self.take(')') {
                    return Err(self.error("this group is never closed"));
                }
                inner
            }
            '[' => Tree::One(self.class()?),
            '.' => one(true, Item::Range('\n', '\n')),
            '\\' => one(false, self.escaped()?),
            '*' | '+' | '?' | '{' => {
                self.at -= 1;
                return Err(self.error("there is nothing to repeat here"));
            }
            '^' | '$' => {
                self.at -= 1;
                return Err(self.error("a pattern describes the whole text; leave ^ and $ out"));
            }
            other => one(false, Item::Range(other, other)),
        })
    }

    fn escaped(&mut self) -> Parsed<Item> {
        let Some(c) = self.peek() else {
            return Err(self.error("the pattern ends too early"));
        };
        self.at += 1;
        Ok(match c {
            'd' | 'D' => Item::Digit(c == 'd'),
            'w' | 'W' => Item::Word(c == 'w'),
            's' | 'S' => Item::Space(c == 's'),
            'n' => Item::Range('\n', '\n'),
            't' => Item::Range('\t', '\t'),
            sign if !sign.is_alphanumeric() => Item::Range(sign, sign),
            _ => {
                self.at -= 1;
                return Err(self.error(
                    "after a backslash stand d, w, s, D, W, S, n, t or a sign; nothing else is known",
                ));
            }
        })
    }

    fn class(&mut self) -> Parsed<Class> {
        let negated = self.take('^');
        let mut items = Vec::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(self.error("this [ is never closed"));
            };
            self.at += 1;
            let item = match c {
                ']' if !items.is_empty() => return Ok(Class { negated, items }),
                ']' => return Err(self.error("[] holds no character")),
                '\\' => self.escaped()?,
                other => Item::Range(other, other),
            };
            let range =
                self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            let (Item::Range(low, _), true) = (item, range) else {
                items.push(item);
                continue;
            };
            self.at += 1;
            let high = match self.peek() {
                Some('\\') => {
                    self.at += 1;
                    match self.escaped()? {
                        Item::Range(high, _) => high,
                        _ => return Err(self.error("a range runs between two characters")),
                    }
                }
                Some(high) => {
                    self.at += 1;
                    high
                }
                None => return Err(self.error("this [ is never closed")),
            };
            if high < low {
                return Err(self.error("the range runs backwards"));
            }
            items.push(Item::Range(low, high));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().fits(text)
    }

    #[test]
    fn a_pattern_describes_the_whole_text() {
        assert!(fits("abc", "abc") && !fits("abc", "abcd") && !fits("abc", "xabc"));
        assert!(fits("^abc$", "abc"));
        assert!(fits("", "") && !fits("", "a"));
    }

    #[test]
    fn repeats_choices_groups_and_classes_mean_what_they_mean_elsewhere() {
        for (pattern, yes, no) in [
            ("a*", vec!["", "aaa"], vec!["b"]),
            ("a+b?", vec!["a", "aab"], vec!["", "abb"]),
            ("(ab|cd){2}", vec!["abcd", "cdcd"], vec!["ab", "ababab"]),
            (
                r"\d{4}-\d{2}",
                vec!["2026-11"],
                vec!["2026-1", "２０２６-11"],
            ),
            (r"[A-Z]{2,3}\d*", vec!["AB", "ABC12"], vec!["A", "ABCD"]),
            ("[^ -]{3,}", vec!["abc", "你好吗"], vec!["a b", "ab"]),
            (r"[\]\-x]+", vec!["]-x"], vec!["y"]),
            ("一|二", vec!["一", "二"], vec!["三", "一二"]),
            ("a.c", vec!["abc", "a好c"], vec!["a\nc"]),
            (
                r"\w+@\w+\.\w{2,}",
                vec!["a_1@b.org"],
                vec!["a@b", "é@b.org"],
            ),
            ("(a|ab)(c|bcd)(d*)", vec!["abcd", "abcddd"], vec!["abd"]),
            (
                r"\S+(?:\s\S+)?",
                vec!["one", "one two"],
                vec!["one two three"],
            ),
        ] {
            for text in yes {
                assert!(fits(pattern, text), "{pattern} {text}");
            }
            for text in no {
                assert!(!fits(pattern, text), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_place() {
        for (pattern, offset) in [
            ("a(b", 3),
            ("a)", 1),
            ("[z-a]", 4),
            ("*a", 0),
            (r"(\1)", 2),
            (r"a(?=b)", 3),
            ("a**", 2),
            ("a{3,2}", 6),
            ("a{501}", 5),
            ("[]", 2),
            ("a^b", 1),
            (r"\", 1),
        ] {
            let error = Pattern::new(pattern).expect_err(pattern);
            assert_eq!(error.offset, offset, "{pattern}: {error}");
        }
        assert!(Pattern::new("((a{100}){100}){100}").is_err());
        assert!(Pattern::new(&"(".repeat(400)).is_err());
    }

    #[test]
    fn patterns_that_make_others_go_back_for_ages_take_no_longer() {
        let text = "a".repeat(50_000);
        assert!(!fits("(a+)+b", &text));
        assert!(!fits("(a|aa)+b", &text));
        assert!(fits("(a*)*", &text));
    }
}
