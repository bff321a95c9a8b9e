//! What is written into the public log.

use std::{fmt, str::FromStr};

use partake_core::forum::Action;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Removed a comment.
    Remove,
    /// Brought a removed comment back.
    Restore,
    /// Closed the reports of a comment that stays.
    Dismiss,
    /// Published a comment that was withheld.
    Approve,
    /// Withheld a comment until its author has changed it.
    Withhold,
    /// Withheld a comment until a moderator has looked: done by a rule of the pipeline.
    Hold,
    /// Locked a thread.
    Lock,
    /// Unlocked it.
    Unlock,
    /// Locked a comment and all below it.
    LockBranch,
    /// Unlocked them.
    UnlockBranch,
    /// Put a thread at the top of the list.
    Pin,
    /// Took it from there.
    Unpin,
    /// Set the wait between two comments in a thread.
    Slow,
    /// Decided to look at every comment of a thread first.
    Premoderate,
    /// No longer.
    Unpremoderate,
    /// Moved a thread or a comment.
    Move,
    /// Warned an account.
    Warn,
    /// Kept an account from writing.
    Silence,
    /// Kept an account from everything but reading, for a time.
    Suspend,
    /// Kept an account from everything but reading.
    Ban,
    /// Ended one of these.
    Lift,
    /// Let a decision stand after an appeal.
    Uphold,
    /// Took a decision back after an appeal.
    Overturn,
    /// Changed how the discussion is moderated.
    Configure,
    /// Published another version of a rule.
    Rule,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 25] = [
        Self::Remove,
        Self::Restore,
        Self::Dismiss,
        Self::Approve,
        Self::Withhold,
        Self::Hold,
        Self::Lock,
        Self::Unlock,
        Self::LockBranch,
        Self::UnlockBranch,
        Self::Pin,
        Self::Unpin,
        Self::Slow,
        Self::Premoderate,
        Self::Unpremoderate,
        Self::Move,
        Self::Warn,
        Self::Silence,
        Self::Suspend,
        Self::Ban,
        Self::Lift,
        Self::Uphold,
        Self::Overturn,
        Self::Configure,
        Self::Rule,
    ];

    /// The code that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Restore => "restore",
            Self::Dismiss => "dismiss",
            Self::Approve => "approve",
            Self::Withhold => "withhold",
            Self::Hold => "hold",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::LockBranch => "lock_branch",
            Self::UnlockBranch => "unlock_branch",
            Self::Pin => "pin",
            Self::Unpin => "unpin",
            Self::Slow => "slow",
            Self::Premoderate => "premoderate",
            Self::Unpremoderate => "unpremoderate",
            Self::Move => "move",
            Self::Warn => "warn",
            Self::Silence => "silence",
            Self::Suspend => "suspend",
            Self::Ban => "ban",
            Self::Lift => "lift",
            Self::Uphold => "uphold",
            Self::Overturn => "overturn",
            Self::Configure => "configure",
            Self::Rule => "rule",
        }
    }

    /// The permission it takes.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Remove => Action::Remove,
            Self::Restore => Action::Restore,
            Self::Dismiss => Action::Dismiss,
            Self::Approve => Action::Approve,
            Self::Withhold | Self::Hold => Action::Withhold,
            Self::Lock | Self::LockBranch => Action::Lock,
            Self::Unlock | Self::UnlockBranch => Action::Unlock,
            Self::Pin | Self::Unpin => Action::Pin,
            Self::Slow => Action::Slow,
            Self::Premoderate | Self::Unpremoderate => Action::Premoderate,
            Self::Move => Action::Move,
            Self::Warn => Action::Warn,
            Self::Silence => Action::Silence,
            Self::Suspend => Action::Suspend,
            Self::Ban => Action::Ban,
            Self::Lift => Action::Lift,
            Self::Uphold | Self::Overturn => Action::DecideAppeal,
            Self::Configure => Action::Configure,
            Self::Rule => Action::PublishRule,
        }
    }

    /// It takes something from somebody, who is told under which rule and why, and can appeal.
    #[must_use]
    pub const fn is_against_somebody(self) -> bool {
        matches!(
            self,
            Self::Remove
                | Self::Withhold
                | Self::Lock
                | Self::LockBranch
                | Self::Warn
                | Self::Silence
                | Self::Suspend
                | Self::Ban
        )
    }

    /// The author of the comment or thread, or the account that it is about, is told of it. The rest
    /// is nobody's own matter, and shows where it holds.
    #[must_use]
    pub const fn tells(self) -> bool {
        match self {
            Self::Remove
            | Self::Restore
            | Self::Approve
            | Self::Withhold
            | Self::Hold
            | Self::Lock
            | Self::Unlock
            | Self::LockBranch
            | Self::UnlockBranch
            | Self::Move
            | Self::Warn
            | Self::Silence
            | Self::Suspend
            | Self::Ban
            | Self::Lift
            | Self::Uphold
            | Self::Overturn => true,
            Self::Dismiss
            | Self::Pin
            | Self::Unpin
            | Self::Slow
            | Self::Premoderate
            | Self::Unpremoderate
            | Self::Configure
            | Self::Rule => false,
        }
    }

    /// It is about an account, not about a comment or thread.
    #[must_use]
    pub const fn is_sanction(self) -> bool {
        matches!(self, Self::Warn | Self::Silence | Self::Suspend | Self::Ban)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Act {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|act| act.as_str() == s)
            .ok_or(())
    }
}
