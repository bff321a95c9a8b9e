//! Plausible discussions: threads, replies to replies, reports. The same seed draws the same ones.

use anyhow::Context as _;
use partake_core::{
    forum::{About, Handle, Reason, Role},
    lang::Lang,
};
use partake_store::{
    Store, StoreError,
    accounts::NewAccount,
    forum::{BulkComment, BulkReport, BulkThread, Vote},
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;

use crate::{auth::Auth, entropy, surveys::Wave};

const PEOPLE: usize = 80;
const DAY_MS: i64 = 86_400_000;
/// Days over which the discussion is spread.
const DAYS: i64 = 30;
/// Votes on one comment at most.
const MOST_VOTES: usize = 12;

const NAMES_ZH: [&str; 8] = [
    "晚风", "山茶", "旧书", "听雨", "北岸", "小满", "石桥", "夜航",
];
const NAMES_EN: [&str; 8] = [
    "heron", "plinth", "marrow", "juniper", "ember", "quarry", "lantern", "thistle",
];
const TITLES_ZH: [&str; 6] = [
    "这道题问的到底是什么",
    "系统替我选好之后，我还算选过吗",
    "结果和你身边的情况像吗",
    "责任到了最后一步才落到人身上",
    "有没有一项工作，你不愿意让它替你做",
    "问卷里漏掉了什么",
];
const TITLES_EN: [&str; 6] = [
    "What is this question really asking?",
    "If it was chosen for me, did I choose?",
    "Does the result match what you see around you?",
    "Responsible only at the last step",
    "Is there a task you would not hand over?",
    "What the survey leaves out",
];
const WORDS_ZH: [&str; 10] = [
    "我在单位里的感觉正好相反，流程越顺，越没人问我怎么看。",
    "能不能分开看？**决定权**和**责任**不是一回事。",
    "我同意一半。省下来的时间并没有变成我的时间。",
    "这个数字要小心，样本里年轻人多。",
    "换个角度想，以前也有模板，只是没那么快。",
    "举个例子：审批单自动填好了，我只剩下一个“同意”。",
    "> 系统给建议，人来确认\n\n问题是确认的时候已经没有别的选项了。",
    "我倒觉得轻松了，重复的活少了，想事情的时间多了。",
    "谢谢，这个说法我没想到。",
    "有没有人在医院或者学校工作？你们那边怎么样？",
];
const WORDS_EN: [&str; 10] = [
    "At my work it is the other way round: the smoother it runs, the less anyone asks.",
    "Could we keep *deciding* and *answering for it* apart?",
    "Half agreed. The hours I saved did not become my hours.",
    "Careful with that number: the sample leans young.",
    "We had templates before, too. They were only slower.",
    "An example: the form arrives filled in, and what is left to me is **approve**.",
    "> the system proposes, a person confirms\n\nBy then there is nothing else left to confirm.",
    "I find it lighter. Less repetition, more time to think.",
    "Thank you, I had not seen it that way.",
    "Does anybody here work in a hospital or a school? How is it there?",
];

/// How much is made up.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub threads: u32,
    /// In all threads together; half of them in the first.
    pub comments: u32,
    pub reports: u32,
    pub seed: u64,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub threads: usize,
    pub comments: usize,
    pub reports: usize,
}

/// Makes up a discussion of `wave` that ends at `now_ms`.
pub async fn run(store: &Store, wave: &Wave, plan: Plan, now_ms: i64) -> anyhow::Result<Written> {
    // Comments need a thread to stand in.
    let threads = usize::try_from(plan.threads.max(u32::from(plan.comments > 0)))?;
    if threads == 0 {
        return Ok(Written::default());
    }
    let mut random = ChaCha20Rng::seed_from_u64(plan.seed);
    let people = people(store, now_ms).await?;
    let comments = usize::try_from(plan.comments)?.max(threads);
    let mut left_to_report = usize::try_from(plan.reports)?.min(comments);
    let mut left = comments;
    let mut written = Written::default();
    for number in 0..threads {
        let size = match (number, threads - number) {
            (_, 1) => left,
            (0, others) => (comments / 2).max(1).min(left - (others - 1)),
            (_, others) => (left / others).max(1),
        };
        let mut thread = thread(wave, &people, &mut random, size, now_ms);
        let reports = if threads - number == 1 {
            left_to_report.min(size)
        } else {
            (left_to_report * size)
                .div_ceil(left)
                .min(size)
                .min(left_to_report)
        };
        report(&mut thread, &people, &mut random, reports);
        vote(&mut thread, &people, &mut random);
        left -= size;
        left_to_report -= reports;
        store
            .import_thread(&thread)
            .await
            .context("a thread could not be written")?;
        written.threads += 1;
        written.comments += size;
        written.reports += reports;
    }
    store.analyse().await?;
    Ok(written)
}

/// The people who talk. Their password is random and kept by nobody.
async fn people(store: &Store, now_ms: i64) -> anyhow::Result<Vec<String>> {
    let secret = entropy::bytes::<32>()?.map(|byte| char::from(b'a' + byte % 26));
    let hash = Auth::new()?.passwords.hash(secret.iter().collect()).await?;
    let mut ids = Vec::with_capacity(PEOPLE);
    for number in 0..PEOPLE {
        let name = if number % 4 == 3 {
            NAMES_EN[number / 4 % NAMES_EN.len()]
        } else {
            NAMES_ZH[number / 4 % NAMES_ZH.len()]
        };
        let handle = Handle::parse(&format!("{name}-{number}"))
            .map_err(|fault| anyhow::anyhow!("a made-up handle is refused: {fault}"))?;
        let id = format!("simulated-{number}");
        let new = NewAccount {
            id: id.clone(),
            handle: handle.as_str().to_owned(),
            handle_folded: handle.key().to_owned(),
            password_hash: hash.clone(),
            role: Role::Member,
            created_ms: now_ms - (DAYS + 1) * DAY_MS,
        };
        match store.create_account(new).await {
            Ok(()) => ids.push(id),
            // Made by an earlier run, or the handle is a real person's.
            Err(StoreError::HandleTaken) if store.account_by_id(&id).await?.is_some() => {
                ids.push(id);
            }
            Err(StoreError::HandleTaken) => {}
            Err(error) => return Err(error.into()),
        }
    }
    anyhow::ensure!(
        ids.len() > 1,
        "the made-up handles are taken by real accounts"
    );
    Ok(ids)
}

fn thread(
    wave: &Wave,
    people: &[String],
    random: &mut ChaCha20Rng,
    size: usize,
    now_ms: i64,
) -> BulkThread {
    let lang = lang(random);
    let questions: Vec<&str> = wave.instrument.questions().map(|q| q.id.as_str()).collect();
    let about = if questions.is_empty() || random.random_range(0..4) == 0 {
        About::Survey
    } else {
        let question = questions[random.random_range(0..questions.len())].to_owned();
        About::Question { question }
    };
    let titles = match lang {
        Lang::Zh => &TITLES_ZH,
        Lang::En => &TITLES_EN,
    };
    let begins = now_ms - random.random_range(1..=DAYS) * DAY_MS;
    let step = (now_ms - begins) / i64::try_from(size).unwrap_or(i64::MAX).max(1);
    let mut created_ms = begins;
    let comments = (0..size)
        .map(|index| {
            created_ms += random.random_range(0..=step.max(1));
            BulkComment {
                parent: parent(random, index),
                author: people[random.random_range(0..people.len())].clone(),
                lang,
                body: words(random, lang),
                created_ms: created_ms.min(now_ms),
                votes: Vec::new(),
                report: None,
            }
        })
        .collect();
    BulkThread {
        survey: wave.survey.clone(),
        about,
        title: titles[random.random_range(0..titles.len())].to_owned(),
        comments,
    }
}

/// A third reply to the thread, a third to something said a moment ago, the rest to anything, the
/// early ones most of all. Nobody replies to the opening itself: that is replying to the thread.
fn parent(random: &mut ChaCha20Rng, index: usize) -> Option<usize> {
    if index < 2 {
        return None;
    }
    match random.random_range(0..3) {
        0 => None,
        1 => Some(random.random_range(index.saturating_sub(4).max(1)..index)),
        _ => {
            let most = random.random_range(1..index);
            Some(random.random_range(1..=most))
        }
    }
}

fn report(
    thread: &mut BulkThread,
    people: &[String],
    random: &mut ChaCha20Rng,
    mut reports: usize,
) {
    let size = thread.comments.len();
    for (seen, comment) in thread.comments.iter_mut().enumerate() {
        // Each comment left is as likely as any other.
        let chosen = random.random_range(0..size - seen) < reports;
        if !chosen {
            continue;
        }
        reports -= 1;
        let mut reporter = random.random_range(0..people.len());
        if people[reporter] == comment.author {
            reporter = (reporter + 1) % people.len();
        }
        comment.report = Some(BulkReport {
            reporter: people[reporter].clone(),
            reason: Reason::ALL[random.random_range(0..Reason::ALL.len())],
            note: String::new(),
        });
    }
}

/// Few comments are voted on much, most hardly; three votes in four are for what was said.
fn vote(thread: &mut BulkThread, people: &[String], random: &mut ChaCha20Rng) {
    for comment in &mut thread.comments {
        let most = random.random_range(0..=people.len().min(MOST_VOTES));
        let most = random.random_range(0..=most);
        let votes = random.random_range(0..=most);
        let first = random.random_range(0..people.len());
        for number in 0..votes {
            let voter = &people[(first + number) % people.len()];
            if *voter != comment.author {
                let vote = match random.random_range(0..4) {
                    0 => Vote::Down,
                    _ => Vote::Up,
                };
                comment.votes.push((voter.clone(), vote));
            }
        }
    }
}

fn words(random: &mut ChaCha20Rng, lang: Lang) -> String {
    let bank = match lang {
        Lang::Zh => &WORDS_ZH,
        Lang::En => &WORDS_EN,
    };
    (0..random.random_range(1..=3))
        .map(|_| bank[random.random_range(0..bank.len())])
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn lang(random: &mut ChaCha20Rng) -> Lang {
    if random.random_range(0..4) == 0 {
        Lang::En
    } else {
        Lang::Zh
    }
}
