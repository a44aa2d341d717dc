"""What rendering costs: 100 sections of 50 full stories, all formats, beside what feedgen alone
takes for its two.

    python tests/bench/render.py [--rounds 5]

Both write the same stories in one run, in turns, so that what else the machine does falls on both;
each figure is the median process time of the rounds. feedgen alone is given what its documentation
shows: id, title, link, summary, content, authors, categories and dates.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from datetime import UTC, datetime, timedelta
from time import process_time

from feedgen.feed import FeedGenerator

from feedmaker.model import FORMATS, Enclosure, Feed, Section, Site, Story
from feedmaker.output.feed import prepare, write_files

SECTIONS, STORIES = 100, 50
LIMIT = 2.5  # with the look at every file before it is out


def feeds() -> list[Feed]:
    """Sections of full stories: some 6 kB of Arabic text each, with links, a picture and a list."""
    chance = random.Random(1)
    words = [
        "".join(chance.choices("ابتثجحدرسعفقكلمنهوي", k=chance.randint(2, 8))) for _ in range(3000)
    ]

    def text(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    site = Site(slug="news", name="بوابة", home="https://news.example/", sections=())
    made = []
    for section in range(SECTIONS):
        stories, pictures = [], {}
        for number in range(STORIES):
            url = f"https://news.example/{section}/{number}-story"
            image = f"https://news.example/pictures/{section}-{number}.jpg"
            paragraphs = [text(60) + "." for _ in range(9)]
            html = "".join(
                f'<p>{p} <a href="{url}?a=1&amp;b=2">{text(2)}</a></p>' for p in paragraphs
            )
            at = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(minutes=17 * number)
            pictures[image] = Enclosure(url=image, type="image/jpeg", length=48_000 + number)
            stories.append(
                Story(
                    url=url, title=text(9), html=html + f"<ul><li>{text(8)}</li></ul>", text="\n\n".join(paragraphs),
                    summary=paragraphs[0], authors=(text(2),), image=image, published=at, updated=at, first_seen=at,
                    category=text(1), tags=(text(1), text(2)), language="ar", id=f"urn:uuid:{section:08}-{number:04}",
                )
            )  # fmt: skip
        listing = Section(
            slug=f"s{section}", title=text(2), urls=(f"https://news.example/{section}",)
        )
        made.append(
            Feed(site=site, section=listing, stories=tuple(stories), base_url="https://feeds.example/", ttl=60,
                 enclosures=pictures)
        )  # fmt: skip
    return made


def ours(made: list[Feed]) -> int:
    """All formats of all sections, as a run writes them; the bytes."""
    size = 0
    for feed in made:
        size += sum(map(len, write_files(prepare(feed), FORMATS).values()))
    return size


def feedgen_alone(made: list[Feed]) -> int:
    """RSS and Atom of all sections by feedgen's own means; the bytes."""
    size = 0
    for feed in made:
        generator = FeedGenerator()
        generator.id(feed.section.urls[0])
        generator.title(feed.section.title)
        generator.subtitle(feed.section.title)
        generator.link(href=feed.section.urls[0], rel="alternate")
        generator.language("ar")
        for story in feed.stories:
            entry = generator.add_entry(order="append")
            entry.id(story.id)
            entry.title(story.title)
            entry.link(href=story.url)
            entry.summary(story.summary)
            entry.content(story.html, type="html")
            entry.author([{"name": name} for name in story.authors])
            entry.category([{"term": term} for term in (story.category, *story.tags)])
            entry.published(story.published)
            entry.updated(story.updated)
        size += len(generator.atom_str(pretty=True)) + len(generator.rss_str(pretty=True))
    return size


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    made = feeds()
    times: dict[str, list[float]] = {"feedgen": [], "ours": []}
    sizes = {}
    for _ in range(rounds):
        for name, work in (("feedgen", feedgen_alone), ("ours", ours)):
            start = process_time()
            sizes[name] = work(made)
            times[name].append(process_time() - start)
    taken = {name: statistics.median(spent) for name, spent in times.items()}
    ratio = taken["ours"] / taken["feedgen"]
    for name, seconds in taken.items():
        each = seconds / SECTIONS / STORIES * 1e6
        print(f"{name:8} {seconds:6.2f} s  {each:6.0f} us a story  {sizes[name] / 1e6:6.1f} MB")
    print(f"all three formats, beside feedgen's two: {ratio:.2f} (at most {LIMIT})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
