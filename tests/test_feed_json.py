"""JSON Feed 1.1: what its specification asks for, and item by item what the Atom feed says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from newsroom import feed, story

from feedmaker.model import Enclosure, Feed
from feedmaker.output.feed import render

ATOM = "{http://www.w3.org/2005/Atom}"
LEAD = "https://news.example/lead.jpg"
PICTURE = Enclosure(url=LEAD, type="image/jpeg", length=48213)


def read(made: Feed) -> dict[str, Any]:
    """The feed as a JSON parser reads it."""
    return json.loads(render(made, "json"))


def atom_items(made: Feed) -> list[dict[str, Any]]:
    """The entries of the Atom feed, in the words of JSON Feed."""
    found = []
    for entry in etree.fromstring(render(made, "atom")).findall(f"{ATOM}entry"):
        links = {link.get("rel"): link.attrib for link in entry.findall(f"{ATOM}link")}
        item = {
            "id": entry.findtext(f"{ATOM}id"),
            "url": links["alternate"]["href"],
            "title": entry.findtext(f"{ATOM}title"),
            "content_html": entry.findtext(f"{ATOM}content"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "date_published": entry.findtext(f"{ATOM}published"),
            "date_modified": entry.findtext(f"{ATOM}updated"),
            "authors": [
                {"name": author.findtext(f"{ATOM}name")}
                for author in entry.findall(f"{ATOM}author")
            ],
        }
        if tags := [category.get("term") for category in entry.findall(f"{ATOM}category")]:
            item["tags"] = tags
        if language := entry.get("{http://www.w3.org/XML/1998/namespace}lang"):
            item["language"] = language
        found.append(item)
    return found


def test_a_feed_says_what_it_is():
    """Version, title, page, own address, language and author, as JSON Feed 1.1 names them."""
    made = read(feed(story()))
    assert made.pop("items")
    assert made == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "بوابة الأخبار: رياضة",
        "home_page_url": "https://news.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9",
        "feed_url": "https://feeds.example/news/sport.json",
        "description": "بوابة الأخبار – news.example",
        "language": "ar",
        "authors": [{"name": "بوابة الأخبار"}],
    }


def test_the_items_are_those_of_atom():
    """Same ids, dates, texts, authors, tags, languages, in the same order."""
    made = feed(
        story(3), story(1, language="fr", authors=()), story(2, teaser=True), story(2, title="مكرر")
    )
    assert read(made)["items"] == atom_items(made)


def test_a_picture_is_named_and_attached():
    """As the item's image, and with type and size where the server told them."""
    made = replace(
        feed(story(1, image=LEAD), story(2, image="https://news.example/b.jpg")),
        enclosures={LEAD: PICTURE},
    )
    known, unknown = read(made)["items"]
    assert known["image"] == LEAD
    assert known["attachments"] == [
        {"url": LEAD, "mime_type": "image/jpeg", "size_in_bytes": 48213}
    ]
    assert unknown["image"] == "https://news.example/b.jpg"
    assert "attachments" not in unknown


def test_a_feed_without_stories_or_base_is_a_feed():
    """The list of items is there and empty; the feed's own address is not."""
    made = read(feed(base_url=""))
    assert made["items"] == []
    assert "feed_url" not in made


def test_the_hub_is_named():
    """By its type and address."""
    made = read(replace(feed(story()), hub="https://hub.example/"))
    assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


wild = st.text(st.characters(exclude_categories=()), max_size=60)


@example(*["خبر \x00\x08\u2028\ud800\ufffe\u202e"] * 3, [])
@given(wild, wild, wild, st.lists(wild, max_size=3))
def test_any_text_gives_a_feed(title, html, summary, names):
    """What Atom can hold JSON holds in the same words."""
    odd = story(
        1,
        title=title,
        html=html,
        text=html,
        summary=summary,
        authors=tuple(names),
        tags=tuple(names),
    )
    made = feed(odd, story(2))
    written = read(made)["items"]
    # XML has no carriage return of its own, and white space at the ends of an attribute is not
    # kept.
    assert [item["id"] for item in written] == [item["id"] for item in atom_items(made)]
    assert [item["title"].split() for item in written] == [
        item["title"].split() for item in atom_items(made)
    ]
