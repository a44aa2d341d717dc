"""Menus that are fields to select from: each choice leads to a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedmaker.listing import squeeze
from feedmaker.setup.section_labels import (
    has_section_label,
    is_section_url,
    is_service_label,
    is_service_url,
    is_story_url,
)
from feedmaker.text import urls
from feedmaker.text.short_dates import is_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from feedmaker.listing import PageLinks

_LEAST: Final = 3  # choices that lead to sections
_MOST_FIELDS: Final = 10
_MOST_CHOICES: Final = 100
_LONGEST_LABEL: Final = 80
# What a value begins with that is an address, and no number or name that a form sends.
_ADDRESSES: Final = ("/", "http://", "https://", "./", "?")


def select_menu(page: PageLinks) -> list[tuple[str, str]]:
    """Return the labels and URLs of the first field of a page whose choices lead to sections.

    Of each choice the value is an address of the site, but for a first one without. A field that
    leads to days or months of an archive, or to another language of the site, is none.
    """
    for field in page.tree.css("select")[:_MOST_FIELDS]:
        found = _sections_of(field, page)
        if len(found) >= _LEAST:
            return found
    return []


def _sections_of(field: LexborNode, page: PageLinks) -> list[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for choice in field.css("option")[:_MOST_CHOICES]:
        value = (choice.attributes.get("value") or "").strip()
        if not value.startswith(_ADDRESSES):
            if value:
                return []
            continue
        label = squeeze(choice.text()[:_LONGEST_LABEL])
        url = urls.canonical(urls.absolute(value, page.base) or "")
        if url and _may_be_section(label, url, page.url):
            found.setdefault(urls.key(url), (label, url))
    return list(found.values())


def _may_be_section(label: str, url: str, home: str) -> bool:
    """Whether a choice leads to a list of stories, by its label and its address."""
    if not has_section_label(label) or is_date(label) or is_service_label(label):
        return False
    if is_service_url(url) or is_story_url(url):
        return False
    return is_section_url(url, home)
