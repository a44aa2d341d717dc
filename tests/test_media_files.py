"""Sound and film: links in the text of a story, enclosed as their servers describe them."""

from __future__ import annotations

import json
from dataclasses import replace

import feedparser
import pytest
from newsroom import feed, story
from selectolax.lexbor import create_tag

from feedmaker import extract
from feedmaker.html.media_files import linked_media, played_file
from feedmaker.model import Enclosure
from feedmaker.output.feed import render
from feedmaker.text.media_types import media_type

BASE = "https://radio.example/episodes/17"
TEXT = "".join(
    f"<p>The mayor said in part {n} of the interview that the garden opens before the summer, after"
    " two years of works that cost more than the city had planned, and that it stays free.</p>"
    for n in range(6)
)


FILM_PLAYER = (
    '<video controls poster="/v/17.jpg"><source src="/v/17.m3u8" type="application/x-mpegURL">'
    '<source src="/v/17.mp4" type="video/mp4"></video>'
)
FILM_LINK = '<a href="https://radio.example/v/17.mp4">'


def page(inside: str, after: str = "") -> str:
    """A page with a story, something within it, and something behind it."""
    return (
        f"<title>The garden opens</title><main><article><h1>The garden opens</h1>{TEXT}{inside}"
        f"{TEXT.replace('garden', 'park')}</article></main>{after}"
    )


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        (
            '<audio controls src="/a/17.mp3" title="Episode 17"></audio>',
            '<p><a href="https://radio.example/a/17.mp3">Episode 17</a></p>',
        ),
        (
            '<audio controls><source src="/a/17.ogg" type="audio/ogg"><source src="/a/17.mp3"></audio>',
            '<p><a href="https://radio.example/a/17.ogg">17.ogg</a></p>',
        ),
        (
            '<audio controls><source src="/play?id=17" type="audio/mpeg"></audio>',
            '<p><a href="https://radio.example/play?id=17" type="audio/mpeg">play</a></p>',
        ),
        (
            f"<figure>{FILM_PLAYER}</figure>",
            (
                f'<figure>{FILM_LINK}<img src="https://radio.example/v/17.jpg" alt=""></a></figure>'
                f"<p>{FILM_LINK}17.mp4</a></p>"
            ),
        ),
        (
            (
                "<p>The whole interview with the mayor, who also spoke of the old market, can be heard in"
                ' <a href="/a/17.mp3?x=1">episode 17</a> of the series that began last year.</p>'
            ),
            ' <a href="https://radio.example/a/17.mp3?x=1">episode 17</a> of the series',
        ),
    ],
)
def test_what_a_story_plays_stays_in_its_text_as_a_link(markup, link):
    """By its caption, title or name; the link says the type where the name does not."""
    made = extract(page(markup), BASE).html
    assert link in made
    assert made.index("garden opens before") < made.index(link) < made.index("park opens before")


@pytest.mark.parametrize(
    "markup",
    [
        '<video autoplay muted loop src="/v/sky.mp4"></video>',
        '<audio src="#"></audio>',
        '<audio src="/static/blank.mp3"></audio>',
        '<video style="display: none" src="/v/advert.mp4"></video>',
        '<video controls src="blob:https://radio.example/1"></video>',
        '<video controls><source src="/live.m3u8"></video>',
        '<video controls><source src="/v/17.xyz" type="application/x-flash"></video>',
        '<video controls src="javascript:alert(1)"></video>',
    ],
)
def test_what_decorates_or_streams_is_no_file(markup):
    """Backgrounds, placeholders, hidden players and streams give no link."""
    made = extract(page(markup), BASE).html
    assert "<a " not in made
    assert linked_media(made) == ()


def test_the_recording_of_a_podcast_page_is_its_own():
    """The one sound file that the page links to is named behind the text, once."""
    button = '<footer><a class="download" href="/a/17.mp3">Download episode 17</a></footer>'
    made = extract(page("", button), BASE).html
    assert made.endswith('<p><a href="https://radio.example/a/17.mp3">Download episode 17</a></p>')
    player = '<audio controls src="/a/17.mp3?from=player"></audio>'
    assert extract(page(player, button), BASE).html.count("17.mp3") == 2  # address and name
    others = button + button.replace("17", "16")
    assert linked_media(extract(page("", others), BASE).html) == ()


SOUND = "https://radio.example/a/17.mp3"
FILM = "https://radio.example/play?id=17"
LEAD = "https://radio.example/17.jpg"
HTML = (
    f'<p>نص الخبر</p><p><a href="{SOUND}">الحلقة</a></p>'
    f'<p><a href="{FILM}" type="video/mp4">فيلم</a> <a href="https://x.example/">رابط</a></p>'
)
KNOWN = {
    SOUND: Enclosure(url=SOUND, type="audio/mpeg", length=9_000_000),
    FILM: Enclosure(url=FILM, type="video/mp4", length=70_000_000),
    LEAD: Enclosure(url=LEAD, type="image/jpeg", length=4711),
}


def test_a_story_encloses_its_sound_film_and_picture():
    """Atom and JSON Feed have all of them; RSS has room for the first. The links stay."""
    made = replace(feed(story(html=HTML, image=LEAD)), enclosures=KNOWN)
    for form, wanted in (("atom", [SOUND, FILM, LEAD]), ("rss", [SOUND])):
        (entry,) = feedparser.parse(render(made, form)).entries
        assert [file.href for file in entry.enclosures] == wanted
        assert (entry.enclosures[0].type, entry.enclosures[0].length) == ("audio/mpeg", "9000000")
        assert entry.link == story().url
        assert entry.media_thumbnail == [{"url": LEAD}]
        assert f'href="{SOUND}"' in entry.content[0].value
    (item,) = json.loads(render(made, "json"))["items"]
    assert [one["url"] for one in item["attachments"]] == [SOUND, FILM, LEAD]


def test_what_is_of_another_kind_is_not_enclosed():
    """A picture that is called a film, or a page in place of a recording, is no enclosure."""
    wrong = {
        SOUND: Enclosure(url=SOUND, type="image/png", length=1),
        LEAD: Enclosure(url=LEAD, type="video/mp4", length=1),
    }
    made = replace(feed(story(html=HTML, image=LEAD)), enclosures=wrong)
    for form in ("atom", "rss"):
        assert feedparser.parse(render(made, form)).entries[0].enclosures == []


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://x.example/a.mp3", "audio/mpeg"),
        ("https://x.example/a.MP4?x=a.jpg", "video/mp4"),
        ("https://x.example/a.webm#t=3", "video/webm"),
        ("https://x.example/a.mp3.html", None),
        ("https://x.example/mp3", None),
        ("", None),
    ],
)
def test_the_name_of_a_file_tells_its_type(url, kind):
    """By its ending alone."""
    assert media_type(url) == kind


def test_a_player_with_endless_sources_ends():
    """Hostile pages have thousands; a few are looked at."""
    node = create_tag("video")
    for _ in range(2000):
        node.insert_child(create_tag("source"))
    assert played_file(node, BASE) is None
    assert len(linked_media('<a href="https://x.example/a.mp3">' * 3)) == 1
    many = "".join(f'<a href="https://x.example/{n}.mp3">' for n in range(3000))
    assert len(linked_media(many)) == 8
