# Results and data pages
results-title = What people answered
results-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
results-release-line = Release { $release } · { $date } · { $n } answers (rounded)
results-release-short = Release { $release }, { $date }
results-how-link = how it was made
results-older = This is an earlier release.
results-newest = Go to the newest one.
results-contents = Sections
results-findings-title = In short
results-findings-rule = These sentences are put together by rules from the published numbers. A comparison is stated only where rounding and hidden cells could not turn it round. They describe the people who answered, nobody else.
results-no-findings = Nothing stands out clearly enough in this release to be put into a sentence. Every question is shown below.
results-finding-rows = “{ $question }” People most often answered “{ $lower }” or “{ $higher }” to “{ $most }” ({ $mostshare }), and least often to “{ $least }” ({ $leastshare }).
results-finding-pair = “{ $first }” The middle answer lies at { $firstband } of 100. “{ $second }” There it lies at { $secondband }.
results-finding-best-worst = Of the things compared, “{ $most }” was most clearly put first and “{ $least }” most clearly put last.
results-finding-ranking = “{ $option }” is in the first { $places } of { $share } of those who ranked: more than any other.
results-finding-agreement = Among the statements with enough votes, the one most agreed with is “{ $statement }” ({ $share } of its voters).
results-band = { $low }–{ $high }
results-how-title = How this release was made
results-how-release = Nothing on this page moves when somebody answers. Now and then the answers that have come in are released together, as a batch of at least 20; the first release needs 30. Each time 20 answers, drawn at random, wait for a later batch, so nobody can tell whether a certain answer is already in.
results-how-counts = Counts are rounded to the nearest 5, and a count of 0 to 9 is shown only as “fewer than 10”. Totals are rounded by themselves, so they need not add up. A question answered by fewer than 30 people is not shown, and one answered by fewer than 50 is not split by background. Every percentage is computed from the rounded counts.
results-how-sample = People chose to take part; they are not a random sample of anyone. The intervals shown say how far chance alone would carry a random sample of that size, and how much the rounding hides.
results-how-audit = Where a hidden number could be worked out from the totals around it, others are hidden with it (“not shown”), until at least five numbers lie between the lowest and the highest it could be. What this release tells together with earlier ones is held to the same rule; where it would tell too much, the table waits. The proof is in audit.json, for anyone to compute again.
results-to-data = Download the numbers, and how to check them
results-releases-title = All releases
results-wave = Instrument version { $wave }.
results-fewer = fewer than 10
results-withheld = not shown
results-withheld-base = Not shown: fewer than 30 people answered this.
results-detail = { $label }: about { $count } of { $base } people, { $share }. For a random sample, and with the rounding: between { $low } and { $high }.
results-detail-hidden = { $label }: { $why }
results-detail-list = { $label }: { $list }
results-median = Middle answer (median): { $band }
results-median-between = Middle answer (median): between the bands { $low } and { $high }
results-median-unknown = The middle answer cannot be given from what is shown.
results-score-between = { $low } to { $high }
results-score-detail = { $label }: score { $score }. Chosen as most important { $best } times and as least important { $worst } times, out of { $shown } times shown.
results-place-detail = { $label }: first place for { $first } ({ $firstcount }), one of the places for { $top } ({ $topcount }).
results-first-place = First place
results-in-top = In the first { $places }
results-asked = Asked only of those who { $who }.
results-asked-only = Only some people were asked this: who?
results-asked-some = Asked only of some, depending on their earlier answers.
results-asked-and = { $a }, and who { $b }
results-asked-or = { $a }, or who { $b }
results-asked-chose = chose “{ $option }” under “{ $question }”
results-asked-not-chose = did not choose “{ $option }” under “{ $question }”
results-asked-count = chose at least { $n } under “{ $question }”
results-asked-count-is = chose exactly { $n } under “{ $question }”
results-asked-answered = answered “{ $question }”
results-asked-one-of = answered { $options } to “{ $question }”
results-asked-alternative = {" "}or{" "}
results-quoted = “{ $text }”
results-asked-drawn = were drawn for it at random ({ $drawn } of { $of } equal groups)
results-asked-everyone = reached this page
results-n = n = { $n }
results-n-range = n = { $least } to { $most }, depending on the row
results-n-small = n below 30
results-reading-single = share of those who answered
results-reading-multiple = share of those who answered; several answers were possible
results-reading-matrix = bars part in the middle of the scale; left and right stand the shares on either side
results-reading-slider = share in each tenth of the scale, in per cent; a dot stands for a number that is not shown
results-reading-best-worst = times chosen as most important, minus times chosen as least, per hundred times shown
results-reading-ranking = share that gave it a place; the darker part gave it the first
results-reading-votes = share of those who voted on the statement
results-table = The numbers as a table
results-table-caption = Rounded counts: { $question }
results-head-answer = Answer
results-head-count = People
results-head-share = Share
results-head-base = Answered
results-head-shown = Times shown
results-rule = Counts are rounded to the nearest 5; 0 to 9 is “fewer than 10”; nothing is shown below 30 answers; shares are computed from the rounded counts.
results-discuss = Discuss this question
results-discuss-label = Discuss this question: { $question }
results-link = Link to this chart
results-link-label = Link to this chart: { $question }
results-chart-hint = Point at the chart, touch it, or move with the arrow keys: the exact words appear here.
results-empty-title = No results yet, and that is on purpose
results-empty-lede = The first results appear together, once enough people have answered that no one of them can be made out.
results-empty-threshold = The first release holds at least 30 answers, and 20 more wait behind it, drawn at random. Whether that is reached is looked at on fixed days only.
results-empty-why-title = Why we wait
results-empty-why = In a chart of five people everyone who knows them can tell who said what. And in a chart that grows with each answer, anyone who watches it learns every single answer, however it is rounded.
results-empty-no-counter = That is why there is no counter here either. This page changes when a release is made, and at no other time.
results-empty-answer = Answer the survey
results-empty-discuss = Join the discussion
results-data-title = Data
results-data-lede = Everything that is published, to download, check and reuse. Single answers are not among it.
results-data-downloads = Downloads
results-data-none = There is no release yet. The first one comes when at least 30 answers can appear together, with 20 more held back.
results-data-instrument = The instrument, version { $version }
results-data-verify = To check the files of a release, put them into one folder and run: sha256sum --check SHA256SUMS
results-data-sha = SHA-256
results-data-cite = How to cite
results-data-cite-how = Name the release: a later one holds other numbers.
results-data-cite-later = There will be something to cite after the first release.
results-data-citation = Partake ({ $year }). { $title }. Release { $release }, { $date } [aggregate data]. { $url }
results-data-licence = Licence
results-data-licence-text = The numbers and the text of the instrument may be used by anyone for anything, if the source is named:
results-file-aggregates-json = Every published number, as the API gives it.
results-file-aggregates-csv = Every published number, one cell a line, for spreadsheets and statistics programs (UTF-8).
results-file-instrument-json = The instrument that was answered, complete and in both languages.
results-file-codebook-json = What each table and code means, in both languages.
results-file-codebook-csv = What each table and code means, as a table.
results-file-release-json = How the release was made: date, thresholds, and which rules are and are not applied yet.
results-file-sums = Checksums of all files of the release.
results-file-other = Part of the release.
results-instrument-about = All questions, options, conditions and experiment factors, in both languages.
results-method-title = The method in plain words
results-method-stored = An answer is stored under a random number, without a time, an address, an account or anything else about the person. Nothing leads from a discussion account to an answer.
results-method-release = Answers are published only in releases: at least 30 in the first, at least 20 more in each later one, while 20 drawn at random wait. A release counts all answers released so far, except those withdrawn since.
results-method-count = Each closed question becomes one table. Numbers from sliders are put into ten bands, typed numbers into the bands declared in the instrument. Counts below 10 are hidden, the others rounded to 5.
results-method-votes = Votes on statements are stored apart from the answers and cannot be joined with them; they are drawn into a release by themselves.
results-method-text = Free text is in none of these files. It is shown only if its author agreed, after a person has read it.
results-method-final = A release is never changed. Whoever withdraws an answer is missing from the next release on; what was published before is not recalled.
results-method-limits-title = What it does not do
results-method-limits = It does not protect against an operator who secretly records visitors, against what someone tells about themselves in the discussion, or against the owner of the device one answers on.
results-to-results = See the results
results-api-title = For programs
results-api-text = The same as JSON, without a key and without sign-in. Files of a release never change and may be kept for ever; lists carry an ETag.
results-api-instrument = The instrument, canonical JSON.
results-api-releases = Numbers, dates, sizes and checksums of all releases.
results-api-aggregates = Every published number of a release.
results-api-surveys = All surveys on this site.
results-withheld-waits = Not shown in this release: laid beside an earlier one, or by itself, it could tell something about single people. It waits for a later release; earlier releases stay as they were.
results-looser = The operator of this site has set a looser rule for this release than Partake promises. The rules that were applied are in release.json.
results-split-title = Compare groups
results-split-off = Everyone together
results-split-rule = Each chart is then drawn once for each group, on the same scale. Groups that are too small, or could be told from the others, are left out. The people in a group chose to take part like everyone else; a difference between groups is not a cause.
results-split-hidden = Not shown: { $groups }. These groups are too small here, or would give others away.
results-split-none = No group is large enough to be shown for this question.
results-split-votes = Votes are stored apart from the answers and from the background, so they cannot be split.
results-split-itself = This is the question by which the page is split.
results-file-audit-json = The proof: how far each hidden number can lie from what is published, and which earlier releases each table was compared with.
results-audit-title = The audit, with an example
results-audit-why = Hiding a small number is not enough: whoever knows the total can subtract. So before each release a linear programme is solved for every hidden number, twice: for the lowest and for the highest value it could have if every total were known exactly. Where the two are less than 5 apart, another number is hidden beside it, until they are not.
results-audit-example = Say 100 people answered: 60 said yes, 34 no, 6 did not want to say. The 6 is hidden. But 100 − 60 − 34 is 6. So the 34 is hidden too. Now all that is known is that the two make 40, that one is below 10 and the other is not: the hidden 6 could be anything from 0 to 9.
results-audit-releases = Two releases laid side by side make a third table: the people who joined in between. It is checked in the same way. Every number in it must leave at least five possibilities, or one more number is hidden; where that does not help, the table waits for a later release. A number that was hidden after it had been shown stays hidden until it has clearly grown.
results-audit-check = audit.json names every hidden number of a release with the lowest and the highest value that the published, rounded numbers allow. Whoever solves the same programme from aggregates.json must arrive at the same bounds.
results-audit-limits = The audit looks at each table with the totals it shares with others, and at its history. It does not join questions that depend on each other through the questionnaire’s routing, and it cannot know what a reader has learned elsewhere.
