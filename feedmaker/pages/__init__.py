"""The pages beside the feeds: `index.html` for people without a reader, `feeds.opml` for readers that take them all.

Arabic and right-to-left, from the Jinja templates in this folder. Each headline and name stands in its own language
and direction. What is written depends on the stories alone: the same ones give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feedmaker import arabic, urls
from feedmaker.model import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Section, Site, Story

_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_FORMAT_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as the index shows it: its newest few stories, when the newest change was, and how many it holds."""

    site: Site
    section: Section
    stories: tuple[Story, ...] = ()
    updated: datetime | None = None
    count: int = 0


def index(views: Sequence[SectionView]) -> bytes:
    """`index.html`: sections by site in the order given, each with its feeds, headlines and dates.

    All it links to in `out` is relative, so that it works from a disk and under any base URL. A section without a
    story is shown without its feeds.
    """
    sites: dict[str, list[SectionView]] = {}
    for view in views:
        sites.setdefault(view.site.slug, []).append(view)
    return _render("index.html.j2", sites=list(sites.values()))


def opml(sites: Sequence[Site], base_url: str = "") -> bytes:
    """`feeds.opml`: one feed of each section, grouped by site (OPML 2.0, opml.org/spec2.opml).

    Addresses are absolute under `base_url`, else relative to the file.
    """
    return _render("feeds.opml.j2", sites=sites, base=f"{base_url.rstrip('/')}/" if base_url else "")


def _render(template: str, **values: Any) -> bytes:
    text: str = _templates().get_template(template).render(values)
    return text.encode()


@cache
def _templates() -> Any:
    """The Jinja environment; everything is escaped in it, for HTML and XML alike."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("feedmaker", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(format_names=_FORMAT_NAMES, media_types=MEDIA_TYPES, language=_language)
    environment.filters.update(tidy=_line, date=_date, stories=_stories, direction=arabic.direction, address=_address)
    return environment


def _line(text: str) -> str:
    """Clean text on one line."""
    return " ".join(arabic.tidy(text).split())


def _address(url: str) -> str:
    """A configured URL as links take it."""
    return urls.canonical(url) or url


def _language(view: SectionView, story: Story | None = None) -> str:
    """The language of a story, or of the section where the story does not tell."""
    return (story.language if story else None) or view.section.language or view.site.language


def _date(instant: datetime, timezone: str) -> str:
    """An instant as Arabic readers write it, on the clocks of `timezone`: «22 نوفمبر 2026، 19:27»."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}، {local:%H:%M}"


def _stories(count: int) -> str:
    """So many stories in Arabic, whose noun changes with its number: خبر واحد، خبران، 3 أخبار، 11 خبرًا، 100 خبر."""
    if count <= 2:
        return ("لا أخبار بعد", "خبر واحد", "خبران")[count]
    few, many = 3 <= count % 100 <= 10, 11 <= count % 100 <= 99
    return f"{count} {'أخبار' if few else 'خبرًا' if many else 'خبر'}"
