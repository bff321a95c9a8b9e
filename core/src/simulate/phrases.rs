//! What simulated people write.

use super::dice::Dice;
use crate::lang::Lang;

const CONDITION_ZH: [&str; 9] = [
    "我说不同意的时候，事情真的会停下来，而不是多填一张表。",
    "领导让系统先出排班，我只能点“已阅”。后来我们争取到每周可以换两次班，我才觉得这张表里有我。",
    "至少要让我知道它为什么这么判。看不懂理由，点头就只是走过场。",
    "开头那个问题是我提的。选项都摆好了再叫我选，我只是在挑。",
    "没有它我也能做出来，这时候用它，才算是我在用它。",
    "出了事别只找最后点确认的那个人。",
    "给我时间。十分钟看三十份材料，谁都只能放行。",
    "前几天我把它写的通知全删了，自己重写。慢一点，但那是我说的话。",
    "参与就是结果会因为我不一样。",
];

const CONDITION_EN: [&str; 9] = [
    "If I say no, something has to change. Otherwise I am just a signature.",
    "I asked why my application was ranked low and nobody could tell me. That is not taking part.",
    "When the first idea is mine. Picking from three drafts somebody else prepared is shopping.",
    "Being able to do it without the tool. Then using the tool is a choice.",
    "Time. If I get two minutes per case, I am a rubber stamp however good my judgement is.",
    "Last month we were asked before the new system came in, and two of our points were taken up. It felt different.",
    "Knowing whose life it touches, and having met at least some of them.",
    "I should answer for what I decide, and not for what was decided before it reached me.",
    "The result would have been different without me.",
];

const KEEP_ZH: [&str; 10] = [
    "照顾孩子",
    "教育孩子",
    "看病做诊断",
    "写信",
    "道歉",
    "判案",
    "陪伴老人",
    "做饭",
    "写诗",
    "选择和谁在一起",
];

const KEEP_EN: [&str; 10] = [
    "Raising children",
    "Teaching",
    "Judging in court",
    "Saying sorry",
    "Caring for the old",
    "Writing letters",
    "Cooking",
    "Deciding on war",
    "Diagnosis",
    "Making music",
];

const STATEMENT_ZH: [&str; 4] = [
    "系统出错时，应该先停用，再查原因。",
    "学校里应该留一门不许用 AI 的课。",
    "每个人都应该能看到系统给自己打的分。",
    "用 AI 省下的钱，应该先用来涨工资。",
];

const STATEMENT_EN: [&str; 4] = [
    "A system that errs should be switched off before it is fixed.",
    "Every school should keep one class without AI.",
    "People should be able to see the scores systems give them.",
    "Money saved by AI should go into wages first.",
];

const OTHER_ZH: [&str; 4] = [
    "公司网络打不开",
    "给家里老人读新闻",
    "准备面试",
    "还没轮到我们部门",
];

const OTHER_EN: [&str; 4] = [
    "Costs too much",
    "Preparing interviews",
    "Reading news aloud",
    "Our office is not there yet",
];

/// A text for a question; none for a question that nothing is known about.
pub(super) fn text(question: &str, lang: Lang, dice: &mut Dice<'_>) -> Option<String> {
    let phrases: &[&str] = match (question, lang) {
        ("open_condition", Lang::Zh) => &CONDITION_ZH,
        ("open_condition", Lang::En) => &CONDITION_EN,
        ("keep_human", Lang::Zh) => &KEEP_ZH,
        ("keep_human", Lang::En) => &KEEP_EN,
        ("new_statement", Lang::Zh) => &STATEMENT_ZH,
        ("new_statement", Lang::En) => &STATEMENT_EN,
        ("other", Lang::Zh) => &OTHER_ZH,
        ("other", Lang::En) => &OTHER_EN,
        _ => return None,
    };
    dice.one(phrases).map(|text| (*text).to_owned())
}
