//! What has to wait until all names are known: conditions, formulas and pipes.

use super::{
    circles::{Circles, Declared, in_a_circle},
    expression::{self, Checked, too_many},
    fields::{Owner, Piped, Reader},
    plain::inside,
    suggest::hint,
    symbols::{Formula, Symbols, Type},
    tree::{Data, Node},
};
use crate::{
    flow::{Expr, pipe_names},
    instrument::{Check, Computed, ComputedValue, Derived, Kind},
};

impl<'t> Reader<'t> {
    /// Parses the expression in a scalar.
    pub(super) fn expression(&mut self, node: &'t Node, symbols: &Symbols<'_>) -> Option<Checked> {
        let Data::Scalar { text, .. } = &node.data else {
            self.error(
                node.at,
                format!("an expression is one line of text, not {}", node.what()),
            );
            return None;
        };
        expression::parse(text, symbols)
            .map_err(|error| {
                if !error.message.is_empty() {
                    self.error(inside(node, error.offset), error.message);
                }
            })
            .ok()
    }

    /// Parses an expression that must be true or false.
    pub(super) fn condition(&mut self, node: &'t Node, symbols: &Symbols<'_>) -> Option<Checked> {
        let checked = self.expression(node, symbols)?;
        if checked.kind == Type::Bool {
            return Some(checked);
        }
        self.error(
            node.at,
            "a condition must be true or false; compare the value with something",
        );
        None
    }

    /// The condition of the question at `place`, which may use earlier questions only, and none
    /// of those with which it exchanges places.
    pub(super) fn show_if(
        &mut self,
        node: &'t Node,
        place: usize,
        moving: &[usize],
        circles: &mut Circles,
        symbols: &Symbols<'_>,
    ) -> Option<Expr> {
        let checked = self.condition(node, symbols)?;
        for other in checked
            .needs
            .iter()
            .filter(|needed| moving.contains(needed))
        {
            let id = symbols.questions.get(*other).map_or("", |q| q.id.as_str());
            self.error(
                node.at,
                format!(
                    "depends on `{id}`, with which it exchanges places; name it in `keep_first`"
                ),
            );
        }
        let name = |at: usize| symbols.questions.get(at).map_or("", |q| q.id.as_str());
        for later in checked.needs.iter().filter(|needed| **needed >= place) {
            if let Some(circle) = circles.through(place, *later) {
                if circles.is_new(&circle) {
                    self.error(node.at, in_a_circle(circle.into_iter().map(name)));
                }
                continue;
            }
            let id = name(*later);
            self.error(
                node.at,
                format!("depends on `{id}`, which is not asked before; move one of the two"),
            );
        }
        Some(checked.expr)
    }

    /// What has to hold between the answer to the question at `place` and those before it.
    pub(super) fn checks(
        &mut self,
        node: &'t Node,
        place: usize,
        symbols: &Symbols<'_>,
    ) -> Vec<Check> {
        let mut checks = Vec::new();
        self.owner = Owner::Question(place);
        for item in self.list(node, "checks") {
            let Some(f) = self.fields(item, "a check", &["that", "message"], &[]) else {
                continue;
            };
            let that = self.required(&f, "that");
            let that = that.and_then(|n| Some((n, self.condition(n, symbols)?)));
            let message = self.required_text(&f, "message");
            let (Some((at, that)), Some(message)) = (that, message) else {
                continue;
            };
            if let Some(later) = that.needs.iter().find(|needed| **needed > place) {
                let id = symbols.questions.get(*later).map_or("", |q| q.id.as_str());
                self.error(
                    at.at,
                    format!("reads `{id}`, which is asked later; put the check there"),
                );
            }
            checks.push(Check {
                that: that.expr,
                message,
            });
        }
        checks
    }

    pub(super) fn computed(&mut self, node: &'t Node, symbols: &mut Symbols<'_>) -> Vec<Computed> {
        let mut all = Vec::new();
        let items = self.list(node, "computed");
        let declared = Declared::new(items);
        for (place, item) in items.iter().enumerate() {
            symbols.withheld = declared.withheld(place, &symbols.computed);
            let known = ["id", "type", "expr", "cases"];
            let Some(f) = self.fields(item, "a computed value", &known, &["note"]) else {
                continue;
            };
            let Some(id) = self
                .required(&f, "id")
                .and_then(|n| self.id(n, "computed id"))
            else {
                continue;
            };
            self.owner = Owner::Computed(all.len());
            let value = match (f.get("expr"), f.get("cases")) {
                (Some(expr), None) => self.expression(expr, symbols).map(|checked| {
                    let Checked {
                        expr,
                        kind,
                        needs,
                        parts,
                    } = checked;
                    (ComputedValue::Expr(expr), kind, needs, parts)
                }),
                (None, Some(cases)) => self.cases(cases, symbols),
                _ => {
                    self.error(item.at, "a computed value has either `expr` or `cases`");
                    None
                }
            };
            if let Some((value, kind, needs, parts)) = value {
                if too_many(parts) {
                    self.error(
                        item.at,
                        "comes to too many parts with the texts that it inserts; simplify them",
                    );
                }
                symbols.computed.push(Formula {
                    id: id.clone(),
                    kind,
                    needs,
                    parts,
                });
                all.push(Computed { id, value });
            }
        }
        symbols.withheld = declared.faulty(&symbols.computed);
        symbols.circles = declared.circles();
        all
    }

    fn cases(
        &mut self,
        node: &'t Node,
        symbols: &Symbols<'_>,
    ) -> Option<(
        ComputedValue,
        Type,
        std::collections::BTreeSet<usize>,
        usize,
    )> {
        let items = self.list(node, "cases");
        let mut cases = Vec::new();
        let mut parts = items.len();
        let mut needs = std::collections::BTreeSet::new();
        for (i, item) in items.iter().enumerate() {
            let f = self.fields(item, "a case", &["when", "zh", "en"], &[])?;
            let text = self.text_in(&f, "a case", "zh", "en")?;
            for (_, name) in pipe_names(&text) {
                needs.extend(symbols.question(&name).map(|(at, _)| at));
                let formula = symbols.computed.iter().find(|c| c.id == name);
                needs.extend(formula.iter().flat_map(|c| &c.needs));
                parts = formula.map_or(parts, |c| parts.saturating_add(c.parts));
            }
            let when = self.required(&f, "when")?;
            let otherwise = matches!(&when.data, Data::Scalar { text, .. } if text == "else");
            if otherwise != (i + 1 == items.len()) {
                self.error(when.at, "exactly the last case is `when: else`");
            }
            if otherwise {
                cases.push((None, text));
            } else {
                let checked = self.condition(when, symbols)?;
                needs.extend(checked.needs);
                parts = parts.saturating_add(checked.parts);
                cases.push((Some(checked.expr), text));
            }
        }
        Some((ComputedValue::Cases(cases), Type::Text, needs, parts))
    }

    pub(super) fn derived(&mut self, node: &'t Node, symbols: &mut Symbols<'_>) -> Vec<Derived> {
        self.owner = Owner::Nothing;
        let mut all = Vec::new();
        for item in self.list(node, "derived") {
            let known = ["id", "label", "range", "expr"];
            let notes = ["note", "level", "formula", "type"];
            let Some(f) = self.fields(item, "an index", &known, &notes) else {
                continue;
            };
            let id = self.required(&f, "id").and_then(|n| self.id(n, "index id"));
            // Flags that the program sets by itself are described, not shown: they have no label.
            let system = matches!(f.get("level").map(|n| &n.data), Some(Data::Scalar { text, .. }) if text == "system");
            if system && f.get("label").is_none() {
                continue;
            }
            let label = self.required_text(&f, "label");
            let range = f.get("range").and_then(|n| self.range(n));
            let checked = f.get("expr").map(|n| self.expression(n, symbols));
            let (Some(id), Some(label)) = (id, label) else {
                continue;
            };
            if let Some(Some(checked)) = &checked {
                symbols.derived.push(Formula {
                    id: id.clone(),
                    kind: checked.kind.clone(),
                    needs: checked.needs.clone(),
                    parts: checked.parts,
                });
            } else if checked.is_none() && f.get("formula").is_none() {
                self.error(item.at, "an index has `expr`, or a `formula` in words");
            }
            let expr = checked.flatten().map(|c| c.expr);
            all.push(Derived {
                id,
                label,
                range,
                expr,
            });
        }
        all
    }

    fn range(&mut self, node: &'t Node) -> Option<(f64, f64)> {
        match self.list(node, "a range") {
            [low, high] => {
                let (a, b) = (self.number(low, "a bound")?, self.number(high, "a bound")?);
                if b <= a {
                    self.error(node.at, "a range runs from the lower to the upper bound");
                }
                Some((a, b))
            }
            _ => {
                self.error(node.at, "a range has two bounds");
                None
            }
        }
    }

    /// Checks every pipe: its name must be known, have a text, and be answered before.
    pub(super) fn pipes(&mut self, piped: &[Piped<'t>], symbols: &Symbols<'_>) {
        for text in piped {
            for name in crate::flow::pipes_in(&text.text) {
                if let Err(message) = pipe(&name, &text.owner, symbols)
                    && !message.is_empty()
                {
                    self.error(text.node.at, message);
                }
            }
        }
    }

    /// The consent text can have only these pipes, which the site fills in.
    pub(super) fn site_pipes(&mut self, piped: &[Piped<'t>], names: &[&str]) {
        for text in piped {
            for name in crate::flow::pipes_in(&text.text) {
                self.must_be(text.node.at, "place holder", &name, names.iter().copied());
            }
        }
    }
}

fn pipe(name: &str, owner: &Owner, symbols: &Symbols<'_>) -> Result<(), String> {
    if symbols.factor(name).is_some() && *owner != Owner::Nothing {
        return Ok(());
    }
    let computed = symbols
        .computed
        .iter()
        .enumerate()
        .find(|(_, c)| c.id == name);
    let question = symbols.question(name);
    let needs: Vec<usize> = match (&computed, &question) {
        (Some((at, formula)), _) => {
            if formula.kind != Type::Text {
                return Err(format!(
                    "`{name}` is not a text; pipe a computed value with cases"
                ));
            }
            if let Owner::Computed(own) = owner
                && at >= own
            {
                let own = symbols.computed.get(*own).map(|c| c.id.clone());
                let circle = symbols
                    .circles
                    .get(&(own.unwrap_or_default(), name.to_owned()));
                if let Some(circle) = circle {
                    return Err(circle.clone());
                }
                return Err(format!(
                    "`{name}` is computed later; move it before this one"
                ));
            }
            formula.needs.iter().copied().collect()
        }
        (_, Some((at, declared))) => {
            let single = matches!(
                declared.kind,
                Kind::Single(_) | Kind::Number(_) | Kind::Slider(_)
            );
            if !single {
                return Err(format!("`{name}` has no single label or number to pipe"));
            }
            vec![*at]
        }
        _ => {
            if let Some(why) = symbols.withheld.get(name) {
                return Err(why.clone());
            }
            let names = symbols.names();
            let hint = hint(name, names.iter().map(String::as_str));
            return Err(format!("unknown name `{name}` in a pipe; {hint}"));
        }
    };
    match owner {
        Owner::Nothing => Err(format!(
            "`{{{{{name}}}}}` stands where no answer is known yet"
        )),
        Owner::Computed(_) => Ok(()),
        Owner::Question(place) => match needs.iter().find(|needed| *needed >= place) {
            None => Ok(()),
            Some(later) => {
                let id = symbols.questions.get(*later).map_or("", |q| q.id.as_str());
                Err(format!("`{name}` needs `{id}`, which is not asked before"))
            }
        },
    }
}
