//! The rule that a draft comes near to, said while it is being written. It refuses nothing: it is
//! a guess by a few words, and people decide.

use super::Reason;

const IDENTIFIES: [&str; 14] = [
    "我选了",
    "我选的是",
    "我填了",
    "我填的",
    "我的回答是",
    "我答的",
    "我勾",
    "回执码",
    "i answered",
    "i ticked",
    "i chose option",
    "my answer was",
    "my receipt",
    "i selected",
];
const ABUSE: [&str; 14] = [
    "傻逼",
    "白痴",
    "脑残",
    "滚蛋",
    "蠢货",
    "废物",
    "闭嘴",
    "去死",
    "you idiot",
    "you are stupid",
    "you're stupid",
    "shut up",
    "moron",
    "you people",
];
/// Links from which on a text looks like an advertisement.
const LINKS: usize = 4;

/// The rule, if one is near.
#[must_use]
pub fn nudge(text: &str) -> Option<Reason> {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&IDENTIFIES) {
        Some(Reason::Identifies)
    } else if says(&ABUSE) {
        Some(Reason::Abuse)
    } else if text.matches("://").count() >= LINKS {
        Some(Reason::Spam)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_is_named() {
        assert_eq!(nudge("我选了第二项，因为……"), Some(Reason::Identifies));
        assert_eq!(
            nudge("In the survey I ticked “never”."),
            Some(Reason::Identifies)
        );
        assert_eq!(nudge("Shut up already"), Some(Reason::Abuse));
        assert_eq!(nudge(&"https://a.example ".repeat(4)), Some(Reason::Spam));
        assert_eq!(nudge("这个问题问得好"), None);
    }
}
