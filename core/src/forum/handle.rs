//! Handles: the names under which people write.

use unicode_normalization::UnicodeNormalization;

/// Fewest and most characters of a handle.
pub const LENGTH: (usize, usize) = (2, 24);

/// Names that would let somebody speak for the site.
const RESERVED: [&str; 38] = [
    "admin",
    "administrator",
    "anonymous",
    "api",
    "bot",
    "deleted",
    "everyone",
    "guest",
    "help",
    "mod",
    "moderation",
    "moderator",
    "moderators",
    "nobody",
    "none",
    "null",
    "official",
    "owner",
    "partake",
    "removed",
    "researcher",
    "root",
    "security",
    "staff",
    "support",
    "system",
    "team",
    "undefined",
    "webmaster",
    "you",
    "管理员",
    "版主",
    "官方",
    "系统",
    "客服",
    "匿名",
    "已注销",
    "审核员",
];

/// A handle that satisfies the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    shown: String,
    key: String,
}

/// What is wrong with a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleFault {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Too short or too long.
    #[error("between {min} and {max} characters")]
    Length {
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// A character that is neither letter, digit, `_` nor `-`.
    #[error("the character {0:?} is not allowed")]
    Character(char),
    /// Letters of scripts that look alike are mixed.
    #[error("mixes scripts that look alike")]
    MixedScripts,
    /// It would let somebody speak for the site.
    #[error("reserved")]
    Reserved,
}

impl Handle {
    /// Checks what was typed.
    ///
    /// # Errors
    /// When it breaks a rule of handles; being taken is for storage to say.
    pub fn parse(typed: &str) -> Result<Self, HandleFault> {
        let shown: String = typed.trim().nfkc().collect();
        if shown.is_empty() {
            return Err(HandleFault::Empty);
        }
        if let Some(bad) = shown.chars().find(|&c| !is_allowed(c)) {
            return Err(HandleFault::Character(bad));
        }
        let (min, max) = LENGTH;
        if !(min..=max).contains(&shown.chars().count()) {
            return Err(HandleFault::Length { min, max });
        }
        if mixes_lookalike_scripts(&shown) {
            return Err(HandleFault::MixedScripts);
        }
        let key = fold(&shown);
        let bare: String = key.chars().filter(|c| !matches!(c, '_' | '-')).collect();
        if bare.is_empty() || RESERVED.iter().any(|&name| fold(name) == bare) {
            return Err(HandleFault::Reserved);
        }
        Ok(Self { shown, key })
    }

    /// The handle as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The form in which two handles may not be equal.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The form under which a handle is looked up, whatever was typed at sign-in.
#[must_use]
pub fn fold(typed: &str) -> String {
    // Twice: lower-casing can leave a form that NFKC changes again.
    typed
        .trim()
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .collect()
}

/// The form in which two handles that look the same are equal, by Unicode's table of confusable
/// characters: a zero and an O, a Cyrillic and a Latin word of the same letters.
#[must_use]
pub fn shape(handle: &str) -> String {
    // Lower case on both sides: a handle is looked up without its case, and some prototypes in the
    // table are capitals.
    fold(&unicode_security::skeleton(&fold(handle)).collect::<String>())
}

fn is_allowed(c: char) -> bool {
    match c {
        '_' | '-' => true,
        // Letters that are drawn as nothing; NFKC keeps them and they count as letters.
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => false,
        c => c.is_alphanumeric(),
    }
}

/// Latin, Greek and Cyrillic share many shapes, so a handle uses one of them.
fn mixes_lookalike_scripts(handle: &str) -> bool {
    let mut seen = [false; 3];
    for c in handle.chars() {
        match u32::from(c) {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => seen[0] = true,
            0x370..=0x3FF | 0x1F00..=0x1FFF => seen[1] = true,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => seen[2] = true,
            _ => {}
        }
    }
    seen.into_iter().filter(|&s| s).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_both_languages_are_handles() {
        for ok in ["Mei", "林小雨", "ana_maria-2", "人人", "Ωμέγα"] {
            assert!(Handle::parse(ok).is_ok(), "{ok}");
        }
    }

    #[test]
    fn forms_of_the_same_handle_share_a_key() {
        let keys: Vec<_> = ["Ada", "ada", "ＡＤＡ", " aDa "]
            .map(|h| Handle::parse(h).map(|h| h.key().to_owned()))
            .into_iter()
            .collect();
        assert!(keys.windows(2).all(|w| w[0] == w[1]), "{keys:?}");
        assert_eq!(fold("ＡＤＡ "), "ada");
    }

    #[test]
    fn what_cannot_be_seen_or_breaks_markup_is_refused() {
        for bad in [
            "a\u{200B}b",
            "a b",
            "<b>",
            "a\u{202E}b",
            "\u{3164}\u{3164}",
            "a/b",
            "a.b",
            "x\u{0}y",
            "a\"b",
        ] {
            assert!(
                matches!(Handle::parse(bad), Err(HandleFault::Character(_))),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn length_is_bounded_after_normalisation() {
        assert_eq!(
            Handle::parse("a"),
            Err(HandleFault::Length { min: 2, max: 24 })
        );
        assert!(Handle::parse(&"人".repeat(24)).is_ok());
        assert!(Handle::parse(&"人".repeat(25)).is_err());
        assert_eq!(Handle::parse("  "), Err(HandleFault::Empty));
    }

    #[test]
    fn nobody_speaks_for_the_site() {
        for bad in [
            "Admin",
            "MODERATOR",
            "管理员",
            "_admin_",
            "ｓｙｓｔｅｍ",
            "--",
        ] {
            assert_eq!(Handle::parse(bad), Err(HandleFault::Reserved), "{bad}");
        }
    }

    #[test]
    fn handles_that_look_the_same_share_a_shape() {
        for (one, other) in [
            ("coco", "сосо"),
            ("Bill", "Bi11"),
            ("Zoo", "z00"),
            ("modern", "modem"),
            ("口才", "ロ才"),
            ("ＡＤＡ", "ada"),
        ] {
            assert_eq!(shape(one), shape(other), "{one} {other}");
        }
        for (one, other) in [("Ann", "Anna"), ("林小雨", "林小雪"), ("mei_1", "mei_2")] {
            assert_ne!(shape(one), shape(other), "{one} {other}");
        }
    }

    #[test]
    fn scripts_that_look_alike_are_not_mixed() {
        assert_eq!(Handle::parse("pаrtner"), Err(HandleFault::MixedScripts));
        assert!(Handle::parse("Иван").is_ok());
        assert!(Handle::parse("Ada林").is_ok());
    }
}
