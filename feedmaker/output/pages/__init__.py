"""The pages beside the feeds: index, status, a page for each section, and a list of feeds (OPML).

For people without a reader; the web app shows its own by the same environment. In the language of
`ui`, from the Jinja templates in this folder; each headline and name stands in its own language and
direction. Nothing is loaded from elsewhere, which the pages themselves forbid (CSP), and no script
is needed to read them. What is written depends on the store alone: no page knows the time of day.
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

from markupsafe import Markup

from feedmaker.model import (
    BROKEN,
    MEDIA_TYPES,
    Event,
    Figures,
    HealedRule,
    Reason,
    Rhythm,
    State,
    clean_line,
)
from feedmaker.output import thumbnails
from feedmaker.policy import schedule
from feedmaker.text import arabic, urls
from feedmaker.text.sayings import Saying
from feedmaker.text.site_names import full_title
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from jinja2 import Environment

    from feedmaker.model import Feed, Format, Section, Site, Story
    from feedmaker.text.translations import Translation

__all__ = [
    "PLOT_DAYS",
    "SectionView",
    "overview_page",
    "overview_values",
    "page_environment",
    "section_page",
    "section_view",
]

_FORMAT_NAMES = {
    "atom": "Atom",
    "rss": "RSS",
    "json": "JSON",
}
_NO_STORY = date(2000, 1, 1)
PLOT_DAYS: Final = 30
PLOT_WIDTH: Final = 300  # in units of its own
PLOT_HEIGHT: Final = 64
_STEP = PLOT_WIDTH // PLOT_DAYS
_BAR = 7

_PICTURE = re.compile(r"<img\b[^>]*>")
_HEADING = re.compile(r"(</?h)([234])\b")
# Of an address: what holds letters beyond ASCII, between two of its separators.
_PART_IN_LETTERS = re.compile(r"[^\s/?#&=;:.\x00-\x7f][^\s/?#&=;:.]*+")
_KEY = re.compile(r"`([^`]{1,80})`")
# What is nothing without its picture: a figure with its caption, a link, a paragraph.
_FIGURE = re.compile(r"<figure\b[^>]*>(?:(?!</?figure\b).)*+</figure>", re.DOTALL)
_EMPTY = re.compile(r"<(a|p)\b[^>]*>(?:\s|<br\b[^>]*>|</?(?:span|b|strong|i|em)\b[^>]*>)*+</\1>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as the pages show it: `stories` are all or its newest ones, of `count` in its feed.

    The status page also shows how it fares: its state, the last events, the figures of its newest
    stories, how many there were on each day, and what is used in place of its rules.
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
    archived: tuple[str, ...] = ()  # months that have an archive
    thumbnails: frozenset[str] = frozenset()  # names of the small pictures that are there
    icon: str = ""  # file of the site's icon, relative to `out`

    @property
    def has_feed(self) -> bool:
        """Whether one of its feed files is there, and stays where the section breaks."""
        return not self.absent.issuperset(self.section.formats)

    @property
    def language(self) -> str:
        """The section's language, else the site's."""
        return self.section.language or self.site.language

    def thumbnail(self, story: Story) -> str:
        """Return the small picture of a story, relative to `out`; "" where there is none."""
        name = thumbnails.file_name(story.image) if story.image else ""
        has_one = name in self.thumbnails
        return f"{self.section.pictures_folder(self.site)}/{name}" if has_one else ""

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
        archived=feed.archived,
        thumbnails=feed.thumbnails,
    )


def section_page(view: SectionView, base_url: str = "", ui: str = "") -> bytes:
    """Return the page of one section: its stories with their whole texts, without pictures.

    Its own words are in the language `ui`.
    """
    template = page_environment(ui).get_template("section.html.j2")
    page: str = template.render(view=view, root="../", base=_slashed(base_url))
    return page.encode()


def overview_page(
    name: str, views: Sequence[SectionView], base_url: str = "", ui: str = "", part: str = ""
) -> bytes:
    """Return a page that tells of several sections, by its template, in the language `ui`.

    "index.html", "status.html" and "feeds.opml" tell of all sections given, by site, in their
    order; the first two of those of one site where that is the `part`. "sites.html" and
    "sites_status.html" lead to such pages of parts. "feed.css" says how a browser shows a feed file
    that is opened in it.

    All links to files in `out` are relative, so that a page works from a disk and under any base
    URL. Only what programs read is absolute where there is one: the links for autodiscovery, which
    Akregator and QuiteRSS resolve wrongly, and the addresses in the OPML (opml.org/spec2.opml). The
    plots of the status page end with the day of the newest story of all sections. So a section that
    is silent is seen to be, and the page does not change with the clock.
    """
    template = page_environment(ui).get_template(f"{name}.j2")
    values = overview_values(views) | {"part": part}
    page: str = template.render(root="", base=_slashed(base_url), **values)
    return page.encode()


def overview_values(views: Sequence[SectionView]) -> dict[str, object]:
    """Return what the templates that tell of several sections are given."""
    days = [day for view in views for day in view.days]
    by_site = groupby(views, key=lambda view: view.site.slug)
    return {
        "sites": [list(group) for _, group in by_site],
        "causes": _causes(views),
        "last": max(days, default=_NO_STORY),
    }


def feed_address(file: str, base: str, page: str) -> str:
    """Return the address of a file in `out` for programs: whole, or relative to the page's."""
    return f"{base}{file}" if base else relpath(file, dirname(page))


def _slashed(base_url: str) -> str:
    return f"{base_url.rstrip('/')}/" if base_url else ""


def _causes(views: Sequence[SectionView]) -> list[list[SectionView]]:
    """The broken sections, those of one site and one cause together."""
    causes: dict[object, list[SectionView]] = {}
    for view in views:
        if not (view.state.good or view.section.paused):
            kind = view.state.reason and view.state.reason.kind
            causes.setdefault((view.site.slug, view.state.status, kind), []).append(view)
    return list(causes.values())


@cache
def page_environment(ui: str) -> Environment:
    """The Jinja environment of a language; it escapes everything, for HTML and XML alike."""
    # It takes 35 ms to import, and a run has its page process render.
    import jinja2

    from feedmaker.output.pages.compiled_templates import open_template_cache

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("feedmaker.output", "pages"),
        bytecode_cache=open_template_cache(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = translation(ui)
    page_words = PageWords(words)
    environment.globals.update(
        words=words,
        counted=words.counted,
        tell=page_words.tell,
        format_names=_FORMAT_NAMES,
        media_types=MEDIA_TYPES,
        broken_statuses=BROKEN,
        plot_width=PLOT_WIDTH,
        plot_height=PLOT_HEIGHT,
        thumbnail_size={"width": thumbnails.WIDTH, "height": thumbnails.HEIGHT},
    )
    # The page allows a style sheet or script that has its hash and nothing else (CSP Level 3,
    # "hash-source").
    for key, name in (("style", "page.css"), ("script", "page.js")):
        data = (files(__name__) / name).read_bytes()
        digest = b64encode(sha256(data).digest()).decode()
        environment.globals[key] = {
            "text": Markup(data.decode()),  # noqa: S704 - ours
            "hash": Markup(f"'sha256-{digest}'"),  # noqa: S704 - ours
        }
    environment.filters.update(
        address=lambda url: urls.canonical(url) or url,
        address_text=address_text,
        apart=_isolated,
        day_bars=partial(day_bars, is_rtl=words.direction == "rtl"),
        direction=arabic.direction,
        feed_address=feed_address,
        full_title=full_title,
        headline_times=page_words.headline_times,
        initial=initial,
        readable=urls.readable,
        reading=reading,
        shares=shares,
        tidy=arabic.tidy_line,
        remedy=page_words.remedy,
        time_tag=page_words.time_tag,
        told=page_words.told,
        why=page_words.reason,
    )
    return environment


class PageWords:
    """The words of a language as templates take them."""

    def __init__(self, words: Translation) -> None:
        self._words = words

    def tell(self, english: str, **values: object) -> Markup:
        """Return words with their values, among which elements may be."""
        return Markup.escape(self._words.words(english)).format(**values)

    def reason(self, reason: Reason) -> Markup:
        """Return why something failed, without its page.

        What a page or a server said stands by itself: it may read the other way.
        """
        return reason.compose(self._tell_apart)

    def told(self, text: str) -> Markup:
        """Return what was said in English; each value of a `Saying` stands by itself, too."""
        if not isinstance(text, Saying):
            return _with_keys(self._words.words(text))
        values = {name: self._told_value(value) for name, value in text.values.items()}
        return self._tell_apart(text.english, **values)

    def _told_value(self, value: object) -> object:
        if isinstance(value, Reason):
            return self.reason(value)
        if isinstance(value, Saying):
            return self.told(value)
        return value if isinstance(value, int | float) else str(value)

    def _tell_apart(self, english: str, **values: object) -> Markup:
        shown = {name: _isolated(value) for name, value in values.items()}
        words = self._words.words(english).replace("!r}", "}")  # an element needs no quotes
        return _marked(words).format(**shown)

    def remedy(self, reason: Reason) -> Markup:
        """Return what can be done about a reason, "" where that is not known."""
        if not reason.remedy:
            return Markup()
        remedy = _with_keys(self._words.tell(reason.remedy))
        return self.tell("What can be done: {remedy}", remedy=remedy)

    def time_tag(self, instant: datetime, timezone: str) -> Markup:
        """Return an instant as an element, on the clocks of `timezone`: «22 نوفمبر 2026، 19:27»."""
        return self._tag(instant, self._words.instant(instant, timezone))

    def headline_times(self, view: SectionView) -> list[Markup]:
        """Return the times of a section's stories, the day with the first of each day only.

        It has its year where that is not the newest story's.
        """
        tags = []
        last_day = newest = None
        for story in view.stories:
            instant = story.published or story.first_seen
            if instant is None:
                tags.append(Markup())
                continue
            timezone = view.site.timezone
            day = instant.astimezone(ZoneInfo(timezone)).date()
            newest = newest or day
            shown = self._words.time_of_day(instant, timezone)
            if day != last_day:
                is_this_year = self._words.year(day) == self._words.year(newest)
                named = self._words.day_of_year(day) if is_this_year else self._words.day(day)
                shown = self._words.tell("{day}, {time}", day=named, time=shown)
            last_day = day
            tags.append(self._tag(instant, shown))
        return tags

    def _tag(self, instant: datetime, shown: str) -> Markup:
        machine = instant.astimezone(UTC).isoformat(timespec="seconds")
        language, direction = self._words.language, self._words.direction
        tag = Markup('<time lang="{}" dir="{}" datetime="{}">{}</time>')
        return tag.format(language, direction, machine, shown)


# ---- text


def _with_keys(text: str) -> Markup:
    """Return a line as HTML, with keys and commands that stand in backticks as such."""
    return _marked(arabic.tidy_line(text))


def _marked(text: str) -> Markup:
    escaped = str(Markup.escape(text))
    return Markup(_KEY.sub(r'<code dir="ltr">\1</code>', escaped))  # noqa: S704 - escaped above


def _isolated(value: object) -> object:
    """Return a text as an element with its own direction; another value as it is."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    if value.startswith(("http://", "https://")):
        return Markup('<bdi dir="ltr">{}</bdi>').format(address_text(value))
    # Without a letter it would have the line's direction: "+01:00" its sign behind it.
    mark = "<bdi>{}</bdi>" if arabic.first_strong(value) else '<bdi dir="ltr">{}</bdi>'
    return Markup(mark).format(_with_keys(clean_line(value)))  # noqa: S704 - one of these two


def address_text(url: str) -> Markup:
    """Return an address as people read it, its parts from left to right in any script."""
    shown = str(Markup.escape(arabic.tidy_line(urls.readable(url))))
    return Markup(_PART_IN_LETTERS.sub(r"<bdi>\g<0></bdi>", shown))  # noqa: S704 - escaped above


def reading(html: str) -> Markup:
    """Return a story's HTML without pictures, its headings one level down: below its title.

    What would be left of a picture goes with it: a caption, a link around it.
    """
    text = _FIGURE.sub(_without_picture, html)
    text = _EMPTY.sub("", _PICTURE.sub("", text))
    text = _EMPTY.sub("", text)  # a paragraph that held such a link
    return Markup(_HEADING.sub(_lower_heading, text))  # noqa: S704 - sanitized by `extract`


def _without_picture(figure: re.Match[str]) -> str:
    return "" if "<img" in figure[0] else figure[0]


def _lower_heading(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


def initial(name: str) -> str:
    """Return the letter that stands for a site without an icon: the first one of its name."""
    telling = name.split()
    word = telling[-1] if telling else ""
    letters = word.removeprefix("ال") or word
    return next(filter(str.isalnum, letters), "•")


# ---- plots


def day_bars(days: Mapping[date, int], last: date, *, is_rtl: bool) -> list[dict[str, int | date]]:
    """Return a bar for each day with stories, of the last `PLOT_DAYS` days up to `last`.

    It says where the bar stands (`x`, `y`), its `height`, and the `day` and number of `stories`.
    The newest stands where the line of a reader ends.
    """
    most = max(days.values(), default=1)
    bars = []
    for ago in range(PLOT_DAYS):
        at = last - timedelta(days=ago)
        count = days.get(at, 0)
        if count:
            height = max(3, round(count / most * PLOT_HEIGHT))
            place = ago if is_rtl else PLOT_DAYS - 1 - ago
            bar: dict[str, int | date] = {
                "x": place * _STEP + (_STEP - _BAR) // 2,
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
        "date": figures.dated,
        "author": figures.signed,
        "picture": figures.pictured,
        "full text": figures.whole,
    }
    whole = figures.stories or 1
    return {name: round(count / whole * 100) for name, count in counts.items()}
