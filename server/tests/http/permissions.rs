//! Every route and method against every role, by the one table of routes and the one function that
//! decides.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use partake_core::{
    forum::{
        Action, Actor, CommentState, Reason, Restriction, Role, Target,
        access::{Need, ROUTES, route},
        may,
    },
    lang::Lang,
};
use partake_server::router::routed;
use partake_store::forum::{Act, Decision, Sentence};

use crate::support::{Answer, TestSite, Visitor};

const PASSWORD: &str = "seven grey herons wait";

/// The paths that the router has, and the methods of each.
async fn routes(site: &TestSite) -> Vec<(String, Vec<Method>)> {
    // The router shows its paths in its debug output alone.
    let shown = format!("{:?}", routed(site.state.clone()).unwrap());
    let paths: BTreeSet<&str> = shown
        .split('"')
        .filter(|text| text.starts_with('/') && !text.contains("__private"))
        .collect();
    assert!(
        paths.contains("/{lang}/account/delete") && paths.len() > 60,
        "the router shows its paths no more: {paths:?}"
    );
    let mut found = Vec::new();
    for path in paths {
        let request = Request::builder()
            .method(Method::TRACE)
            .uri(example(path, "1", "1"))
            .body(Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        let allowed = answer
            .headers
            .get(header::ALLOW)
            .map(|v| v.to_str().unwrap());
        let allowed = allowed.unwrap_or_else(|| panic!("{path} names no methods"));
        let methods = allowed
            .split(',')
            .map(|name| name.trim().parse::<Method>().unwrap())
            .filter(|method| method != Method::HEAD)
            .collect();
        found.push((path.to_owned(), methods));
    }
    found
}

/// A request's path for a path of the router.
fn example(path: &str, thread: &str, comment: &str) -> String {
    path.replace("{lang}", "en")
        .replace("{survey}", "partake_core")
        .replace("{thread}", thread)
        .replace("{comment}", comment)
        .replace("{section}", "background")
        .replace("{version}", "1")
        .split('/')
        .map(|part| if part.starts_with('{') { "1" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_route_has_an_entry_for_each_of_its_methods() {
    let site = TestSite::new().await;
    let mut missing = Vec::new();
    for (path, methods) in routes(&site).await {
        for method in methods {
            let entry = route(&path).and_then(|route| match method {
                Method::GET => route.read,
                Method::POST => route.write,
                _ => None,
            });
            if entry.is_none() {
                missing.push(format!("{method} {path}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "not in core/src/forum/access.rs:\n{}",
        missing.join("\n")
    );
}

#[tokio::test]
async fn every_entry_is_a_route_of_the_router_with_exactly_its_methods() {
    let site = TestSite::new().await;
    let mut offered: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, methods) in routes(&site).await {
        let entry = route(&path).map_or(path.as_str(), |route| route.path);
        let known = offered.entry(entry.to_owned()).or_default();
        known.extend(methods.iter().map(ToString::to_string));
    }
    let mut stale = Vec::new();
    for entry in ROUTES {
        let methods = offered.remove(entry.path).unwrap_or_default();
        for (method, need) in [("GET", entry.read), ("POST", entry.write)] {
            if need.is_some() != methods.contains(method) {
                stale.push(format!("{method} {}", entry.path));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "in core/src/forum/access.rs, but not in the router:\n{}",
        stale.join("\n")
    );
}

/// Somebody who comes, with what they wrote before.
struct Caller<'a> {
    name: String,
    visitor: Visitor<'a>,
    id: String,
    role: Option<Role>,
    held_back: Option<Restriction>,
    /// The last is asked about; deleting takes it away.
    own_comments: Vec<String>,
}

impl Caller<'_> {
    fn actor(&self) -> Actor<'_> {
        match (self.role, self.held_back) {
            (None, _) => Actor::Visitor,
            (Some(_), Some(by)) => Actor::Restricted { id: &self.id, by },
            (Some(role), None) => Actor::Account { id: &self.id, role },
        }
    }

    fn own_comment(&self) -> String {
        self.own_comments.last().cloned().unwrap()
    }
}

/// Holds an account back by a decision of `judge`, as the site does it.
async fn hold_back(site: &TestSite, judge: &str, account: &str, by: Restriction) {
    let now_ms = site.state.clock.now_ms();
    let in_a_month = Some(now_ms + 30 * 86_400_000);
    let (act, until_ms) = match by {
        Restriction::Warned => (Act::Warn, None),
        Restriction::Silenced => (Act::Silence, in_a_month),
        Restriction::Suspended => (Act::Suspend, in_a_month),
        Restriction::Banned => (Act::Ban, None),
    };
    let sentence = Sentence {
        act,
        reason: Reason::Abuse,
        note: "That was an insult.",
        lang: Lang::En,
        until_ms,
        survey: "partake_core",
        now_ms,
    };
    let judge = Actor::Account {
        id: judge,
        role: Role::Owner,
    };
    let store = &site.state.store;
    store.sanction(judge, account, &sentence).await.unwrap();
    let held = store.restriction(account, now_ms).await.unwrap();
    assert_eq!(held, Some(by));
}

/// Nobody; each role; and a member and a moderator under each restriction, who have each written
/// `comments` comments. The judge is nobody of them.
async fn callers<'a>(site: &'a TestSite, thread: &str, comments: usize) -> Vec<Caller<'a>> {
    let (_, judge) = join(site, "The-judge").await;
    site.state
        .store
        .set_role(&judge, Role::Owner)
        .await
        .unwrap();
    // The first entry of the log is about nobody: what asks about it finds nobody's decision.
    let pin = Decision {
        act: Act::Pin,
        reason: None,
        note: "",
        seen: None,
        now_ms: site.state.clock.now_ms(),
    };
    let judging = Actor::Account {
        id: &judge,
        role: Role::Owner,
    };
    let thread_id = thread.rsplit('/').next().unwrap().parse().unwrap();
    let store = &site.state.store;
    store.decide_thread(judging, thread_id, pin).await.unwrap();
    let mut callers = vec![Caller {
        name: "nobody".to_owned(),
        visitor: site.visitor(),
        id: String::new(),
        role: None,
        held_back: None,
        own_comments: Vec::new(),
    }];
    let free = [
        ("Some-member", Role::Member),
        ("Some-scholar", Role::Researcher),
        ("Some-keeper", Role::Moderator),
        ("Some-master", Role::Owner),
    ];
    let free = free.map(|(name, role)| (name.to_owned(), role, None));
    let held = Restriction::ALL.into_iter().flat_map(|by| {
        [("member", Role::Member), ("keeper", Role::Moderator)]
            .map(|(name, role)| (format!("{by:?}-{name}"), role, Some(by)))
    });
    for (name, role, held_back) in free.into_iter().chain(held) {
        let (mut visitor, id) = join(site, &name).await;
        let mut own_comments = Vec::new();
        for _ in 0..comments {
            site.advance(60_000);
            own_comments.push(reply(&mut visitor, thread).await);
        }
        store.set_role(&id, role).await.unwrap();
        if let Some(by) = held_back {
            hold_back(site, &judge, &id, by).await;
        }
        callers.push(Caller {
            name,
            visitor,
            id,
            role: Some(role),
            held_back,
            own_comments,
        });
    }
    callers
}

fn path(location: &str) -> String {
    location.split(['?', '#']).next().unwrap().to_owned()
}

async fn join<'a>(site: &'a TestSite, handle: &str) -> (Visitor<'a>, String) {
    let mut visitor = site.visitor();
    let form = [
        ("handle", handle),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    visitor
        .post("/en/account/sign-up", &form)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let account = site
        .state
        .store
        .account_by_handle(&handle.to_lowercase())
        .await;
    (visitor, account.unwrap().unwrap().id)
}

async fn reply(visitor: &mut Visitor<'_>, thread: &str) -> String {
    let answer = visitor
        .post(&format!("{thread}/reply"), &[("body", "some words")])
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
    path(answer.location())
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned()
}

/// Everything that some form of the site asks for, so that nothing but who sends it stands in the
/// way.
const FULL: [(&str, &str); 11] = [
    ("about", ""),
    ("title", "A title of mine"),
    ("body", "some other words"),
    ("vote", "up"),
    ("reason", "other"),
    ("note", "a note"),
    ("lang", "en"),
    ("verdict", "keep"),
    ("current", PASSWORD),
    ("password", "a plinth, an ox, a lamp"),
    ("again", "a plinth, an ox, a lamp"),
];

/// Sent away: refused, told to sign in, or told that there is nothing to be found.
fn refused(answer: &Answer) -> bool {
    let to_sign_in = answer.status == StatusCode::SEE_OTHER
        && answer.location().starts_with("/en/account?next=");
    to_sign_in
        || matches!(
            answer.status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        )
}

#[tokio::test]
async fn every_route_treats_every_role_as_the_table_says() {
    let site = TestSite::new().await;
    let (mut host, _) = join(&site, "Hostess").await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "I do")];
    let opened = host.post("/en/discuss/new", &form).await;
    let thread = path(opened.location());
    let thread_id = thread.rsplit('/').next().unwrap().to_owned();
    let theirs = reply(&mut host, &thread).await;

    // Deleting has a route for the featured survey and one for every survey.
    let mut callers = callers(&site, &thread, 3).await;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (path, methods) in routes(&site).await {
        // It ends what the other requests need; a stream has no end to wait for.
        if path.ends_with("/account/sign-out") || path.ends_with("/live") {
            continue;
        }
        let entry = route(&path).expect("an entry");
        for method in methods {
            let need = if method == Method::GET {
                entry.read
            } else {
                entry.write
            };
            for caller in &mut callers {
                site.advance(60_000);
                let own = matches!(
                    need,
                    Some(Need::Act(Action::Edit | Action::Delete | Action::Mend))
                );
                let own = own && caller.role.is_some();
                let comment = if own {
                    caller.own_comment()
                } else {
                    theirs.clone()
                };
                let uri = example(&path, &thread_id, &comment);
                let allowed = match need.expect("an entry for the method") {
                    Need::Nothing => true,
                    Need::Account => caller.role.is_some(),
                    Need::Act(action) => {
                        let target = if path.contains("{comment}") {
                            Target::Comment {
                                author: own.then_some(caller.id.as_str()),
                                state: if action == Action::Mend {
                                    CommentState::Withheld
                                } else {
                                    CommentState::Visible
                                },
                                locked: false,
                            }
                        } else if path.contains("{thread}") {
                            Target::Thread { locked: false }
                        } else {
                            Target::Site
                        };
                        may(caller.actor(), action, target).is_ok()
                    }
                };
                let answer = if method == Method::GET {
                    let act = if path.ends_with("{thread}") {
                        "lock"
                    } else {
                        "remove"
                    };
                    let query = if path.contains("/moderation/") {
                        format!("?act={act}")
                    } else {
                        String::new()
                    };
                    caller.visitor.get(&format!("{uri}{query}")).await
                } else if allowed {
                    // Sent empty: what may be done fails for its content at most.
                    caller.visitor.post(&uri, &[]).await
                } else {
                    let act = match path.rsplit('/').next().unwrap_or_default() {
                        "{thread}" => "lock",
                        "{comment}" if path.contains("/case/") => "claim",
                        "review" => "1",
                        "sentences" => "add",
                        _ => "remove",
                    };
                    let mut full = FULL.to_vec();
                    full.push(("act", act));
                    caller.visitor.post(&uri, &full).await
                };
                asked += 1;
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {uri}: {}",
                    answer.status
                );
                // Examples of things that are not there say nothing about who may see them.
                let not_there = answer.status == StatusCode::NOT_FOUND;
                let sent_away = refused(&answer) && !(allowed && not_there);
                if sent_away == allowed {
                    wrong.push(format!(
                        "{method} {uri} as {}: {} {}",
                        caller.name,
                        answer.status,
                        if allowed {
                            "though it is allowed"
                        } else {
                            "though it is not"
                        },
                    ));
                }
                if own && allowed && method == Method::POST && path.ends_with("/delete") {
                    caller.own_comments.pop();
                }
            }
        }
    }
    assert!(asked > 2_000, "{asked} requests");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What a form of a moderator's sends for an act, everything that it could ask for included.
fn act_form(act: Act) -> Vec<(&'static str, &'static str)> {
    let mut form = FULL.to_vec();
    form.extend([
        ("act", act.as_str()),
        ("outcome", act.as_str()),
        ("sanction", "1"),
        ("seconds", "60"),
        ("days", "3"),
    ]);
    form
}

#[tokio::test]
async fn every_act_is_kept_from_whoever_the_table_keeps_it_from() {
    let site = TestSite::new().await;
    let (mut host, host_id) = join(&site, "Hostess").await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "I do")];
    let opened = host.post("/en/discuss/new", &form).await;
    let thread = path(opened.location());
    let thread_id = thread.rsplit('/').next().unwrap().to_owned();
    let theirs = reply(&mut host, &thread).await;
    let mut callers = callers(&site, &thread, 0).await;
    let entries = async || site.state.store.log_head().await.unwrap().entries;
    let before = entries().await;
    let (mut wrong, mut kept) = (Vec::new(), 0);
    for act in Act::ALL {
        let place = match act {
            // Nobody's act: rules of the pipeline withhold.
            Act::Hold => continue,
            Act::Warn | Act::Silence | Act::Suspend | Act::Ban | Act::Lift => {
                format!("/en/moderation/account/{host_id}")
            }
            Act::Lock
            | Act::Unlock
            | Act::Pin
            | Act::Unpin
            | Act::Slow
            | Act::Move
            | Act::Premoderate
            | Act::Unpremoderate => format!("/en/moderation/thread/{thread_id}"),
            Act::Uphold | Act::Overturn => "/en/moderation/appeals/1".to_owned(),
            Act::Configure => "/en/moderation/settings".to_owned(),
            Act::Rule => "/en/moderation/rules/abuse".to_owned(),
            Act::Remove
            | Act::Restore
            | Act::Dismiss
            | Act::Approve
            | Act::Withhold
            | Act::LockBranch
            | Act::UnlockBranch => format!("/en/moderation/comment/{theirs}"),
        };
        for caller in &mut callers {
            if may(caller.actor(), act.action(), Target::Site).is_ok() {
                continue;
            }
            let answer = caller.visitor.post(&place, &act_form(act)).await;
            kept += 1;
            if !refused(&answer) {
                wrong.push(format!("{act} as {}: {}", caller.name, answer.status));
            }
        }
    }
    assert!(kept >= 24 * 11, "{kept} tried");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(entries().await, before, "nothing of it happened");
}

type Fields<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn whoever_is_held_back_keeps_exactly_what_the_table_leaves_them() {
    let site = TestSite::new().await;
    let (mut host, _) = join(&site, "Hostess").await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "I do")];
    let opened = host.post("/en/discuss/new", &form).await;
    let thread = path(opened.location());
    let theirs = reply(&mut host, &thread).await;
    let mut wrong = Vec::new();
    for caller in &mut callers(&site, &thread, 1).await {
        let Some(by) = caller.held_back else { continue };
        let own = caller.own_comment();
        let words = [("body", "some more words")];
        let vote = [("vote", "up")];
        let report = [("reason", "abuse"), ("note", "")];
        let asked: [(Action, String, Fields<'_>); 6] = [
            (Action::Reply, format!("{thread}/{theirs}/reply"), &words),
            (Action::Edit, format!("{thread}/{own}/edit"), &words),
            (Action::Vote, format!("{thread}/{theirs}/vote"), &vote),
            (Action::Report, format!("{thread}/{theirs}/report"), &report),
            (
                Action::StartThread,
                "/en/discuss/new".to_owned(),
                &[("about", ""), ("title", "Mine"), ("body", "words")],
            ),
            (Action::Delete, format!("{thread}/{own}/delete"), &[]),
        ];
        for (action, to, form) in asked {
            site.advance(60_000);
            let allowed = may(caller.actor(), action, Target::Site).is_ok();
            let answer = caller.visitor.post(&to, form).await;
            let done = answer.status == StatusCode::SEE_OTHER && !refused(&answer);
            if done != allowed || refused(&answer) == allowed {
                wrong.push(format!(
                    "{action:?} as {} ({by:?}): {}",
                    caller.name, answer.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
