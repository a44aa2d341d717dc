"""How every section fares: the rows of `status`, `health.json`, and the health feed.

What only the clock changes (how long a section is quiet, when it is asked again) is in the rows of
`status` alone. So the files in `out` change when what they tell changes, and not with each run.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from feedmaker.model import BROKEN, State, clean_line
from feedmaker.output import section_files
from feedmaker.output.entry_times import distinct_instants, rfc3339
from feedmaker.policy import schedule
from feedmaker.store import SectionName
from feedmaker.text import arabic, feed_namespaces, urls
from feedmaker.text.site_names import full_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feedmaker.model import Failure, HealedRule, Note, Reason, Rhythm, Section, Settings, Site
    from feedmaker.store import Store
    from feedmaker.text.translations import Translation

    # Types of JSON, which nothing but a type checker needs.

    class FailedArticle(TypedDict):
        """An article that gave no story, and why: in words, and as the code of a `Reason`."""

        url: str
        reason: str
        code: str

    class HealedRuleRow(TypedDict):
        """A `HealedRule` with its instant as text."""

        what: str
        before: str
        after: str
        agreed: int
        confidence: float
        at: str | None

    class NoteRow(TypedDict):
        """What a person should know of a section that is good, and since when."""

        reason: str
        code: str
        since: str | None

    class HealthRow(TypedDict):
        """How a section fares, as JSON has it: RFC 3339 instants, lengths of time in seconds."""

        site: str
        section: str
        status: str
        reason: str
        code: str
        remedy: str
        since: str | None
        next_poll: str | None
        notes: list[NoteRow]
        last_good: str | None
        due: str | None
        late: int
        links: int
        stories: int
        newest: str | None
        usual_pause: int | None
        longest_pause: int | None
        quiet: int | None
        silent: bool
        failed_articles: list[FailedArticle]
        heals: list[HealedRuleRow]


NOTIFY_FAILURES: Final = "notify"  # the store's name of what is said of channels, as JSON
_MAX_ENTRIES: Final = 100  # of the health feed
_EVENTS: Final = 20  # of a section
# What the clock or each run changes.
_OF_CLOCK: Final = frozenset(
    {
        "last_good",
        "next_poll",
        "due",
        "late",
        "quiet",
        "links",
    }
)
_NO_EVENT: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class SectionHealth(NamedTuple):
    """One section as the store has it; `section` is None of one that left the configuration.

    It is None, too, where the file of the site has a mistake: then the section is `unusable`.
    `has_feed` says of a broken one that there is a feed which stays, `is_held` that its host asked
    for a pause which lasts, whoever wants to ask it. After `lasts_until` it may be silent, by the
    clock alone.
    """

    site: str
    name: str
    state: State
    section: Section | None
    stories: int
    failures: tuple[Failure, ...]
    heals: tuple[HealedRule, ...]
    rhythm: Rhythm | None
    newest: datetime | None
    unusable: bool = False
    has_feed: bool = True
    is_held: bool = False
    lasts_until: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing of it is out of order."""
        return self.state.good or self.is_paused

    @property
    def is_paused(self) -> bool:
        """Whether a person wants it to be left alone: then nothing of it is out of order."""
        return self.section is not None and self.section.paused

    @property
    def status(self) -> str:
        """The status of the last run, or why there is none."""
        if self.section:
            return "paused" if self.is_paused else self.state.status or "never run"
        return "unusable" if self.unusable else "orphan"

    def row(self, now: datetime) -> HealthRow:
        """Return all of it as JSON takes it."""
        state, rhythm = self.state, self.rhythm
        late = now - state.due if state.due else timedelta(0)
        return {
            "site": self.site,
            "section": self.name,
            "status": self.status,
            "reason": str(state.reason or ""),
            "code": state.reason.code if state.reason else "",
            "remedy": state.reason.remedy if state.reason else "",
            "since": _iso(state.since),
            "next_poll": _iso(state.next_poll),
            "notes": list(map(_note_row, state.notes)),
            "last_good": _iso(state.good_at),
            "due": _iso(state.due),
            "late": max(int(late.total_seconds()), 0),
            "links": state.links,
            "stories": self.stories,
            "newest": _iso(self.newest),
            "usual_pause": int(rhythm.usual.total_seconds()) if rhythm else None,
            "longest_pause": int(rhythm.longest.total_seconds()) if rhythm else None,
            "quiet": int(rhythm.quiet.total_seconds()) if rhythm else None,
            "silent": rhythm is not None and rhythm.overdue and not self.is_paused,
            "failed_articles": list(map(_failed_article, self.failures)),
            "heals": list(map(_healed_rule_row, self.heals)),
        }


def read_health(
    settings: Settings,
    sites: Sequence[Site],
    store: Store,
    now: datetime,
    states: Mapping[SectionName, State] | None = None,
) -> list[SectionHealth]:
    """Return how each section fares, in the order of the configuration, then those that left it.

    `states` are those of the sections that the store knows of `sites`, if not of all sites.
    """
    sections: dict[SectionName, Section | None] = {
        SectionName(site.slug, section.slug): section for site in sites for section in site.sections
    }
    unusable = {site.slug for site in sites if not site.sections}
    states = store.sections.states() if states is None else states
    for name in states:
        sections.setdefault(name, None)
    heals = {site.slug: store.sections.healed_rules(site.slug) for site in sites}
    found = []
    for name, configured in sections.items():
        times = store.stories.times(*name)
        state = states.get(name, State())
        rhythm = schedule.rhythm(times, now)
        found.append(
            SectionHealth(
                site=name.site,
                name=name.section,
                section=configured,
                state=state,
                stories=store.stories.count(*name),
                failures=tuple(store.links.failures(*name)),
                heals=heals_of(heals.get(name.site, ()), name.section),
                rhythm=rhythm,
                lasts_until=schedule.rhythm_lasts_until(times, rhythm, now),
                newest=max(times, default=None),
                unusable=name.site in unusable,
                has_feed=state.good or section_files.has_feed(settings, *name),
                is_held=_is_held(state, store, now),
            )
        )
    return found


def channel_failures(settings: Settings, store: Store) -> dict[str, str]:
    """Return why channels of `[notify]` took nothing when they were last told something."""
    failures = json.loads(store.meta(NOTIFY_FAILURES) or "{}")
    return {name: failures[name] for name in settings.notify.channels if name in failures}


def heals_of(of_site: Iterable[tuple[str, HealedRule]], section: str) -> tuple[HealedRule, ...]:
    """Return the healed rules of a section among those of its site; "" names what is the site's."""
    return tuple(rule for where, rule in of_site if where in ("", section))


def _is_held(state: State, store: Store, now: datetime) -> bool:
    host = urlsplit(state.reason.url).hostname if state.reason else None
    until = store.pauses.get(host.rstrip(".")) if host and not state.good else None
    return until is not None and until > now.timestamp()


def _healed_rule_row(heal: HealedRule) -> HealedRuleRow:
    return {
        "what": heal.what,
        "before": heal.before,
        "after": heal.after,
        "agreed": heal.agreed,
        "confidence": heal.confidence,
        "at": _iso(heal.at),
    }


def _note_row(note: Note) -> NoteRow:
    return {
        "reason": str(note.reason),
        "code": note.reason.code,
        "since": _iso(note.since),
    }


def _failed_article(failure: Failure) -> FailedArticle:
    return {
        "url": failure.url,
        "reason": str(failure.reason),
        "code": failure.reason.code,
    }


def _lasting_row(row: HealthRow) -> dict[str, object]:
    """What `health.json` says of a section: nothing that changes with the clock alone."""
    if row["status"] in ("published", "unchanged"):
        row["status"] = "good"  # whether the last run had anything to write is no health
    return {key: value for key, value in row.items() if key not in _OF_CLOCK}


class HealthLines(NamedTuple):
    """What `health.json` says of some sites: a line for each section, and whether all is well.

    `silent` names the sections that are silent unusually long.
    """

    lines: Sequence[str]
    good: bool
    silent: tuple[str, ...]


def health_lines(
    sites: Sequence[Site], found: Sequence[SectionHealth], now: datetime
) -> HealthLines:
    """Return what `health.json` says of the sections of the configuration among those found."""
    lines = []
    silent = []
    good = all(site.sections for site in sites)  # of one whose file has a mistake none is known
    for one in found:
        if one.status == "orphan":
            continue
        row = one.row(now)
        good = good and one.is_good and not (row["silent"] or one.unusable)
        if row["silent"]:
            silent.append(f"{one.site}/{one.name}")
        lines.append(json.dumps(_lasting_row(row), ensure_ascii=False))
    return HealthLines(lines=lines, good=good, silent=tuple(silent))


def health_json(parts: Iterable[HealthLines]) -> bytes:
    """Return `health.json`, a section a line."""
    told = list(parts)
    good = all(part.good for part in told)
    lines = ",\n".join(line for part in told for line in part.lines)
    return f'{{"good": {json.dumps(good)}, "sections": [\n{lines}\n]}}\n'.encode()


def split_lines(data: bytes) -> dict[str, list[str]]:
    """Return the lines of a `health.json` by site."""
    of_sites: dict[str, list[str]] = {}
    for line in data.decode().splitlines()[1:-1]:
        site = line.split('"', 4)[3]  # {"site": "news", ...
        of_sites.setdefault(site, []).append(line.removesuffix(","))
    return of_sites


# ---- the feed


# What happened to a section, as ids have it -> as categories have it, and as readers are told. Ids
# keep the words that they always had, so that no reader is shown an event twice.
KINDS: Final = {
    "broke": ("broke", "{name} broke"),
    "is in quarantine": ("is in quarantine", "{name} is in quarantine"),
    "healed": ("recovered", "{name} recovered"),
    "was mended": ("healed itself", "{name} healed itself"),
    "is silent": ("is silent", "{name} is silent"),
}


class HealthEntry(NamedTuple):
    """Something that happened to a section, to which words are put where it is written.

    Of one that broke it has the `reason`, and whether there was a feed of it before; of one that
    healed itself the rule; of a silent one its newest story, its usual and its longest pause.
    """

    at: datetime
    site: str
    section: str
    kind: str  # a key of `KINDS`
    reason: Reason | None = None
    had_feed: bool = True
    heal: HealedRule | None = None
    newest: datetime | None = None
    usual: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)

    @property
    def id(self) -> str:
        """The same for the same event, on every machine."""
        event = f"{self.site}/{self.section} {self.kind} {self.at.isoformat()}"
        return urls.urn(f"feedmaker health {event}")


def read_entries(store: Store, found: Sequence[SectionHealth]) -> list[HealthEntry]:
    """Return what the health feed tells, newest first.

    It has an entry when a section breaks, recovers, heals itself, or is silent unusually long.
    """
    entries = [entry for one in found if one.section for entry in _entries(store, one)]
    entries.sort(
        key=lambda entry: (entry.at, entry.site, entry.section, entry.kind),
        reverse=True,
    )
    return entries[:_MAX_ENTRIES]


def health_feed(
    sites: Sequence[Site],
    entries: Sequence[HealthEntry],
    base_url: str,
    words: Translation,
) -> bytes:
    """Return `health.atom.xml` (RFC 4287)."""
    slugs = " ".join(sorted(site.slug for site in sites))
    title = _marked(words.tell("feedmaker: how the feeds fare"), words)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<?xml-stylesheet type="text/css" href="feed.css"?>',
        f'<feed xmlns="{feed_namespaces.ATOM}" xml:lang="{words.language}">',
        f"<id>{urls.urn(f'feedmaker health {slugs}')}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_iso(entries[0].at if entries else _NO_EVENT)}</updated>",
        "<author><name>feedmaker</name></author>",
    ]
    if base_url:
        base = base_url.rstrip("/")
        feed, page = quoteattr(f"{base}/health.atom.xml"), quoteattr(f"{base}/status.html")
        lines.append(f'<link rel="self" type="application/atom+xml" href={feed}/>')
        lines.append(f'<link rel="alternate" type="text/html" href={page}/>')
    by_slug = {site.slug: site for site in sites}
    instants = distinct_instants([(entry.id, entry.at) for entry in entries])
    for entry, updated in zip(entries, instants, strict=True):
        lines += _entry_lines(entry, by_slug[entry.site], updated, words)
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _entry_lines(
    entry: HealthEntry, site: Site, updated: datetime, words: Translation
) -> list[str]:
    """An entry as lines of XML; sections break together, and no two may be `updated` at once."""
    section = next(one for one in site.sections if one.slug == entry.section)
    page = section.web_page(site)
    category, told = KINDS[entry.kind]
    name = full_title(section.title, site.name)
    title = _marked(words.tell(told, name=name), words)
    text = _marked(describe_entry(entry, site, words, with_page=False), words)
    return [
        "<entry>",
        f"<id>{entry.id}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{rfc3339(updated)}</updated>",
        f"<published>{_iso(entry.at)}</published>",
        f"<link href={quoteattr(urls.canonical(page) or page)}/>",
        f"<category term={quoteattr(category)}/>",
        f"<summary>{escape(text)}</summary>",
        f'<content type="html">{escape(_entry_html(entry, text, words))}</content>',
        "</entry>",
    ]


def _marked(text: str, words: Translation) -> str:
    return arabic.with_marks(clean_line(text), words.direction)


def _entry_html(entry: HealthEntry, text: str, words: Translation) -> str:
    """The text of an entry, and the page that failed, in a line of its own direction."""
    html = f'<p dir="{words.direction}" lang="{words.language}">{escape(text)}</p>'
    url = urls.canonical(entry.reason.url) if entry.reason else None
    if url:
        shown = escape(urls.readable(url))
        html += f'\n<p dir="ltr"><a href={quoteattr(url)}>{shown}</a></p>'
    return html


def describe_entry(
    entry: HealthEntry, site: Site, words: Translation, *, with_page: bool = True
) -> str:
    """What a person is told of an entry below its title, with or without the page that failed."""
    if entry.heal:
        return describe_heal(entry.heal, words)
    if entry.newest:
        return words.tell(
            "No new story since {since}. Usually {rhythm}; longest pause: {span}.",
            since=words.instant(entry.newest, site.timezone),
            rhythm=words.rhythm(entry.usual),
            span=words.span(entry.longest),
        )
    if entry.kind == "healed":
        return words.tell("It is read again.")
    stays = words.tell("The last good feed stays.")
    if not entry.had_feed:
        stays = words.tell("There is no feed of it yet.")
    why = words.reason_with_page(entry.reason) if with_page else words.reason(entry.reason)
    return f"{why}. {stays}"


def _entries(store: Store, one: SectionHealth) -> Iterator[HealthEntry]:
    """What happened to a section."""
    yield from _event_entries(store, one)
    entry = partial(HealthEntry, site=one.site, section=one.name)
    for heal in one.heals:
        if heal.at is not None:
            yield entry(at=heal.at, kind="was mended", heal=heal)
    rhythm = one.rhythm
    if rhythm and rhythm.overdue and one.newest and not one.is_paused:
        yield entry(
            at=one.newest + max(2 * rhythm.longest, timedelta(days=1)),
            kind="is silent",
            newest=one.newest,
            usual=rhythm.usual,
            longest=rhythm.longest,
        )


def _event_entries(store: Store, one: SectionHealth) -> Iterator[HealthEntry]:
    """That a section broke and recovered. Its first run, when that is good, is no news."""
    entry = partial(HealthEntry, site=one.site, section=one.name)
    events = sorted(store.sections.events(one.site, one.name, _EVENTS), key=lambda event: event.at)
    had_feed = len(events) >= _EVENTS  # those before them are no longer known
    for number, event in enumerate(events):
        had_feed = had_feed or event.status not in BROKEN
        if event.status in BROKEN:
            kind = "is in quarantine" if event.status == "quarantined" else "broke"
            has_feed = had_feed and one.has_feed
            yield entry(at=event.at, kind=kind, reason=event.reason, had_feed=has_feed)
        elif number:
            yield entry(at=event.at, kind="healed")


def describe_heal(heal: HealedRule, words: Translation) -> str:
    """Return what is used in place of a rule, as a person is told."""
    return words.tell(
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement"
        " {confidence:.2f}. If that is right, write it into the configuration.",
        what=heal.what,
        before=heal.before,
        after=heal.after,
        agreed=heal.agreed,
        confidence=heal.confidence,
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
