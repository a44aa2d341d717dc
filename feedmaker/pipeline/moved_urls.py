"""Known stories at new addresses: ids survive, and nothing is shown twice.

Most moves need nothing of this: http and https, `www.` and tracking parameters make no other
address (`urls.key`); redirects, canonical links and equal texts lead to the known story once the
page is fetched. Here are the moves that a link tells before it is followed: the site moved to
another host (`formerly` in its configuration), or an article got another slug while the number in
its address stayed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Link, ListedLink, Section, Site
    from feedmaker.store.links import Links

# Of a section's newest links: an address that changes is mostly of the last days.
_COMPARED: Final = 300


def note_moved_stories(
    store: Links, site: Site, section: Section, listed: Sequence[ListedLink], now: datetime
) -> bool:
    """Give those of a listing's links that lead to known stories these stories.

    Their articles are due at the new address; the old address is left alone. Returns whether there
    were any.
    """
    new = [one.link for one in listed if not (one.is_noted or one.is_stored)]
    if not new:
        return False
    any_moved = False
    numbered = _links_by_number(store, site, section, listed)
    for link in new:
        old = _former_keys(link, site, numbered)
        any_moved |= any(store.move(key, link, now) for key in old)
    return any_moved


def _former_keys(link: Link, site: Site, numbered: dict[str, Link]) -> list[str]:
    """The keys of the addresses that a link's story may have had."""
    keys = [urls.key(urls.on_host(link.url, host)) for host in site.formerly]
    known = numbered.get(urls.numbered(link.url) or "")
    if known and same_headline(known.title, link.title):
        keys.append(urls.key(known.url))
    return keys


def _links_by_number(
    store: Links, site: Site, section: Section, listed: Sequence[ListedLink]
) -> dict[str, Link]:
    """The newest links of a site by the number in their address, without those listed still.

    Where both addresses are listed there are two stories. Links to other sites move only where
    these say so.
    """
    listed_keys = {one.key for one in listed}
    numbered: dict[str, Link] = {}
    for known in store.newest(site.slug, section.slug, _COMPARED):
        number = urls.numbered(known.url)
        if (
            number
            and urls.key(known.url) not in listed_keys
            and urls.same_site(known.url, site.home)
        ):
            numbered.setdefault(number, known)
    return numbered


def same_headline(one: str, other: str) -> bool:
    """Whether two headlines may be of one story: they share half of the words of the shorter."""
    first = set(arabic.fold(one).split())
    second = set(arabic.fold(other).split())
    return 2 * len(first & second) >= min(len(first), len(second)) > 0
