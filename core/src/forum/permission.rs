//! Who may do what to what: the only place where that is decided.

use super::{CommentState, Role};

/// Somebody who asks to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// Not signed in.
    Visitor,
    /// Signed in.
    Account {
        /// The account.
        id: &'a str,
        /// Its role.
        role: Role,
    },
    /// Signed in with an account that is suspended: it reads, and nothing else.
    Suspended,
}

/// Something to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read what is public: threads, comments, the log.
    Read,
    /// Open a thread.
    StartThread,
    /// Reply to a thread or a comment.
    Reply,
    /// Change the text of a comment.
    Edit,
    /// Take back a comment.
    Delete,
    /// Report a comment.
    Report,
    /// Vote on a comment.
    Vote,
    /// See reports.
    SeeQueue,
    /// Remove a comment.
    Remove,
    /// Undo a removal.
    Restore,
    /// Close the reports of a comment without removing it.
    Dismiss,
    /// Close a thread to new comments and edits.
    Lock,
    /// Open it again.
    Unlock,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 13] = [
        Self::Read,
        Self::StartThread,
        Self::Reply,
        Self::Edit,
        Self::Delete,
        Self::Report,
        Self::Vote,
        Self::SeeQueue,
        Self::Remove,
        Self::Restore,
        Self::Dismiss,
        Self::Lock,
        Self::Unlock,
    ];

    /// The least role that may do it at all; `None` where no account is needed.
    #[must_use]
    pub const fn least_role(self) -> Option<Role> {
        match self {
            Self::Read => None,
            Self::StartThread
            | Self::Reply
            | Self::Edit
            | Self::Delete
            | Self::Report
            | Self::Vote => Some(Role::Member),
            Self::SeeQueue
            | Self::Remove
            | Self::Restore
            | Self::Dismiss
            | Self::Lock
            | Self::Unlock => Some(Role::Moderator),
        }
    }
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The site as a whole.
    Site,
    /// A thread.
    Thread {
        /// Closed to new comments and edits.
        locked: bool,
    },
    /// A comment.
    Comment {
        /// Whose it is; nobody's after the account was deleted.
        author: Option<&'a str>,
        /// Its state.
        state: CommentState,
        /// Its thread is locked.
        locked: bool,
    },
}

/// Why something may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denied {
    /// It takes an account.
    #[error("sign_in_required")]
    SignIn,
    /// The account is suspended.
    #[error("suspended")]
    Suspended,
    /// It takes another role.
    #[error("role_required")]
    Role,
    /// It is somebody else's.
    #[error("not_yours")]
    NotYours,
    /// It is one's own.
    #[error("yours")]
    Yours,
    /// The thread is locked.
    #[error("locked")]
    Locked,
    /// The comment is not there any more.
    #[error("gone")]
    Gone,
    /// The comment was not removed.
    #[error("not_removed")]
    NotRemoved,
}

/// Decides whether `actor` may do `action` to `target`.
///
/// # Errors
/// The reason why not: the first that holds, from who one is to what it is.
pub fn may(actor: Actor<'_>, action: Action, target: Target<'_>) -> Result<(), Denied> {
    let Some(least) = action.least_role() else {
        return Ok(());
    };
    let (id, role) = match actor {
        Actor::Account { id, role } => (id, role),
        Actor::Suspended => return Err(Denied::Suspended),
        Actor::Visitor => return Err(Denied::SignIn),
    };
    if role < least {
        return Err(Denied::Role);
    }
    match target {
        Target::Site => Ok(()),
        Target::Thread { locked } => match action {
            Action::Reply if locked => Err(Denied::Locked),
            _ => Ok(()),
        },
        Target::Comment {
            author,
            state,
            locked,
        } => {
            let own = author == Some(id);
            let visible = state == CommentState::Visible;
            match action {
                Action::Edit | Action::Delete if !own => Err(Denied::NotYours),
                Action::Report | Action::Vote if own => Err(Denied::Yours),
                Action::Reply
                | Action::Edit
                | Action::Delete
                | Action::Report
                | Action::Vote
                | Action::Remove
                    if !visible =>
                {
                    Err(Denied::Gone)
                }
                // Taking one's words back stays possible in a locked thread.
                Action::Reply | Action::Edit | Action::Vote if locked => Err(Denied::Locked),
                Action::Restore if state != CommentState::Removed => Err(Denied::NotRemoved),
                _ => Ok(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "me";
    const YOU: &str = "you";

    fn account(role: Role) -> Actor<'static> {
        Actor::Account { id: ME, role }
    }

    fn comment(author: &str, state: CommentState, locked: bool) -> Target<'_> {
        Target::Comment {
            author: Some(author),
            state,
            locked,
        }
    }

    #[test]
    fn every_action_against_every_role_on_somebody_elses_comment() {
        use Denied::{NotYours, Role as Rank, SignIn};
        let target = comment(YOU, CommentState::Visible, false);
        // Visitor, member, researcher, moderator, owner.
        let table = |action| match action {
            Action::Read => [Ok(()); 5],
            Action::StartThread | Action::Reply | Action::Report | Action::Vote => {
                [Err(SignIn), Ok(()), Ok(()), Ok(()), Ok(())]
            }
            Action::Edit | Action::Delete => [
                Err(SignIn),
                Err(NotYours),
                Err(NotYours),
                Err(NotYours),
                Err(NotYours),
            ],
            Action::Restore => [
                Err(SignIn),
                Err(Rank),
                Err(Rank),
                Err(Denied::NotRemoved),
                Err(Denied::NotRemoved),
            ],
            Action::SeeQueue | Action::Remove | Action::Dismiss | Action::Lock | Action::Unlock => {
                [Err(SignIn), Err(Rank), Err(Rank), Ok(()), Ok(())]
            }
        };
        for action in Action::ALL {
            let expected = table(action);
            assert_eq!(
                may(Actor::Visitor, action, target),
                expected[0],
                "{action:?} visitor"
            );
            for (role, expected) in Role::ALL.into_iter().zip(&expected[1..]) {
                assert_eq!(
                    may(account(role), action, target),
                    *expected,
                    "{action:?} {role}"
                );
            }
        }
    }

    #[test]
    fn votes_go_to_what_others_wrote_and_can_still_be_read_and_answered() {
        let member = account(Role::Member);
        let vote = |target| may(member, Action::Vote, target);
        assert_eq!(
            vote(comment(ME, CommentState::Visible, false)),
            Err(Denied::Yours)
        );
        assert_eq!(
            vote(comment(YOU, CommentState::Removed, false)),
            Err(Denied::Gone)
        );
        assert_eq!(
            vote(comment(YOU, CommentState::Visible, true)),
            Err(Denied::Locked)
        );
        assert_eq!(
            may(
                Actor::Suspended,
                Action::Vote,
                comment(YOU, CommentState::Visible, false)
            ),
            Err(Denied::Suspended)
        );
    }

    #[test]
    fn ones_own_comment_can_be_changed_and_taken_back_but_not_reported() {
        let mine = comment(ME, CommentState::Visible, false);
        let member = account(Role::Member);
        assert_eq!(may(member, Action::Edit, mine), Ok(()));
        assert_eq!(may(member, Action::Delete, mine), Ok(()));
        assert_eq!(may(member, Action::Report, mine), Err(Denied::Yours));
    }

    #[test]
    fn a_locked_thread_takes_no_replies_and_no_edits() {
        for role in Role::ALL {
            let mine = comment(ME, CommentState::Visible, true);
            assert_eq!(may(account(role), Action::Reply, mine), Err(Denied::Locked));
            assert_eq!(may(account(role), Action::Edit, mine), Err(Denied::Locked));
            assert_eq!(may(account(role), Action::Delete, mine), Ok(()));
            let thread = Target::Thread { locked: true };
            assert_eq!(
                may(account(role), Action::Reply, thread),
                Err(Denied::Locked)
            );
        }
    }

    #[test]
    fn what_is_gone_cannot_be_answered_edited_reported_or_removed_again() {
        for state in [
            CommentState::Deleted,
            CommentState::Removed,
            CommentState::Withheld,
        ] {
            let owner = account(Role::Owner);
            assert_eq!(
                may(owner, Action::Edit, comment(ME, state, false)),
                Err(Denied::Gone)
            );
            assert_eq!(
                may(owner, Action::Delete, comment(ME, state, false)),
                Err(Denied::Gone)
            );
            for action in [Action::Reply, Action::Report, Action::Remove] {
                assert_eq!(
                    may(owner, action, comment(YOU, state, false)),
                    Err(Denied::Gone)
                );
            }
        }
        let removed = comment(YOU, CommentState::Removed, false);
        assert_eq!(
            may(account(Role::Moderator), Action::Restore, removed),
            Ok(())
        );
    }

    #[test]
    fn a_suspended_account_only_reads() {
        for action in Action::ALL {
            let allowed = may(Actor::Suspended, action, Target::Site);
            assert_eq!(allowed.is_ok(), action == Action::Read, "{action:?}");
        }
    }

    #[test]
    fn what_nobody_owns_is_not_mine() {
        let orphan = Target::Comment {
            author: None,
            state: CommentState::Visible,
            locked: false,
        };
        assert_eq!(
            may(account(Role::Owner), Action::Edit, orphan),
            Err(Denied::NotYours)
        );
    }
}
