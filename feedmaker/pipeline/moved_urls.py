"""Known stories at new addresses: ids survive, and nothing is shown twice.

Most moves need nothing of this: http and https, `www.` and tracking parameters make no other
address (`urls.key`); redirects, canonical links and equal texts lead to the known story once the
page is fetched. Here are the moves that a link tells before it is followed: the site moved to
another host (`formerly` in its configuration), or an article got another slug while the number in
its address stayed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from feedmaker.model import Link, ListedLink, Section, Site
    from feedmaker.store.links import Links

# Of a section's newest links: an address that changes is mostly of the last days.
_COMPARED: Final = 300
# Words of a headline from which on no other story has it, at the same path.
_TELLING: Final = 3


class _Address(NamedTuple):
    """A link with parameters: host, path and names of them, their values, and the headline."""

    place: tuple[str, ...]
    values: tuple[str, ...]
    title: str


def with_known_addresses(
    store: Links, site: Site, section: Section, links: list[Link]
) -> list[Link]:
    """Return the links of a listing, those to known stories under the address that is known.

    A parameter of one visit, whatever its name, makes another address each time that the listing is
    fetched. It tells none of the listing's links from another. The story is known where all else
    and the headline are the same, no other story has them, and the known address is listed no more.
    """
    new = _addresses_of(links)
    if not new:
        return links
    telling = _telling_values(new.values())
    listed = {urls.key(link.url) for link in links}
    newest = store.newest(site.slug, section.slug, _COMPARED)
    gone = _addresses_of(link for link in newest if urls.key(link.url) not in listed)
    known = _by_look(gone, telling)
    same = {url: known[look] for look, url in _by_look(new, telling).items() if look in known}
    return [replace(link, url=same.get(link.url, link.url)) for link in links]


def _addresses_of(links: Iterable[Link]) -> dict[str, _Address]:
    """The addresses of those links that have parameters, by their URLs."""
    return {link.url: address for link in links if (address := _address_of(link))}


def _address_of(link: Link) -> _Address | None:
    parts = urlsplit(link.url)
    title = arabic.fold(link.title)
    if not parts.query or len(title.split()) < _TELLING:
        return None
    fields = parse_qsl(parts.query, keep_blank_values=True)
    names = [name for name, _ in fields]
    values = tuple(value for _, value in fields)
    return _Address((parts.netloc, parts.path, *names), values, title)


def _telling_values(addresses: Iterable[_Address]) -> dict[tuple[str, ...], set[int]]:
    """Which values tell the addresses at one place from each other, by place."""
    first: dict[tuple[str, ...], tuple[str, ...]] = {}
    telling: dict[tuple[str, ...], set[int]] = {}
    for address in addresses:
        pairs = zip(address.values, first.setdefault(address.place, address.values), strict=True)
        others = {at for at, (value, other) in enumerate(pairs) if value != other}
        telling.setdefault(address.place, set()).update(others)
    return telling


def _by_look(
    addresses: dict[str, _Address], telling: dict[tuple[str, ...], set[int]]
) -> dict[tuple[object, ...], str]:
    """The URLs of addresses by what a visit does not change; without those that look the same."""
    found: dict[tuple[object, ...], str] = {}
    twice = set()
    for url, address in addresses.items():
        kept = [address.values[at] for at in sorted(telling.get(address.place, ()))]
        look = (address.place, *kept, address.title)
        if look in found:
            twice.add(look)
        found[look] = url
    return {look: url for look, url in found.items() if look not in twice}


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
