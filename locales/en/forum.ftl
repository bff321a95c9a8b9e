# forum
forum-title = Discussion
forum-lede = What do the questions mean, what do the results say, what is missing? Disagree with arguments, not with people.
forum-new = Start a thread
forum-empty-heading = Nobody has begun yet
forum-empty-text = Ask what a result means to you, or what a question leaves out. The first words need not be polished.
forum-empty-about = No thread is about this yet.
forum-filter = About
forum-filter-all = Everything
forum-filter-apply = Show
forum-about-survey = The survey as a whole
forum-about = about: { $about }
forum-comments = { $n ->
    [one] 1 comment
   *[other] { $n } comments
  }
forum-replies = { $n ->
    [one] 1 reply
   *[other] { $n } replies
  }
forum-last = last { $when }
forum-locked = locked
forum-locked-text = A moderator has locked this thread. It can be read, but not answered.
forum-title-removed = (title removed by a moderator)
forum-title-withheld = (title not shown until a moderator has looked)
forum-more-threads = Older threads
forum-sort = Order
forum-sort-best = Best
forum-sort-new = Newest
forum-sort-old = Oldest
forum-opening = The opening
forum-all-comments = Comments
forum-first-comment = No replies yet. What do you think?
forum-next-comments = More comments
forum-more-replies = { $n ->
    [one] Show 1 more reply
   *[other] Show { $n } more replies
  }
forum-continue = Continue this conversation
forum-by-nobody = account deleted
forum-mine = you
forum-edited = edited
forum-permalink = Link to this comment
forum-reply = Reply
forum-reply-to = Reply to { $author }
forum-reply-thread = Join in
forum-edit = Edit
forum-delete = Delete
forum-report = Report
forum-removed = Removed by a moderator: { $reason }
forum-removed-yours = Your comment was removed by a moderator: { $reason }. Only you and moderators see its text.
forum-removed-note = The moderator’s words: { $note }
forum-removed-text = The removed text
forum-deleted = Taken back by its author.
forum-withheld = Withheld until a moderator has looked at it.
forum-score = { $n ->
    [one] 1 point
   *[other] { $n } points
  }
forum-field-title = Title
forum-field-title-hint = 3 to 120 characters. Say what the question is.
forum-field-about = What is it about?
forum-field-body = Your text
forum-field-body-hint = Up to 10,000 characters. Markdown works: *emphasis*, > quotation, [link](https://…).
forum-identify = A post that repeats your survey answers can show which answers are yours. Speak of the matter rather than of what you ticked.
forum-rules = Discussion rules
forum-publish = Publish
forum-save = Save
forum-cancel = Cancel
forum-sign-in-to-write = Sign in to write
forum-sign-in-to-write-text = Reading needs no account. Writing takes a handle and a password, and no e-mail.
forum-edit-heading = Edit your comment
forum-delete-heading = Delete this comment?
forum-delete-text = The text is erased. If others have replied, a placeholder stays so that their replies keep their place.
forum-delete-confirm = Delete it
forum-report-heading = Report this comment
forum-report-text = A moderator will look at it. The author does not learn who reported.
forum-report-reason = Which rule does it break?
forum-report-note = Anything a moderator should know (optional)
forum-report-send = Send the report
forum-reported = Thank you. A moderator will look at it.
forum-report-again = You have reported this comment already. A moderator will look at it.
forum-posted = Your comment is published.
forum-deleted-done = Your comment is deleted.
forum-in-thread = In: { $title }
forum-ancestors = What came before
forum-beside = Other replies beside it
forum-whole-thread = See the whole thread
forum-moderate = Moderate
forum-fault-title-empty = Please give the thread a title.
forum-fault-title-short = A title has at least { $min } characters.
forum-fault-long = This is too long: { $is } of at most { $max } characters.
forum-fault-body-empty = Please write something.
forum-fault-about = Please choose from the list.
forum-fault-reason = Please choose a rule.
forum-fault-too-deep = This conversation is as deep as it goes. Reply to a comment further up, or to the thread.
forum-fault-locked = The thread has been locked meanwhile. Your text is still here; copy it if you want to keep it.
forum-fault-gone = The comment you reply to is gone. Your text is still here; you can post it to the thread.
forum-fault-yours = This is your own comment. You can edit or delete it.
forum-fault-suspended = This account is suspended and cannot write.
forum-fault-too-many = That was very fast. Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } and send it again; your text is still here.
forum-fault-heading = This was not published yet
forum-reason-abuse = attacks a person
forum-reason-hate = demeans people for what they are
forum-reason-identifies = reveals who somebody is or what they answered
forum-reason-spam = advertising or repetition
forum-reason-misleading = known to be false
forum-reason-off_topic = off topic
forum-reason-illegal = against the law
forum-reason-other = other
forum-collapse = Hide or show replies
forum-sending = Sending…
forum-send-failed = It could not be sent. Your text is still here; try again.
forum-vote-up = Vote for the comment by { $author }
forum-vote-down = Vote against the comment by { $author }
forum-withheld-text = The withheld text
forum-fault-report-yours = This is your own comment: there is no need to report it. You can edit or delete it.
