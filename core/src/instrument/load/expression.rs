//! The expression language: a small, typed part of Python's. Names, codes and types are checked
//! here, so that evaluating cannot fail.

use std::collections::BTreeSet;

use super::{
    lexer::{ExpressionError, Lexeme, Parsed, Token, tokens},
    suggest::hint,
    symbols::{Symbols, Type, codes, type_of},
};
use crate::{
    date::Date,
    flow::{Comparison, Expr},
    instrument::Kind,
};

const MAX_DEPTH: usize = 32;
/// Deepest tree that comes out; a chain of `or` is as deep as it is long.
const MAX_TREE: usize = 120;
/// Parts of an expression, with those of the values that it names: each evaluation goes through all
/// of them, and a line that names the one before it twice doubles them.
const MAX_PARTS: usize = 2_000;

type Join = fn(Box<Expr>, Box<Expr>) -> Expr;

/// A checked expression.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) expr: Expr,
    pub(super) kind: Type,
    /// Places of the questions that it depends on.
    pub(super) needs: BTreeSet<usize>,
    /// Parts that it comes to, with those of the values that it names.
    pub(super) parts: usize,
}

/// True when so many parts are not evaluated in a moment.
pub(super) const fn too_many(parts: usize) -> bool {
    parts > MAX_PARTS
}

/// Parses and checks an expression.
pub(super) fn parse(source: &str, symbols: &Symbols<'_>) -> Parsed<Checked> {
    let tokens = tokens(source)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
        symbols,
        needs: BTreeSet::new(),
        named: 0,
    };
    let (expr, kind) = parser.or()?;
    if depth(&expr) > MAX_TREE {
        return Err(ExpressionError {
            offset: 0,
            message: "joins too many parts; use computed values".to_owned(),
        });
    }
    if let Some(token) = parser.tokens.get(parser.at) {
        return Err(token.error("the expression should end here; join conditions with and / or"));
    }
    let parts = parser.named.saturating_add(parts(&expr));
    if too_many(parts) {
        return Err(ExpressionError {
            offset: 0,
            message: format!(
                "comes to more than {MAX_PARTS} parts with the values that it names; simplify them"
            ),
        });
    }
    Ok(Checked {
        expr,
        kind,
        needs: parser.needs,
        parts,
    })
}

fn parts(expr: &Expr) -> usize {
    1 + expr.parts().into_iter().map(parts).sum::<usize>()
}

struct Parser<'s, 'i> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    symbols: &'s Symbols<'i>,
    needs: BTreeSet<usize>,
    /// Parts of the values that were named.
    named: usize,
}

impl Parser<'_, '_> {
    fn or(&mut self) -> Parsed<(Expr, Type)> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.here(format!(
                "nested deeper than {MAX_DEPTH} levels; use a computed value"
            )));
        }
        let offset = self.offset();
        let (mut left, mut kind) = self.and()?;
        while self.word("or") {
            condition(&kind, offset)?;
            let offset = self.offset();
            let (right, right_kind) = self.and()?;
            condition(&right_kind, offset)?;
            (left, kind) = (Expr::Or(Box::new(left), Box::new(right)), Type::Bool);
        }
        self.depth -= 1;
        Ok((left, kind))
    }

    fn and(&mut self) -> Parsed<(Expr, Type)> {
        let offset = self.offset();
        let (mut left, mut kind) = self.not()?;
        while self.word("and") {
            condition(&kind, offset)?;
            let offset = self.offset();
            let (right, right_kind) = self.not()?;
            condition(&right_kind, offset)?;
            (left, kind) = (Expr::And(Box::new(left), Box::new(right)), Type::Bool);
        }
        Ok((left, kind))
    }

    fn not(&mut self) -> Parsed<(Expr, Type)> {
        let mut negations = 0_usize;
        while self.word("not") {
            negations += 1;
        }
        let offset = self.offset();
        let (mut inner, kind) = self.comparison()?;
        if negations > 0 {
            condition(&kind, offset)?;
        }
        if negations % 2 == 1 {
            inner = Expr::Not(Box::new(inner));
        }
        Ok((inner, kind))
    }

    fn comparison(&mut self) -> Parsed<(Expr, Type)> {
        let (left, left_kind) = self.sum()?;
        let operator = self.tokens.get(self.at).cloned();
        let Some(operator) = operator else {
            return Ok((left, left_kind));
        };
        if self.word("in") {
            let list = self.members(&left_kind, &operator)?;
            return Ok((Expr::In(Box::new(left), list), Type::Bool));
        }
        if operator.lexeme == Lexeme::Name("not".to_owned()) {
            self.at += 1;
            if !self.word("in") {
                return Err(self.here("`not` after a value must be `not in`"));
            }
            let list = self.members(&left_kind, &operator)?;
            return Ok((Expr::NotIn(Box::new(left), list), Type::Bool));
        }
        let comparison = match operator.lexeme {
            Lexeme::Sign("==") => Comparison::Equal,
            Lexeme::Sign("!=") => Comparison::NotEqual,
            Lexeme::Sign("<") => Comparison::Less,
            Lexeme::Sign("<=") => Comparison::AtMost,
            Lexeme::Sign(">") => Comparison::Greater,
            Lexeme::Sign(">=") => Comparison::AtLeast,
            _ => return Ok((left, left_kind)),
        };
        self.at += 1;
        let offset = self.offset();
        let (right, right_kind) = self.sum()?;
        comparable(
            comparison,
            (&left, &left_kind),
            (&right, &right_kind),
            &operator,
            offset,
        )?;
        Ok((
            Expr::Compare(comparison, Box::new(left), Box::new(right)),
            Type::Bool,
        ))
    }

    /// `["a", "b"]`, each a code that the value on the left can have.
    fn members(&mut self, kind: &Type, operator: &Token) -> Parsed<Vec<String>> {
        let Type::Code(valid, _) = kind else {
            return Err(operator.error(
                "`in` needs a single-choice question, a row or a factor on its left; \
                 for multiple choice use has(question, code)",
            ));
        };
        self.sign("[")?;
        let mut list = Vec::new();
        loop {
            let offset = self.offset();
            let Some(Lexeme::Text(text)) = self.next() else {
                return Err(ExpressionError {
                    offset,
                    message: "a list holds codes in quotation marks".to_owned(),
                });
            };
            known_code(&text, valid, offset)?;
            list.push(text);
            if !self.accept(",") {
                break;
            }
        }
        self.sign("]")?;
        Ok(list)
    }

    fn sum(&mut self) -> Parsed<(Expr, Type)> {
        self.operators(Self::product, [("+", Expr::Add), ("-", Expr::Sub)])
    }

    fn product(&mut self) -> Parsed<(Expr, Type)> {
        self.operators(Self::atom, [("*", Expr::Mul), ("/", Expr::Div)])
    }

    fn operators(
        &mut self,
        part: fn(&mut Self) -> Parsed<(Expr, Type)>,
        signs: [(&str, Join); 2],
    ) -> Parsed<(Expr, Type)> {
        let offset = self.offset();
        let (mut left, mut kind) = part(self)?;
        loop {
            let Some((_, join)) = signs.iter().find(|(sign, _)| self.accept(sign)) else {
                return Ok((left, kind));
            };
            numeric(&kind, offset)?;
            let offset = self.offset();
            let (right, right_kind) = part(self)?;
            numeric(&right_kind, offset)?;
            left = join(Box::new(left), Box::new(right));
            kind = Type::Number;
        }
    }

    fn atom(&mut self) -> Parsed<(Expr, Type)> {
        let offset = self.offset();
        match self.next() {
            Some(Lexeme::Number(n)) => Ok((Expr::Number(n), Type::Number)),
            Some(Lexeme::Text(text)) => {
                Ok((Expr::Text(text.clone()), Type::Code(vec![text], false)))
            }
            Some(Lexeme::Sign("(")) => {
                let inner = self.or()?;
                self.sign(")")?;
                Ok(inner)
            }
            Some(Lexeme::Name(name)) if self.accept("(") => {
                let called = self.call(&name, offset)?;
                self.sign(")")?;
                Ok(called)
            }
            Some(Lexeme::Name(name)) => self.name(&name, offset),
            _ => Err(ExpressionError {
                offset,
                message: "a name or a value is missing here".to_owned(),
            }),
        }
    }

    fn name(&mut self, name: &str, offset: usize) -> Parsed<(Expr, Type)> {
        if let Some((at, question)) = self.symbols.question(name) {
            self.needs.insert(at);
            return Ok((Expr::Question(name.to_owned()), type_of(question)));
        }
        if let Some((question, row)) = name.split_once("__")
            && let Some((at, declared)) = self.symbols.question(question)
            && let Kind::Matrix(matrix) = &declared.kind
            && matrix.rows.iter().any(|r| r.code == row)
        {
            self.needs.insert(at);
            let cell = Expr::Cell(question.to_owned(), row.to_owned());
            return Ok((cell, codes(&matrix.scale)));
        }
        if let Some(factor) = self.symbols.factor(name) {
            let levels = self.symbols.levels(factor);
            return Ok((Expr::Factor(name.to_owned()), Type::Code(levels, false)));
        }
        if let Some(formula) = self.symbols.computed.iter().find(|f| f.id == name) {
            self.needs.extend(&formula.needs);
            self.named = self.named.saturating_add(formula.parts);
            return Ok((Expr::Computed(name.to_owned()), formula.kind.clone()));
        }
        if let Some(formula) = self.symbols.derived.iter().find(|f| f.id == name) {
            self.needs.extend(&formula.needs);
            self.named = self.named.saturating_add(formula.parts);
            return Ok((Expr::Derived(name.to_owned()), formula.kind.clone()));
        }
        if let Some(why) = self.symbols.withheld.get(name) {
            return Err(ExpressionError {
                offset,
                message: why.clone(),
            });
        }
        let names = self.symbols.names();
        let hint = hint(name, names.iter().map(String::as_str));
        Err(ExpressionError {
            offset,
            message: format!("unknown name `{name}`; {hint}"),
        })
    }

    fn call(&mut self, function: &str, offset: usize) -> Parsed<(Expr, Type)> {
        match function {
            "answered" => {
                let (inner, _) = self.atom()?;
                Ok((Expr::Answered(Box::new(inner)), Type::Bool))
            }
            "has" => {
                let (question, valid) = self.multiple()?;
                self.sign(",")?;
                let offset = self.offset();
                let Some(Lexeme::Text(code)) = self.next() else {
                    let message =
                        "has(question, 'code') needs a code in quotation marks".to_owned();
                    return Err(ExpressionError { offset, message });
                };
                known_code(&code, &valid, offset)?;
                Ok((Expr::Has(question, code), Type::Bool))
            }
            "date" => {
                let at = self.offset();
                let written = match self.next() {
                    Some(Lexeme::Text(text)) => Date::typed(&text).filter(|d| d.iso() == text),
                    _ => None,
                };
                let date = written.ok_or_else(|| ExpressionError {
                    offset: at,
                    message: "a day is written date('2026-01-31')".to_owned(),
                })?;
                Ok((Expr::Number(date.days()), Type::Date))
            }
            "year" => match self.atom()? {
                (inner, Type::Date) => Ok((Expr::Year(Box::new(inner)), Type::Number)),
                _ => Err(ExpressionError {
                    offset,
                    message: "year() needs a question of type date".to_owned(),
                }),
            },
            "count" => Ok((Expr::Count(self.multiple()?.0), Type::Number)),
            "val" => Ok((Expr::Val(Box::new(self.scaled()?)), Type::Number)),
            "rev" => Ok((Expr::Rev(Box::new(self.scaled()?)), Type::Number)),
            "mean" => {
                let least = self.offset();
                let Some(Lexeme::Number(min)) = self.next() else {
                    let message = "mean begins with the least number of valid values".to_owned();
                    return Err(ExpressionError {
                        offset: least,
                        message,
                    });
                };
                let mut args = Vec::new();
                while self.accept(",") {
                    args.push(self.scaled()?);
                }
                let wanted =
                    (1..=args.len()).find(|n| f64::from(u32::try_from(*n).unwrap_or(0)) == min);
                let Some(min_valid) = wanted.and_then(|n| u32::try_from(n).ok()) else {
                    let message = format!("must be a whole number from 1 to {}", args.len());
                    return Err(ExpressionError {
                        offset: least,
                        message,
                    });
                };
                Ok((Expr::Mean(min_valid, args), Type::Number))
            }
            "rescale" => {
                let inner = self.scaled()?;
                self.sign(",")?;
                let low = self.literal()?;
                self.sign(",")?;
                let at = self.offset();
                let high = self.literal()?;
                if high <= low {
                    let message = "the upper bound must be above the lower one".to_owned();
                    return Err(ExpressionError {
                        offset: at,
                        message,
                    });
                }
                Ok((Expr::Rescale(Box::new(inner), low, high), Type::Number))
            }
            other => {
                let known = [
                    "answered", "has", "count", "val", "rev", "mean", "rescale", "date", "year",
                ];
                let message = format!("unknown function `{other}`; {}", hint(other, known));
                Err(ExpressionError { offset, message })
            }
        }
    }

    /// A multiple-choice question with its codes.
    fn multiple(&mut self) -> Parsed<(String, Vec<String>)> {
        let offset = self.offset();
        match self.atom()? {
            (Expr::Question(id), Type::Codes(valid)) => Ok((id, valid)),
            _ => Err(ExpressionError {
                offset,
                message: "this function needs a multiple-choice question".to_owned(),
            }),
        }
    }

    /// Something that has a numeric value.
    fn scaled(&mut self) -> Parsed<Expr> {
        let offset = self.offset();
        let (inner, kind) = self.sum()?;
        numeric(&kind, offset)?;
        Ok(inner)
    }

    fn literal(&mut self) -> Parsed<f64> {
        let offset = self.offset();
        let negative = self.accept("-");
        match self.next() {
            Some(Lexeme::Number(n)) => Ok(if negative { -n } else { n }),
            _ => Err(ExpressionError {
                offset,
                message: "a number belongs here".to_owned(),
            }),
        }
    }

    fn next(&mut self) -> Option<Lexeme> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token.lexeme.clone())
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(t) if matches!(&t.lexeme, Lexeme::Sign(s) if *s == sign));
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(t) if matches!(&t.lexeme, Lexeme::Name(n) if n == word));
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.accept(sign) {
            Ok(())
        } else {
            Err(self.here(format!("`{sign}` belongs here")))
        }
    }

    fn offset(&self) -> usize {
        match self.tokens.get(self.at) {
            Some(token) => token.offset,
            None => self.tokens.last().map_or(0, |token| token.offset + 1),
        }
    }

    fn here(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError {
            offset: self.offset(),
            message: message.into(),
        }
    }
}

/// How deep a tree is; counted without recursion, because it may be deep.
fn depth(expr: &Expr) -> usize {
    let mut open = vec![(expr, 1)];
    let mut deepest = 0;
    while let Some((expr, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(expr.parts().into_iter().map(|part| (part, depth + 1)));
    }
    deepest
}

fn condition(kind: &Type, offset: usize) -> Parsed<()> {
    if *kind == Type::Bool {
        return Ok(());
    }
    let message = "this is a value, not a condition; compare it or use answered()".to_owned();
    Err(ExpressionError { offset, message })
}

fn numeric(kind: &Type, offset: usize) -> Parsed<()> {
    match kind {
        Type::Number | Type::Code(_, true) => Ok(()),
        Type::Date => Err(ExpressionError {
            offset,
            message: "a day is no number; take its year()".to_owned(),
        }),
        Type::Code(_, false) => Err(ExpressionError {
            offset,
            message: "its codes have no values; give each option a `value`".to_owned(),
        }),
        _ => Err(ExpressionError {
            offset,
            message: "this has no numeric value".to_owned(),
        }),
    }
}

fn known_code(code: &str, valid: &[String], offset: usize) -> Parsed<()> {
    if valid.iter().any(|v| v == code) {
        return Ok(());
    }
    let missing = super::choices::MISSING.contains(&code);
    let message = if missing {
        format!("`{code}` counts as missing, and comparing with it is never true; use answered()")
    } else {
        format!(
            "unknown code `{code}`; {}",
            hint(code, valid.iter().map(String::as_str))
        )
    };
    Err(ExpressionError { offset, message })
}

fn comparable(
    comparison: Comparison,
    (left, left_kind): (&Expr, &Type),
    (right, right_kind): (&Expr, &Type),
    operator: &Token,
    offset: usize,
) -> Parsed<()> {
    let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    match (left_kind, right_kind) {
        (Type::Number, Type::Number) | (Type::Date, Type::Date) => Ok(()),
        (Type::Date, _) | (_, Type::Date) => {
            Err(operator
                .error("a day is compared with a day, date('2026-01-31'), or by its year()"))
        }
        (Type::Code(..), Type::Code(..)) if !equality => {
            Err(operator.error("codes have no order; compare val(question) with a number"))
        }
        (Type::Code(valid, _), Type::Code(..)) => match (left, right) {
            (Expr::Text(_), Expr::Text(_)) => Err(operator.error("both sides are fixed values")),
            (_, Expr::Text(code)) => known_code(code, valid, offset),
            (Expr::Text(_), _) => Err(operator.error("write the question first, then the code")),
            _ => Ok(()),
        },
        (Type::Code(..), Type::Number) | (Type::Number, Type::Code(..)) => {
            Err(operator.error("a code is compared with a number; use val(question)"))
        }
        (Type::Codes(_), _) | (_, Type::Codes(_)) => Err(operator
            .error("multiple choice is not compared; use has(question, code) or count(question)")),
        (Type::Bool, _) | (_, Type::Bool) => {
            Err(operator.error("a condition is not compared; use it as it is, or with not"))
        }
        _ => Err(operator.error("these two cannot be compared")),
    }
}
