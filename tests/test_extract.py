"""Picking the story: what holds for every page, whatever is on it."""

from __future__ import annotations

import contextlib
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker import extract, find_links
from feedmaker.article import read_page
from feedmaker.model import Rules
from feedmaker.model.errors import ExtractError
from feedmaker.model.trace import Trace

PARAGRAPHS = [
    "The harbour was rebuilt after the storm of last winter, and the fishing boats are expected back before Easter.",
    "Forty families live from the harbour, and most of them had moved to the next town for the time of the works.",
    "The new wall is a metre higher than the old one, and has a path on top that is open to everyone by day.",
    "What is missing is the ice house, for which the council has asked three firms to make an offer until June.",
]
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(body, head=""):
    """A page with this body."""
    return f"<!DOCTYPE html><html lang='en'><head><title>Harbour rebuilt</title>{head}</head><body>{body}</body></html>"


def article(inside):
    """A page with a menu, a title, and this as the text of its article."""
    return page(
        f"<div class='menu'><a href='/'>Home</a></div><h1>Harbour rebuilt</h1><div class='text'>{inside}</div>"
    )


def test_text_is_the_paragraphs_and_html_the_same():
    """Text and HTML tell one and the same story."""
    story = extract(article(STORY), "https://sea.test/a")
    assert story.text.split("\n\n") == PARAGRAPHS
    assert story.html == STORY


def test_bytes_and_text_give_the_same():
    """A page as bytes is decoded, and then nothing differs."""
    html = article(STORY.replace("harbour", "harbour «é»"))
    assert extract(html.encode(), "https://sea.test/a") == extract(html, "https://sea.test/a")


@pytest.mark.parametrize(
    "html",
    [
        b"",
        "",
        b"\x00\x01\x02",
        bytes(range(256)) * 400,
        "no markup at all",
        "<",
        "<html>",
        "<p>",
        "<frameset><frame></frameset>",
    ],
)
def test_what_is_no_page_is_an_extract_error(html):
    """Empty, binary and meaningless input is an ExtractError that names the URL, and nothing else."""
    with pytest.raises(ExtractError, match=r"https://sea\.test/a: the page"):
        extract(html, "https://sea.test/a")


def test_fifty_thousand_attributes_of_one_element_cost_nothing_of_the_story():
    """The parser would take ten seconds over them; the story is that of the page without them."""
    story = "".join(
        f"<p>{n}: أعلنت البلدية اليوم أنها أنهت أعمال الصيانة في الحديقة العامة قبل الموعد.</p>"
        for n in range(9)
    )
    crowd = " ".join(f'data-a{n}="{n}"' for n in range(50_000))
    page = (
        "<html lang=ar><body><article {}><h1>افتتاح الحديقة العامة بعد الصيانة</h1>"
        + story
        + "</article></body></html>"
    )
    assert extract(page.format(crowd)).text == extract(page.format("")).text != ""


@pytest.mark.parametrize(
    "opening", ["<div>", "<span>", "<b>", "<ul><li>", "<table><tr><td>", "<font>", "<blockquote>"]
)
def test_a_hundred_thousand_nested_elements_end_at_once(opening):
    """Deep nesting gives a story or an ExtractError: no recursion error, and no minutes in the
    parser.
    """
    with contextlib.suppress(ExtractError):
        assert PARAGRAPHS[0] in extract(opening * 100_000 + STORY, "https://sea.test/a").text


@pytest.mark.parametrize(
    "opening", ["<div>", "<blockquote>", "<ul><li>", "<b>", "<section class=date>", "<a href=/x>"]
)
def test_thousands_of_nested_elements_are_read(opening):
    """What is not too deep for the parser is too deep for no other part."""
    with contextlib.suppress(ExtractError):
        assert PARAGRAPHS[0] in extract(opening * 3000 + STORY, "https://sea.test/a").text


@pytest.mark.parametrize(
    "piece",
    [
        "<title>a b - </title>",
        "<h1>a b | c - d</h1>",
        '<meta property="og:title" content="%s">' % ("a - " * 9000),
    ],
)
def test_endless_titles_end(piece):
    """Titles of thousands of parts are taken as they are: pieced together in all ways they would
    take for ever.
    """
    story = extract(piece.replace("a b - ", "a b - " * 100_000) + STORY, "https://sea.test/a")
    assert story.text.split("\n\n")[-len(PARAGRAPHS) :] == PARAGRAPHS


def test_a_text_behind_endless_spaces_is_read():
    """Of a block so long the beginning is looked at, and spaces are none."""
    for inside in (
        " " * 250_000 + PARAGRAPHS[0],
        " " * 150_000 + "<b> </b>" + " " * 150_000 + PARAGRAPHS[0],
    ):
        assert extract(article(f"<p>{inside}</p>{STORY}"), "https://sea.test/a").text.startswith(
            PARAGRAPHS[0]
        )


def test_a_moderately_deep_page_is_read():
    """A story inside two hundred boxes is found: what real page builders make."""
    story = extract(page("<div>" * 200 + "<h1>Harbour rebuilt</h1>" + STORY), "https://sea.test/a")
    assert story.text.split("\n\n") == PARAGRAPHS


@given(
    st.text(
        alphabet=st.sampled_from('<>/="& \x00\n\u0301\u202eاab1pdivscriptliul!-[]'), max_size=300
    )
)
def test_wild_markup_never_breaks_the_story_html(wild):
    """Whatever stands in a page, the story's HTML is well formed, of allowed tags; the only error
    is ExtractError.
    """
    try:
        story = extract(
            article(STORY + "<p>" + wild + "</p>" + STORY.replace("harbour", "port")),
            "https://sea.test/a",
        )
    except ExtractError:
        return
    tags = set(re.findall(r"<([a-z0-9]+)", story.html))
    assert tags <= {
        "p",
        "ul",
        "li",
        "strong",
        "em",
        "i",
        "b",
        "a",
        "br",
        "span",
        "bdi",
        "figure",
        "img",
        "hr",
    }
    check = _Balance()
    check.feed(story.html)
    assert check.open == []


class _Balance(HTMLParser):
    """Python's own parser, asked whether every element that is opened is closed in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        del attrs
        if tag not in ("br", "img", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_nothing_dangerous_gets_through():
    """Scripts, handlers, styles and javascript links are not in the HTML, nor what they say in the
    text.
    """
    inside = STORY.replace(
        "<p>Forty",
        "<p onclick='steal()' style='color:red'><script>steal()</script><a href='javascript:steal()'>Forty</a>",
    )
    story = extract(article(inside), "https://sea.test/a")
    assert "steal" not in story.html + story.text
    assert "onclick" not in story.html
    assert "style" not in story.html
    assert "Forty families" in story.text


def test_links_are_absolute_by_the_base_of_the_page():
    """Relative links are joined to the page's `base`, other letters are encoded, links within the
    page are text.
    """
    inside = STORY.replace("three firms", "<a href='b/دليل'>three</a> <a href='#top'>firms</a>")
    html = article(inside).replace("<title>", "<base href='https://cdn.sea.test/x/'><title>")
    story = extract(html, "https://sea.test/a")
    assert (
        '<a href="https://cdn.sea.test/x/b/%D8%AF%D9%84%D9%8A%D9%84">three</a> firms' in story.html
    )


def test_one_run_with_breaks_becomes_paragraphs():
    """Two line breaks end a paragraph, one stays a line break."""
    inside = (
        PARAGRAPHS[0]
        + "<br><br>"
        + PARAGRAPHS[1]
        + "<br>\n&nbsp;<br/>"
        + PARAGRAPHS[2]
        + "<br>"
        + PARAGRAPHS[3]
    )
    story = extract(article(inside), "https://sea.test/a")
    assert story.text.split("\n\n") == [*PARAGRAPHS[:2], PARAGRAPHS[2] + " " + PARAGRAPHS[3]]
    assert story.html.count("<p>") == 3
    assert story.html.count("<br>") == 1


@pytest.mark.parametrize(
    "advert", ["<div class='ad-slot'></div>", "<ins><iframe src='//ads.test'></iframe></ins><hr>"]
)
def test_a_sentence_that_an_advert_cuts_is_joined(advert):
    """Two halves of a sentence become one paragraph again; two whole paragraphs stay two."""
    first, second = PARAGRAPHS[1].split(", and ")
    inside = f"<p>{PARAGRAPHS[0]}</p>{advert}<p>{first}, and</p>{advert}<p>{second}</p>{advert}<p>{PARAGRAPHS[2]}</p>"
    assert extract(article(inside), "https://sea.test/a").text.split("\n\n") == PARAGRAPHS[:3]


def test_halves_without_an_advert_between_stay_two():
    """Paragraphs that follow each other are as the author made them, also without a full stop."""
    lines = [text.rstrip(".") for text in PARAGRAPHS]
    inside = "".join(f"<p>{text[0].lower()}{text[1:]}</p>" for text in lines)
    assert len(extract(article(inside), "https://sea.test/a").text.split("\n\n")) == len(lines)


def test_rules_name_the_body_and_what_to_drop():
    """Selectors of the site override the finding; where they match nothing, finding goes on without
    them.
    """
    other = STORY.replace("harbour", "station")
    html = page(
        f"<h1>Harbour rebuilt</h1><div id='one'>{STORY}</div>"
        f"<div id='two'>{other}<p class='x'>{PARAGRAPHS[3]}</p></div>"
    )
    story = extract(html, "https://sea.test/a", rules=Rules(body=("#two",), drop=(".x",)))
    assert "station" in story.text
    assert "harbour" not in story.text
    assert extract(html, rules=Rules(body=(".none",), drop=("#none",))) == extract(html)


def test_the_trace_tells_of_every_block():
    """Each block of the page has its score, its reason and what was measured; kept ones make up the
    story.
    """
    trace = Trace()
    html = article(STORY + "<p><a href='/x'>Read also: the old mill</a></p>")
    story = read_page(
        html,
        "https://sea.test/a",
        rules=Rules(),
        language=None,
        timezone="UTC",
        now=None,
        trace=trace,
    ).story
    assert [block.text for block in trace.blocks if block.kept] == story.text.split("\n\n")
    assert all(block.reason and block.path for block in trace.blocks)
    assert any(block.features for block in trace.blocks)
    assert {choice.name for choice in trace.choices} >= {"title", "published"}


def test_a_story_in_a_footer_is_found_all_the_same():
    """Navigation and footers are passed over at first, and read when there is no story elsewhere."""
    html = page(f"<h1>Harbour rebuilt</h1><footer><div class='text'>{STORY}</div></footer>")
    assert extract(html, "https://sea.test/a").text.split("\n\n") == PARAGRAPHS


def test_the_teaser_is_in_the_error():
    """An article page without a story says so, and brings title and description along, marked as a
    teaser.
    """
    head = (
        '<meta property="og:type" content="article"><meta property="og:title" content="Watch: the new harbour">'
        '<meta property="og:description" content="A walk on the wall.">'
    )
    with pytest.raises(ExtractError) as caught:
        extract(
            page("<div class='player'></div>", head),
            "https://sea.test/v",
            now=datetime(2024, 5, 1, tzinfo=UTC),
        )
    teaser = caught.value.teaser
    assert teaser is not None
    assert (teaser.title, teaser.text, teaser.html) == (
        "Watch: the new harbour",
        "A walk on the wall.",
        "<p>A walk on the wall.</p>",
    )
    assert teaser.teaser


def shell(**data):
    """A page that its scripts would fill, with a story in its JSON-LD."""
    told = {
        "@type": "NewsArticle",
        "headline": "Harbour rebuilt",
        "articleBody": "\n".join(PARAGRAPHS),
        **data,
    }
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script><script src='/app.js'></script>"
    return page("<div id='root'></div>", script)


def test_a_story_that_only_scripts_would_show_is_read_from_its_data():
    """Its lines are paragraphs, whatever markup is in them, and the trace says where the text is
    from.
    """
    trace = Trace()
    how = {"rules": Rules(), "language": None, "timezone": "UTC", "now": None}
    story = read_page(shell(), "https://sea.test/a", trace=trace, **how).story
    assert story.text.split("\n\n") == PARAGRAPHS
    assert story.html.count("<p>") == len(PARAGRAPHS)
    assert trace.choices[-1].source == "JSON-LD articleBody"
    marked = "".join(f"<p onclick='x()'>{text} <b>A &amp; B</b></p>" for text in PARAGRAPHS)
    story = extract(shell(articleBody=f"<script>alert(1)</script>{marked}"), "https://sea.test/a")
    assert "<script" not in story.html
    assert "onclick" not in story.html
    assert f"{PARAGRAPHS[0]}" in story.text
    assert "A & B" in story.text


@pytest.mark.parametrize(
    "data",
    [{"isAccessibleForFree": False}, {"isAccessibleForFree": "False"}, {"articleBody": PARAGRAPHS[0][:200]},
     {"articleBody": ["x"] * 9}, {"articleBody": {"a": "b"}}, {"@type": "WebPage"}],
)  # fmt: skip
def test_data_without_a_whole_story_for_all_readers_gives_none(data):
    """What is sold, a lead, no text at all, and pages that are no article."""
    with pytest.raises(ExtractError, match="no story"):
        extract(shell(**data), "https://sea.test/a")


def test_a_story_is_read_again_as_itself():
    """The HTML of a story, put into a page, gives the same story: cleaning twice is cleaning once."""
    story = extract(
        article(
            STORY
            + "<ul><li>One thing that was found in the sand</li><li>Another</li></ul>"
            + STORY.upper()
        )
    )
    again = LexborHTMLParser(story.html).body
    assert again is not None
    assert " ".join(again.text(separator=" ").split()) == " ".join(story.text.split())


@pytest.mark.parametrize("around", ["div", "blockquote", "section"])
def test_a_page_may_nest_deeper_than_calls_may(around):
    """Two thousand boxes around the story: it is taken all the same."""
    deep = f"<article><h1>The harbour</h1>{f'<{around}>' * 2000}{STORY}{f'</{around}>' * 2000}</article>"
    assert PARAGRAPHS[0] in extract(page(deep), "https://news.example/1").text


def test_of_lists_in_each_other_without_end_fifty_are_kept():
    """Nobody could read more, and each would cost those around it once more; their words stay."""
    story = extract(page("<ul><li>" * 2000 + STORY), "https://news.example/1")
    assert story.text.split("\n\n") == PARAGRAPHS
    assert 10 < story.html.count("<ul>") + story.html.count("<li>") <= 50


@pytest.mark.parametrize(
    "page", ["<div>x</div>" * 150_000, "<div>" * 100_000 + "x" + "</div>" * 100_000]
)
def test_a_page_of_too_many_or_too_deep_elements_is_told_and_its_links_still_found(page):
    """A real page has ten thousand elements and hundreds in each other at most; a hostile one must
    cost no memory.
    """
    links = "".join(
        f'<li><a href="/{n}">A headline of quite some words {n}</a></li>' for n in range(9)
    )
    with pytest.raises(ExtractError, match=r"too many elements|too deeply"):
        extract(f"<p>text</p>{page}", "https://news.example/1")
    assert len(find_links(f"<ul>{links}</ul>{page}", "https://news.example/")) == 9
