use super::*;

const ME: &str = "me";
const YOU: &str = "you";

fn account(role: Role) -> Actor<'static> {
    Actor::Account { id: ME, role }
}

fn restricted(by: Restriction) -> Actor<'static> {
    Actor::Restricted { id: ME, by }
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
        Action::StartThread
        | Action::Reply
        | Action::Report
        | Action::Vote
        | Action::Appeal
        | Action::Acknowledge => [Err(SignIn), Ok(()), Ok(()), Ok(()), Ok(())],
        Action::ReviewTexts => [Err(SignIn), Err(Rank), Ok(()), Ok(()), Ok(())],
        Action::Edit | Action::Delete | Action::Mend => [
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
        Action::Approve => [
            Err(SignIn),
            Err(Rank),
            Err(Rank),
            Err(Denied::NotWithheld),
            Err(Denied::NotWithheld),
        ],
        Action::PublishRule => [Err(SignIn), Err(Rank), Err(Rank), Err(Rank), Ok(())],
        Action::SeeQueue
        | Action::Remove
        | Action::Dismiss
        | Action::Lock
        | Action::Unlock
        | Action::Withhold
        | Action::Pin
        | Action::Slow
        | Action::Premoderate
        | Action::Move
        | Action::Warn
        | Action::Silence
        | Action::Suspend
        | Action::Ban
        | Action::Lift
        | Action::DecideAppeal
        | Action::Review
        | Action::Configure => [Err(SignIn), Err(Rank), Err(Rank), Ok(()), Ok(())],
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
    let suspended = restricted(Restriction::Suspended);
    assert_eq!(
        may(
            suspended,
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
    for state in [CommentState::Deleted, CommentState::Removed] {
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
fn what_is_withheld_is_mended_or_taken_back_by_its_author_and_decided_by_others() {
    let mine = comment(ME, CommentState::Withheld, false);
    let theirs = comment(YOU, CommentState::Withheld, false);
    let moderator = account(Role::Moderator);
    assert_eq!(may(moderator, Action::Mend, mine), Ok(()));
    assert_eq!(may(moderator, Action::Delete, mine), Ok(()));
    assert_eq!(may(moderator, Action::Edit, mine), Err(Denied::Gone));
    assert_eq!(may(moderator, Action::Approve, mine), Err(Denied::Yours));
    assert_eq!(may(moderator, Action::Remove, mine), Err(Denied::Yours));
    assert_eq!(may(moderator, Action::Mend, theirs), Err(Denied::NotYours));
    for action in [Action::Approve, Action::Remove, Action::Withhold] {
        assert_eq!(may(moderator, action, theirs), Ok(()), "{action:?}");
    }
    for action in [Action::Reply, Action::Vote, Action::Report] {
        assert_eq!(
            may(moderator, action, theirs),
            Err(Denied::Gone),
            "{action:?}"
        );
    }
}

#[test]
fn a_restricted_account_keeps_what_its_restriction_leaves_it_and_an_appeal_always() {
    for by in Restriction::ALL {
        for action in Action::ALL {
            let left = match action {
                Action::Read | Action::Appeal | Action::Acknowledge => true,
                Action::Delete | Action::Vote => by <= Restriction::Silenced,
                Action::Report => by == Restriction::Warned,
                _ => false,
            };
            let allowed = may(restricted(by), action, Target::Site);
            assert_eq!(allowed.is_ok(), left, "{by:?} {action:?}");
        }
    }
}

#[test]
fn sanctions_go_only_to_others_who_are_trusted_with_less() {
    let account_of = |id, role| Target::Account { id, role };
    for action in [Action::Warn, Action::Silence, Action::Suspend, Action::Ban] {
        let moderator = account(Role::Moderator);
        let owner = account(Role::Owner);
        let on = |actor, id, role| may(actor, action, account_of(id, role));
        assert_eq!(on(moderator, YOU, Role::Researcher), Ok(()));
        assert_eq!(on(moderator, ME, Role::Moderator), Err(Denied::Yours));
        assert_eq!(on(moderator, YOU, Role::Moderator), Err(Denied::Rank));
        assert_eq!(on(moderator, YOU, Role::Owner), Err(Denied::Rank));
        assert_eq!(on(owner, YOU, Role::Moderator), Ok(()));
        assert_eq!(on(owner, YOU, Role::Owner), Err(Denied::Rank));
    }
}

#[test]
fn an_appeal_is_made_by_whom_it_concerns_and_decided_by_somebody_else_than_before() {
    let decision = |subject, moderator| Target::Decision {
        subject: Some(subject),
        moderator: Some(moderator),
    };
    let moderator = account(Role::Moderator);
    assert_eq!(may(moderator, Action::Appeal, decision(ME, YOU)), Ok(()));
    assert_eq!(
        may(moderator, Action::Appeal, decision(YOU, "third")),
        Err(Denied::NotYours)
    );
    let decide = |target| may(moderator, Action::DecideAppeal, target);
    assert_eq!(decide(decision(YOU, "third")), Ok(()));
    assert_eq!(decide(decision(YOU, ME)), Err(Denied::OwnDecision));
    assert_eq!(decide(decision(ME, YOU)), Err(Denied::Yours));
    let automatic = Target::Decision {
        subject: Some(YOU),
        moderator: None,
    };
    assert_eq!(decide(automatic), Ok(()));
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
