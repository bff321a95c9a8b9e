use super::*;

const CALM: Circumstances = Circumstances {
    level: Level::Member,
    moderates: false,
    thread_premoderated: false,
    recent: 0,
    repeats: false,
};

fn judged(text: &str, circumstances: Circumstances, settings: &Settings) -> Vec<Finding> {
    judge(
        text,
        &circumstances,
        settings,
        &WordList::new(&settings.words),
    )
}

fn words(list: &[&str]) -> WordList {
    WordList::new(&list.iter().map(|&w| w.to_owned()).collect::<Vec<_>>())
}

fn matched(list: &[&str], text: &str) -> Vec<String> {
    words(list)
        .find(text)
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Word { word, .. } => Some(word),
            _ => None,
        })
        .collect()
}

#[test]
fn an_ordinary_comment_is_published() {
    let settings = Settings::default();
    assert_eq!(judged("I doubt that.", CALM, &settings), []);
    let newcomer = Circumstances {
        level: Level::Newcomer,
        ..CALM
    };
    assert_eq!(judged("I doubt that.", newcomer, &settings), []);
}

#[test]
fn newcomers_wait_where_newcomers_are_looked_at() {
    let settings = Settings {
        premoderate: Premoderate::Newcomers,
        ..Settings::default()
    };
    let newcomer = Circumstances {
        level: Level::Newcomer,
        ..CALM
    };
    assert_eq!(judged("Hello", newcomer, &settings), [Finding::Newcomer]);
    assert_eq!(judged("Hello", CALM, &settings), []);
    let moderator = Circumstances {
        moderates: true,
        ..newcomer
    };
    assert_eq!(judged("Hello", moderator, &settings), []);
}

#[test]
fn haste_repetition_and_links_are_named_with_their_numbers() {
    let settings = Settings::default();
    let hasty = Circumstances {
        recent: 15,
        repeats: true,
        level: Level::Newcomer,
        ..CALM
    };
    let text = "Buy at https://a.example www.b.example http://www.c.example";
    assert_eq!(
        judged(text, hasty, &settings),
        [
            Finding::Rate {
                count: 16,
                minutes: RATE_MINUTES
            },
            Finding::Repetition,
            Finding::Links { count: 3, most: 2 },
        ]
    );
    assert_eq!(judged("Thanks.", CALM, &settings), []);
    let polite = Circumstances {
        repeats: true,
        ..CALM
    };
    assert_eq!(judged("Thanks.", polite, &settings), []);
}

#[test]
fn a_latin_word_matches_as_a_whole_and_a_chinese_one_anywhere() {
    assert_eq!(matched(&["ass"], "An assessment of the class"), [""; 0]);
    assert_eq!(matched(&["ass"], "you ASS!"), ["ASS"]);
    assert_eq!(matched(&["casin*"], "Casinos here"), ["Casin"]);
    assert_eq!(matched(&["加微信"], "快来加微信领红包"), ["加微信"]);
}

#[test]
fn width_case_and_invisible_characters_hide_nothing() {
    assert_eq!(matched(&["casino"], "ｃａＳＩＮＯ"), ["ｃａＳＩＮＯ"]);
    assert_eq!(matched(&["casino"], "ca\u{200B}si\u{AD}no").len(), 1);
    assert_eq!(matched(&["buy now"], "Buy\nnow!"), ["Buy\nnow"]);
}

#[test]
fn what_looks_like_a_pattern_stands_for_itself_and_costs_nothing() {
    let hostile = words(&["(a+)+$", "(.*a){25}"]);
    let text = "a".repeat(10_000);
    assert_eq!(hostile.find(&text), []);
    assert_eq!(
        matched(&["(a+)+$"], "the pattern (a+)+$ backtracks").len(),
        1
    );
    let empty = words(&["*", "\u{200B}"]);
    assert_eq!(empty.find("anything"), []);
}

#[test]
fn one_entry_is_named_once_and_overlapping_ones_each() {
    assert_eq!(matched(&["red"], "red red red"), ["red"]);
    assert_eq!(
        matched(&["red wine", "wine"], "red wine"),
        ["red wine", "wine"]
    );
}

#[test]
fn settings_out_of_range_are_refused_one_by_one() {
    let settings = Settings {
        reports: -1,
        appeal_days: 0,
        words: vec!["  ok ".to_owned(), "---".to_owned(), "字".repeat(101)],
        ..Settings::default()
    };
    let faults = settings.check().unwrap_err();
    assert_eq!(faults.len(), 4, "{faults:?}");
    let tidy = Settings {
        words: vec![
            "b".to_owned(),
            " a ".to_owned(),
            "b".to_owned(),
            String::new(),
        ],
        ..Settings::default()
    };
    assert_eq!(tidy.check().unwrap().words, ["a", "b"]);
}

#[test]
fn settings_from_an_older_site_get_the_defaults_for_what_is_new() {
    let read: Settings = serde_json::from_str(r#"{"premoderate":"everyone"}"#).unwrap();
    assert_eq!(read.premoderate, Premoderate::Everyone);
    assert_eq!(read.appeal_days, Settings::default().appeal_days);
}
