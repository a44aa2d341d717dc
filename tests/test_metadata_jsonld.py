"""JSON-LD as pages write it: graphs, lists, several stories, and broken JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker.html import json_ld, json_ld_objects, page_head

ARTICLE = {"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"}


def story(*sources, title="Bridge opens - The Lamp"):
    """What is read from these blocks."""
    blocks = "".join(
        f'<script type="application/ld+json">{s if isinstance(s, str) else json.dumps(s)}</script>'
        for s in sources
    )
    return page_head.read_head(LexborHTMLParser(f"<title>{title}</title>{blocks}"), "").json_ld


@pytest.mark.parametrize(
    "block",
    [
        ARTICLE,
        [ARTICLE],
        {
            "@context": "https://schema.org",
            "@graph": [{"@type": "WebSite", "name": "The Lamp"}, ARTICLE],
        },
        {"@type": "WebPage", "name": "x", "mainEntity": ARTICLE},
        {"@type": "WebPage", "mainEntityOfPage": {"@type": "WebPage", "mainEntity": [ARTICLE]}},
        {**ARTICLE, "@type": ["Article", "NewsArticle"]},
        {**ARTICLE, "@type": "http://schema.org/ReportageNewsArticle"},
        {**ARTICLE, "@type": "schema:BlogPosting"},
    ],
)
def test_the_story_is_found_wherever_it_stands(block):
    """Alone, in a list, in a graph, below the page object, and under any kind of article."""
    assert story(block).dates["datePublished"] == "2024-05-04"


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04",}',
        '[{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"},]',
        '<!-- {"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"}\n//]]>',
        '{"@type": "NewsArticle", "description": "two\nlines\tand a tab", "datePublished": "2024-05-04"}',
        '{"@type": "NewsArticle", "headline": "Bridge opens", "description": "it\\\'s", "datePublished": "2024-05-04"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;datePublished&quot;: &quot;2024-05-04&quot;}",
        '{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"};',
        '{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-04"}{"@type": "Thing"}',
        '{"@type": "NewsArticle", "headline": "Bridge opens"\n"datePublished": "2024-05-04"}',
    ],
)
def test_broken_json_is_repaired(source):
    """Trailing and missing commas, raw newlines, HTML comments, CDATA, escaped entities, a second
    object behind.
    """
    assert story(source).dates["datePublished"] == "2024-05-04"


def test_a_block_beyond_repair_does_not_hide_the_next():
    """What cannot be read is left out; the other blocks count."""
    assert story("{broken", "", "null", "7", ARTICLE).dates["datePublished"] == "2024-05-04"
    assert story("{broken").story == {}


def test_of_several_stories_the_one_with_the_pages_title_is_taken():
    """Related stories have blocks of their own; so have those below `itemListElement` and
    `hasPart`.
    """
    other = {**ARTICLE, "headline": "Oil prices fall", "datePublished": "2024-01-01"}
    assert story(other, ARTICLE).dates["datePublished"] == "2024-05-04"
    assert (
        story({"@type": "WebPage", "hasPart": [other], "mainEntity": ARTICLE}).dates[
            "datePublished"
        ]
        == "2024-05-04"
    )
    assert story({"@type": "ItemList", "itemListElement": [other]}).story == {}
    assert (
        story(
            other, {**other, "headline": "Rain"}, {**other, "headline": "Snow"}, title="World news"
        ).story
        == {}
    )


def test_a_story_is_completed_from_the_page_object():
    """What the article's object leaves out is taken from the page's, and never the other way round."""
    page = {
        "@type": "WebPage",
        "name": "Bridge opens",
        "datePublished": "1999-01-01",
        "dateModified": "2024-05-05",
    }
    found = story(page, ARTICLE)
    assert (found.dates["datePublished"], found.dates["dateModified"]) == (
        "2024-05-04",
        "2024-05-05",
    )


def test_values_are_read_in_all_their_forms():
    """A string, a list, a named object, a value object; entities in strings are resolved."""
    assert json_ld_objects.strings("A &amp; B") == ["A & B"]
    assert json_ld_objects.strings([{"name": "A"}, " B ", {"@value": "C"}, 7, None, ""]) == [
        "A",
        "B",
        "C",
    ]
    assert json_ld_objects.first_string({"name": ["A", "B"]}) == "A"
    assert json_ld_objects.first_string(None) == ""


def test_half_a_character_is_left_out():
    """A headline that was cut within an emoji has a surrogate at its end, which no file and no
    database takes.
    """
    (headline,) = json_ld_objects.strings(json.loads(r'"Bridge opens \ud83d"'))
    assert headline == "Bridge opens"


def test_endless_nesting_is_cut_off():
    """A block nested thousands deep is left out; nothing is raised."""
    assert story('{"a":' * 5000 + "1" + "}" * 5000, ARTICLE).dates["datePublished"] == "2024-05-04"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "name", "headline", "author", "a"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_json_breaks_the_reader(value):
    """Whatever the values are and wherever they stand, objects are gathered and nothing is raised."""
    assert isinstance(story(json.dumps(value), ARTICLE), json_ld.JsonLd)
