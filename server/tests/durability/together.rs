//! Two servers over one PostgreSQL, and many people who vote and reply on both at once.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use partake_store::Store;
use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

use crate::{
    client::{Answer, Connection, Server},
    database::Database,
    number, runtime,
};

const PEOPLE: usize = 64;
const PASSWORD: &str = "seven%20grey%20herons%20wait";
/// For so long a reader waits for what was written.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody with a browser that knows both servers as one site.
struct Person {
    number: usize,
    cookie: String,
    connections: [Connection; 2],
}

impl Person {
    fn sign_up(number: usize, addresses: [SocketAddr; 2]) -> Self {
        let mut connections =
            addresses.map(|address| Connection::open(address).expect("it listens"));
        let form = format!("handle=somebody-{number}&password={PASSWORD}&again={PASSWORD}");
        let request = post("/en/account/sign-up", "", number, &form);
        let answer = connections[number % 2].answer(&request).expect("an answer");
        assert_eq!(
            answer.status,
            303,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        Self {
            number,
            cookie: answer.cookie.expect("a session"),
            connections,
        }
    }

    fn post(&mut self, server: usize, path: &str, form: &str) -> Answer {
        let request = post(path, &self.cookie, self.number, form);
        self.connections[server % 2]
            .answer(&request)
            .expect("an answer")
    }
}

/// A form, from an address of one's own.
fn post(path: &str, cookie: &str, person: usize, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.{}.{}\r\n\
         Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        person / 250,
        person % 250,
        form.len()
    )
    .into_bytes()
}

/// The comment that a redirect leads to.
fn written(answer: &Answer) -> String {
    assert_eq!(
        answer.status,
        303,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    let path = answer.location.split(['?', '#']).next().expect("a path");
    path.to_owned()
}

/// Hears of new comments on one server until `over`.
fn hear(address: SocketAddr, thread: &str, heard: &Mutex<BTreeSet<String>>, over: &AtomicBool) {
    let mut connection = Connection::open(address).expect("it listens");
    let request = format!("GET {thread}/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
    connection.send(request.as_bytes()).expect("it is sent");
    while !over.load(Ordering::Relaxed) {
        let Some(line) = connection.line() else {
            return;
        };
        if let Some(comment) = line.strip_prefix("data: ") {
            heard.lock().expect("ours").insert(comment.to_owned());
        }
    }
}

async fn count(store: &Store, query: &str) -> i64 {
    let db = store.connection();
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), query);
    let row = db.query_one_raw(statement).await.expect("it is read");
    row.expect("a row").try_get("", "n").expect("a number")
}

/// Nothing is lost: what people were told is there, and every counter is what a recount gives.
async fn recount(database: &str, replies: usize, votes: i64, target: &str) {
    let store = Store::connect(database).await.expect("it opens");
    let said = "SELECT count(*) AS n FROM comment WHERE body LIKE 'said by %'";
    assert_eq!(
        count(&store, said).await,
        i64::try_from(replies).expect("small")
    );
    let score = format!("SELECT score AS n FROM comment WHERE id = {target}");
    assert_eq!(
        count(&store, &score).await,
        votes,
        "the last vote of each person"
    );
    for (what, wrong) in [
        (
            "votes",
            "SELECT count(*) AS n FROM comment c WHERE c.score <>
                (SELECT coalesce(sum(v.value), 0) FROM comment_vote v WHERE v.comment_id = c.id)
                OR c.up <> (SELECT count(*) FROM comment_vote v
                    WHERE v.comment_id = c.id AND v.value > 0)",
        ),
        (
            "replies",
            "SELECT count(*) AS n FROM comment c WHERE c.reply_count <>
                (SELECT count(*) FROM comment r WHERE r.parent_id = c.id)",
        ),
        (
            "what is below",
            "SELECT count(*) AS n FROM comment c WHERE c.descendant_count <>
                (SELECT count(*) FROM comment r WHERE r.id <> c.id
                    AND substr(r.path, 1, length(c.path)) = c.path)",
        ),
        (
            "the newest below",
            "SELECT count(*) AS n FROM comment c WHERE c.active <>
                (SELECT max(r.id) FROM comment r WHERE substr(r.path, 1, length(c.path)) = c.path)",
        ),
        (
            "sizes of threads",
            "SELECT count(*) AS n FROM thread t WHERE t.comment_count <>
                (SELECT count(*) FROM comment c WHERE c.thread_id = t.id)",
        ),
        (
            "words to search",
            "SELECT count(*) AS n FROM comment c
            WHERE NOT EXISTS (SELECT 1 FROM comment_search s WHERE s.comment_id = c.id)",
        ),
    ] {
        assert_eq!(count(&store, wrong).await, 0, "{what}");
    }
    store.close().await.expect("it closes");
}

/// Sends the listeners home even when somebody gives up: otherwise they would listen for ever.
struct Closing<'a>(&'a AtomicBool);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
#[ignore = "long: on a machine with other work the servers say that they are busy"]
fn sixty_four_people_on_two_servers_lose_nothing_and_readers_of_both_hear_everything() {
    let Some(database) = Database::create("together") else {
        return;
    };
    // More than this from one person in ten minutes is looked at first.
    let rounds = number("PARTAKE_TOGETHER_ROUNDS", 5).min(14);
    let folder = TempDir::new().expect("a folder");
    let url = database.url();
    let hops = ["--trusted-hops", "1"];
    let servers = [0, 1].map(|_| Server::start_with(folder.path(), &url, &hops));
    let addresses = [servers[0].address, servers[1].address];

    let mut opener = Person::sign_up(PEOPLE, addresses);
    let form = "about=&title=Who%20decides%3F&body=opening";
    let thread = written(&opener.post(0, "/en/discuss/new", form));
    let target = written(&opener.post(1, &format!("{thread}/reply"), "body=target"));
    let heard = [Mutex::default(), Mutex::default()];
    let over = AtomicBool::new(false);
    let said = std::thread::scope(|scope| {
        let _closing = Closing(&over);
        for (address, heard) in addresses.into_iter().zip(&heard) {
            let thread = &thread;
            let over = &over;
            scope.spawn(move || hear(address, thread, heard, over));
        }
        // Both have to listen before anything is counted.
        for turn in 0.. {
            let listening = || {
                heard
                    .iter()
                    .all(|heard| !heard.lock().expect("ours").is_empty())
            };
            if listening() {
                break;
            }
            assert!(turn < 10, "both servers pass on what either takes");
            written(&opener.post(turn, &format!("{thread}/reply"), "body=anybody%20there%3F"));
            let since = Instant::now();
            while !listening() && since.elapsed() < Duration::from_secs(1) {
                std::thread::park_timeout(Duration::from_millis(10));
            }
        }
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                let (thread, target) = (&thread, &target);
                scope.spawn(move || talk(number, addresses, thread, target, rounds))
            })
            .collect();
        let said: BTreeSet<String> = people
            .into_iter()
            .flat_map(|person| person.join().expect("nobody gives up"))
            .collect();
        let missed = || {
            heard.each_ref().map(|heard| {
                let heard = heard.lock().expect("ours");
                said.difference(&heard).count()
            })
        };
        let since = Instant::now();
        while missed() != [0, 0] && since.elapsed() < PATIENCE {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        let missed = missed();
        over.store(true, Ordering::Relaxed);
        // Whoever listens hears this, and leaves.
        written(&opener.post(0, &format!("{thread}/reply"), "body=that%20is%20all"));
        assert_eq!(missed, [0, 0], "readers of both servers hear every reply");
        said
    });
    assert_eq!(said.len(), PEOPLE * rounds);
    let votes = (0..PEOPLE).map(|number| vote(number, rounds - 1).1).sum();
    runtime().block_on(recount(&url, said.len(), votes, id(&target)));
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

/// What somebody votes in a round, and what it counts.
fn vote(number: usize, round: usize) -> (&'static str, i64) {
    [("vote=up", 1), ("vote=down", -1), ("vote=none", 0)][(number + round) % 3]
}

/// Votes and replies in turn, on one server and the other; gives the ids of what was written.
fn talk(
    number: usize,
    addresses: [SocketAddr; 2],
    thread: &str,
    target: &str,
    rounds: usize,
) -> Vec<String> {
    let mut person = Person::sign_up(number, addresses);
    let mut said = Vec::new();
    let mut parent = target.to_owned();
    for round in 0..rounds {
        let voted = person.post(
            number + round,
            &format!("{target}/vote"),
            vote(number, round).0,
        );
        assert_eq!(voted.status, 303);
        let body = format!("body=said%20by%20{number}%20in%20round%20{round}");
        let answer = person.post(number + round + 1, &format!("{parent}/reply"), &body);
        parent = written(&answer);
        said.push(id(&parent).to_owned());
        if round % 2 == 1 {
            // To the thread again, so that roots are counted too.
            parent = thread.to_owned();
        }
    }
    said
}
