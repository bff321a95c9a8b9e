//! The instrument as the browser gets it: fields in declared order, without names. JSON serves
//! everyone else; reading JSON into these types would be a third of the code that a phone loads.
//!
//! Lengths and enum variants are LEB128 varints, numbers are 8 bytes little-endian, texts UTF-8.
//! The form has no version: it is made for, and read by, code of the same build.

use super::{
    BestWorst, Check, Choice, ChoiceList, Computed, ComputedValue, Consent, Derived, Factor,
    FreeText, Hypothesis, Instrument, Kind, Matrix, Measure, Merge, MissingCode, Number,
    OrderGroup, PublicFile, QuasiIdentifier, Question, Ranking, Row, Rung, Section, Slider,
    TextPattern, TextRelease, Votes,
};
use crate::{
    flow::{Comparison, Expr},
    lang::{Lang, Text},
};

/// Deepest nesting of expressions that is read; the loader allows less.
const DEPTH: u32 = 200;

/// The instrument as bytes.
#[must_use]
pub fn to_wire(instrument: &Instrument) -> Vec<u8> {
    let mut out = Vec::new();
    instrument.write(&mut out);
    out
}

/// The instrument from its bytes; `None` when they are not one.
#[must_use]
pub fn from_wire(bytes: &[u8]) -> Option<Instrument> {
    let mut reader = Reader {
        rest: bytes,
        depth: 0,
    };
    let instrument = Instrument::read(&mut reader)?;
    reader.rest.is_empty().then_some(instrument)
}

struct Reader<'a> {
    rest: &'a [u8],
    depth: u32,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in (0..32).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

fn put_varint(mut value: u32, out: &mut Vec<u8>) {
    loop {
        let low = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn put_length(length: usize, out: &mut Vec<u8>) {
    // The loader refuses files of more than 2 MB, so every length fits.
    put_varint(u32::try_from(length).unwrap_or(u32::MAX), out);
}

trait Wire: Sized {
    fn write(&self, out: &mut Vec<u8>);
    fn read(from: &mut Reader<'_>) -> Option<Self>;
}

impl Wire for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(*from.take(1)?.first()? == 1)
    }
}

impl Wire for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        put_varint(*self, out);
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.varint()
    }
}

impl Wire for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self::from_le_bytes(from.take(8)?.try_into().ok()?))
    }
}

impl Wire for String {
    fn write(&self, out: &mut Vec<u8>) {
        put_length(self.len(), out);
        out.extend(self.as_bytes());
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let length = from.varint()?;
        let bytes = from.take(usize::try_from(length).ok()?)?;
        Self::from_utf8(bytes.to_owned()).ok()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(inner) = self {
            inner.write(out);
        }
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        if bool::read(from)? {
            T::read(from).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        put_length(self.len(), out);
        for item in self {
            item.write(out);
        }
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        (0..from.varint()?).map(|_| T::read(from)).collect()
    }
}

impl<T: Wire> Wire for Box<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        T::read(from).map(Self::new)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

impl Wire for Lang {
    fn write(&self, out: &mut Vec<u8>) {
        (*self == Self::Zh).write(out);
    }
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::read(from)? {
            Self::Zh
        } else {
            Self::En
        })
    }
}

/// Fields in the order in which they are named; leaving one out does not compile.
macro_rules! wire_struct {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Wire for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.write(out);)*
            }
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                Some(Self { $($field: Wire::read(from)?),* })
            }
        }
    )*};
}

wire_struct! {
    Text { zh, en }
    Instrument {
        id, version, languages, title, intro, terms, outro, missing, consent, computed, factors,
        sections, derived, hypotheses, public_file,
    }
    PublicFile { consent, consent_code, leave_out, merges, rungs }
    Merge { question, code, label, codes }
    Rung { from, columns }
    MissingCode { code, label }
    Consent { text, gate }
    Section { id, title, intro, optional, shuffled, questions }
    Question {
        id, kind, stem, title, help, required, soft_required, own_screen, show_if, checks,
        default_if_skipped, order_group, quasi_identifier, sensitive, est_seconds,
    }
    Check { that, message }
    Choice { code, label, value, missing, exclusive, pipe, text_max }
    ChoiceList {
        options, randomise, keep_last, flip_with, only_chosen_in, auto_answer_if_single,
        max_selected, ends,
    }
    Matrix { rows, scale, randomise }
    Row { code, label, expected, pin }
    Slider { min, max, step, low, high, missing }
    Number { min, max, integer, soft_max, soft_message, unit, bands, date, missing }
    Ranking { options, randomise, places }
    BestWorst { items, best, worst, factor, classes }
    FreeText { max_chars, min_chars, pattern, placeholder, release }
    TextPattern { source, message }
    Votes { statements, ballot, show_at_most }
    OrderGroup { id, factor, declared_if }
    QuasiIdentifier { ladder, labels }
    Computed { id, value }
    Factor { id, levels, texts, fixed }
    Derived { id, label, range, expr }
    Hypothesis { id, claim, metric, test, measure }
}

/// Variants by number; a variant left out does not compile.
macro_rules! wire_enum {
    ($name:ident { $($number:literal = $variant:ident $(($($field:ident),*))? $({$($named:ident),*})?),* $(,)? }) => {
        impl Wire for $name {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($field),*))? $({$($named),*})? => {
                        put_varint($number, out);
                        $($($field.write(out);)*)?
                        $($($named.write(out);)*)?
                    })*
                }
            }
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                from.depth += 1;
                if from.depth > DEPTH {
                    return None;
                }
                let value = match from.varint()? {
                    $($number => {
                        $($(let $field = Wire::read(from)?;)*)?
                        $($(let $named = Wire::read(from)?;)*)?
                        Self::$variant $(($($field),*))? $({$($named),*})?
                    })*
                    _ => return None,
                };
                from.depth -= 1;
                Some(value)
            }
        }
    };
}

wire_enum!(Kind {
    0 = Single(a), 1 = Multiple(a), 2 = Matrix(a), 3 = Slider(a), 4 = Number(a), 5 = Ranking(a),
    6 = BestWorst(a), 7 = ShortText(a), 8 = LongText(a), 9 = Votes(a), 10 = Statement,
});
wire_enum!(Measure {
    0 = Share { index, above }, 1 = Mean { index, above },
    2 = Groups { table, by, group, above, within }, 3 = Arms { factor, from, to, first, second },
    4 = Trend { index, factor }, 5 = Order { question }, 6 = Together { of },
    7 = Correlation { first, second }, 8 = Slopes { first, second, on },
});
wire_enum!(TextRelease { 0 = Never, 1 = AfterReview, 2 = Asked { question, show, delete } });
wire_enum!(ComputedValue { 0 = Expr(a), 1 = Cases(a) });
wire_enum!(Comparison { 0 = Equal, 1 = NotEqual, 2 = Less, 3 = AtMost, 4 = Greater, 5 = AtLeast });
wire_enum!(Expr {
    0 = Number(a), 1 = Text(a), 2 = Question(a), 3 = Cell(a, b), 4 = Computed(a), 5 = Factor(a),
    6 = Derived(a), 7 = Not(a), 8 = And(a, b), 9 = Or(a, b), 10 = Compare(a, b, c), 11 = In(a, b),
    12 = NotIn(a, b), 13 = Add(a, b), 14 = Sub(a, b), 15 = Answered(a), 16 = Has(a, b),
    17 = Count(a), 18 = Val(a), 19 = Rev(a), 20 = Mean(a, b), 21 = Rescale(a, b, c), 22 = Mul(a, b),
    23 = Div(a, b), 24 = Year(a),
});

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use super::*;

    fn real() -> Instrument {
        let source = include_str!("../../../instruments/partake_core/instrument.yaml");
        crate::instrument::load(source).expect("the instrument loads")
    }

    #[test]
    fn the_real_instrument_survives_the_way() {
        let instrument = real();
        assert_eq!(from_wire(&to_wire(&instrument)), Some(instrument));
    }

    #[test]
    fn a_truncated_instrument_is_refused() {
        let bytes = to_wire(&real());
        for length in (0..bytes.len()).step_by(97) {
            assert_eq!(from_wire(&bytes[..length]), None);
        }
    }
}
