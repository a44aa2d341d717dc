"""Strings: pure functions and data, without HTML, files and network.

`charset`: bytes of a page -> text. `arabic`: folded and tidy text, direction, language.
`labels`: labels of news pages, bylines, datelines. `urls`: joined and canonical URLs.
`dates`: date texts -> instants. `word_matching`: words that mean the same.

Behind them: `mojibake` and `repairs` for text that needs them, `label_tables` for the folded
labels. Data: `label_words`, `languages`, `months`, `places`, `feed_namespaces`.
"""
