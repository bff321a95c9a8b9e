//! The words of the expression language.

pub(super) type Parsed<T> = Result<T, ExpressionError>;

/// What is wrong, and how many characters into the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExpressionError {
    pub(super) offset: usize,
    /// Empty when it follows from a fault that was told already.
    pub(super) message: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    Name(String),
    Text(String),
    Number(f64),
    Sign(&'static str),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) offset: usize,
    pub(super) lexeme: Lexeme,
}

impl Token {
    pub(super) fn error(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError {
            offset: self.offset,
            message: message.into(),
        }
    }
}

const SIGNS: [&str; 15] = [
    "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",",
];

/// Longest expression in bytes; what is longer is a program, not a condition.
const MAX_SOURCE: usize = 8_000;

/// The expression cut into names, values and signs.
pub(super) fn tokens(source: &str) -> Parsed<Vec<Token>> {
    if source.len() > MAX_SOURCE {
        return Err(ExpressionError {
            offset: 0,
            message: format!(
                "has {} bytes, an expression at most {MAX_SOURCE}; use computed values",
                source.len()
            ),
        });
    }
    let chars: Vec<char> = source.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let offset = at;
        let rest = chars.get(at..).unwrap_or_default();
        let run = |wanted: fn(char) -> bool| rest.iter().take_while(|c| wanted(**c)).count();
        let lexeme = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c.is_ascii_alphabetic() || c == '_' {
            at += run(|c| c.is_ascii_alphanumeric() || c == '_');
            Lexeme::Name(chars.get(offset..at).unwrap_or_default().iter().collect())
        } else if c.is_ascii_digit() {
            at += run(|c| c.is_ascii_digit() || c == '.');
            let written: String = chars.get(offset..at).unwrap_or_default().iter().collect();
            let number = written.parse::<f64>().ok().filter(|n| n.is_finite());
            Lexeme::Number(number.ok_or_else(|| ExpressionError {
                offset,
                message: format!("`{written}` is not a number"),
            })?)
        } else if c == '"' || c == '\'' {
            let length = rest
                .iter()
                .skip(1)
                .position(|x| *x == c)
                .ok_or(ExpressionError {
                    offset,
                    message: "this quotation mark is never closed".to_owned(),
                })?;
            at += length + 2;
            Lexeme::Text(rest.iter().skip(1).take(length).collect())
        } else {
            let found = SIGNS.iter().find(|sign| {
                sign.chars()
                    .enumerate()
                    .all(|(i, s)| rest.get(i) == Some(&s))
            });
            let Some(sign) = found else {
                let message = match c {
                    '=' => "write `==` to compare".to_owned(),
                    // What cannot be seen is named.
                    c if !c.is_alphanumeric() && !c.is_ascii_graphic() => format!(
                        "`{}` does not belong to the expression language; remove it",
                        c.escape_unicode()
                    ),
                    _ => format!("`{c}` does not belong to the expression language"),
                };
                return Err(ExpressionError { offset, message });
            };
            at += sign.len();
            Lexeme::Sign(sign)
        };
        out.push(Token { offset, lexeme });
    }
    Ok(out)
}
