//! The receipt in other forms: as twelve words (in Chinese, twelve characters) that can be read
//! out or written down, and as a picture that a phone reads. Both are made here, so that a phone
//! loads neither word lists nor an encoder; nothing of them is kept.

use bip39::{Language, Mnemonic};
use partake_core::{lang::Lang, response::receipt::Receipt};
use partake_survey::{Copies, QrCode};
use qrcode::{
    Color, EcLevel, bits,
    canvas::{Canvas, MaskPattern},
    ec,
};

const LEVEL: EcLevel = EcLevel::M;

/// Every form of a receipt beside its code. `response` is the address that opens it.
#[must_use]
pub fn copies(receipt: &Receipt, lang: Lang, response: &str) -> Copies {
    Copies {
        words: words(receipt, lang),
        response: response.to_owned(),
        // What follows `#` stays in the browser: no server, and no log, sees it.
        qr: qr(&format!("{response}#{receipt}")),
    }
}

const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Zh => Language::SimplifiedChinese,
        Lang::En => Language::English,
    }
}

/// The receipt as words; empty only if the lists did not fit sixteen bytes, which they do.
fn words(receipt: &Receipt, lang: Lang) -> String {
    Mnemonic::from_entropy_in(language(lang), &receipt.to_bytes())
        .map(|words| words.to_string())
        .unwrap_or_default()
}

/// The receipt that somebody may have written down as words, in either language.
#[must_use]
pub fn read(typed: &str) -> Option<Receipt> {
    let typed = typed.to_lowercase();
    let latin: Vec<&str> = typed
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let (lang, words) = if latin.is_empty() {
        let han = typed.chars().filter(|c| c.is_alphabetic());
        (
            Lang::Zh,
            han.map(String::from).collect::<Vec<_>>().join(" "),
        )
    } else {
        (Lang::En, latin.join(" "))
    };
    let read = Mnemonic::parse_in_normalized(language(lang), &words).ok()?;
    let (bytes, length) = read.to_entropy_array();
    let bytes = bytes.get(..length)?.try_into().ok()?;
    Some(Receipt::from_bytes(bytes))
}

fn qr(text: &str) -> Option<QrCode> {
    let bits = bits::encode_auto(text.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let (data, corrections) = ec::construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &corrections);
    // Every reader takes every mask. To look for the best of the eight was half of what a submission
    // cost, and what is masked here is as good as random.
    canvas.apply_mask(MaskPattern::Checkerboard);
    let modules = canvas.into_colors();
    let width = usize::try_from(version.width()).ok()?;
    let mut digits = String::with_capacity(modules.len().div_ceil(3));
    for row in modules.chunks(width) {
        for four in row.chunks(4) {
            let mut digit = 0;
            for (bit, module) in [8, 4, 2, 1].into_iter().zip(four) {
                if *module == Color::Dark {
                    digit |= bit;
                }
            }
            digits.extend(char::from_digit(digit, 16));
        }
    }
    Some(QrCode {
        size: u32::try_from(width).ok()?,
        modules: digits,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_read_back_however_they_were_written_down(bytes: [u8; 16]) {
            let receipt = Receipt::from_bytes(bytes);
            let english = words(&receipt, Lang::En);
            prop_assert_eq!(english.split(' ').count(), 12);
            prop_assert_eq!(read(&english.replace(' ', ", ").to_uppercase()), Some(receipt));
            let chinese = words(&receipt, Lang::Zh);
            prop_assert_eq!(chinese.chars().filter(|c| c.is_alphabetic()).count(), 12);
            prop_assert_eq!(read(&chinese.replace(' ', "")), Some(receipt));
            prop_assert_eq!(read(&chinese.replace(' ', "，")), Some(receipt));
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(typed: String) {
            _ = read(&typed);
        }
    }

    #[test]
    fn the_picture_has_the_three_corners_that_a_phone_looks_for() {
        let qr = qr("https://example.org/zh/response#000G").expect("a picture");
        let end = qr.size - 7;
        let digits_of_row = usize::try_from(qr.size.div_ceil(4)).expect("small");
        let corner = |y: u32, x: u32| {
            let y = usize::try_from(y).expect("small");
            let row = qr.modules.get(y * digits_of_row..(y + 1) * digits_of_row);
            let digits = row
                .expect("a row")
                .chars()
                .filter_map(|digit| digit.to_digit(16));
            let modules = digits.flat_map(|four| [8, 4, 2, 1].map(|bit| four & bit > 0));
            modules
                .skip(usize::try_from(x).expect("small"))
                .take(7)
                .collect::<Vec<_>>()
        };
        for (top, left) in [(0, 0), (0, end), (end, 0)] {
            assert_eq!(corner(top, left), [true; 7], "{top} {left}");
            let inside = [true, false, false, false, false, false, true];
            assert_eq!(corner(top + 1, left), inside, "{top} {left}");
            assert_eq!(corner(top + 6, left), [true; 7], "{top} {left}");
        }
    }
}
