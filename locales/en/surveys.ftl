# Several surveys on one site
surveys-other-title = Other surveys here
surveys-bar-label = The survey you are looking at
surveys-bar-home = Front page
surveys-only-en = This survey exists in English only.
surveys-only-zh = This survey exists in Chinese only: its questions are in Chinese, the rest of the page is in English.
surveys-only-switch = Show everything in Chinese
surveys-minutes = About { $minutes } minutes, { $questions } questions
surveys-closed = Closed
