"""Stories, sections and sites for the tests of what is written to `out`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from feedmaker.model import Feed, Section, Site, Story

MOROCCO = timezone(timedelta(hours=1))
SECTION = Section(slug="sport", title="رياضة", urls=("https://news.example/رياضة",))


def story(number: int = 1, **fields: Any) -> Story:
    """A story as the store gives it; the higher its number, the older it is."""
    known: dict[str, Any] = {
        "url": f"https://news.example/1187/{number}-match",
        "title": f"الفريق يفوز في المباراة رقم {number}",
        "html": f"<p>فاز الفريق في المباراة رقم {number}.</p><p>وقال المدرب إنه راض عن الأداء.</p>",
        "text": f"فاز الفريق في المباراة رقم {number}.\n\nوقال المدرب إنه راض عن الأداء.",
        "summary": f"فاز الفريق في المباراة رقم {number}.",
        "authors": ("سعاد بناني", "John Smith"),
        "published": datetime(2026, 11, 20, 10, 30, tzinfo=MOROCCO) - timedelta(minutes=number),
        "category": "كرة القدم",
        "tags": ("البطولة", "الكأس"),
        "language": "ar",
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "first_seen": datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
        "updated": datetime(2026, 11, 20, 13, 0, tzinfo=UTC) - timedelta(minutes=number),
    }
    return Story(**known | fields)


def site(*sections: Section, **fields: Any) -> Site:
    """A site in Morocco with these sections."""
    known: dict[str, Any] = {
        "slug": "news",
        "name": "بوابة الأخبار",
        "home": "https://news.example/",
        "sections": sections or (SECTION,),
        "timezone": "Africa/Casablanca",
    }
    return Site(**known | fields)


def feed(
    *stories: Story,
    section: Section = SECTION,
    base_url: str = "https://feeds.example/",
    **fields: Any,
) -> Feed:
    """A feed of these stories; `fields` are the site's."""
    return Feed(site=site(section, **fields), section=section, stories=stories, base_url=base_url)
