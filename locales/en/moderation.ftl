# moderation
moderation-title = Moderation
moderation-queue = Reported comments
moderation-waiting = { $n ->
    [one] 1 comment waits for a decision
   *[other] { $n } comments wait for a decision
  }, the longest waiting first.
moderation-empty-heading = Nothing waits
moderation-empty-text = New reports will appear here.
moderation-log-link = The public log
moderation-reports = { $n ->
    [one] 1 report
   *[other] { $n } reports
  }
moderation-by = { $who }, { $when }
moderation-reporter-gone = account deleted
moderation-context = See it in its thread
moderation-decide = Your decision
moderation-reason = Under which rule?
moderation-note = Public note (optional)
moderation-note-hint = Everyone reads it, the author too. Do not repeat what you remove.
moderation-remove = Remove
moderation-dismiss = Leave it, close the reports
moderation-restore = Restore
moderation-lock = Lock the thread
moderation-unlock = Unlock the thread
moderation-heading-remove = Remove this comment?
moderation-heading-restore = Restore this comment?
moderation-heading-dismiss = Close the reports of this comment?
moderation-heading-lock = Lock this thread?
moderation-heading-unlock = Unlock this thread?
moderation-public = The act, its reason and your handle stand in the public log.
moderation-cancel = Cancel
moderation-done-remove = The comment is removed.
moderation-done-restore = The comment is back.
moderation-done-dismiss = The reports are closed; the comment stays.
moderation-done-lock = The thread is locked.
moderation-done-unlock = The thread is open again.
moderation-undo = Undo
moderation-next = More reports
moderation-log-title = Moderation log
moderation-log-lede = Every act of a moderator, newest first: what, why, by whom. What was removed is not repeated here.
moderation-log-empty = No moderator has had to act yet.
moderation-log-when = When
moderation-log-act = Act
moderation-log-where = Where
moderation-log-why = Why
moderation-log-who = Moderator
moderation-log-older = Older entries
moderation-act-remove = removed a comment
moderation-act-restore = restored a comment
moderation-act-dismiss = closed reports, comment stays
moderation-act-lock = locked a thread
moderation-act-unlock = unlocked a thread
moderation-moderator-gone = account deleted
moderation-thread-gone = thread no longer exists
moderation-comment = the comment
moderation-fault-reason = Please choose a rule, or “other” with a note.
moderation-fault-note = “Other” needs a note that says why.
moderation-fault-decided = Somebody else has decided this meanwhile. Look at the comment before you act again.
moderation-chain-title = How to check this log
moderation-chain-text = Each entry carries a hash of itself and of the entry before it, so none can be changed, left out or slipped in without breaking all that follow. Whoever notes the hash below today can tell tomorrow whether the log was rewritten. The API gives every field that is hashed.
moderation-chain-head = Hash of the newest entry:
