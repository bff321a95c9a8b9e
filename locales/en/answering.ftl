# All parts at a glance, and the look before sending
survey-w-overview = All parts
survey-w-overview-review = Check and submit
survey-w-answered-of = { $n } of { $total } answered
survey-w-to-review = Check my answers
survey-w-review-title = Check your answers before sending
survey-w-review-text = This is everything that will be sent. Nothing has been sent yet. Change any part, or submit.
survey-w-review-left = Questions without an answer: { $n }. You may leave them blank, unless one is marked as needing an answer.
survey-w-review-change = Change
survey-w-review-which = : { $title }
survey-w-review-none = (no answer)
survey-w-pair = { $label }: { $item }
