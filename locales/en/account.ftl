# account
account-title = Account
account-lede = An account is for the discussion only. The survey never asks for it, and nothing joins the two.
account-sign-in = Sign in
account-sign-up = Create an account
account-sign-up-lede = A handle and a password: no e-mail, no phone number. In case you lose the password you are given recovery codes.
account-handle = Handle
account-handle-hint = 2 to 24 letters (Chinese ones too), digits, _ or -. Everyone sees it. If you want to stay unrecognised, take a name you use nowhere else.
account-password = Password
account-password-hint = 10 to 128 characters. A few unrelated words are easy to remember and hard to guess.
account-password-again = The password once more
account-sign-out = Sign out
account-wrong = No account has this handle and password.
account-too-many = Too many tries. Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } and try again.
account-sign-up-too-many = Too many accounts were made from your network. Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } and try again.
account-handle-empty = Please choose a handle.
account-handle-length = A handle has { $min } to { $max } characters.
account-handle-character = “{ $character }” cannot be part of a handle. Use letters, digits, _ or -.
account-handle-mixed = This handle mixes letters of scripts that look alike. Keep to one of them.
account-handle-reserved = This handle could be taken for the site’s own. Please choose another.
account-handle-taken = Somebody has this handle already, or one that looks like it. Please choose another.
account-password-short = A password has at least { $min } characters.
account-password-long = A password has at most { $max } characters.
account-password-common = This is one of the passwords that are tried first. Please choose another.
account-password-pattern = Repeated or neighbouring characters are guessed at once. Please choose another password.
account-password-handle = The password must not contain the handle.
account-password-differs = The two passwords are not the same.
account-password-wrong = This is not your current password.
account-draft-heading = Your text is still here
account-draft-text = You were signed out while writing. Sign in and it will be waiting in its place; or copy it from here.
account-draft-title = Title
account-draft-body = Your text
account-signed-up = Your account is ready, and you are signed in.
account-signed-out = You are signed out.
account-password-changed = Your password is changed. Other devices are signed out.
account-deleted = Your account is deleted.
account-role = Role
account-role-member = Member
account-role-researcher = Researcher
account-role-moderator = Moderator
account-role-owner = Owner
account-since = Since
account-suspended = This account is suspended: you can read, export your data and delete the account, but not write.
account-contributions = My contributions
account-contributions-none = You have not written anything yet.
account-contributions-start = Go to the discussion
account-in-thread = in “{ $title }”
account-opened = opened “{ $title }”
account-state-visible = public
account-state-deleted = taken back by you
account-state-removed = removed by a moderator
account-state-withheld = withheld until a moderator has looked at it
account-removed-why = Reason: { $reason }
account-removed-note = The moderator’s words: { $note }
account-edited = edited
account-manage = This account
account-change-password = Change the password
account-current-password = Current password
account-new-password = New password
account-change = Change it
account-first-heading = Choose your own password
account-first-text = The password you signed in with was set by somebody else. Choose your own; then you are signed in.
account-export = Download my account data (JSON)
account-delete = Delete the account
account-delete-heading = Delete this account?
account-delete-text = Your handle and password are erased, and you are signed out everywhere. This cannot be undone.
account-delete-survey = Survey answers are not touched: nothing here knows which are yours. To withdraw an answer, use its receipt code.
account-delete-confirm = Delete it for good
account-delete-last-owner = You are the only owner. Give that role to somebody else before you delete this account.
account-keep = Keep the account
account-older = Older contributions
account-back = Back to the account
