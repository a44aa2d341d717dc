"""Tell people what happened to their feeds, as `[notify]` says.

What is told are the entries of the health feed, by the same rule: nothing of a single failure. Each
channel is told each entry once; what it did not take, and what falls into the quiet hours, the next
run tells it.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from feedmaker.fetch import Fetcher
from feedmaker.model import clean_line
from feedmaker.model.errors import LockedError, PageError
from feedmaker.output import health
from feedmaker.pipeline.notify_channels import SENDERS, Message
from feedmaker.store import SectionName
from feedmaker.text.translations import Translation, translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedmaker.model import Notify, Section, Settings, Site, Story
    from feedmaker.output.health import HealthEntry
    from feedmaker.pipeline.section import Progress
    from feedmaker.store import Store

_MEMORY: Final = "notified"  # what each channel was told, as JSON
_NO_SITE: Final = "_notify"  # whose lock keeps two workers from telling the same twice
_SECONDS: Final = 25.0  # for all channels together
_LONGEST: Final = 200  # characters of what is said of a failure
_OLD: Final = timedelta(days=1)  # of what a new channel is not told
_STORIES: Final = 20  # of a section at once
# How the health feed calls an event, and how notifications do.
_EVENTS: Final = {
    "broke": "broke",
    "is in quarantine": "broke",
    "healed": "recovered",
    "was mended": "self_healed",
    "is silent": "silent",
}


@dataclass(frozen=True, slots=True)
class _News:
    """What there is to tell of some sites: entries of the health feed, and new stories."""

    settings: Settings
    sites: Sequence[Site]
    store: Store
    now: datetime
    entries: Sequence[HealthEntry]
    words: Translation


@dataclass(slots=True)
class _Told:
    """What a channel was told of a section: the ids of entries, and of stories until when."""

    ids: list[str]
    stories: str


async def notify(
    settings: Settings,
    sites: Sequence[Site],
    store: Store,
    fetcher: Fetcher,
    progress: Progress,
    now: datetime,
) -> None:
    """Tell each channel what it was not told of the sections of `sites`, unless hours are quiet.

    A channel that fails or is slow fails nothing else; `status` names it until it takes something.
    """
    if not settings.notify.channels or _is_quiet(settings.notify, now):
        return
    with suppress(LockedError), store.site_lock(_NO_SITE):
        found = health.read_health(settings, sites, store, now)
        entries = health.read_entries(store, [one for one in found if one.section])
        news = _News(settings, sites, store, now, entries, translation(settings.ui))
        memory = json.loads(store.meta(_MEMORY) or "{}")
        failures = await _tell_channels(news, memory, fetcher)
        store.set_meta(_MEMORY, json.dumps(memory))
        if failures != health.channel_failures(settings, store):
            store.set_meta(health.NOTIFY_FAILURES, json.dumps(failures, ensure_ascii=False))
        for channel, why in failures.items():
            progress.detail(f"notify: {channel}: {why}")


async def send_test(settings: Settings, now: datetime) -> dict[str, str]:
    """Tell all channels that this is a test; return why one was not told, "" where it was."""
    words = translation(settings.ui)
    line = words.tell("feedmaker: a test. You will be told here when a feed breaks.")
    at = now.isoformat(timespec="seconds")
    message = Message((line,), ({"event": "test", "at": at, "text": line},))
    async with Fetcher(settings) as fetcher:
        channels = settings.notify.channels
        told = [_send(settings.notify, channel, message, fetcher) for channel in channels]
        return dict(zip(channels, await asyncio.gather(*told), strict=True))


async def _tell_channels(news: _News, memory: Any, fetcher: Fetcher) -> dict[str, str]:
    """Tell each channel, and remember in `memory` what it took. Return why some took nothing."""
    failures = {}
    keys = news.settings.notify

    async def tell(channel: str) -> None:
        of_channel = memory.setdefault(channel, {})
        told = {name: _told(of_channel, name, news) for name in _names(news.sites)}
        message = _message(news, told)
        if message.lines:
            failed = await _send(keys, channel, message, fetcher)
            if failed:
                failures[channel] = failed
                return
        _remember(of_channel, news)

    async with asyncio.TaskGroup() as tasks:
        for channel in keys.channels:
            tasks.create_task(tell(channel))
    return failures


async def _send(keys: Notify, channel: str, message: Message, fetcher: Fetcher) -> str:
    """Send a message; return why it was not taken, "" where it was. No address is in it."""
    try:
        async with asyncio.timeout(_SECONDS):
            await SENDERS[channel](keys, message, fetcher)
    except TimeoutError:
        return f"no answer within {_SECONDS:g} s"
    except PageError as error:  # its address may be a secret
        return error.reason.words(longest=_LONGEST)
    except Exception as error:  # noqa: BLE001 - whatever it is, the feeds are out
        return clean_line(str(error), _LONGEST)
    return ""


# ---- what a channel was told


def _names(sites: Sequence[Site]) -> list[SectionName]:
    return [SectionName(site.slug, section.slug) for site in sites for section in site.sections]


def _told(of_channel: Any, name: SectionName, news: _News) -> _Told:
    """Return what a channel was told of a section; of what is old it counts as told."""
    kept = of_channel.get("/".join(name))
    if kept:
        return _Told(kept["ids"], kept["stories"])
    old = [entry.id for entry in news.entries if entry.at < news.now - _OLD]
    return _Told(old, news.now.isoformat(timespec="seconds"))


def _remember(of_channel: Any, news: _News) -> None:
    """Keep that a channel was told all there is of the sections that were worked on."""
    ids: dict[str, list[str]] = {"/".join(name): [] for name in _names(news.sites)}
    for entry in news.entries:
        ids[f"{entry.site}/{entry.section}"].append(entry.id)
    until = news.now.isoformat(timespec="seconds")
    for name, own in ids.items():
        of_channel[name] = {"ids": own, "stories": until}
    known = {"/".join(name) for name in news.store.sections.states()}
    for name in of_channel.keys() - known - ids.keys():
        del of_channel[name]  # it left the configuration


# ---- what is told


def _message(news: _News, told: dict[SectionName, _Told]) -> Message:
    """Return what is new to a channel."""
    wanted = news.settings.notify.events
    events = []
    for site in news.sites:
        entries = [
            entry
            for entry in news.entries
            if entry.site == site.slug
            and _EVENTS[entry.kind] in wanted
            and entry.id not in told[SectionName(entry.site, entry.section)].ids
        ]
        events += list(_health_events(site, entries, news.words))
        if "stories" in wanted:
            events += list(_story_events(site, told, news))
    return Message(tuple(event["text"] for event in events), tuple(events))


def _health_events(
    site: Site, entries: Sequence[HealthEntry], words: Translation
) -> Iterator[dict[str, Any]]:
    """Yield one event for all sections that one thing happened to for one reason."""
    together: dict[object, list[HealthEntry]] = {}
    for entry in entries:
        cause: object = entry.reason.kind if entry.reason else entry.id
        if entry.kind == "healed":
            cause = None
        together.setdefault((entry.kind, cause), []).append(entry)
    titles = {section.slug: section.title for section in site.sections}
    for first, *others in together.values():
        slugs = sorted({first.section, *(entry.section for entry in others)})
        sections = words.tell(", ").join(titles[slug] for slug in slugs)
        title = words.tell(health.KINDS[first.kind][1], name=f"{site.name}: {sections}")
        text = f"{title}. {health.describe_entry(first, site, words)}"
        yield {
            "event": _EVENTS[first.kind],
            "site": site.slug,
            "sections": slugs,
            "code": first.reason.code if first.reason else "",
            "url": first.reason.url if first.reason else "",
            "at": first.at.isoformat(timespec="seconds"),
            "text": clean_line(text),
        }


def _story_events(
    site: Site, told: dict[SectionName, _Told], news: _News
) -> Iterator[dict[str, Any]]:
    """Yield an event for each section that has new stories."""
    for section in site.sections:
        since = told[SectionName(site.slug, section.slug)].stories
        stories = list(news.store.stories.since(site.slug, section.slug, since, _STORIES))
        if stories:
            yield _story_event(site, section, stories, news)


def _story_event(
    site: Site, section: Section, stories: Sequence[Story], news: _News
) -> dict[str, Any]:
    """Return the event of new stories, the newest first."""
    titles = "\n".join(f"{clean_line(story.title)} {story.url}" for story in stories)
    return {
        "event": "stories",
        "site": site.slug,
        "sections": [section.slug],
        "at": news.now.isoformat(timespec="seconds"),
        "stories": [{"title": story.title, "url": story.url} for story in stories],
        "text": f"{clean_line(site.name)}: {clean_line(section.title)}\n{titles}",
    }


def _is_quiet(keys: Notify, now: datetime) -> bool:
    """Whether it is between the quiet hours, "22:00-07:00", by the clock of their zone."""
    if not keys.quiet_hours:
        return False
    begin, end = map(time.fromisoformat, keys.quiet_hours.split("-"))
    clock = now.astimezone(ZoneInfo(keys.timezone)).time()
    if begin <= end:
        return begin <= clock < end
    return clock >= begin or clock < end
