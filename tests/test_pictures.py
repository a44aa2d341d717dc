"""Pictures of listings and articles: where their addresses stand, and which are the same."""

from __future__ import annotations

import time

import pytest
from machine import slowness
from selectolax.lexbor import LexborHTMLParser

from feedmaker import extract, find_links
from feedmaker.html import pictures

BASE = "https://n.example/news/"
SIZES = "/i/w_300,h_200/0.jpg 300w, /i/w_600,h_400/0.jpg 600w"
PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def picture(html: str, *, prefer_srcset: bool = False) -> str | None:
    """The picture of the first `img` of a page."""
    node = LexborHTMLParser(html).css_first("img")
    return pictures.source(node, BASE, prefer_srcset=prefer_srcset)


@pytest.mark.parametrize(
    ("srcset", "address"),
    [
        (SIZES, "/i/w_600,h_400/0.jpg"),
        ("/a.jpg 300w,/b.jpg 600w", "/b.jpg"),
        ("/a.jpg 200h 300w, /b.jpg 400h 600w", "/b.jpg"),
        ("/a.jpg (1w, 2w), /b.jpg 600w", "/b.jpg"),
        ("/a.jpg (1w, /b.jpg 600w", "/a.jpg"),
        ("/a.jpg\n\t300w ,\n/b.jpg\n600w\n", "/b.jpg"),
        ("/a.jpg,, , /b.jpg 2x", "/b.jpg"),
        ("/a.jpg 1.5x, /b.jpg 1x", "/a.jpg"),
        ("/a.jpg 2000w, /b.jpg 3000w", "/a.jpg"),
        ("/a.jpg 1.2.3w, /b.jpg 1w", "/b.jpg"),
        ("/a.jpg?resize=925,617 925w, /b.jpg?resize=300,200 300w", "/a.jpg?resize=925,617"),
    ],
)
def test_a_srcset_is_read_as_browsers_read_it(srcset, address):
    """By the HTML Standard: commas may stand in addresses and in parentheses."""
    assert pictures.widest(srcset, BASE) == f"https://n.example{address}"


@pytest.mark.parametrize(
    "srcset", ["/a.jpg " + "(" * 300_000, "/a " + "1." * 300_000, ", " * 300_000, "a" * 900_000]
)
def test_an_endless_srcset_costs_no_more_than_any_text(srcset):
    """No part of it is looked at twice."""
    before = time.process_time()
    pictures.widest(srcset, BASE)
    assert time.process_time() - before < 0.5 * slowness()  # seconds


@pytest.mark.parametrize("name", pictures._LAZY_ATTRIBUTES)
def test_a_lazy_picture_is_found_whatever_attribute_holds_it(name):
    """`src` is a placeholder then, or absent, or an address of its own."""
    for source in (f"src='{PLACEHOLDER}'", "", "src='/small.jpg'"):
        for prefer_srcset in (False, True):
            html = f"<img {source} {name}='/real.jpg'>"
            assert picture(html, prefer_srcset=prefer_srcset) == "https://n.example/real.jpg"


@pytest.mark.parametrize("name", pictures._SRCSET_ATTRIBUTES)
def test_a_lazy_srcset_is_found_whatever_attribute_holds_it(name):
    """On the picture itself, or on a `source` beside it."""
    wanted = "https://n.example/i/w_600,h_400/0.jpg"
    assert picture(f"<img src='{PLACEHOLDER}' {name}='{SIZES}'>") == wanted
    assert picture(f"<picture><source {name}='{SIZES}'><img src='{PLACEHOLDER}'>") == wanted


@pytest.mark.parametrize("value", ["true", "1", "lazy", "", " "])
def test_a_flag_is_no_address(value):
    """Some themes write only that a picture is lazy."""
    assert picture(f"<img data-lazy='{value}' src='/real.jpg'>") == "https://n.example/real.jpg"


def test_a_listing_prefers_the_srcset():
    """`src` of a card is a thumbnail; in a story it is taken as it is."""
    html = f"<img src='/thumbnail.jpg' srcset='{SIZES}'>"
    assert picture(html) == "https://n.example/thumbnail.jpg"
    assert picture(html, prefer_srcset=True) == "https://n.example/i/w_600,h_400/0.jpg"


@pytest.mark.parametrize("src", ["/r/w_40,q_10/0.jpg", "/0.jpg?w=32&q=1", "/0-30x20.jpg"])
def test_a_preview_of_few_pixels_gives_way_to_the_srcset(src):
    """It is shown, blurred, until the picture is there."""
    html = f"<img src='{src}' srcset='{SIZES}'>"
    assert picture(html) == "https://n.example/i/w_600,h_400/0.jpg"
    assert picture(f"<img src='{src}'>") == f"https://n.example{src}"


CARDS = {
    "a srcset with commas in its addresses": (f'srcset="{SIZES}"', "/i/w_600,h_400/0.jpg"),
    "a lazy srcset": (f'src="{PLACEHOLDER}" data-lazy-srcset="{SIZES}"', "/i/w_600,h_400/0.jpg"),
    "a lazy address": ('data-url="/i/0.jpg"', "/i/0.jpg"),
    "a placeholder file": ('src="/t/grey-placeholder.png" data-src="/i/0.jpg"', "/i/0.jpg"),
    "a transparent pixel alone": ('src="/img/transparent.gif"', None),
    "an icon": ('src="/i/0.jpg" width="24" height="24"', None),
}


@pytest.mark.parametrize("kind", CARDS)
def test_listings_and_articles_find_the_same_pictures(kind):
    """A card and a story with the same `img` give the same address."""
    attributes, path = CARDS[kind]
    wanted = f"https://n.example{path}" if path else None
    cards = "".join(
        f'<article><a href="/news/{n}-the-council-opens-a-garden"><img {attributes}>'
        f"<h2>The council opens public garden number {n}</h2></a></article>"
        for n in range(6)
    )
    links = find_links(f"<main>{cards}</main>", BASE)
    assert len(links) == 6
    assert {link.image for link in links} == {wanted}
    text = "".join(
        f"<p>The council said on Monday that garden number {n} opens before the summer, after two"
        " years of works that cost more than the city had planned.</p>"
        for n in range(6)
    )
    html = f"<title>A garden opens</title><main><article><h1>A garden opens</h1><img {attributes}>"
    story = extract(f"{html}{text}</article></main>", BASE)
    assert story.image == wanted


DIGEST = "5b19241f05cce3d765edcd5ebfd3a4db"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/u/team-300x200.jpg?w=300", "/u/team.webp", True),
        ("/w_800,h_450/u/team_800w.jpg", "/u/team-scaled.jpg", True),
        ("/10/team.jpg", "/11/team.jpg", False),
        ("/u/team.jpg", "/u/team-2.jpg", False),
        ("/a/match-in-rabat.jpg", "/fit/960/https%3A%2F%2Fi.example%2Fmatch-in-rabat.jpg", True),
        ("/picture?id=1", "/picture?id=2", False),
        ("/social/15752602", "/wide_600/15752602", True),
        ("/15752602?place=1", "/15752602?place=2", False),
        (f"/free/{DIGEST}/?t=crop:2000:1250", f"/c_scale,w_620/{DIGEST}", True),
        (f"/free/{DIGEST}", f"/free/{DIGEST[::-1]}", False),
        ("//[/a.jpg", "//[/b.jpg", False),
    ],
)
def test_the_sizes_of_a_picture_have_one_key(one, other, same):
    """Host, size and file type are no part of it; the folder and the query are where they count."""
    keys = (
        pictures.picture_key(f"https://n.example{one}"),
        pictures.picture_key(f"https://cdn.example{other}"),
    )
    assert (keys[0] == keys[1]) is same


@pytest.mark.parametrize(
    ("html", "is_one"),
    [
        ("<img src=/a.jpg width=728 height=90>", True),
        ("<img src=/a.jpg style='width:728px;height:90px'>", True),
        ("<img src=/a.jpg style='width:720px;height:480px'>", False),
        ("<img src=/blank.gif data-src=https://cdn.test/ads/a.jpg>", True),
        ("<img src=/blank.gif data-src=https://cdn.test/roads/a.jpg>", False),
        ("<a href=https://ad.doubleclick.net/clk/1><img src=/a.jpg></a>", True),
        ("<a href=https://shop.test rel='nofollow sponsored'><img src=/a.jpg></a>", True),
        ("<a href=https://roads.test/1><img src=/a.jpg></a>", False),
    ],
)
def test_an_advert_is_known_by_size_file_and_link(html, is_one):
    """The size may be styled, the file lazy, and the link one that counts clicks."""
    assert pictures.is_advert(LexborHTMLParser(html).css_first("img")) == is_one


def test_a_sign_as_high_as_a_line_is_no_picture():
    """Emojis are drawn as pictures of an `em`."""
    assert picture("<img src=/emoji/1f600.svg style='height: 1em'>") is None
    assert picture("<img src=/tower.svg style='height: 12em'>") is not None
