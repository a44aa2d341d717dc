"""What a page states for its own scripts: read as a listing and as a story, with nothing run."""

from __future__ import annotations

import base64
import json
import shutil
from contextlib import suppress
from html import escape
from urllib.parse import quote

import feedparser
import pytest
from news_site import SENTENCES
from selectolax.lexbor import LexborHTMLParser
from servers import Reply

import feedmaker
from feedmaker.article import stated_body
from feedmaker.html import page_state
from feedmaker.html.page_state import read_state
from feedmaker.html.script_values import read_value

TITLES = (
    "بلدية الواحة تفتح ثلاث حدائق جديدة قبل بداية الصيف",
    "باحثون يوثقون طيور البحيرة الشمالية للمرة الأولى",
    "تأجيل مباراة القمة أسبوعا بسبب أمطار غزيرة",
    "أسعار الخضار تتراجع في أسواق الجملة هذا الشهر",
    "مكتبة متنقلة تصل إلى القرى الجبلية البعيدة",
    "مهرجان المسرح المدرسي يختتم دورته الثانية عشرة",
)
OTHERS = tuple(f"{title} كما لم يقرأ من قبل" for title in TITLES)
PAD = "/* " + "x" * 120 + " */"


def _stories(titles=TITLES, first=1000, **more):
    return [
        {
            "id": first + n,
            "url": f"/news/{first + n}",
            "title": title,
            "publishedAt": f"2026-11-{20 - n}T08:00:00+03:00",
            "image": {"url": f"/img/{first + n}.jpg"},
            "author": {"name": "هدى مراد", "slug": "huda-murad"},
            **more,
        }
        for n, title in enumerate(titles)
    ]


def _shell(inside: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body><header><nav>'
        '<a href="/">الرئيسية</a><a href="/sport">رياضة</a><a href="/contact">اتصل بنا</a></nav></header>'
        f'<div id="__next"></div>{inside}</body></html>'
    )


def _next_data(data: object) -> str:
    text = json.dumps({"props": {"pageProps": data}}, ensure_ascii=False)
    return f'<script id="__NEXT_DATA__" type="application/json">{text}</script>'


def _flat(value: object) -> list:
    """A value as Nuxt 3 writes it: all values in one list, by their places."""
    flat: list = []

    def place(one: object) -> int:
        at = len(flat)
        flat.append(None)
        if isinstance(one, dict):
            flat[at] = {key: place(inner) for key, inner in one.items()}
        elif isinstance(one, list):
            flat[at] = [place(inner) for inner in one]
        else:
            flat[at] = one
        return at

    flat.append(["ShallowReactive", 1])
    place(value)
    return flat


def _router(value: object) -> str:
    """A stream of React Router, cut in two: all values in one list, and names by their places."""
    flat: list = []

    def place(one: object) -> int:
        at = len(flat)
        flat.append(None)
        if isinstance(one, dict):
            flat[at] = {f"_{place(key)}": place(inner) for key, inner in one.items()}
        elif isinstance(one, list):
            flat[at] = [place(inner) for inner in one]
        else:
            flat[at] = one
        return at

    place(value)
    lines = json.dumps(flat) + "\n"
    parts = (lines[: len(lines) // 2], lines[len(lines) // 2 :])
    call = "window.__reactRouterContext.streamController.enqueue"
    return "".join(f"<script>{call}({json.dumps(part)});</script>" for part in parts)


def _typed(value: object) -> list:
    """A value as Astro writes it: the number of its type before it."""
    if isinstance(value, list):
        return [1, [_typed(one) for one in value]]
    if isinstance(value, dict):
        return [0, {key: _typed(one) for key, one in value.items()}]
    return [0, value]


def _nullish() -> list:
    """A list of objects without a prototype, as Nuxt 3 writes it."""
    flat: list = [["ShallowReactive", 1], {"data": 2}, []]
    for one in _stories():
        flat[2].append(len(flat))
        named = ["null"]
        flat.append(named)
        for key in ("title", "url"):
            named += [key, len(flat)]
            flat.append(one[key])
    return flat


def _flight(rows: str) -> str:
    """A stream of Next.js, cut into two pieces within a row."""
    middle = len(rows) // 2
    return "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>"
        for part in (rows[:middle], rows[middle:])
    )


def _nuxt2() -> str:
    rows = ",".join(
        f'{{id:{one["id"]},title:"{one["title"]}",url:"\\u002Fnews\\u002F{one["id"]}",image:a,video:b,date:"{one["publishedAt"]}"}}'
        for one in _stories()
    )
    return f'<script>{PAD}window.__NUXT__=(function(a,b){{b.x=1;return {{data:[{{list:[{rows}]}}],error:null}}}}("/img/a.jpg",!1));</script>'


LISTINGS = {
    "next-data": _next_data(
        {"articles": _stories(), "menu": [{"title": "رياضة", "url": "/sport"}]}
    ),
    "nuxt-2": _nuxt2(),
    "nuxt-3": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(_flat({"data": {"list": _stories()}}))}</script>',
    "initial-state": f"<script>window.__INITIAL_STATE__={json.dumps({'list': _stories()})};(function(){{}})()</script>",
    "parsed-text": f"<script>window['__PRELOADED_STATE__'] = JSON.parse({json.dumps(json.dumps(_stories()))})</script>",
    "base64": f"<script>window.__APOLLO_STATE__='{base64.b64encode(json.dumps(_stories()).encode()).decode()}'</script>",
    "next-stream": _flight(
        f'0:["$","main",null,{json.dumps({"posts": _stories()})}]\n1:I[99,[],"x"]\n'
    ),
    "json-script": f'<script type="application/json">{json.dumps({"data": {"items": _stories()}})}</script>',
    "inertia": f"<div id='app' data-page='{json.dumps({'props': {'posts': _stories()}})}'></div>",
    "item-list": '<script type="application/ld+json">'
    + json.dumps(
        {
            "@type": "CollectionPage",
            "mainEntity": {
                "@type": "ItemList",
                "itemListElement": [
                    {"@type": "ListItem", "position": n, "url": one["url"], "name": one["title"]}
                    for n, one in enumerate(_stories(), 1)
                ],
            },
        }
    )
    + "</script>",
    "news-articles": '<script type="application/ld+json">'
    + json.dumps(
        [
            {"@type": "NewsArticle", "headline": one["title"], "url": one["url"]}
            for one in _stories()
        ]
    )
    + "</script>",
    "mentioned-pages": '<script type="application/ld+json">'
    + json.dumps(
        [
            {
                "@type": "NewsArticle",
                "headline": one["title"],
                "mainEntityOfPage": {"@id": one["url"]},
            }
            for one in _stories()
        ]
    )
    + "</script>",
    "react-router": _router({"loaderData": {"news": {"articles": _stories()}}, "errors": None}),
    "sveltekit": '<script>{__sveltekit_1a = {base: ""};Promise.all([]).then(([kit, app]) => {kit.start(app, e, '
    f'{{node_ids: [0],data: [null,{{type:"data",data:{{list:{json.dumps(_stories())}}},uses:{{}}}}]}});}});}}</script>',
    "sveltekit-answer": '<script type="application/json" data-sveltekit-fetched>'
    + json.dumps({"status": 200, "body": json.dumps({"list": _stories()})})
    + "</script>",
    "no-prototype": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(_nullish())}</script>',
    "astro": f'<astro-island props="{escape(json.dumps({"list": _typed(_stories())}))}" ssr></astro-island>',
    "vue": f"<news-list :items='{json.dumps(_stories())}'></news-list>",
    "livewire": f'<div wire:snapshot="{escape(json.dumps({"data": {"posts": [_stories(), {"s": "arr"}]}}))}"></div>',
    "angular": '<script id="app-state" type="application/json">'
    + json.dumps({"G.api": {"body": _stories()}}).replace('"', "&q;")
    + "</script>",
    "encoded": f'<script>window.__STATE__ = JSON.parse(decodeURIComponent("{quote(json.dumps(_stories()))}"))</script>',
    "apollo": "<script>window.__APOLLO_STATE__="
    + json.dumps(
        {f"Article:{one['id']}": one for one in _stories()}
        | {"ROOT_QUERY": {"latest": [{"__ref": f"Article:{one['id']}"} for one in _stories()]}}
    )
    + "</script>",
}


@pytest.mark.parametrize("form", LISTINGS)
def test_stories_of_an_empty_page_are_found_in_its_data(form):
    """Every common form of page state and JSON-LD, with the page's root still empty."""
    links = feedmaker.find_links(_shell(LISTINGS[form]), "https://news.example/latest")
    assert [link.url for link in links] == [
        f"https://news.example/news/{1000 + n}" for n in range(6)
    ]
    assert [link.title for link in links] == list(TITLES)


def test_date_and_picture_of_a_story_are_read_along():
    """They stand in the data beside headline and address."""
    links = feedmaker.find_links(
        _shell(LISTINGS["next-data"]), "https://news.example/latest", timezone="Asia/Riyadh"
    )
    assert links[1].published is not None
    assert links[1].published.isoformat() == "2026-11-19T08:00:00+03:00"
    assert links[1].image == "https://news.example/img/1001.jpg"


def test_lists_of_others_in_the_data_are_left_out():
    """Keys say which lists are of others, as class names do on a page."""
    data = {
        "hero": _stories()[0],
        "latest": _stories()[1:],
        "mostRead": _stories(OTHERS, 2000),
        "sidebar": {"items": _stories(OTHERS, 3000)},
    }
    links = feedmaker.find_links(_shell(_next_data(data)), "https://news.example/latest")
    assert [link.title for link in links] == list(TITLES)


@pytest.mark.parametrize(
    ("other", "want"),
    [
        ('<a href="/ar/articles/story-4">المزيد</a>', "/ar/articles/story-{}"),
        ('<a href="/news/1004/story-4/">المزيد</a>', "/news/100{0}/story-{0}/"),
        (
            '<link rel="canonical" href="/x"><a href="/read/1002.html">المزيد</a>',
            "/read/100{}.html",
        ),
    ],
)
def test_a_slug_becomes_an_address_as_the_sites_other_addresses_have_it(other, want):
    """Its slug, its number or both stand in a path: the addresses of known objects tell."""
    posts = [
        {"id": 1000 + n, "slug": f"story-{n}", "title": title, "date": "2026-11-20"}
        for n, title in enumerate(TITLES)
    ]
    page = _shell(other + _next_data({"posts": posts}))
    links = feedmaker.find_links(page, "https://news.example/latest")
    assert [link.url for link in links] == [
        "https://news.example" + want.format(n) for n in range(6)
    ]


def test_no_address_is_invented_for_a_slug():
    """Where nothing tells how a slug becomes an address, there is no link."""
    posts = [{"slug": f"story-{n}", "title": title} for n, title in enumerate(TITLES)]
    assert feedmaker.find_links(_shell(_next_data({"posts": posts})), "https://news.example/") == []


def test_a_page_that_shows_its_list_is_read_by_what_it_shows():
    """The data beside a list holds other stories too: it is not asked."""
    rows = "".join(
        f'<li><h3><a href="/news/{n}-a-story">{t}</a></h3></li>' for n, t in enumerate(TITLES)
    )
    page = _shell(f"<main><ul>{rows}</ul></main>" + _next_data({"all": _stories(OTHERS, 2000)}))
    links = feedmaker.find_links(page, "https://news.example/latest")
    assert [link.title for link in links] == list(TITLES)


def test_a_heading_is_found_in_the_data():
    """A section that stands under a heading stands under it in the data too."""
    data = {
        "blocks": [
            {"title": "رياضة", "items": _stories()},
            {"title": "ثقافة", "items": _stories(OTHERS, 2000)},
        ]
    }
    from datetime import UTC, datetime

    from feedmaker.listing import section_links
    from feedmaker.model import Page, Rules, Section

    html = _shell(_next_data(data)).encode()
    page = Page(url="https://news.example/", content=html, utf8=html, fetched_at=datetime.now(UTC))
    section = Section(slug="culture", title="ثقافة", heading="ثقافة")
    found = section_links(page, section, Rules())
    assert [link.title for link in found.links] == list(OTHERS)
    assert found.source == "state"


# ---- stories

TEXT = [f"{sentence} الفقرة {n}." for n, sentence in enumerate(SENTENCES * 2)]
URL = "https://news.example/news/1002"
HEAD = f'<title>{TITLES[2]}</title><meta property="og:type" content="article"><meta property="og:title" content="{TITLES[2]}">'
BODIES = {
    "html": "".join(f"<p>{line}</p>" for line in TEXT),
    "rendered": {"rendered": "".join(f"<p>{line}</p>\n" for line in TEXT), "protected": False},
    "plain": "\n\n".join(TEXT),
    "prosemirror": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": t}]} for t in TEXT],
    },
    "contentful": {
        "nodeType": "document",
        "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": t, "marks": []}]}
            for t in TEXT
        ],
    },
    "editorjs": {"blocks": [{"type": "paragraph", "data": {"text": t}} for t in TEXT]},
    "draftjs": {"blocks": [{"type": "unstyled", "text": t} for t in TEXT], "entityMap": {}},
    "slate": [{"type": "paragraph", "children": [{"text": t}]} for t in TEXT],
    "lexical": {
        "root": {
            "type": "root",
            "children": [
                {"type": "paragraph", "children": [{"type": "text", "text": t}]} for t in TEXT
            ],
        }
    },
    "portable": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": t}]}
        for t in TEXT
    ],
    "arc": [{"type": "text", "content": t} for t in TEXT],
    "items": [
        {"type": "textBlockArray", "items": [{"type": "htmlTextItem", "htmlText": t}]} for t in TEXT
    ],
    "fields": [{"type": "paragraph", "fields": [{"name": "p", "value": t}]} for t in TEXT],
    "models": [
        {
            "type": "text",
            "model": {
                "blocks": [
                    {
                        "type": "paragraph",
                        "model": {
                            "text": t,
                            "blocks": [{"type": "fragment", "model": {"text": t}}],
                        },
                    }
                ]
            },
        }
        for t in TEXT
    ],
    "values": [{"type": "paragraph", "value": {"text": t}} for t in TEXT],
    "markup": [{"type": "html", "data": f"<p>{t}</p>"} for t in TEXT],
    "nodes": {
        "json": {
            "childNodes": [
                {"tagName": "p", "nodeType": 1, "childNodes": [{"nodeType": 3, "text": t}]}
                for t in TEXT
            ]
        },
        "__typename": "BodyText",
    },
    "tags": [
        {"type": "html", "tag": "p", "content": [{"type": "text", "content": t}]} for t in TEXT
    ],
    "stages": {"stages": [{"stream": [{"type": "p", "children": [{"text": t}]} for t in TEXT]}]},
    "elements": {"bodyElements": [{"bodyElementType": "TEXT", "content": t} for t in TEXT]},
    "props": {"components": [{"type": "text", "props": {"text": t}} for t in TEXT]},
    "blocks": {"blocks": [{"__typename": "TextBlock", "markup": f"<p>{t}</p>"} for t in TEXT]},
    "named": [{"__typename": "CoreParagraph", "attributes": {"content": t}} for t in TEXT],
    "text-of-json": json.dumps(
        {"blocks": [{"type": "paragraph", "data": {"text": t}} for t in TEXT]}
    ),
}


@pytest.mark.parametrize("form", BODIES)
def test_a_story_is_read_from_each_form_of_text(form):
    """Markup, plain text, and the blocks of the common editors."""
    article = {"id": 1002, "title": TITLES[2], "body": BODIES[form]}
    data = {"article": article, "related": [{"title": t, "body": "قصير"} for t in OTHERS]}
    story = feedmaker.extract(_shell(_next_data(data), HEAD), URL)
    assert story.text.split("\n\n") == TEXT


@pytest.mark.parametrize("key", ["elements", "contents", "widgets", "editorBlocks"])
def test_a_story_of_parts_is_read_from_the_key_that_has_them(key):
    """However the site calls the parts of a story."""
    parts = [{"type": "paragraph", "text": t} for t in TEXT]
    data = {"article": {"id": 1002, "title": TITLES[2], key: parts}}
    story = feedmaker.extract(_shell(_next_data(data), HEAD), URL)
    assert story.text.split("\n\n") == TEXT


@pytest.mark.parametrize(
    ("number", "path"), [(1002, "/a/" + "-".join(TITLES[2].split())), (710026, "/a/710026/x")]
)
def test_a_page_that_says_nothing_has_the_story_that_its_address_names(number, path):
    """By the words of its headline, or by its number in a folder; not by a year."""
    article = {"id": number, "title": TITLES[2], "body": BODIES["html"]}
    page = _shell(_next_data({"article": article}), "<title>صحيفة</title>")
    story = feedmaker.extract(page, f"https://news.example{path}")
    assert story.title == TITLES[2]
    assert story.text.split("\n\n") == TEXT
    with pytest.raises(feedmaker.ExtractError):
        feedmaker.extract(page, "https://news.example/1002/11/x")


@pytest.mark.parametrize("form", ["router", "remix", "attribute"])
def test_a_short_story_is_completed_from_each_form_of_state(form):
    """Wherever the state stands; a text of JSON within it is no text of a story."""
    article = {"id": 1002, "title": TITLES[2], "body": BODIES["html"]}
    others = [{"id": 7, "title": one, "body": BODIES["html"][::-1]} for one in OTHERS]
    data = {"answer": json.dumps({"article": article, "others": others})}
    states = {
        "router": _router({"loaderData": data}),
        "remix": f"<script>window.__remixContext = {json.dumps(data)};</script>",
        "attribute": f'<div data-json="{escape(json.dumps(data))}"></div>',
    }
    shown = f"<article><h1>{TITLES[2]}</h1><p>{TEXT[0]}</p><p>{TEXT[1]}</p></article>"
    story = feedmaker.extract(_shell(shown + states[form], HEAD), URL)
    assert story.text.split("\n\n") == TEXT


def test_structure_and_links_of_blocks_are_kept():
    """Headings, lists, quotations, emphasis, links and pictures; no embeds and no other stories."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": t} for t in TEXT[:1]]}
    marked = {
        "type": "paragraph",
        "content": [
            {"type": "text", "text": f"{TEXT[1]} "},
            {"type": "text", "text": "قال", "marks": [{"type": "bold"}]},
            {
                "type": "text",
                "text": "التقرير",
                "marks": [{"type": "link", "attrs": {"href": "https://news.example/r"}}],
            },
        ],
    }
    blocks = [
        paragraph,
        {
            "type": "heading",
            "attrs": {"level": 2},
            "content": [{"type": "text", "text": "ما الجديد في الأمر"}],
        },
        marked,
        {"type": "image", "attrs": {"src": "https://news.example/in.jpg"}},
        {"type": "relatedArticles", "items": [{"title": OTHERS[0]}]},
        {
            "type": "bulletList",
            "content": [
                {
                    "type": "listItem",
                    "content": [{"type": "paragraph", "content": [{"type": "text", "text": t}]}],
                }
                for t in TEXT[2:5]
            ],
        },
        {
            "type": "blockquote",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": TEXT[5]}]}],
        },
        {"type": "paragraph", "content": [{"type": "text", "text": TEXT[6]}]},
    ]
    data = {"article": {"title": TITLES[2], "content": {"type": "doc", "content": blocks}}}
    story = feedmaker.extract(_shell(_next_data(data), HEAD), URL)
    for piece in (
        "<h2>ما الجديد في الأمر</h2>",
        "<strong>قال</strong>",
        'href="https://news.example/r"',
        'src="https://news.example/in.jpg"',
        f"<li>{TEXT[2]}</li>",
        "<blockquote>",
    ):
        assert piece in story.html
    assert OTHERS[0] not in story.text


def test_a_bare_page_takes_title_date_and_author_from_its_data():
    """A page that says nothing in its head is known by its address."""
    article = {**_stories()[2], "body": BODIES["html"]}
    story = feedmaker.extract(_shell(_next_data({"article": article}), "<title>صحيفة</title>"), URL)
    assert (story.title, story.authors) == (TITLES[2], ("هدى مراد",))
    assert story.published is not None
    assert story.published.isoformat() == "2026-11-18T08:00:00+03:00"
    assert story.image == "https://news.example/img/1002.jpg"


def test_the_words_on_an_author_are_no_story():
    """A state without the text, but with a long one on its author, gives none."""
    data = {
        "article": {"title": TITLES[2]},
        "writer": {"name": "هدى مراد", "description": BODIES["html"]},
    }
    with pytest.raises(feedmaker.ExtractError):
        feedmaker.extract(_shell(_next_data(data), HEAD), URL)


def test_a_listing_that_carries_whole_texts_is_no_story():
    """Several objects have a text, and none is this page's."""
    data = {"posts": _stories(body=BODIES["html"])}
    with pytest.raises(feedmaker.ExtractError):
        feedmaker.extract(_shell(_next_data(data)), "https://news.example/latest")


@pytest.mark.parametrize(
    "paid", [{"isPremium": True}, {"isAccessibleForFree": False}, {"paywall": "yes"}]
)
def test_a_text_for_subscribers_is_not_taken(paid):
    """What the site marks as paid gives a teaser at most."""
    data = {"article": {"title": TITLES[2], "body": BODIES["html"], **paid}}
    with pytest.raises(feedmaker.ExtractError):
        feedmaker.extract(_shell(_next_data(data), HEAD), URL)


def test_more_than_the_page_shows_is_taken_and_the_same_is_not():
    """A page that shows two of eight paragraphs is completed; one that shows all stays as it is."""
    shown = "".join(f"<p>{line}</p>" for line in TEXT[:2])
    data = _next_data({"article": {"title": TITLES[2], "body": BODIES["html"]}})
    page = _shell(f"<article><h1>{TITLES[2]}</h1>{shown}</article>{data}", HEAD)
    assert feedmaker.extract(page, URL).text.split("\n\n") == TEXT
    short = "".join(f"<p>{line}</p>" for line in TEXT[:2])
    aside = f"<div class='related'><p>{TEXT[3]}</p><p>{TEXT[4]}</p></div>"
    stated = _next_data({"article": {"title": TITLES[2], "body": short + f"<p>{TEXT[3]}</p>"}})
    page = _shell(f"<article><h1>{TITLES[2]}</h1>{short}</article>{aside}{stated}", HEAD)
    assert feedmaker.extract(page, URL).text.split("\n\n") == TEXT[:2]


BRIDGE = [
    f"The bridge over the northern river was closed on day {n} for repairs, the council said, and"
    " drivers were asked to go round by the harbour until the works are finished."
    for n in range(6)
]


def _bridge(body):
    head = "<title>Bridge over the river closed</title><meta property='og:type' content='article'>"
    shown = "".join(f"<p>{line}</p>" for line in BRIDGE[:2])
    data = _next_data({"article": {"title": "Bridge over the river closed", "body": body}})
    return _shell(f"<article><h1>Bridge over the river closed</h1>{shown}</article>{data}", head)


def test_a_state_without_the_words_of_a_story_is_not_read(monkeypatch):
    """Reading a state takes as long as the rest of a page, so it must be of this story."""
    read = []
    monkeypatch.setattr(stated_body.page_state, "read_state", lambda tree: read.append(tree) or [])
    other = "".join(f"<p>{line.replace('harbour', 'hills')}</p>" for line in BRIDGE)
    other = other.replace("northern", "southern").replace("finished", "over")
    other = other.replace("council", "mayor").replace("repairs", "a march")
    page = _bridge(other.replace("drivers", "people"))
    assert feedmaker.extract(page, URL).text.split("\n\n") == BRIDGE[:2]
    assert not read
    feedmaker.extract(_bridge("".join(f"<p>{line}</p>" for line in BRIDGE)), URL)
    assert read


@pytest.mark.parametrize("form", ["html", "base64"])
def test_a_story_in_latin_letters_is_completed_from_its_state(form):
    """Its words are looked for in the state, however that is written."""
    body = "".join(f"<p>{line}</p>" for line in BRIDGE)
    page = _bridge(body)
    if form == "base64":
        data = {"article": {"title": "Bridge over the river closed", "body": body}}
        text = base64.b64encode(json.dumps(data).encode()).decode()
        page = _bridge("").replace(
            "</article>", f"</article><script>window.__DATA__='{text}'</script>"
        )
    assert feedmaker.extract(page, URL).text.split("\n\n") == BRIDGE


@pytest.mark.parametrize("body", [5, ["x"], {"a": 1}, None])
def test_a_stated_body_of_an_odd_type_is_none(body):
    """JSON-LD may state anything as the body."""
    shown = "".join(f"<p>{line}</p>" for line in TEXT)
    data = json.dumps({"@type": "NewsArticle", "headline": TITLES[2], "articleBody": body})
    page = _shell(
        f"<article><h1>{TITLES[2]}</h1>{shown}</article><script type='application/ld+json'>{data}</script>"
    )
    assert feedmaker.extract(page, URL).text.split("\n\n") == TEXT


def test_a_text_of_another_story_completes_nothing():
    """A state may hold the text of a story that is not this page's."""
    shown = "".join(f"<p>{line}</p>" for line in TEXT[:2])
    other = "".join(f"<p>نص آخر لا صلة له بما تعرضه هذه الصفحة، {line}</p>" for line in TEXT[4:])
    data = _next_data({"article": {"title": TITLES[2], "body": other}})
    page = _shell(f"<article><h1>{TITLES[2]}</h1>{shown}</article>{data}", HEAD)
    assert feedmaker.extract(page, URL).text.split("\n\n") == TEXT[:2]


# ---- literals


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (
            "{a:1,'b':\"x\",c:[!0,!1,void 0,null,undefined],}",
            {"a": 1, "b": "x", "c": [True, False, None, None, None]},
        ),
        (
            r"{t:'\u0639\x41\u{1F600}\n\'',u:\"\ud83d\ude00\"}".replace('\\"', '"'),
            {"t": "عA😀\n'", "u": "😀"},
        ),
        (
            "{d:new Date(123),f:function(x){return {y:1}},e:.5,h:0x1F}",
            {"d": 123, "f": None, "e": 0.5, "h": 31},
        ),
        (
            '(function(a,b){a.q=1;return {x:[a,b,a],n:{}}}("s",{k:2}))',
            {"x": ["s", {"k": 2}, "s"], "n": {}},
        ),
        ("(function(){return [1]})()", [1]),
        (
            "{m:new Map([['a',1]]),j:JSON.parse('{\"z\":3}'),k:1/*x*/}",
            {"m": [["a", 1]], "j": {"z": 3}, "k": 1},
        ),
        ('[{"a":1},{"b":"cut off', [{"a": 1}, {"b": "cut off"}]),
    ],
)
def test_literals_of_scripts_are_read_without_running_them(source, value):
    """JSON and JavaScript; calls give their argument, what breaks off is read so far."""
    assert read_value(source)[0] == value


@pytest.mark.parametrize(
    "script",
    [
        "window.__S__={" + "a:{" * 10_000,
        "window.__S__=" + "[" * 10_000 + "]" * 10_000,
        'window.__S__={"a":' * 10_000,
        "window." * 20_000,
        "x = " * 20_000,
        'self.__next_f.push([1,"' * 10_000,
        "window.__S__={a:'" + "x" * 300_000,
        "window.__S__={a:" + "f(" * 20_000,
        "window.__S__={a:'" + "\\" * 100_001,
    ],
)
@pytest.mark.slow
def test_hostile_scripts_are_read_in_bounded_time(script):
    """Deep, endless and broken scripts raise nothing; each is read once at most."""
    values = read_state(LexborHTMLParser(f"<script>{script}</script>"))
    assert isinstance(values, list)


def test_a_script_is_looked_through_once_for_all_of_its_values(monkeypatch):
    """Of many values in a long script each would else take a time that grows with the script."""
    looked_at: list[int] = []

    def look(script: str) -> bool:
        looked_at.append(len(script))
        return True

    monkeypatch.setattr(page_state, "is_of_bounded_size", look)
    scripts = [f"self.__next_f.push([1,'{n}']);" * 50 + PAD for n in range(2)]
    read_state(LexborHTMLParser("".join(f"<script>{script}</script>" for script in scripts)))
    assert looked_at == [len(script) for script in scripts]


def _nested(levels: int) -> object:
    """Links within each other, as no editor writes them."""
    block: object = {"text": TEXT[0]}
    for _ in range(levels):
        block = {"type": "link", "children": [block, {"text": TEXT[1]}]}
    return block


@pytest.mark.parametrize("name", ["'@type'", "__ref", "listType", "text", "[[1]]"])
def test_a_value_that_is_nested_without_end_ends_nothing(name):
    """It can be read, and not be shown: where a type or a text is due, it is none."""
    deep = "[" * 3000 + "1" + "]" * 3000
    name = deep if name == "[[1]]" else name
    block = f"{{type:'list',{name}:{deep},children:[{{text:'{TEXT[0]}'}}]}}"
    state = f"{{title:'{TITLES[0]}',{name}:{deep},body:[{block},{block},{block}]}}"
    page = f"<script>window.__INITIAL_STATE__={{a:{state}, b:[{state}]}}</script><p>{TEXT[0]}</p>"
    assert feedmaker.find_links(page, "https://news.example/latest") == []
    with suppress(feedmaker.ExtractError):
        assert feedmaker.extract(page, URL).text


@pytest.mark.parametrize(
    "article",
    [
        {"body": [_nested(150)]},
        {"date": float("inf"), "publishedAt": 1e300, "body": BODIES["html"]},
        {"body": [{"type": "text", "text": TEXT[0], "marks": 5}] * 5},
        {"a:b": "x", "list": [{"__ref": "a:b"}, {"__ref": 5}, {"__ref": "c:d"}]},
        {"image": {"url": {"url": {"url": {"url": {"url": "/deep.jpg"}}}}}, "slug": 5, "id": True},
        {"title": None, "url": ["http://[bad", "//"], "link": "http://a:b:c/", "body": 7},
    ],
)
def test_odd_values_end_nothing(article):
    """Whatever a state holds, a page gives links, a story, or the reason why it has none."""
    page = _shell(
        _next_data({"article": {"title": TITLES[2], "url": "/news/1002", **article}}), HEAD
    )
    assert isinstance(feedmaker.find_links(page, "https://news.example/latest"), list)
    with suppress(feedmaker.ExtractError):
        assert feedmaker.extract(page, URL).text


# ---- over HTTP


def _page(inside: str, **headers: str) -> Reply:
    return Reply(inside.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def _entries(news):
    feed = feedparser.parse(news.path().read_bytes())
    return [
        (one.title, one.link, one.published, one.content[0].value, one.get("author"))
        for one in feed.entries
    ]


def test_a_page_without_a_list_says_the_feed_that_it_names(news):
    """What a person can put in its place."""
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    news.server.page("/all", _page(_shell("<script>fill()</script>", link)))
    (report,) = news.run()
    assert not report.good
    assert news.server.url("/rss.xml") in str(report.reason)


@pytest.mark.slow
def test_an_empty_root_gives_the_feed_of_its_twin(news):
    """A site that only scripts would fill, and the same rendered by its server: one feed."""
    stories = [
        {**one, "body": "".join(f"<p>{sentence} {one['title']} {n}.</p>" for sentence in SENTENCES)}
        for n, one in enumerate(_stories())
    ]
    lasting = {"config": {"labels": {f"label{n}": f"نص من نصوص الواجهة {n}" for n in range(800)}}}
    listing = [{name: value for name, value in one.items() if name != "body"} for one in stories]
    shown = "".join(
        f'<li><article><img src="{one["image"]["url"]}"><h3><a href="{one["url"]}">{one["title"]}</a></h3></article></li>'
        for one in listing
    )
    state = _next_data({"articles": listing, "mostRead": _stories(OTHERS, 2000), **lasting})
    assert len(state.encode()) > 40_000
    feeds = []
    for is_twin in (False, True):
        rendered = f'<main><ul class="list">{shown}</ul></main>'
        page = _shell(rendered) if is_twin else _shell(state)
        news.server.page("/all", _page(page, ETag=f'"{is_twin}"'))
        for one in stories:
            head = f'<title>{one["title"]}</title><meta property="og:type" content="article">'
            stamp = f'<meta property="article:published_time" content="{one["publishedAt"]}"><meta name="author" content="هدى مراد"><meta property="og:image" content="{one["image"]["url"]}">'
            if is_twin:
                html = _shell(
                    f"<article><h1>{one['title']}</h1>{one['body']}</article>", head + stamp
                )
            else:
                html = _shell(_next_data({"article": one, **lasting}), head)
            news.server.page(one["url"], _page(html))
        shutil.rmtree(news.folder / "out", ignore_errors=True)
        for path in news.folder.glob("store.sqlite*"):
            path.unlink()
        (report,) = news.run()
        assert (report.status, report.added, report.failures) == ("published", 6, ())
        feeds.append(_entries(news))
    assert feeds[0] == feeds[1]
    (report,) = news.run()
    assert news.server.paths() == ["/all"]


def test_of_a_very_long_story_a_sample_is_looked_for(monkeypatch):
    """Each part is looked for in the whole page: all of them would take a time that grows with
    the square of it. The longer text is found all the same.
    """
    shown = [f"{SENTENCES[at % len(SENTENCES)]} رقم {at}" for at in range(1_000)]
    stated = "\n\n".join([*shown, *(f"تتمة الخبر في الفقرة ذات الرقم {at}" for at in range(900))])
    data = {"@type": "NewsArticle", "headline": "خبر طويل عن الميناء", "articleBody": stated}
    page = (
        f"<script type='application/ld+json'>{json.dumps(data)}</script><article>"
        f"<h1>خبر طويل عن الميناء</h1>{''.join(f'<p>{text}</p>' for text in shown)}</article>"
    )
    looked_for = []

    def letters(text):
        looked_for.append(text)
        return "".join(filter(str.isalnum, text))

    monkeypatch.setattr(stated_body, "_letters", letters)
    story = feedmaker.extract(page, "https://news.example/1-harbour")
    assert "تتمة الخبر في الفقرة ذات الرقم 899" in story.text
    assert len(looked_for) < 1_000


def _summary(*items: object, kind: str = "ItemList") -> str:
    """The JSON-LD of a summary page: a list that names addresses alone."""
    data = {"@context": "https://schema.org", "@type": kind, "itemListElement": list(items)}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ADDRESSES = [f"/2026/11/{20 - n}/garden-opens-again-{n}" for n in range(4)]


@pytest.mark.parametrize(
    "item",
    [
        lambda address, n: {"@type": "ListItem", "position": n, "url": address},
        lambda address, n: {"@type": "ListItem", "position": n, "item": address},
        lambda address, _: {"@type": "ListItem", "item": {"@id": address}},
        lambda address, _: address,
    ],
)
def test_a_list_that_names_addresses_alone_is_read(item):
    """In its order; the headlines are those of the articles."""
    items = [item(address, n) for n, address in enumerate(ADDRESSES, 1)]
    page = _shell(_summary(*items))
    links = feedmaker.find_links(page, "https://news.example/sport")
    assert [link.url.removeprefix("https://news.example") for link in links] == ADDRESSES
    assert {link.title for link in links} == {""}


@pytest.mark.parametrize(
    "inside",
    [
        _summary(*ADDRESSES, kind="BreadcrumbList"),
        _summary(*(f"https://elsewhere.example{one}" for one in ADDRESSES)),
        _summary(*ADDRESSES[:2]),
        _summary("/", "/sport", "/contact", "/about"),
        _summary(None, 3, {}, {"item": {"item": {"item": {"item": ADDRESSES[0]}}}}, []),
    ],
)
def test_other_lists_of_addresses_are_none(inside):
    """Breadcrumbs, other sites, two of them, sections, and what is no list."""
    assert feedmaker.find_links(_shell(inside), "https://news.example/sport") == []


def test_a_list_of_addresses_makes_a_feed(news):
    """Over HTTP, with the titles of the articles."""
    items = [f"/{n}-garden-opens-again.html" for n in (3, 2, 1)]
    page = _shell(_summary(*items)).encode()
    news.server.page("/all", Reply(page, headers={"Content-Type": "text/html; charset=utf-8"}))
    (report,) = news.run()
    assert (report.status, report.added) == ("published", 3)
    titles = {entry.title for entry in feedparser.parse(news.path().read_bytes()).entries}
    assert titles == {
        f"افتتاح الحديقة رقم {n} أمام الزوار بعد أعمال صيانة طويلة" for n in (1, 2, 3)
    }
