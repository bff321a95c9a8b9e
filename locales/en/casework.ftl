# casework
moderation-heading-approve = Publish this comment?
moderation-done-approve = The comment is published.
moderation-act-approve = published a withheld comment
mod-do-approve = Publish
moderation-heading-withhold = Withhold this comment until its author has changed it?
moderation-done-withhold = The comment is withheld; its author can change it once.
moderation-act-withhold = withheld a comment for its author to change
mod-do-withhold = Ask for a change
moderation-act-hold = withheld a comment until a moderator looks
moderation-heading-pin = Keep this thread at the top of the list?
moderation-done-pin = The thread stands at the top.
moderation-act-pin = pinned a thread
mod-do-pin = Pin the thread
moderation-heading-unpin = Take this thread from the top?
moderation-done-unpin = The thread stands in its place again.
moderation-act-unpin = unpinned a thread
mod-do-unpin = Unpin the thread
moderation-heading-slow = Slow this thread down?
moderation-done-slow = The wait between comments is set.
moderation-act-slow = set the wait between comments
mod-do-slow = Slow mode
moderation-heading-premoderate = Look at every comment of this thread first?
moderation-done-premoderate = Comments of this thread now wait for a moderator.
moderation-act-premoderate = put a thread under pre-moderation
mod-do-premoderate = Pre-moderate the thread
moderation-heading-unpremoderate = Publish comments of this thread at once again?
moderation-done-unpremoderate = Comments of this thread are published at once again.
moderation-act-unpremoderate = ended the pre-moderation of a thread
mod-do-unpremoderate = End pre-moderation
moderation-heading-lock_branch = Lock this comment and all below it?
moderation-done-lock_branch = The branch is locked.
moderation-act-lock_branch = locked a branch of a thread
mod-do-lock_branch = Lock the branch
moderation-heading-unlock_branch = Unlock this branch?
moderation-done-unlock_branch = The branch is open again.
moderation-act-unlock_branch = unlocked a branch of a thread
mod-do-unlock_branch = Unlock the branch
moderation-heading-move = Move this thread?
moderation-done-move = The thread is moved.
moderation-act-move = moved a thread
mod-do-move = Move the thread
moderation-done-warn = The warning is sent; the person has to acknowledge it.
moderation-act-warn = warned a member
mod-do-warn = Warn
moderation-done-silence = The account can no longer write.
moderation-act-silence = silenced a member
mod-do-silence = Silence
moderation-done-suspend = The account is suspended.
moderation-act-suspend = suspended a member
mod-do-suspend = Suspend
moderation-done-ban = The account is banned.
moderation-act-ban = banned a member
mod-do-ban = Ban
moderation-done-lift = It is lifted.
moderation-act-lift = lifted a sanction
mod-do-lift = Lift it
moderation-act-uphold = let a decision stand after an appeal
moderation-act-overturn = took a decision back after an appeal
moderation-act-configure = changed how the discussion is moderated
moderation-done-rule = The rule is published.
moderation-act-rule = published another version of a rule
mod-do-remove = Remove
mod-do-dismiss = Leave it, close the reports
mod-do-restore = Restore
mod-do-lock = Lock the thread
mod-do-unlock = Unlock the thread
mod-told-remove = Your comment was removed
mod-told-withhold = Your comment was withheld until you change it
mod-told-lock = Your thread was locked
mod-told-lock_branch = Replies to your comment were locked
mod-told-warn = You were warned
mod-told-silence = You cannot write for now
mod-told-suspend = Your account is suspended
mod-told-ban = Your account is banned
mod-told-restore = Your comment is back
mod-told-approve = Your comment is published
mod-told-dismiss = Your comment is published
mod-told-hold = Your comment is withheld until a moderator has looked
mod-told-unlock = Your thread is open again
mod-told-unlock_branch = Your comment can be answered again
mod-told-move = Your thread was moved
mod-told-lift = A decision about your account was ended
mod-told-uphold = Your appeal was answered: the decision stands
mod-told-overturn = Your appeal was answered: the decision is taken back
mod-nav = Moderation
mod-queue = What waits
mod-appeals = Appeals
mod-review = Second look
mod-settings = Settings
mod-statistics = Moderation in numbers
mod-feed = Atom feed of the log
mod-any = any
mod-filter = Choose what to see
mod-filter-kind = Why it waits
mod-filter-rule = Reported under
mod-filter-language = Language
mod-filter-claim = Whose it is
mod-filter-claim-mine = mine
mod-filter-claim-free = nobody’s
mod-kind-reported = reported
mod-kind-premoderation = before publication
mod-kind-automatic = noticed automatically
mod-kind-mended = changed and sent in again
mod-empty-filtered = Nothing of this kind waits
mod-empty-filtered-text = Choose more widely to see the rest.
mod-why-withheld = Why it is withheld
mod-history-of = history: { $n } decisions against the author
mod-in-reply = In reply to { $author }
mod-select = Select the comment by { $author }
mod-urgency = urgency { $n }
mod-claim = Claim it
mod-release = Release it
mod-take = Take it over
mod-claimed-mine = You are at it.
mod-claimed-by = { $who } is at it.
mod-done-claim = It is yours for half an hour.
mod-done-take = You have taken it over.
mod-done-release = It is free again.
mod-done-note = The note is kept.
mod-done-undone = Taken back: nothing was decided.
mod-snippet = Sentence at hand
mod-snippet-none = the rule’s own sentence
mod-snippets = Sentences at hand
mod-snippet-add = Keep this sentence
mod-snippet-drop = Forget it
mod-sentence = Sentence to the author
mod-sentence-hint = Everyone can read it in the log. Left empty, the rule’s own sentence is sent. Do not repeat what you decide about.
mod-together = Decide about all selected
mod-together-hint = The decision takes effect after ten seconds; until then it can be taken back.
mod-batch-remove = removed
mod-batch-withhold = withheld for a change
mod-batch-dismiss = left, their reports closed
mod-batch-approve = published
mod-batch-undone = Taken back: nothing was decided.
mod-keys = Keys: j and k go through the list, x selects, X selects all, 1 to 8 choose a rule, r removes, w asks for a change, a leaves or publishes, c claims, n writes, o opens the thread. R, W, D and A decide about all selected.
mod-notes-title = Private notes
mod-notes-read = Read the notes
mod-note-write = Note for moderators only
mod-note-keep = Keep the note
mod-fault-claimed = { $who } is at this case. Take it over if you want to decide it yourself.
mod-fault-stale = Somebody decided this meanwhile, or its author changed it. What you see now is how it stands; decide again if need be.
mod-fault-decided = This was decided already, so nothing was done.
mod-fault-mended = There was one chance to change this comment, and it has been used.
mod-fault-retired = This rule is retired. Please choose one that holds.
mod-fault-yours = This concerns yourself. Somebody else has to decide it.
mod-fault-rank = Moderators cannot decide about accounts with the same trust as theirs or more.
mod-fault-own-decision = You took this decision. Another moderator has to answer the appeal.
mod-fault-nothing = Nothing was selected.
mod-fault-range = Please enter a whole number from { $min } to { $max }.
mod-fault-words = The list holds at most { $max } entries.
mod-fault-word = “{ $word }” cannot be listed: an entry has a letter or digit and at most { $max } characters.
mod-fault-days = Please choose a duration from the list.
mod-fault-suspend-days = A suspension has an end. Choose a duration, or ban the account.
mod-fault-snippet = This is too long.
mod-fault-banned = This account is banned and cannot write. You can appeal under “Decisions about you”.
mod-fault-silenced = This account cannot write for now. You can read why and appeal under “Decisions about you”.
mod-fault-unacknowledged = There is a warning to acknowledge first: see “Decisions about you” in your account.
mod-mine = Decisions about you
mod-mine-lede = What moderators decided about what you wrote and about your account, what became of your reports, and how much you may write.
mod-mine-none = Nothing was ever decided against you.
mod-mine-decisions = Decisions
mod-mine-reports = Your reports
mod-reports-none = You have not reported anything.
mod-unacknowledged = waits for you
mod-appeal-tag-open = appeal waits
mod-appeal-tag-upheld = decision stands
mod-appeal-tag-overturned = taken back
mod-outcome-open = A moderator has not looked at it yet.
mod-outcome-removed = The comment was removed.
mod-outcome-dismissed = A moderator looked at it and left it: no rule was broken.
mod-outcome-deleted = Its author took the comment back.
mod-outcome-withheld = The comment is withheld until its author has changed it.
mod-trust = Trust
mod-level-newcomer = newcomer
mod-level-member = member
mod-level-trusted = trusted
mod-level-newcomer-text = Trust grows with time and with comments that stay.
mod-level-member-text = Your reports count in full, and you can write more in a day.
mod-level-trusted-text = Your reports weigh double, and the limits hardly concern you.
mod-level-next = To the next level: { $accepted } more accepted comments and { $days } more days.
mod-left = Within twenty-four hours you can still open { $threads } threads, write { $comments } comments and make { $reports } reports.
mod-allowance = You can write { $comments } more comments and open { $threads } more threads today.
mod-limit-comments = You have written { $comments } comments within twenty-four hours, the most for this level of trust ({ $level }). Your text is still here; send it tomorrow.
mod-limit-threads = You have opened { $threads } threads within twenty-four hours, the most for this level of trust ({ $level }). Your text is still here; send it tomorrow.
mod-limit-reports = You have made { $reports } reports within twenty-four hours, the most for this level of trust ({ $level }). What you wrote is still here; send it tomorrow.
mod-notice-premoderated = In this thread a moderator looks at every comment before others see it.
mod-held = Your comment waits
mod-held-text = Only you and moderators see this comment for now, because:
mod-held-person = This is not a decision. A person will look at it, publish it, or tell you why not.
mod-held-edit = A moderator asks you to change this comment. You can do so once; then it is looked at again.
mod-held-back = See it in its place
mod-held-posted = Thank you. Your comment waits for a moderator; only you see it until then.
mod-withheld-yours = Your comment is withheld for now; only you and moderators see its text.
mod-why-link = Why, and what you can do
mod-statement = The whole statement
mod-mend = Change it
mod-mend-text = You can change this comment once and send it in again.
mod-mend-label = Your text
mod-mend-hint = There is one chance. What you send now is looked at by a person.
mod-mend-send = Send it in again
mod-mend-same = Nothing is changed yet.
mod-mended = Thank you. A moderator will look at it again.
mod-acknowledge = I have read this
mod-acknowledge-text = Until you say that you have read this warning you cannot write.
mod-acknowledged = Thank you. You can write again.
mod-appeal = Appeal
mod-appeal-text = If you think this is wrong, say so, once, until { $last }. Another moderator decides and answers you. The log says how it ended, without your name.
mod-appeal-body = Why should the decision be taken back?
mod-appeal-send = Appeal
mod-appeal-empty = Please say why.
mod-appeal-over = The time for an appeal is over.
mod-appeal-twice = You have appealed against this already.
mod-appeal-late = The time for an appeal is over, so it was not sent. Your text is still here.
mod-appealed = Your appeal is in. Another moderator will decide.
mod-appeal-open = It waits for an answer, due by { $due }.
mod-appeal-upheld = The decision stands ({ $when }).
mod-appeal-overturned = The decision was taken back ({ $when }).
mod-appeal-answer = The answer:
mod-appeal-decide = Answer the appeal
mod-appeal-due = answer due { $due }
mod-appeals-none = No appeal waits.
mod-overdue = { $n } overdue
mod-decided-by = by { $who }
mod-answer = Answer to the author
mod-answer-hint = Only the author reads it. Say what you looked at and why you came to your conclusion.
mod-answer-empty = Please answer.
mod-overturn = Take the decision back
mod-uphold = Let it stand
mod-done-uphold = The decision stands. The author has your answer.
mod-done-overturn = The decision is taken back. The author has your answer.
mod-until = Until
mod-until-when = until { $until }
mod-rule-cited = Rule
mod-rule-breaks = Breaks it:
mod-rule-keeps = Does not break it:
mod-rule-since = since { $when }
mod-rules-earlier = Earlier versions
mod-rule-retired = retired
mod-rule-retired-text = This rule is retired: nothing is decided under it any more. Decisions that cite it still do.
mod-rules-appeal = Every decision against you says which version of which rule it cites, in a sentence to you. You can appeal once, and another moderator decides.
mod-rules-contact = Whoever runs this site can be reached at { $contact }.
mod-rules-owner = Publish another version of a rule, or retire it. Earlier versions stay readable.
mod-rule-edit-text = What you publish here is the next version. Decisions cite it from now on; earlier ones keep citing the version they cited.
mod-rule-version-now = Version { $n } holds now.
mod-rule-publish = Publish the next version
mod-rule-retire = Retire the rule
mod-rule-stale = Somebody published another version meanwhile. Your text is still here; compare it with what holds now.
mod-rule-title = Name
mod-rule-text = What it asks
mod-rule-breaks-field = Examples that break it, one on each line
mod-rule-keeps-field = Examples that do not, one on each line
mod-rule-sentence = Sentence to authors
mod-rule-fault-empty = A rule has a name and says what it asks.
mod-rule-fault-example = A rule has at least one example that breaks it.
mod-rule-fault-long = One of the texts is longer than 1,000 characters.
mod-settings-lede = What is looked at before it is published, what is noticed automatically, and what the public sees. Each change stands in the log.
mod-settings-saved = Saved.
mod-settings-stale = Somebody changed the settings meanwhile. What you entered is still here; save again to put it in their place.
mod-set-premoderate = Look at comments before they are published
mod-set-premoderate-nobody = nobody’s
mod-set-premoderate-newcomers = those of newcomers
mod-set-premoderate-everyone = everybody’s
mod-set-named = The log names a moderator by
mod-set-named-handle = handle
mod-set-named-role = role
mod-set-repetition = Withhold what somebody has said before within a day
mod-set-reports = Withhold when reports weigh
mod-set-reports-hint = A newcomer’s report weighs half, a member’s one, a trusted member’s two. 0: never.
mod-set-rate = Withhold beyond so many comments in ten minutes
mod-set-rate-hint = Not for trusted members. 0: never.
mod-set-newcomer_links = Links a newcomer may post in a text
mod-set-newcomer_links-hint = A text with more waits for a moderator.
mod-set-appeal_days = Days to appeal
mod-set-appeal_days-hint = From the decision on.
mod-set-answer_days = Days to answer an appeal
mod-set-answer_days-hint = After that it is shown as overdue.
mod-set-review_percent = Percent of decisions for a second look
mod-set-review_percent-hint = Another moderator judges them without knowing the decision.
mod-set-words = Words that make a text wait
mod-set-words-hint = One on each line. A Latin word matches as a whole, or as a beginning with * at its end; a Chinese one anywhere. Other signs stand for themselves.
mod-finding-everyone = on this site a moderator looks at every comment first
mod-finding-newcomer = a moderator looks at the first comments of newcomers
mod-finding-thread = in this thread a moderator looks at every comment first
mod-finding-mended = its author has changed it and sent it in again
mod-finding-rate = { $n } comments within { $minutes } minutes
mod-finding-repetition = its author has said the same within a day
mod-finding-links = { $n } links; a newcomer’s text may have { $most }
mod-finding-word = “{ $word }” matches “{ $listed }” in the word list
mod-noticed-reports = reports
mod-noticed-rate = many comments in a short time
mod-noticed-repetition = repetition
mod-noticed-links = links of a newcomer
mod-noticed-word = word list
mod-noticed-everyone = pre-moderation
mod-noticed-newcomer = pre-moderation of newcomers
mod-noticed-thread = pre-moderation of the thread
mod-noticed-mended = changed by its author
mod-automatic = automatic, until a moderator looks
mod-site = the site
mod-log-set = { $setting }: { $from } → { $to }
mod-log-set-on = yes
mod-log-set-off = no
mod-log-set-entries = { $n ->
    [one] one entry
   *[other] { $n } entries
}
mod-log-moved = from { $from } to { $to }
mod-log-appealed = on entry no. { $n }
mod-feed-head = { $n } entries; hash of the newest: { $hash }
mod-feed-link = no. { $n } of the chain, hash { $hash }
mod-slow-value = Wait between two comments of one person
mod-slow-none = no wait
mod-move-value = What the thread is about
mod-accepted = Accepted comments
mod-recent-decisions = Decisions in 90 days
mod-sanctions = Decisions about the account
mod-sanctions-none = None.
mod-sanction-new = Decide about this account
mod-sanction-hint = The person reads the rule and your sentence, and can appeal. The log names neither account nor handle.
mod-sanction-act = What
mod-sanction-days = For how long (a warning ends when it is acknowledged)
mod-sanction-send = Decide
mod-no-end = without an end
mod-holds = holds
mod-wrote = What the person wrote
mod-review-lede = Judge what another moderator has decided, without knowing how. It changes nothing about the comment; it shows how far moderators agree.
mod-review-none = Nothing waits for a second look.
mod-review-question = How do you judge it?
mod-review-keep = it can stay
mod-review-send = Judge
mod-review-choose = Please choose.
mod-review-done = Thank you.
mod-statistics-lede = How long decisions take, what is reported, how often an appeal succeeds, and how far moderators agree. Everything is counted from the log and the reports, as of now.
mod-stat-time = Time to a decision
mod-stat-answered = Reports answered
mod-stat-median = Half of them within
mod-stat-reports = Reports by rule
mod-stat-n = Reports
mod-stat-against = of them against the comment
mod-stat-appealable = Decisions one can appeal against
mod-stat-open = Appeals that wait
mod-stat-upheld = Decision stood
mod-stat-overturned = Decision taken back
mod-stat-rate = Overturn rate
mod-stat-agreement = Agreement between moderators
mod-stat-agreement-text = A sample of decided comments is judged again by a moderator who does not know the decision. Cohen’s kappa is 1 for agreement throughout and 0 for what chance alone would give.
mod-stat-reviewed = Judged twice
mod-stat-alike = Judged alike
mod-stat-kappa = Cohen’s kappa
mod-stat-named = Comments named under it
mod-stat-none = not yet
mod-waiting = { $n ->
    [one] 1 comment waits for a decision
   *[other] { $n } comments wait for a decision
  }
mod-notes = { $n ->
    [one] 1 private note
   *[other] { $n } private notes
  }
mod-finding-reports = { $n ->
    [one] reported by 1 person
   *[other] reported by { $n } people
  }
mod-days = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
mod-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
  }
mod-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
mod-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
  }
mod-batch-waiting = { $n ->
    [one] 1 comment is { $act } in { $seconds } seconds.
   *[other] { $n } comments are { $act } in { $seconds } seconds.
  }
mod-batch-applied = { $n ->
    [one] 1 comment was { $act }.
   *[other] { $n } comments were { $act }.
  }{ $refused ->
    [0] {""}
    [one] {" "}1 was left alone, because it was decided or changed meanwhile.
   *[other] {" "}{ $refused } were left alone, because they were decided or changed meanwhile.
  }
mod-fault-slow = This thread is in slow mode. Please wait { $span }; your text is still here.
mod-notice-slow = This thread is in slow mode: after a comment, each person waits { $span } before the next.
mod-rule-last = This is the last rule in force. It cannot be retired: nothing could be reported or decided any more.
mod-rule-texts = What the rules say
moderation-act-retire = retired a rule
mod-keys-on = Single-letter shortcuts
mod-held-warn = You have been warned. Once you have read the warning and acknowledged it, you can write again.
mod-held-silence = This account cannot write for now; no end is set. You can still vote and delete your own comments.
mod-held-silence-until = This account cannot write until { $until }. You can still vote and delete your own comments.
mod-held-suspend = This account is suspended: you can read and appeal.
mod-held-suspend-until = This account is suspended until { $until }. Until then you can read and appeal.
mod-held-ban = This account is banned: you can read and appeal.
mod-held-ban-until = This account is banned until { $until }. Until then you can read and appeal.
mod-held-read-warning = Read and acknowledge the warning
mod-held-read = Read why, or appeal
mod-notice-everyone = At present a moderator looks at every comment before others see it.
mod-notice-newcomer = A moderator looks at the first comments of newcomers before others see them.
mod-notice-links = { $n ->
    [0] A newcomer’s text with a link waits for a moderator.
    [one] A newcomer’s text may have one link; with more it waits for a moderator.
   *[other] A newcomer’s text may have { $n } links; with more it waits for a moderator.
}
mod-notice-rate = { $n ->
    [0] You have written a lot in the last { $minutes } minutes: what you write now waits for a moderator.
    [one] One more comment within { $minutes } minutes is published at once; further ones wait for a moderator.
   *[other] { $n } more comments within { $minutes } minutes are published at once; further ones wait for a moderator.
}
