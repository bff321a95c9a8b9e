//! Every route and method against every role, by the one table of routes and the one function that
//! decides.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use partake_core::forum::{
    Action, Actor, CommentState, Restriction, Role, Target,
    access::{Need, ROUTES, route},
    may,
};

use crate::support::{Answer, TestSite, Visitor};

const PASSWORD: &str = "seven grey herons wait";

/// The paths that the router has, and the methods of each.
async fn routes(site: &TestSite) -> Vec<(String, Vec<Method>)> {
    // The router shows its paths in its debug output alone.
    let shown = format!("{:?}", site.router);
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
    name: &'static str,
    visitor: Visitor<'a>,
    id: String,
    role: Option<Role>,
    suspended: bool,
    own_comment: String,
}

impl Caller<'_> {
    fn actor(&self) -> Actor<'_> {
        match self.role {
            None => Actor::Visitor,
            Some(_) if self.suspended => Actor::Restricted {
                id: &self.id,
                by: Restriction::Suspended,
            },
            Some(role) => Actor::Account { id: &self.id, role },
        }
    }
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

    let mut callers = vec![Caller {
        name: "nobody",
        visitor: site.visitor(),
        id: String::new(),
        role: None,
        suspended: false,
        own_comment: theirs.clone(),
    }];
    for (name, role, suspended) in [
        ("Suspended-member", Role::Member, true),
        ("Suspended-keeper", Role::Moderator, true),
        ("Some-member", Role::Member, false),
        ("Some-scholar", Role::Researcher, false),
        ("Some-keeper", Role::Moderator, false),
        ("Some-master", Role::Owner, false),
    ] {
        let (mut visitor, id) = join(&site, name).await;
        let own_comment = reply(&mut visitor, &thread).await;
        site.state.store.set_role(&id, role).await.unwrap();
        if suspended {
            site.state.store.suspend_account(&id).await.unwrap();
        }
        callers.push(Caller {
            name,
            visitor,
            id,
            role: Some(role),
            suspended,
            own_comment,
        });
    }
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
                let comment = if own {
                    caller.own_comment.clone()
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
                if own
                    && method == Method::POST
                    && path.ends_with("/delete")
                    && caller.role.is_some()
                {
                    // It is gone now; the next routes ask about another.
                    caller.own_comment = if caller.suspended {
                        comment
                    } else {
                        reply(&mut caller.visitor, &thread).await
                    };
                }
            }
        }
    }
    assert!(asked > 500, "{asked} requests");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
