# what protects an account, and what can be seen of it
account-safety = Protection
account-comments = Comments
account-votes = Votes
account-votes-lede = Everybody sees how many voted on a comment. Which way you voted, only you see.
account-votes-none = You have not voted on anything yet.
account-vote-up = for
account-vote-down = against
account-vote-gone = no longer public
account-reports = Reports
account-reports-lede = Moderators read your reports, and see that they are yours. Nobody else does.
account-reports-none = You have not reported anything.
account-report-open = waiting
account-report-removed = comment removed
account-report-withheld = withheld until its author changes it
account-report-dismissed = comment stays
account-report-deleted = taken back by its author
account-seen = Who sees what
account-seen-all = Everybody: your handle, your public comments with their time, and how many votes each has.
account-seen-moderators = Moderators: your reports, and what was removed or withheld.
account-seen-nobody = Only you: which way you voted, and where you are signed in. Passwords and recovery codes are stored as fingerprints that nobody can read back.
account-recover = I have lost my password
account-recover-lede = A recovery code lets you choose a new one. Each code works once.
account-recover-code = Recovery code
account-recover-code-hint = 16 letters and digits. Capitals, spaces and hyphens do not matter.
account-recover-malformed = That does not look like a recovery code: it has 16 letters and digits.
account-recover-wrong = No account has this handle and recovery code. A code that was used once does not work again.
account-recover-do = Set the new password
account-recover-back = Back to signing in
account-recovered = Your new password is set, and the code is used up. Other devices are signed out.
account-codes = Recovery codes
account-codes-lede = This site knows no e-mail address of yours. If you lose your password or your authenticator, one of these codes lets you in again.
account-codes-fresh = Your ten codes
account-codes-once = They are shown only now. Keep them where your password is not.
account-codes-save = Save as a file
account-codes-copy = Copy
account-codes-copied = Copied
account-codes-print = Print
account-codes-kept = I have kept them
account-codes-file = Partake: recovery codes. Each works once.
account-codes-none = You have no codes left. Draw new ones before you need them.
account-codes-left = { $n ->
    [one] You have one code left.
   *[other] You have { $n } codes left.
  }
account-codes-count = { $n ->
    [0] none left
    [one] one left
   *[other] { $n } left
  }
account-codes-void = New codes void all old ones.
account-codes-draw = Draw ten new codes
account-sessions = Where you are signed in
account-sessions-lede = The day each session began and the day it was last used: nothing else is kept, no device and no address.
account-sessions-count = { $n ->
    [one] in one place
   *[other] in { $n } places
  }
account-session-days = Since { $created }, last used { $used }
account-session-this = this one
account-session-end = End
account-session-end-label = End the session that began on { $created } and was last used on { $used }
account-session-ended = That session is ended.
account-sessions-others-ended = All other sessions are ended.
account-sessions-end-others = End all others
account-sessions-alone = You are signed in nowhere else.
account-step = One more step
account-step-lede = Your account asks for a code from your authenticator.
account-step-code = Code
account-step-hint = Six digits from your authenticator, or one of your recovery codes.
account-step-wrong = This code is not right, or it was used already. Wait for the next one and try again.
account-step-lost = No authenticator and no codes left? Whoever runs this site can take the second step off, if they are sure that it is you.
account-two-step = Two-step sign-in
account-two-step-lede = With the second step on, the password alone is not enough: signing in also takes a code from an app on your telephone.
account-two-step-is-on = on
account-two-step-is-off = off
account-two-step-missing = Your role asks for two-step sign-in. Until it is on, your account can do what a member can.
account-two-step-off-text = It is off. Any authenticator app that reads QR codes will do, and none of them needs the internet.
account-two-step-start = Set it up
account-two-step-scan = Scan this picture with your authenticator.
account-two-step-picture = QR code with the secret below
account-two-step-type = Or type this secret:
account-two-step-open = Open it in an authenticator on this device
account-two-step-then = Then prove that it works.
account-two-step-code-hint = The six digits that your authenticator shows now.
account-two-step-confirm = Turn it on
account-two-step-cancel = Do not set it up
account-two-step-on-text = It is on. To turn it off, give your password and a code.
account-two-step-off = Turn it off
account-two-step-on-said = Two-step sign-in is on. Other devices are signed out.
account-two-step-off-said = Two-step sign-in is off. Other devices are signed out.
account-delete-words = What becomes of what you wrote?
account-delete-words-keep = It stays without a name, so that conversations keep their sense.
account-delete-words-erase = It is erased. Where others replied, an empty place stands for it.
