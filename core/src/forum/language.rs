//! In which language a comment is written.

use crate::lang::Lang;

/// Fewest letters by which a language can be told.
const ENOUGH: usize = 2;

/// The language most of the text is in; that of the page where there are no letters. A Chinese
/// character carries about as much as half an English word.
#[must_use]
pub fn of(text: &str, page: Lang) -> Lang {
    let (mut han, mut latin) = (0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => han += 1,
            c if c.is_ascii_alphabetic() => latin += 1,
            _ => {}
        }
    }
    match (han * 3, latin) {
        (zh, en) if zh.max(en) < ENOUGH => page,
        (zh, en) if zh >= en => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_text_decides() {
        assert_eq!(of("AI 替我决定的事越来越多", Lang::En), Lang::Zh);
        assert_eq!(
            of("We call it 角色, the role we play in it", Lang::Zh),
            Lang::En
        );
        assert_eq!(of("好", Lang::En), Lang::Zh);
    }

    #[test]
    fn without_letters_it_is_the_pages() {
        assert_eq!(of("👍 2026", Lang::Zh), Lang::Zh);
        assert_eq!(of("?!", Lang::En), Lang::En);
    }
}
