//! Notices by mail, handed to a small server of the test's own.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use partake_core::forum::Role;
use partake_server::mail::deliver_due;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{
    moderation::{Scene, account, scene},
    support::{TestSite, Visitor},
};

/// A server that takes mail, or does not.
struct Post {
    url: String,
    refuses: Arc<AtomicBool>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Post {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let refuses = Arc::new(AtomicBool::new(false));
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (no, into) = (Arc::clone(&refuses), Arc::clone(&taken));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&no), Arc::clone(&into)));
            }
        });
        Self {
            url,
            refuses,
            taken,
        }
    }

    /// Takes out what was handed in: recipient, subject and text of each.
    fn letters(&self) -> Vec<Letter> {
        let raw = std::mem::take(&mut *self.taken.lock().unwrap());
        raw.iter().map(|raw| Letter::read(raw)).collect()
    }
}

async fn serve(stream: TcpStream, refuses: Arc<AtomicBool>, taken: Arc<Mutex<Vec<String>>>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 post.test\r\n").await.unwrap();
    let mut letter = String::new();
    let mut data = false;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer: &[u8] = match line.split([' ', ':']).next().unwrap_or_default() {
            "." if data => {
                data = false;
                taken.lock().unwrap().push(std::mem::take(&mut letter));
                b"250 taken\r\n"
            }
            _ if data => {
                letter += line.strip_prefix('.').unwrap_or(&line);
                letter.push('\n');
                continue;
            }
            "EHLO" | "HELO" => b"250 post.test\r\n",
            "MAIL" if refuses.load(Ordering::Relaxed) => b"451 not now\r\n",
            "DATA" => {
                data = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        if writer.write_all(answer).await.is_err() {
            return;
        }
    }
}

#[derive(Debug)]
struct Letter {
    head: String,
    text: String,
}

impl Letter {
    fn read(raw: &str) -> Self {
        let (head, body) = raw.split_once("\n\n").unwrap();
        let head = head.replace("\n ", " ");
        let text = if head.contains("Encoding: base64") {
            String::from_utf8(STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap()
        } else if head.contains("Encoding: quoted-printable") {
            quoted_printable(body)
        } else {
            body.to_owned()
        };
        Self { head, text }
    }

    /// The path of the first link to this site in it.
    fn link(&self) -> &str {
        let at = self.text.find("/account/mail?token=").unwrap() - "/en".len();
        self.text[at..].split_whitespace().next().unwrap()
    }
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'=', [high, low, after @ ..]) => {
                let digits = String::from_utf8(vec![*high, *low]).unwrap();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                rest = after;
            }
            (other, after) => {
                bytes.push(*other);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

async fn site(post: &Post) -> TestSite {
    let options = ["--smtp-url", &post.url, "--mail-from", "notices@site.test"];
    TestSite::with_options(&options).await
}

const PAGE: &str = "/en/account/mail";

/// Gives an address and confirms it with the link that came there.
async fn confirmed(site: &TestSite, post: &Post, person: &mut Visitor<'_>, address: &str) {
    person
        .submit(PAGE, &[("act", "ask"), ("address", address)])
        .await;
    assert_eq!(deliver_due(&site.state).await.unwrap(), 1);
    let letter = post.letters().remove(0);
    let page = person.get(letter.link()).await;
    assert!(page.body.contains(address), "{}", page.body);
    let token = letter.link().split_once("token=").unwrap().1.to_owned();
    let page = person
        .submit(PAGE, &[("act", "confirm"), ("token", &token)])
        .await;
    assert!(
        page.body.contains("Your address is confirmed"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_site_without_a_server_for_mail_offers_none() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let page = ann.get(PAGE).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("sends no e-mail") && !page.body.contains("name=\"address\""));
    ann.post(PAGE, &[("act", "ask"), ("address", "ann@mail.test")])
        .await
        .assert_status(StatusCode::BAD_REQUEST);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 0);
}

#[tokio::test]
async fn an_address_is_confirmed_told_once_an_hour_and_deleted() {
    let post = Post::open().await;
    let site = site(&post).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let Scene { thread, id, .. } = scene(&mut ann).await;
    let reply = format!("{thread}/reply");
    ben.post(&reply, &[("body", "before anybody asked")]).await;
    confirmed(&site, &post, &mut ann, "ann@mail.test").await;
    assert_eq!(
        deliver_due(&site.state).await.unwrap(),
        0,
        "what was before is not told"
    );

    ben.post(&reply, &[("body", "a secret recipe")]).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let remove = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", "Speak of the claim."),
    ];
    mia.submit(&format!("/en/moderation/comment/{id}"), &remove)
        .await;
    assert_eq!(deliver_due(&site.state).await.unwrap(), 1);
    let letter = post.letters().remove(0);
    assert!(letter.head.contains("To: ann@mail.test"), "{}", letter.head);
    assert!(letter.head.contains("notices@site.test"));
    assert!(letter.head.contains("Auto-Submitted: auto-generated"));
    assert!(letter.head.contains("2 notices for you"), "{}", letter.head);
    assert!(
        letter.text.contains("Somebody replied to you."),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("A moderator decided something"));
    assert!(letter.text.contains("/en/discuss/notices"));
    for word in ["secret", "Ben", "Speak of", "Who decides"] {
        assert!(!letter.text.contains(word), "{word} is nobody's on the way");
    }

    ben.post(&reply, &[("body", "and another one")]).await;
    assert_eq!(
        deliver_due(&site.state).await.unwrap(),
        0,
        "not within the hour"
    );
    site.advance(3_600_001);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 1);
    let letter = post.letters().remove(0);
    assert!(letter.head.contains("1 notice for you"), "{}", letter.head);

    // What was read on the site meanwhile is not told.
    ben.post(&reply, &[("body", "read at once")]).await;
    ann.submit("/en/discuss/notices", &[]).await;
    site.advance(3_600_001);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 0);

    let export = ann.get("/en/account/export").await.json();
    assert_eq!(export["mail"]["address"], "ann@mail.test");
    let page = ann.submit(PAGE, &[("act", "forget")]).await;
    assert!(page.body.contains("The address is deleted"));
    ben.post(&reply, &[("body", "into the void")]).await;
    site.advance(3_600_001);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 0);
    let ann_id = site
        .state
        .store
        .account_by_handle("ann")
        .await
        .unwrap()
        .unwrap()
        .id;
    assert_eq!(site.state.store.mail_of(&ann_id).await.unwrap(), None);
}

#[tokio::test]
async fn mail_is_in_the_language_it_was_asked_for_in() {
    let post = Post::open().await;
    let site = site(&post).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    ann.submit(
        "/zh/account/mail",
        &[("act", "ask"), ("address", "ann@mail.test")],
    )
    .await;
    assert_eq!(deliver_due(&site.state).await.unwrap(), 1);
    let letter = post.letters().remove(0);
    assert!(
        letter.text.contains("请求把通知发到这个邮箱"),
        "{}",
        letter.text
    );
    assert!(letter.link().starts_with("/zh/account/mail?token="));
}

#[tokio::test]
async fn a_server_that_fails_blocks_nobody_and_loses_nothing() {
    let post = Post::open().await;
    let site = site(&post).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let Scene { thread, .. } = scene(&mut ann).await;
    confirmed(&site, &post, &mut ann, "ann@mail.test").await;

    post.refuses.store(true, Ordering::Relaxed);
    ben.post(&format!("{thread}/reply"), &[("body", "is anybody there?")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 0);
    assert_eq!(
        deliver_due(&site.state).await.unwrap(),
        0,
        "it waits before it tries again"
    );
    for minutes in [1, 2, 4] {
        site.advance(minutes * 60_000 + 1);
        assert_eq!(deliver_due(&site.state).await.unwrap(), 0);
    }
    post.refuses.store(false, Ordering::Relaxed);
    site.advance(8 * 60_000 + 1);
    assert_eq!(deliver_due(&site.state).await.unwrap(), 1);
    assert!(post.letters()[0].head.contains("1 notice for you"));
    assert!(
        ann.get("/en/discuss/notices")
            .await
            .body
            .contains("replied to you")
    );
}

#[tokio::test]
async fn a_link_confirms_for_its_own_account_and_address_alone() {
    let post = Post::open().await;
    let site = site(&post).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    for bad in [
        "",
        "ann",
        "ann@",
        "ann@mail.test\r\nBcc: ben@mail.test",
        "a b@mail.test",
    ] {
        let answer = ann.post(PAGE, &[("act", "ask"), ("address", bad)]).await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("not an e-mail address"), "{bad:?}");
    }
    ann.submit(PAGE, &[("act", "ask"), ("address", "ann@mail.test")])
        .await;
    deliver_due(&site.state).await.unwrap();
    let letter = post.letters().remove(0);
    let token = letter.link().split_once("token=").unwrap().1.to_owned();
    let confirm = [("act", "confirm"), ("token", token.as_str())];
    let page = ben.submit(PAGE, &confirm).await;
    assert!(page.body.contains("does not hold any more"));
    site.visitor()
        .get(letter.link())
        .await
        .assert_status(StatusCode::SEE_OTHER);

    // Another address takes the place of the first, and its link with it.
    site.advance(60_000);
    ann.submit(PAGE, &[("act", "ask"), ("address", "other@mail.test")])
        .await;
    let page = ann.submit(PAGE, &confirm).await;
    assert!(page.body.contains("does not hold any more"));
    let page = ann.get(PAGE).await;
    assert!(page.body.contains("other@mail.test waits to be confirmed"));
}

#[tokio::test]
async fn nobody_is_written_to_very_often_by_asking() {
    let post = Post::open().await;
    let site = site(&post).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let mut status = StatusCode::OK;
    for _ in 0..6 {
        let ask = [("act", "ask"), ("address", "victim@mail.test")];
        status = ann.post(PAGE, &ask).await.status;
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        deliver_due(&site.state).await.unwrap(),
        1,
        "one link is on its way at a time"
    );
}
