"""Pages in, a proposal out: what `feedmaker add` writes for a site that is known by one URL only.

    home page --about--> name, language, time zone       each as a `Said`: a value, and what says so
    home page --offers--> sections                       navigation, headed blocks, feeds, sitemaps
    listing   --doubt, selectors--> whether its links may be wrong, and what else could be meant
    all of it --toml--> the text of config/sites/NAME.toml

Pure: the command fetches, asks and writes.
"""

from feedmaker.setup.confidence import article_rule, doubt, proposals
from feedmaker.setup.section_candidates import Offer, by_words, feeds, offers, sitemaps, slugs
from feedmaker.setup.site_facts import (
    Said,
    language,
    needs_script,
    parts,
    site_name,
    site_slug,
    time_zone,
)
from feedmaker.setup.site_file import Chosen, write

__all__ = [
    "Chosen", "Offer", "Said", "article_rule", "by_words", "doubt", "feeds", "language", "needs_script", "offers",
    "parts", "proposals", "site_name", "site_slug", "sitemaps", "slugs", "time_zone", "write",
]  # fmt: skip
