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
    /// Signed in, and held back by a decision about the account.
    Restricted {
        /// The account.
        id: &'a str,
        /// How far.
        by: Restriction,
    },
}

/// What holds an account back, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Restriction {
    /// A warning that has not been acknowledged: nothing is written until it is.
    Warned,
    /// Writes nothing, but votes and takes back its own words.
    Silenced,
    /// Reads and appeals, for a time.
    Suspended,
    /// Reads and appeals.
    Banned,
}

impl Restriction {
    /// Every restriction.
    pub const ALL: [Self; 4] = [Self::Warned, Self::Silenced, Self::Suspended, Self::Banned];

    /// What is left to a restricted account.
    const fn leaves(self, action: Action) -> Result<(), Denied> {
        let denied = match self {
            Self::Warned => Denied::Unacknowledged,
            Self::Silenced => Denied::Silenced,
            Self::Suspended => Denied::Suspended,
            Self::Banned => Denied::Banned,
        };
        match (self, action) {
            (_, Action::Read | Action::Appeal | Action::Acknowledge)
            | (Self::Warned | Self::Silenced, Action::Delete | Action::Vote)
            | (Self::Warned, Action::Report) => Ok(()),
            _ => Err(denied),
        }
    }
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
    /// Change one's own comment that was withheld for it, and send it in again.
    Mend,
    /// Appeal against a decision.
    Appeal,
    /// Say that one has read a warning.
    Acknowledge,
    /// Read free texts of the survey before anybody else, and decide what is published of them.
    ReviewTexts,
    /// See reports, what is withheld, and notes; claim and release.
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
    /// Publish a comment that was withheld.
    Approve,
    /// Withhold a comment until its author has changed it.
    Withhold,
    /// Keep a thread at the top of the list, or no longer.
    Pin,
    /// Make people wait between two comments in a thread.
    Slow,
    /// Look at every comment of a thread before it is published, or no longer.
    Premoderate,
    /// Move a thread or a comment.
    Move,
    /// Warn an account.
    Warn,
    /// Keep an account from writing.
    Silence,
    /// Keep an account from everything but reading, for a time.
    Suspend,
    /// Keep an account from everything but reading.
    Ban,
    /// End any of these.
    Lift,
    /// Decide on an appeal.
    DecideAppeal,
    /// Judge a decided comment once more, without knowing the decision.
    Review,
    /// Change how the discussion is moderated.
    Configure,
    /// Publish another version of a rule, or retire it.
    PublishRule,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 32] = [
        Self::Read,
        Self::StartThread,
        Self::Reply,
        Self::Edit,
        Self::Delete,
        Self::Report,
        Self::Vote,
        Self::Mend,
        Self::Appeal,
        Self::Acknowledge,
        Self::ReviewTexts,
        Self::SeeQueue,
        Self::Remove,
        Self::Restore,
        Self::Dismiss,
        Self::Lock,
        Self::Unlock,
        Self::Approve,
        Self::Withhold,
        Self::Pin,
        Self::Slow,
        Self::Premoderate,
        Self::Move,
        Self::Warn,
        Self::Silence,
        Self::Suspend,
        Self::Ban,
        Self::Lift,
        Self::DecideAppeal,
        Self::Review,
        Self::Configure,
        Self::PublishRule,
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
            | Self::Vote
            | Self::Mend
            | Self::Appeal
            | Self::Acknowledge => Some(Role::Member),
            Self::ReviewTexts => Some(Role::Researcher),
            Self::SeeQueue
            | Self::Remove
            | Self::Restore
            | Self::Dismiss
            | Self::Lock
            | Self::Unlock
            | Self::Approve
            | Self::Withhold
            | Self::Pin
            | Self::Slow
            | Self::Premoderate
            | Self::Move
            | Self::Warn
            | Self::Silence
            | Self::Suspend
            | Self::Ban
            | Self::Lift
            | Self::DecideAppeal
            | Self::Review
            | Self::Configure => Some(Role::Moderator),
            Self::PublishRule => Some(Role::Owner),
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
        /// Its thread is locked, or the branch it stands in.
        locked: bool,
    },
    /// An account.
    Account {
        /// The account.
        id: &'a str,
        /// Its role.
        role: Role,
    },
    /// A decision that somebody can appeal against, or did.
    Decision {
        /// Whom it was against.
        subject: Option<&'a str>,
        /// Who took it; nobody when it was taken automatically or the account is gone.
        moderator: Option<&'a str>,
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
    /// The account is banned.
    #[error("banned")]
    Banned,
    /// The account may not write.
    #[error("silenced")]
    Silenced,
    /// There is a warning to be acknowledged first.
    #[error("unacknowledged")]
    Unacknowledged,
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
    /// The comment is not withheld.
    #[error("not_withheld")]
    NotWithheld,
    /// The account is trusted with as much as one's own, or more.
    #[error("rank")]
    Rank,
    /// One took the decision oneself.
    #[error("own_decision")]
    OwnDecision,
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
        Actor::Restricted { id, by } => {
            by.leaves(action)?;
            (id, Role::Member)
        }
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
                Action::Mend if !own => Err(Denied::NotYours),
                Action::Report
                | Action::Vote
                | Action::Remove
                | Action::Restore
                | Action::Dismiss
                | Action::Approve
                | Action::Withhold
                | Action::Review
                    if own =>
                {
                    Err(Denied::Yours)
                }
                // What is withheld waits for exactly this.
                Action::Remove | Action::Withhold if state == CommentState::Withheld => Ok(()),
                Action::Mend | Action::Approve if state != CommentState::Withheld => {
                    Err(Denied::NotWithheld)
                }
                Action::Delete if state == CommentState::Withheld => Ok(()),
                Action::Reply
                | Action::Edit
                | Action::Delete
                | Action::Report
                | Action::Vote
                | Action::Remove
                | Action::Withhold
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
        Target::Account {
            id: other,
            role: theirs,
        } => match action {
            _ if other == id => Err(Denied::Yours),
            Action::Warn | Action::Silence | Action::Suspend | Action::Ban | Action::Lift
                if theirs >= role =>
            {
                Err(Denied::Rank)
            }
            _ => Ok(()),
        },
        Target::Decision { subject, moderator } => match action {
            Action::Appeal | Action::Acknowledge if subject != Some(id) => Err(Denied::NotYours),
            Action::DecideAppeal if subject == Some(id) => Err(Denied::Yours),
            Action::DecideAppeal | Action::Review if moderator == Some(id) => {
                Err(Denied::OwnDecision)
            }
            _ => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests;
