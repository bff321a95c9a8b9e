//! Made-up words of both languages, a few of them frequent and most of them rare, as in texts.

use std::collections::BTreeSet;

use partake_core::lang::Lang;

use crate::draw::Draw;

/// Characters that words are made of.
const CHARACTERS: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于\
着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实\
日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己\
制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变\
四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达\
光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运";
const SYLLABLES: [&str; 32] = [
    "ba", "der", "con", "fi", "gra", "hol", "in", "jus", "ka", "lo", "men", "nor", "ou", "per",
    "qua", "re", "sta", "ti", "un", "ver", "wa", "xi", "ye", "zo", "ple", "ran", "son", "tur",
    "vi", "ment", "ing", "er",
];
const WORDS: usize = 6_000;

/// Ranks of the words that are looked for.
const FREQUENT: usize = 3;
const MIDDLE: usize = 150;
const RARE: usize = 4_000;

pub(crate) struct Language {
    zh: Vec<String>,
    en: Vec<String>,
    /// For each rank, the sum of the weights up to it.
    sums: Vec<usize>,
}

impl Language {
    pub(crate) fn new(draw: &mut Draw) -> Self {
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let zh = words(draw, |draw| {
            (0..2)
                .map(|_| characters[draw.below(characters.len())])
                .collect()
        });
        let en = words(draw, |draw| {
            let syllables = 2 + draw.below(2);
            (0..syllables)
                .map(|_| SYLLABLES[draw.below(SYLLABLES.len())])
                .collect()
        });
        let mut sum = 0;
        let sums = (0..WORDS)
            .map(|rank| {
                sum += 1_000_000 / (rank + 10);
                sum
            })
            .collect();
        Self { zh, en, sums }
    }

    /// A text of so many words.
    pub(crate) fn text(&self, draw: &mut Draw, lang: Lang, length: usize) -> String {
        let mut text = String::new();
        for place in 1..=length {
            let most = self.sums[WORDS - 1];
            let drawn = draw.below(most);
            let rank = self.sums.partition_point(|&sum| sum <= drawn);
            let ends = place % 11 == 0 || place == length;
            match lang {
                Lang::Zh => {
                    text += &self.zh[rank];
                    text += if ends {
                        "。"
                    } else if place % 4 == 0 {
                        "，"
                    } else {
                        ""
                    };
                }
                Lang::En => {
                    text += &self.en[rank];
                    text += if ends { ". " } else { " " };
                }
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// What is looked for, with a name.
    pub(crate) fn searches(&self) -> Vec<(&'static str, String)> {
        let zh = |rank: usize| self.zh[rank].clone();
        let en = |one: usize, two: usize| format!("{} {}", self.en[one], self.en[two]);
        vec![
            ("zh-frequent", zh(FREQUENT)),
            ("zh-middle", zh(MIDDLE)),
            ("zh-rare", zh(RARE)),
            ("zh-nowhere", "鬱躪".to_owned()),
            ("en-frequent-frequent", en(FREQUENT, FREQUENT + 1)),
            ("en-frequent-middle", en(FREQUENT, MIDDLE)),
            ("en-middle-middle", en(MIDDLE, MIDDLE + 1)),
            ("en-frequent-rare", en(FREQUENT, RARE)),
            ("en-rare-rare", en(RARE, RARE + 1)),
            ("en-nowhere", "zyzzyva quixotry".to_owned()),
        ]
    }
}

/// As many different words as there are ranks.
fn words(draw: &mut Draw, make: impl Fn(&mut Draw) -> String) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut words = Vec::with_capacity(WORDS);
    while words.len() < WORDS {
        let word = make(draw);
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}
