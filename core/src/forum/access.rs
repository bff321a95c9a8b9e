//! What each route of the site asks of who comes: the table that the server's tests hold every
//! route against, with [`super::may`] as the judge. A route without an entry fails them.

use super::Action;

/// What a request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody may ask.
    Nothing,
    /// An account, in whatever state: it is about the person's own.
    Account,
    /// Permission for an action, decided by [`super::may`].
    Act(Action),
}

/// A path and what reading it and writing to it take; nothing where the method does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// As the router has it, without the prefix of a survey other than the featured one.
    pub path: &'static str,
    /// For GET.
    pub read: Option<Need>,
    /// For POST.
    pub write: Option<Need>,
}

const fn read(path: &'static str, need: Need) -> Route {
    Route {
        path,
        read: Some(need),
        write: None,
    }
}

const fn write(path: &'static str, need: Need) -> Route {
    Route {
        path,
        read: None,
        write: Some(need),
    }
}

const fn both(path: &'static str, need: Need) -> Route {
    Route {
        path,
        read: Some(need),
        write: Some(need),
    }
}

use Need::{Account, Act, Nothing};

/// Every route.
pub const ROUTES: &[Route] = &[
    read("/", Nothing),
    read("/robots.txt", Nothing),
    read("/survey-worker.js", Nothing),
    read("/favicon.svg", Nothing),
    read("/.well-known/security.txt", Nothing),
    read("/assets/{file}", Nothing),
    read("/healthz", Nothing),
    read("/readyz", Nothing),
    read("/{lang}", Nothing),
    read("/{lang}/about", Nothing),
    read("/{lang}/privacy", Nothing),
    read("/{lang}/rules", Nothing),
    read("/{lang}/accessibility", Nothing),
    read("/{lang}/results", Nothing),
    read("/{lang}/results/method", Nothing),
    read("/{lang}/results/{release}", Nothing),
    read("/{lang}/results/{release}/charts/{chart}", Nothing),
    read("/{lang}/results/{release}/texts", Nothing),
    read("/{lang}/data", Nothing),
    both("/{lang}/survey", Nothing),
    both("/{lang}/survey/receipt", Nothing),
    read("/{lang}/survey/background.csv", Nothing),
    both("/{lang}/survey/{section}", Nothing),
    read("/{lang}/survey/instrument/{version}", Nothing),
    both("/{lang}/response", Nothing),
    both("/{lang}/response/change", Nothing),
    both("/{lang}/response/withdraw", Nothing),
    read("/{lang}/discuss", Nothing),
    read("/{lang}/discuss/search", Nothing),
    Route {
        path: "/{lang}/discuss/new",
        // The form says why it would not be taken.
        read: Some(Account),
        write: Some(Act(Action::StartThread)),
    },
    read("/{lang}/discuss/feed.atom", Nothing),
    both("/{lang}/discuss/notices", Account),
    write("/{lang}/discuss/preview", Account),
    read("/{lang}/discuss/{thread}", Nothing),
    read("/{lang}/discuss/{thread}/feed.atom", Nothing),
    read("/{lang}/discuss/{thread}/live", Nothing),
    write("/{lang}/discuss/{thread}/follow", Account),
    write("/{lang}/discuss/{thread}/reply", Act(Action::Reply)),
    read("/{lang}/discuss/{thread}/{comment}", Nothing),
    read("/{lang}/discuss/{thread}/{comment}/history", Nothing),
    write(
        "/{lang}/discuss/{thread}/{comment}/reply",
        Act(Action::Reply),
    ),
    both("/{lang}/discuss/{thread}/{comment}/edit", Act(Action::Edit)),
    both(
        "/{lang}/discuss/{thread}/{comment}/delete",
        Act(Action::Delete),
    ),
    both(
        "/{lang}/discuss/{thread}/{comment}/report",
        Act(Action::Report),
    ),
    write("/{lang}/discuss/{thread}/{comment}/vote", Act(Action::Vote)),
    read("/{lang}/account", Nothing),
    both("/{lang}/account/sign-in", Nothing),
    both("/{lang}/account/sign-up", Nothing),
    both("/{lang}/account/first-password", Nothing),
    both("/{lang}/account/second-step", Nothing),
    both("/{lang}/account/recover", Nothing),
    write("/{lang}/account/sign-out", Nothing),
    both("/{lang}/account/password", Account),
    both("/{lang}/account/recovery-codes", Account),
    write("/{lang}/account/recovery-codes/file", Account),
    both("/{lang}/account/sessions", Account),
    both("/{lang}/account/two-step", Account),
    both("/{lang}/account/mail", Account),
    read("/{lang}/account/votes", Account),
    read("/{lang}/account/reports", Account),
    read("/{lang}/account/export", Account),
    both("/{lang}/account/delete", Account),
    read("/{lang}/moderation", Act(Action::SeeQueue)),
    read("/{lang}/moderation/log", Nothing),
    read("/{lang}/moderation/log.atom", Nothing),
    read("/{lang}/moderation/statistics", Nothing),
    both("/{lang}/moderation/texts", Act(Action::ReviewTexts)),
    write("/{lang}/moderation/batch", Act(Action::Remove)),
    write(
        "/{lang}/moderation/batch/{batch}/undo",
        Act(Action::Restore),
    ),
    both("/{lang}/moderation/case/{comment}", Act(Action::SeeQueue)),
    both(
        "/{lang}/moderation/account/{account}",
        Act(Action::SeeQueue),
    ),
    read("/{lang}/moderation/appeals", Act(Action::DecideAppeal)),
    both(
        "/{lang}/moderation/appeals/{act}",
        Act(Action::DecideAppeal),
    ),
    read("/{lang}/moderation/mine", Account),
    Route {
        path: "/{lang}/moderation/mine/{comment}",
        read: Some(Account),
        write: Some(Act(Action::Mend)),
    },
    Route {
        path: "/{lang}/moderation/statement/{act}",
        read: Some(Account),
        write: Some(Act(Action::Appeal)),
    },
    write(
        "/{lang}/moderation/statement/{act}/acknowledge",
        Act(Action::Acknowledge),
    ),
    both("/{lang}/moderation/review", Act(Action::Review)),
    both("/{lang}/moderation/settings", Act(Action::Configure)),
    write(
        "/{lang}/moderation/settings/sentences",
        Act(Action::Configure),
    ),
    both(
        "/{lang}/moderation/rules/{reason}",
        Act(Action::PublishRule),
    ),
    both(
        "/{lang}/moderation/comment/{comment}",
        Act(Action::SeeQueue),
    ),
    both("/{lang}/moderation/thread/{thread}", Act(Action::Lock)),
    read("/api/v1/openapi.json", Nothing),
    read("/api/v1/surveys", Nothing),
    read("/api/v1/instrument", Nothing),
    read("/api/v1/instrument/schema.json", Nothing),
    read("/api/v1/releases", Nothing),
    read("/api/v1/releases/{release}/aggregates", Nothing),
    read("/api/v1/releases/{release}/files/{*name}", Nothing),
    read("/api/v1/threads", Nothing),
    read("/api/v1/search", Nothing),
    read("/api/v1/threads/{thread}/comments", Nothing),
    read(
        "/api/v1/threads/{thread}/comments/{comment}/replies",
        Nothing,
    ),
    read("/api/v1/moderation/log", Nothing),
];

/// The entry of a path of the router, if it has one.
#[must_use]
pub fn route(path: &str) -> Option<&'static Route> {
    let featured = path
        .replacen("/s/{survey}", "", 1)
        .replacen("/surveys/{survey}", "", 1);
    ROUTES.iter().find(|route| route.path == featured)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_stands_twice_and_every_surveys_paths_are_those_of_the_featured_one() {
        for (at, one) in ROUTES.iter().enumerate() {
            assert!(
                ROUTES[..at].iter().all(|other| other.path != one.path),
                "{}",
                one.path
            );
        }
        assert!(route("/{lang}/s/{survey}/discuss/new").is_some());
        assert!(route("/api/v1/surveys/{survey}/releases").is_some());
        assert!(route("/{lang}/back-door").is_none());
    }

    #[test]
    fn whatever_writes_in_the_discussion_takes_an_account_at_least() {
        for route in ROUTES {
            if route.path.contains("/discuss/") || route.path.contains("/moderation") {
                assert_ne!(route.write, Some(Nothing), "{}", route.path);
            }
        }
    }
}
