# Landing page
site-title = When everything arrives already arranged, what makes you someone who takes part?
site-description = An anonymous survey in Chinese and English: once AI and other systems have drafted, chosen and scheduled, is the person still in it? Public results, public discussion.
site-lede = Systems draft, choose and schedule; people press “confirm”. What goes well is the system’s, what goes wrong is yours. Is that how it is? This survey argues no side. It asks what it is like where you are.
site-doors = Three ways in

site-answer-title = Answer
site-answer-text = { $questions } questions in all, of which you get those that fit you; about { $minutes } minutes. You can skip everything except { $required } of them.
site-answer-state-open = Open now
site-answer-state-closed = This wave has closed
site-answer-none = No survey has been published here yet, so there is nothing to answer.
site-results-title = Read the results
site-results-text = Every release has a number, a date and a checksum, and never changes afterwards. No count under ten is shown.
site-results-release = Release { $number } · { $date } · { $n } answers
site-results-none = No release yet: the first one needs at least { $least } answers
site-discuss-title = Join the discussion
site-discuss-text = Say what you make of a question or a chart. What is removed, and why, stands in a public log.
site-discuss-count = { $n ->
    [one] { $n } thread
   *[other] { $n } threads
}
site-discuss-empty = No threads yet; yours could be the first

site-why-title = Why ask
site-why-1 = There is an old story about fields. Methods improved, harvests grew, and nobody got a free afternoon, because there were more mouths to feed and everyone went over the same ground with more care. Chinese calls this neijuan, involution: the effort rises and the arrangement stays as it was. Today the field is skill. Each year there are new tools to learn, and the faster we learn them the harder it is to say whom we are racing, and for what.
site-why-2 = AI speeds it up. Some studies find pay and productivity gathering in the trades and skills that can use it, while the middle is squeezed. One essay goes further: what is running short, it says, may not be work but the person doing it. The system proposes; you approve, and catch what falls through. The success is credited to the model and the process, and the failure finds its way back to whoever pressed “confirm”. You are in the room, but nobody needs you to decide.
site-why-3 = Many people disagree, and not without reason. Tools have always taken the repetitive part first and left us the judging. People who never learned to code are making software; people with one language now read the original. Where blame lands on the wrong desk, the likelier culprit is an organisation that never settled who decides, and there were plenty of those before AI. If this is right, the people who use these systems most should feel more involved, not less. That is the first hypothesis on our list, and it stands or falls by the same rules as the others.
site-why-4 = No amount of arguing settles this. The essay offers no cure either; it ends on a question. When the decision, the content and the path all arrive ready-made, under what conditions does a person still take part, rather than being slotted into a procedure? So we ask people. What is it like where you are? Which one thing, if it were gone, would leave you going through the motions? Whatever comes back is published, whichever side it favours, along with how unsure it is.
site-why-credit = The survey grew out of a Chinese essay, “AI 时代下，内卷的尽头是什么” (“Where does involution end in the age of AI?”). The above is our own retelling, not its text.
site-why-more = What the studies do and do not say

site-path-title = What happens to an answer
site-path-1-title = You fill it in
site-path-1-text = Until you submit, the server keeps nothing. Close the page whenever you like.
site-path-2-title = It is stored
site-path-2-text = A random id, the version of the survey and what you chose. No time, no order, no address, no account. Words you wrote go elsewhere and cannot be matched with the rest. You get a receipt code.
site-path-3-title = It waits for company
site-path-3-text = Nothing is released below { $least } answers. Each release holds back { $held } at random and mixes them with later ones, so nobody can tell who has just come in.
site-path-4-title = It is released
site-path-4-text = Counts below ten are hidden, the rest rounded to five. A release has a number and a checksum, and is never edited.

site-promise-title = What we promise
site-promise-1-title = Anonymous by construction
site-promise-1-text = An answer holds no time, number, address or account. It is not that we refrain from looking; there is nothing to look up.
site-promise-1-link = How, and what it cannot do
site-promise-2-title = Figures you can check
site-promise-2-text = Every chart has its table behind it, every download its checksum, and the questionnaire itself can be downloaded.
site-promise-2-link = See the data
site-promise-3-title = Yours to take back
site-promise-3-text = A receipt code shows you your answer. You can change it until it enters a release, and withdraw it at any time.
site-promise-3-link = I have a receipt

# About
site-about-title = About this survey
site-about-lede = Partake is an open-source site for a survey, its results and the talk about them. It asks one thing: as more and more arrives already arranged by systems, do people feel they are still part of it, and what would it take?
site-about-who-title = Who runs it
site-about-who = This site is run by { $operator }. Contact: { $contact }.
site-about-who-unset = Whoever runs this site has not entered a name or a contact yet. Until they do, treat it as a trial.
site-about-origin-title = Where it comes from
site-about-origin = The question comes from a Chinese essay, “AI 时代下，内卷的尽头是什么” (“Where does involution end in the age of AI?”). Its text belongs to its author. We credit the title, retell the argument in our own words and quote none of it. Nor does the survey argue its case: the first hypothesis is the opposite view.
site-about-method-title = How it asks
site-about-method-1 = The Chinese and English versions were written side by side; neither is a translation of the other. Every question is our own, and none is taken from a copyrighted scale.
site-about-method-2 = Scored questions avoid “agree or disagree” and ask how often, how much, and in which direction. Order is drawn at random for each person. Every background question can be left out.
site-about-method-3 = Ten hypotheses were written down before collection, each with a rule by which it can fail.
site-about-method-rationale = Why each question is there, and what research it rests on, is set out in the rationale published with the source code. The whole questionnaire can be downloaded from the data page.
site-about-method-link = To the data page
site-about-limits-title = Read it with these in mind
site-about-limits-1 = The questionnaire is a draft. It has not been piloted and its scales have not been validated.
site-about-limits-2 = Respondents choose themselves. The results describe people who filled this in, never “the public”, and nothing is weighted.
site-about-limits-3 = Anonymity also makes answers written by machines harder to spot. Rate limits and a human eye help; neither is solid.
site-about-limits-4 = People get used to being slotted in. A high self-rating does not close the question and has to be read beside the others.
site-about-studies-title = What the studies mentioned do and do not say
site-about-studies-intro = None of these figures appears in the questionnaire, so that they do not steer answers.
site-about-studies-1 = OECD, Employment Outlook 2023: highly skilled jobs are the most exposed to recent AI progress and still the least at risk of automation. The two are often run together. The survey asks only whether people feel replaceable.
site-about-studies-2 = PwC’s 2025 jobs barometer, as reported: postings that ask for AI skills rose 7.5% while all postings fell 11.3%. But from 2019 to 2024, jobs less exposed to AI grew faster than more exposed ones (65% against 38%).
site-about-studies-3 = Bone, Ehlinger and Stephany (2025): the 21% rise in share and the 15% fall in mentions of degrees, 2018 to 2023, are about AI roles in UK postings, not about all jobs.
site-about-studies-4 = Marguerit (2025): data for the United States from 2015 to 2022, before generative AI was in wide use.
site-about-studies-5 = Earp and others (2024): on who gets the blame, Chinese respondents were a partial exception, so the gap between credit and blame may differ between the two languages.
site-about-licence-title = Licence
site-about-licence = The code is available under MIT or Apache-2.0, as you prefer. The questionnaire’s texts are under CC BY 4.0: use and adapt them, with credit.

# Privacy
site-privacy-title = Privacy: what is stored, what is not, and whom that stops
site-privacy-lede = In one sentence: nothing in your answer points back to you, so there is nothing for us to hand over. Here is how that is done, and what it does not do.
site-privacy-kept-title = What a stored answer holds
site-privacy-kept-1 = A random id, worked out from a receipt code that only you have. It cannot be turned back into the code.
site-privacy-kept-2 = The version of the survey, the language you used, and the question versions drawn for you.
site-privacy-kept-3 = What you chose, and three marks of quality: whether the row that asked for a certain answer got it, whether one long list got the same answer throughout, and whether the whole went much faster than anybody reads (yes, no, or not measured).
site-privacy-kept-4 = Once it has entered a release, the number of that release.
site-privacy-kept-5 = Words you wrote and votes you cast are kept apart, each under a random id of its own, with no link to what you chose.
site-privacy-not-title = What is not stored
site-privacy-not-1 = When you submitted, in what order, how many minutes you took, how long you stayed on a page, or a draft you never sent.
site-privacy-not-2 = Your IP address, your browser, the page you came from, any device fingerprint.
site-privacy-not-3 = An account, a session, an e-mail address. The survey’s pages cannot even tell whether you are signed in.
site-privacy-not-4 = Your name, employer, exact age, city or income: we do not ask.
site-privacy-noscript = If your browser runs no scripts, what you have filled in travels with the page, encrypted. The server reads it, forgets it and stores nothing.

site-privacy-guard-title = Whom this stops
site-privacy-guard-a1 = Someone who watches every page and every file
site-privacy-guard-a1-how = Public figures move only when there is a release. When one answer comes in, nothing changes, not even the total.
site-privacy-guard-a2 = Someone who knows which day a colleague took part, and something about them
site-privacy-guard-a2-how = No time is kept, each release holds back 20 answers at random, counts below ten are hidden and the rest rounded to five.
site-privacy-guard-a3 = Someone who submits many answers to isolate yours by subtraction
site-privacy-guard-a3-how = Each release lets out at least 20, drawn at random, so they cannot tell how many of their own are among them.
site-privacy-guard-a4 = A researcher with the data file and outside sources
site-privacy-guard-a4-how = A file of single answers holds only people who agreed, and of those only a part drawn by lot. Their background is coarsened until at least ten rows share every combination, with at least two different answers to each sensitive question. What would give a finer background away, such as an answer to a question that only some are asked, is left out. This is no guarantee against somebody who knows more than the background.
site-privacy-guard-a5 = Someone who gets hold of the database, its backups and logs
site-privacy-guard-a5-how = They hold no times and no identities. After each release all answers are written anew in the order of their random ids, and with that the order of arrival is gone.
site-privacy-guard-a6 = The operator, looking back
site-privacy-guard-a6-how = What the program never wrote down, its operator cannot find either.

site-privacy-limits-title = What it does not stop
site-privacy-limits-1 = An operator who alters the program to record addresses and times, or sends you altered pages. The code is public; that this site runs that code is a matter of trust.
site-privacy-limits-2 = Your own device: whoever holds it can see an unsent draft and a receipt you saved.
site-privacy-limits-3 = Repeating your answers in the discussion, where somebody could put the two together.
site-privacy-limits-4 = Having very few peers. All we can do then is withhold the figure; there is no magic.

site-privacy-receipt-title = What the receipt code is for
site-privacy-receipt-1 = It shows you your answer. Until the answer has entered a release you can change it or withdraw it.
site-privacy-receipt-2 = After that you can still withdraw: the stored answer is deleted at once and left out of later releases. Figures already published and files already downloaded cannot be called back; please know this beforehand.
site-privacy-receipt-3 = The server keeps an id computed from the code, not the code. A lost code cannot be recovered, and without it we cannot tell which answer is yours.
site-privacy-receipt-link = See or withdraw an answer with its code

site-privacy-forum-title = Accounts in the discussion
site-privacy-forum-1 = An account is a handle and a password, with no e-mail or phone number. Where the operator has set up mail you can have notices sent to an address; it is stored with the account for that alone, the mail says that something happened and not what, and you can delete it at any time. The password is kept as a salted slow hash (Argon2id) that nobody can read back. Of each place you are signed in, the day it began and the day it was last used are kept, and no device or address.
site-privacy-forum-2 = What you post is public, with your handle and the time. Nothing connects the account with a survey answer.
site-privacy-forum-3 = Your account page lets you export everything you wrote, and delete the account.
site-privacy-cookies-title = Cookies
site-privacy-cookies = Three at most: your session once you sign in, your language if you choose another than your browser’s, and, until the page with new recovery codes is open, one that carries them there encrypted. No statistics, no advertising, no tracking, and no request to any other site.

site-privacy-notice-title = Privacy notice
site-privacy-notice-status = This is a draft. A lawyer has to review it before anyone is recruited.
site-privacy-notice-1 = Who is responsible
site-privacy-notice-1-text = { $operator }. Contact: { $contact }.
site-privacy-notice-2 = What we collect
site-privacy-notice-2-text = Your choices and text, the language, the question versions drawn for you, and three marks of quality, one of which says whether you went much faster than anybody reads. No times.
site-privacy-notice-3 = What we do not collect
site-privacy-notice-3-text = Name, contact, employer, exact age, city, income. No IP address is stored with answers, no device is fingerprinted, and there are no advertising or tracking tools.
site-privacy-notice-4 = Access logs
site-privacy-notice-4-text = The program logs no addresses for the survey’s pages. The server in front keeps an access log against attacks for { $days } days, apart from answers.
site-privacy-notice-4-unset = The program logs no addresses for the survey’s pages. How long the server in front keeps its access log has not been entered by the operator.
site-privacy-notice-5 = Why
site-privacy-notice-5-text = For statistics and public research, on the basis of your consent. You can withdraw it at any time, without affecting what was done before.
site-privacy-notice-6 = Where
site-privacy-notice-6-text = { $place }. Before data is stored outside your country or region we first tell you who receives it, why, how, and what your rights are, and ask for separate consent.
site-privacy-notice-7 = Who sees it
site-privacy-notice-7-text = Only the people who run the server can reach raw answers. They are never sold, nor given to employers, schools or platforms. We publish overall results, words you allowed us to show after a human check, and, if you agreed to it and were drawn by lot, your answers in a file in which at least ten people share every background. What was published before you withdraw cannot be recalled.
site-privacy-notice-8 = How long
site-privacy-notice-8-text = Raw answers are kept until the data set is frozen ({ $freeze }), then deleted.
site-privacy-notice-8-unset = Raw answers are kept until the data set is frozen, then deleted. The operator has not entered the date (planned: six months after launch).
site-privacy-notice-9 = Your rights
site-privacy-notice-9-text = See, correct or delete your answer with the receipt code; without it we cannot tell which one is yours. For questions or complaints: { $contact }, or your data protection authority.
site-privacy-notice-10 = Automated decisions
site-privacy-notice-10-text = None are made about you from your answers.
site-privacy-notice-11 = Minors
site-privacy-notice-11-text = Please do not take part if you are under 18.
site-unset-operator = (the operator has not entered a name)
site-unset-contact = (the operator has not entered a contact)
site-unset-place = The operator has not entered the country and provider

# Rules
site-rules-title = Rules of the discussion
site-rules-lede = You may disagree with anything here, this survey included. Only what is listed below gets removed, and each removal leaves a record.
site-rules-removed-title = What is removed
site-rules-code = Code in the log
site-rules-how-title = How it works
site-rules-how-1 = Anyone signed in can report a comment. Reports go into a queue and a person decides. Where several reports weigh enough, the comment is withheld until that person has looked; nothing is removed by number.
site-rules-how-2 = A removed comment leaves a mark in its place and the replies under it stay. Its author can see the reason.
site-rules-how-3 = Every removal, restoration and lock goes into the public log: when, by which rule, by whom.
site-rules-log = Read the public log
site-rules-appeal-title = If you disagree
site-rules-yours-title = Your own words
site-rules-yours = You can edit or delete your own comments at any time. An edit is marked; a deletion leaves only an empty place, so that replies have something to hang on.
