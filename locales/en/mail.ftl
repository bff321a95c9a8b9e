# mail: notices by e-mail, where the operator has set it up
mail-title = Notices by e-mail
mail-lede = You never need an e-mail address here. If you give one, you are told that something happened, at most once an hour; what it was you read on the site. The address is used for nothing else, shown to nobody, and deleted when you say so.
mail-is-off = No address is stored.
mail-waits = { $address } waits to be confirmed: follow the link that we send there within three days. Nothing else is sent until then.
mail-to-confirm = Should notices for this account go to { $address }?
mail-confirm = Yes, send them there
mail-is-on = Notices go to { $address }.
mail-forget = Delete the address
mail-address = E-mail address
mail-address-hint = Another address replaces the one before.
mail-ask = Send me a link
mail-not-offered = This site sends no e-mail.
mail-asked = A link is on its way. Open it while you are signed in.
mail-confirmed = Your address is confirmed.
mail-forgotten = The address is deleted.
mail-stale = This link does not hold any more. If the address still waits, ask for another.
mail-fault-address = This is not an e-mail address.
mail-too-many = That was asked for very often. Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }.
mail-row = Notices by e-mail
mail-row-on = on
mail-row-off = off
mail-row-waits = waits for your confirmation
mail-link-subject = Should notices go to this address?
mail-link-text = Somebody with the account { $handle } on { $site } asks for notices to be sent to this address. If that is you, open this link while you are signed in:
mail-link-end = If it is not you, do nothing: without the link nothing else is sent here.
mail-subject = { $n ->
    [one] 1 notice for you
   *[other] { $n } notices for you
  }
mail-reply = { $n ->
    [one] Somebody replied to you.
   *[other] { $n } replies to you.
  }
mail-mention = { $n ->
    [one] Somebody mentioned you.
   *[other] You were mentioned { $n } times.
  }
mail-thread = { $n ->
    [one] Something new in a thread you follow.
   *[other] Something new in { $n } threads you follow.
  }
mail-decision = { $n ->
    [one] A moderator decided something that concerns you. The rule, the reason and the way to appeal stand on the site.
   *[other] Moderators decided { $n } things that concern you. The rules, the reasons and the way to appeal stand on the site.
  }
mail-report = { $n ->
    [one] A report of yours was answered.
   *[other] { $n } reports of yours were answered.
  }
mail-end = You get this because you asked for it. To stop it, delete your address: { $address }
