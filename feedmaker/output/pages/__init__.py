"""The pages beside the feeds: index, status, a page for each section, and a list of feeds (OPML).

For people without a reader. Arabic and right-to-left, from the Jinja templates in this folder; each
headline and name stands in its own language and direction. Nothing is loaded from elsewhere, which
the pages themselves forbid (CSP), and no script is needed to read them. What is written depends on
the store alone: no page knows the time of day.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feedmaker.model import (
    BROKEN,
    MEDIA_TYPES,
    UNUSABLE,
    Event,
    Figures,
    HealedRule,
    Rhythm,
    State,
)
from feedmaker.policy import schedule
from feedmaker.text import arabic, urls
from feedmaker.text.months import STANDARD_ARABIC_MONTHS
from feedmaker.text.site_names import full_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from feedmaker.model import Feed, Format, Section, Site, Story

__all__ = [
    "PLOT_DAYS",
    "SectionView",
    "overview_page",
    "section_page",
    "section_view",
]

_FORMAT_NAMES = {
    "atom": "Atom",
    "rss": "RSS",
    "json": "JSON",
}
_NO_STORY = date(2000, 1, 1)
# None, one, two, three to ten, eleven to ninety-nine, and round hundreds.
STORIES: Final = (
    "لا أخبار بعد",
    "خبر واحد",
    "خبران",
    "أخبار",
    "خبرًا",
    "خبر",
)
STOPPED: Final = (
    "",
    "قسم واحد متوقف",
    "قسمان متوقفان",
    "أقسام متوقفة",
    "قسمًا متوقفًا",
    "قسم متوقف",
)
_MINUTE: Final = (
    "",
    "دقيقة",
    "دقيقتين",
    "دقائق",
    "دقيقة",
    "دقيقة",
)
_HOUR: Final = (
    "",
    "ساعة",
    "ساعتين",
    "ساعات",
    "ساعة",
    "ساعة",
)
_DAY: Final = (
    "",
    "يوم",
    "يومين",
    "أيام",
    "يومًا",
    "يوم",
)

PLOT_DAYS: Final = 30
PLOT_WIDTH: Final = 300  # in units of its own
PLOT_HEIGHT: Final = 64
_STEP = PLOT_WIDTH // PLOT_DAYS
_BAR = 7

_PICTURE = re.compile(r"<img\b[^>]*>")
_HEADING = re.compile(r"(</?h)([234])\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as the pages show it: `stories` are all or its newest ones, of `count` in its feed.

    The status page also shows how it fares: its state, the last events, the figures of its newest
    stories, how many there were on each day, and what is used in place of its rules. `is_unusable`
    says that the file of its site has a mistake.
    """

    site: Site
    section: Section
    stories: tuple[Story, ...] = ()
    updated: datetime | None = None
    count: int = 0
    rhythm: Rhythm | None = None
    state: State = field(default_factory=State)
    events: tuple[Event, ...] = ()
    figures: Figures = field(default_factory=Figures)
    days: dict[date, int] = field(
        default_factory=dict,
        hash=False,
    )
    heals: tuple[HealedRule, ...] = ()
    absent: frozenset[Format] = frozenset()  # formats whose feed file is not there yet
    is_unusable: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look at it."""
        return self.state.good and not self.is_unusable

    @property
    def has_feed(self) -> bool:
        """Whether one of its feed files is there, and stays where the section breaks."""
        return not self.absent.issuperset(self.section.formats)

    @property
    def trouble(self) -> str:
        """What somebody has to look at."""
        return UNUSABLE if self.is_unusable else str(self.state.reason or "")

    @property
    def language(self) -> str:
        """The section's language, else the site's."""
        return self.section.language or self.site.language

    @property
    def feed_files(self) -> dict[Format, str]:
        """The feed files of the section that are there, by format, relative to `out`."""
        forms = (form for form in self.section.formats if form not in self.absent)
        return {form: self.section.file(self.site, form) for form in forms}


def section_view(feed: Feed) -> SectionView:
    """Return what the pages show of a feed."""
    times = [story.published for story in feed.stories if story.published]
    return SectionView(
        site=feed.site,
        section=feed.section,
        stories=feed.stories,
        updated=feed.updated,
        count=len(feed.stories),
        rhythm=schedule.rhythm(times, max(times)) if times else None,
    )


def section_page(view: SectionView, base_url: str = "") -> bytes:
    """Return the page of one section: its stories with their whole texts, without pictures."""
    template = _templates().get_template("section.html.j2")
    page: str = template.render(view=view, root="../", base=_slashed(base_url))
    return page.encode()


def overview_page(name: str, views: Sequence[SectionView], base_url: str = "") -> bytes:
    """Return "index.html", "status.html", "feeds.opml" or "feed.css".

    The first three tell of all sections, by site, in the order given; the last says how a browser
    shows a feed file that is opened in it.

    All links to files in `out` are relative, so that a page works from a disk and under any base
    URL. Only what programs read is absolute where there is one: the links for autodiscovery, which
    Akregator and QuiteRSS resolve wrongly, and the addresses in the OPML (opml.org/spec2.opml). The
    plots of the status page end with the day of the newest story of all sections. So a section that
    is silent is seen to be, and the page does not change with the clock.
    """
    days = [day for view in views for day in view.days]
    by_site = groupby(views, key=lambda view: view.site.slug)
    template = _templates().get_template(f"{name}.j2")
    page: str = template.render(
        sites=[list(group) for _, group in by_site],
        broken=[view for view in views if not view.is_well],
        last=max(days, default=_NO_STORY),
        root="",
        base=_slashed(base_url),
    )
    return page.encode()


def feed_address(file: str, base: str, page: str) -> str:
    """Return the address of a file in `out` for programs: whole, or relative to the page's."""
    return f"{base}{file}" if base else relpath(file, dirname(page))


def _slashed(base_url: str) -> str:
    return f"{base_url.rstrip('/')}/" if base_url else ""


@cache
def _templates() -> Environment:
    """The Jinja environment; it escapes everything, for HTML and XML alike."""
    environment = Environment(
        loader=PackageLoader("feedmaker.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        format_names=_FORMAT_NAMES,
        media_types=MEDIA_TYPES,
        broken_statuses=BROKEN,
        plot_width=PLOT_WIDTH,
        plot_height=PLOT_HEIGHT,
    )
    # The page allows a style sheet or script that has its hash and nothing else (CSP Level 3,
    # "hash-source").
    for key, name in (("style", "page.css"), ("script", "copy.js")):
        data = (files(__name__) / name).read_bytes()
        digest = b64encode(sha256(data).digest()).decode()
        environment.globals[key] = {
            "text": Markup(data.decode()),  # noqa: S704 - ours
            "hash": Markup(f"'sha256-{digest}'"),  # noqa: S704 - ours
        }
    environment.filters.update(
        address=lambda url: urls.canonical(url) or url,
        day=day,
        day_bars=day_bars,
        direction=arabic.direction,
        feed_address=feed_address,
        full_title=full_title,
        reading=reading,
        shares=shares,
        span=span,
        stopped=partial(counted, words=STOPPED),
        stories=partial(counted, words=STORIES),
        tidy=arabic.tidy_line,
        time_tag=time_tag,
    )
    return environment


# ---- text


def reading(html: str) -> Markup:
    """Return a story's HTML without pictures, its headings one level down: below its title."""
    text = _HEADING.sub(_lower_heading, _PICTURE.sub("", html))
    return Markup(text)  # noqa: S704 - sanitized by `extract`


def _lower_heading(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


# ---- time and counts


def time_tag(instant: datetime, timezone: str) -> Markup:
    """Return an instant as an element, on the clocks of `timezone`: «22 نوفمبر 2026، 19:27»."""
    machine = instant.astimezone(UTC).isoformat(timespec="seconds")
    local = instant.astimezone(ZoneInfo(timezone))
    tag = Markup('<time lang="ar" dir="rtl" datetime="{}">{}، {}</time>')
    return tag.format(machine, day(local), f"{local:%H:%M}")


def day(when: date) -> str:
    """Return a day: «22 نوفمبر 2026»."""
    return f"{when.day} {STANDARD_ARABIC_MONTHS[when.month - 1]} {when.year}"


def span(length: timedelta) -> str:
    """Return a length of time in the largest unit that fits: «دقيقتين»، «3 ساعات»، «11 يومًا»."""
    for unit, words in ((timedelta(days=1), _DAY), (timedelta(hours=1), _HOUR)):
        if length >= unit:
            return counted(round(length / unit), words)
    return counted(max(1, round(length / timedelta(minutes=1))), _MINUTE)


def counted(count: int, words: tuple[str, str, str, str, str, str]) -> str:
    """Return so many of something: خبر واحد، خبران، 3 أخبار، 11 خبرًا، 100 خبر."""
    none, one, two, few, many, hundreds = words
    if count <= 2:
        return (none, one, two)[count]
    if 3 <= count % 100 <= 10:
        return f"{count} {few}"
    return f"{count} {many if count % 100 > 10 else hundreds}"


# ---- plots


def day_bars(days: Mapping[date, int], last: date) -> list[dict[str, int | date]]:
    """Return a bar for each day with stories, of the last `PLOT_DAYS` days up to `last`.

    It says where the bar stands (`x`, `y`), its `height`, and the `day` and number of `stories`.
    The newest stands at the left, where an Arabic reader's line ends.
    """
    most = max(days.values(), default=1)
    bars = []
    for ago in range(PLOT_DAYS):
        at = last - timedelta(days=ago)
        count = days.get(at, 0)
        if count:
            height = max(3, round(count / most * PLOT_HEIGHT))
            bar: dict[str, int | date] = {
                "x": ago * _STEP + (_STEP - _BAR) // 2,
                "y": PLOT_HEIGHT - height,
                "height": height,
                "day": at,
                "stories": count,
            }
            bars.append(bar)
    return bars


def shares(figures: Figures) -> dict[str, int]:
    """Return how many in a hundred new stories have a date, authors, a picture, a full text."""
    counts = {
        "تاريخ": figures.dated,
        "كاتب": figures.signed,
        "صورة": figures.pictured,
        "نص كامل": figures.whole,
    }
    whole = figures.stories or 1
    return {name: round(count / whole * 100) for name, count in counts.items()}
