//! How hard a text is to read.

use super::rounded;
use crate::lang::Lang;

/// Years of school that an English text may take (Flesch-Kincaid grade).
const MOST_YEARS: f64 = 14.0;
/// Words below which the formula says nothing.
const FEWEST_WORDS: u32 = 12;
/// Characters of a Chinese sentence without a full stop.
const LONGEST_SENTENCE: u32 = 60;

/// The grade or length of a text that is too hard.
pub(super) fn hard(text: &str, lang: Lang) -> Option<u32> {
    match lang {
        Lang::En => years(text).filter(|years| *years > MOST_YEARS).map(rounded),
        Lang::Zh => {
            let sentences = text.split(['。', '？', '！', '；', '\n']);
            let longest = sentences.map(|s| s.chars().filter(|c| !c.is_whitespace()).count());
            let longest = u32::try_from(longest.max()?).ok()?;
            (longest > LONGEST_SENTENCE).then_some(longest)
        }
    }
}

fn years(text: &str) -> Option<f64> {
    let sentences = text
        .split(['.', '?', '!', ';', ':', '\n'])
        .filter(|s| s.split_whitespace().count() > 1)
        .count();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
        .collect();
    let count = u32::try_from(words.len())
        .ok()
        .filter(|n| *n >= FEWEST_WORDS)?;
    let syllables: u32 = words.iter().map(|word| syllables(word)).sum();
    let sentences = f64::from(u32::try_from(sentences.max(1)).ok()?);
    let count = f64::from(count);
    Some(0.39 * count / sentences + 11.8 * f64::from(syllables) / count - 15.59)
}

/// Groups of vowels, a silent e at the end not counted.
fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        let vowel = "aeiouy".contains(c);
        count += u32::from(vowel && !before);
        before = vowel;
    }
    if word.ends_with('e') && !word.ends_with("le") && count > 1 {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_sentences_pass_and_heaped_ones_do_not() {
        assert_eq!(
            hard(
                "How often do you use it at work? Think of the last four weeks, please.",
                Lang::En
            ),
            None
        );
        let heaped = "Notwithstanding aforementioned institutional considerations, characterise \
            organisational accountability arrangements predominantly determining operational \
            responsibilities throughout multidisciplinary environments";
        assert!(hard(heaped, Lang::En).is_some_and(|years| years > 20));
        assert_eq!(hard("这几年，你花的力气变多了吗？", Lang::Zh), None);
        assert_eq!(hard(&"字".repeat(61), Lang::Zh), Some(61));
    }

    #[test]
    fn syllables_are_counted_as_they_sound() {
        for (word, count) in [
            ("a", 1),
            ("make", 1),
            ("table", 2),
            ("question", 2),
            ("machine", 2),
            ("anonymity", 5),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
