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

# Sent, and nothing is known yet
survey-w-unsent-title-unknown = No confirmation from the server yet
survey-w-unsent-unknown = Your answers were sent, but no reply came: they may have arrived, or they may not.
survey-w-unsent-code = If they did arrive, this receipt code opens them:
survey-w-offline-answering = There is no connection. You can go on answering; only submitting needs one.
survey-w-language-offline = The other language needs a connection to be loaded. Nothing is lost; please try again when there is one.
survey-w-draft-tried = Last time no confirmation came. Your answers are still on this device: please submit again. If they had arrived after all, it still counts once.
survey-w-other-tab = You changed your answers in another tab; this one has caught up.
survey-w-elsewhere-title = This response was dealt with elsewhere
survey-w-elsewhere-text = You submitted or discarded it in another tab. This tab will not send anything.
survey-w-elsewhere-start = Back to the start
survey-w-keys-hint = By keyboard: digits choose, Enter goes on.

# The receipt in other forms
survey-w-receipt-words = The same code as twelve words
survey-w-receipt-qr = QR code of the receipt
survey-w-receipt-qr-hint = Scan it with a phone to open your answers there.
survey-w-receipt-print = Print
survey-w-receipt-save = Save as a file

# One's own answers beside everyone's
survey-w-beside-title = Your answers beside everyone’s
survey-w-beside-text = On your own device, your answers are marked in the results that are already public. Nothing more of yours is sent to anyone for this.
survey-w-beside-show = Show them side by side
survey-w-beside-about = These are the results of release { $release }; what you have just sent is not in them yet. Percentages are computed from the published figures.
survey-w-beside-none = Nothing has been released yet. When something is, your receipt code still shows you what you answered.
survey-w-beside-failed = The published results cannot be read right now. Please try again later.
survey-w-beside-few = fewer than 10
survey-w-beside-withheld = withheld
survey-w-beside-you = you

# Closed meanwhile
survey-w-closed-title = This survey has closed
survey-w-closed-text = It closed while you were answering. The server did not take these answers, and nothing of them is stored there.
survey-w-closed-kept = They are still in the draft on this device, for you alone. You may throw it away.

# Too fast
survey-slowed = Too many submissions came from this network address within a minute. Please wait a minute and try again. Your answers are not lost: they are still here.

# Quality flags
answering-flags = Quality flags
answering-flags-help = Only these three flags are stored with the answers, and no times. They never exclude a response.
answering-flag-attention = The row that asks for a given answer
answering-flag-as-asked = Answered as asked
answering-flag-otherwise = Answered otherwise
answering-flag-not-asked = Not shown, or left blank
answering-flag-straight = Every row of a long scale with the same answer
answering-flag-yes = Yes
answering-flag-no = No
answering-flag-pace = Pace
answering-flag-unknown = Not measured
answering-flag-usual = Usual
answering-flag-fast = Much faster than the questions can be read
