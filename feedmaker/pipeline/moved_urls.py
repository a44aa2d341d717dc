"""Known stories at new addresses: their links are recognised, so that ids survive and nothing is
shown twice.

Most moves need nothing of this: http and https, `www.` and tracking parameters make no other
address (`urls.key`), and redirects, canonical links and equal texts lead to the known story once
the page is had. Here are those that a link tells before it is followed: the site moved to another
host (`formerly` in its configuration), or an article got another slug while the number in its
address stayed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Link, Section, Site
    from feedmaker.store import Store

_LOOKED_AT = 300  # of a section's newest links: an address that changes is mostly of the last days


def recognise(
    store: Store, site: Site, section: Section, links: Sequence[Link], now: datetime
) -> None:
    """Give those of a listing's new links that lead to known stories these stories.

    Their articles are asked for anew at the new address; the old one is left alone.
    """
    new = store.links.new(links)
    if not new:
        return
    listed = {urls.key(link.url) for link in links}
    numbered: dict[str, Link] = {}
    for known in store.links.newest(site.slug, section.slug, _LOOKED_AT):
        number = urls.numbered(known.url)
        if number and urls.key(known.url) not in listed:  # where both are listed they are two
            numbered.setdefault(number, known)
    for link in new:
        for host in site.formerly:
            if store.links.move(urls.key(urls.on_host(link.url, host)), link, now):
                break
        else:
            known_link = numbered.get(urls.numbered(link.url) or "")
            if known_link and same_headline(known_link.title, link.title):
                store.links.move(urls.key(known_link.url), link, now)


def same_headline(one: str, other: str) -> bool:
    """Whether two headlines may be of one story: half of the words of the shorter are in the other."""
    first, second = (set(arabic.fold(title).split()) for title in (one, other))
    return 2 * len(first & second) >= min(len(first), len(second)) > 0
