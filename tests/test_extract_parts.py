"""The parts of picking the story: blocks and boxes, hints, pictures, summaries, the model's trees."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker import extract
from feedmaker.article.about import Metadata
from feedmaker.article.body import classifier, html_writer, weights
from feedmaker.html import blocks as html_blocks
from feedmaker.html import class_names, class_words, pictures

BENCH = Path(__file__).parent / "bench"


def blocks(html):
    """The texts of a page's blocks."""
    return [block.text for block in html_blocks.read_blocks(LexborHTMLParser(html).body).blocks]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        (
            "<div>one <b>bold</b> <a href=x>link</a><p>two</p>three</div>",
            ["one bold link", "two", "three"],
        ),
        ("one<br>two<br> <br>three", ["one two", "three"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<p>one <img src=/e.png alt=😀> two <img src=/f.png alt=ferry></p>", ["one 😀 two"]),
        ("<p>one<script>no()</script> two<style>no{}</style><!-- no --></p>", ["one two"]),
        ("<p><sp>odd</sp> tags</p><my-box>own</my-box>", ["odd tags", "own"]),
        ("<nav><p>no</p></nav><p>yes</p><footer>no</footer><button>no</button>", ["yes"]),
        (
            "<svg><title>no</title><text>no</text></svg><select><option>no</select><p>yes</p>",
            ["yes"],
        ),
        ("<a href=x><div>card <h3>title</h3></div></a>", ["card", "title"]),
        ("<p>hit <del>five</del> <ins>six</ins> of <s>ten</s> nine</p>", ["hit six of nine"]),
        ("<p>he said <q>no</q> twice</p>", ["he said “no” twice"]),
        ("<p>read <span class=visually-hidden>(opens a window)</span>this</p>", ["read this"]),
        ("<p>dear <span style='display:none'>x</span>reader</p>", ["dear reader"]),
        (
            "<p>sum <math><mi>a</mi><annotation>b</annotation></math><span class=katex-html>a</span>",
            ["sum a"],
        ),
        (
            "<h3><button>How long?</button></h3><blockquote>so<footer>she</footer>",
            ["How long?", "so", "she"],
        ),
    ],
)
def test_blocks_are_what_a_browser_sets_as_paragraphs(html, texts):
    """Runs of text end where a box begins or ends, or at two line breaks; machinery has no text."""
    assert blocks(html) == texts


@pytest.mark.parametrize("name", ["nav", "footer", "aside"])
def test_navigation_parts_the_words_around_it(name):
    """What stands on lines of its own joins no words of the text that it was put into."""
    body = LexborHTMLParser(f"<body><div>one two<{name}><a href=/>x</a></{name}>three</div>").body
    assert (
        " ".join(block.text for block in html_blocks.read_blocks(body).blocks).split()[-1]
        == "three"
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "<a href=x>",
                "</a>",
                "<li>",
                "<br>",
                "<b>",
                "w1 ",
                "w2 ",
                "<td>",
            ]
        )
    )
)
def test_every_word_is_in_one_block(parts):
    """However tags lie, the words of the page are those of the blocks, in order; boxes add up to
    their root.
    """
    body = LexborHTMLParser("<body>" + "".join(parts)).body
    page = html_blocks.read_blocks(body)
    words = [word for block in page.blocks for word in block.text.split()]
    assert "".join(words) == "".join(body.text().split())
    if page.blocks:
        root = page.boxes[0]
        assert (root.first, root.last) == (0, len(page.blocks))
        assert root.chars == sum(block.chars for block in page.blocks)


def test_what_is_to_be_skipped_is_not_read():
    """Elements that the rules drop are passed over with all that is in them."""
    tree = LexborHTMLParser("<p>one</p><div class=x>two<p>three</p></div><p>four</p>")
    assert [b.text for b in html_blocks.read_blocks(tree.body, tree.css(".x")).blocks] == [
        "one",
        "four",
    ]


@pytest.mark.parametrize(
    ("name", "attributes", "flag"),
    [
        ("div", {"class": "related-posts"}, class_names.RELATED),
        ("div", {"class": "field position-relative"}, 0),
        ("div", {"class": "md:hidden lg:block", "id": None}, 0),
        ("article", {"class": "post type-post has-post-thumbnail category-media"}, 0),
        ("div", {"id": "onetrust-banner-sdk"}, class_names.CONSENT),
        ("div", {"role": "navigation"}, class_names.NAV),
        ("div", {"itemprop": "articleBody"}, class_names.PROP),
        ("div", {"style": "color:red; DISPLAY: none".lower()}, class_names.HIDDEN),
        ("figcaption", {}, class_names.CAPTION),
        ("div", {"class": "hidden-xs hidden-phone hidden-tablet"}, class_names.HIDDEN),
        ("div", {"class": "elementor-hidden-desktop elementor-hidden-tablet"}, 0),
        ("div", {"class": "ssr-variant hidden-1abc"}, 0),
    ],
)
def test_hints_are_of_words_and_not_of_states(name, attributes, flag):
    """Class names hint at furniture; states, utility classes and what a system says of an article
    do not.
    """
    found = class_names.read_hints(name, attributes)[0]
    assert found & flag == flag
    if not flag:
        assert not found & (
            class_names.RELATED
            | class_names.HIDDEN
            | class_names.CAPTION
            | class_names.TAGS
            | class_names.META
        )


def test_the_main_box_is_where_the_text_is():
    """Neither a long menu nor cards with teasers draw the main box away from the article."""
    text = "A paragraph that is as long as paragraphs of news articles are, which is some hundred characters or more. "
    cards = "".join(
        f"<div class=card><a href={n}>Some headline</a><p>{text}</p></div>" for n in range(6)
    )
    tree = LexborHTMLParser(
        f"<div class=list>{cards}</div><div id=it>{'<p>' + text + '</p>'}{'<p>' + text + '</p>'}</div>"
    )
    assert classifier.main_box(html_blocks.read_blocks(tree.body)).node.id == "it"


def test_rows_have_a_number_for_each_name():
    """The model's rows are as long as their list of names, which is the one that the weights were
    made with, and all numbers but fractions are whole.
    """
    tree = LexborHTMLParser("<h1>Title</h1><div><p>" + "some words, " * 20 + "</p><li>x</li></div>")
    page = html_blocks.read_blocks(tree.body)
    verdicts = classifier.classify_blocks(page, Metadata(), training=True)
    rows = [verdict.row for verdict in verdicts if verdict.row]
    assert rows
    assert {len(row) for row in rows} == {len(classifier.FEATURE_NAMES)}
    assert weights.FEATURES == classifier.FEATURE_NAMES
    names = classifier.FEATURE_NAMES
    fractions = [
        {name for name, n in zip(names, row, strict=True) if type(n) is float} for row in rows
    ]
    assert all(found == classifier.FRACTIONS for found in fractions)


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ("<p>A line of its own</p>", True),
        ("<p><a href=/x>A link</a></p>", False),
        ("<h3><a href=/x>A linked heading</a></h3>", False),
        ("<table><tr><td><a href=/x>A linked cell</a></table>", True),
        ("<div class=promo><p>A line in furniture</p></div>", False),
        ("<div><div><div><div><p>A line far away</p></div></div></div></div>", True),
    ],
)
def test_lines_beside_running_text_are_asked_about_but_links_are_not(html, asked):
    """Beside the box with most of the text, the trees judge lines, and links in cells only."""
    text = "<p>" + "words of the story, " * 20 + "</p>"
    beside = f"<div>{text}</div>"
    tree = LexborHTMLParser(f"<div>{html}{beside}<div>{text * 8}</div></div>")
    page = html_blocks.read_blocks(tree.body)
    verdict = classifier.classify_blocks(page, Metadata())[0]
    assert bool(verdict.row) is asked
    assert verdict.row or verdict.score < 0


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ("<div class=share><a href=/x>A link to share</a></div>", False),
        ("<div class=share><h3><a href=/x>A linked heading</a></h3></div>", True),
        ("<div class=share><p>A line</p></div>", True),
        ("<div class=comments><p>A line</p></div>", False),
        ("<div class=comments><p>" + "words of a comment, " * 20 + "</p></div>", True),
        ("<a href=/x>A link in the text</a>", True),
    ],
)
def test_within_the_story_furniture_of_links_and_comments_is_not_asked_about(html, asked):
    """In the main box, links in furniture and short comments are no story's; all else is judged."""
    text = "<p>" + "words of the story, " * 20 + "</p>"
    tree = LexborHTMLParser(f"<div>{text * 4}<div>{html}</div>{text * 4}</div>")
    page = html_blocks.read_blocks(tree.body)
    verdict = classifier.classify_blocks(page, Metadata())[4]
    assert bool(verdict.row) is asked
    assert verdict.row or verdict.score < 0


@pytest.mark.parametrize(
    ("text", "is_paragraph"),
    [
        ("港" * 40, True),
        ("港" * 39, False),
        ("항" * 39 + "ab", True),
        ("み" * 38 + "abc", False),
        ("م" * 79, False),
        ("م" * 80, True),
    ],
)
def test_a_paragraph_of_han_kana_or_hangul_is_half_as_long(text, is_paragraph):
    """Each of their characters says as much as two letters of other scripts."""
    page = html_blocks.read_blocks(LexborHTMLParser(f"<p>{text}</p>").body)
    assert (page.blocks[0].good > 0) == is_paragraph


def test_a_story_in_short_paragraphs_of_han_is_one():
    """They are no longer than headlines are in an alphabet."""
    line = "港口當局週二表示第{}段舊碼頭的修復工程將於明年春季完成屆時遊客可以再次登上燈塔參觀整個海灣的風景。"
    body = "".join(f"<p>{line.format(number)}</p>" for number in "一二三四")
    page = f"<title>舊碼頭將重新開放</title><div><div>{body}</div><p>下一頁</p></div>"
    assert extract(page).text.count("碼頭的修復") == 4


@pytest.mark.parametrize("name", ["lineno", "line-number", "linenumber x", "linenos"])
def test_numbers_of_lines_are_no_code(name):
    """They stand in an element of their own before each line."""
    code = f"<pre><span class='{name}'>1</span>import os\n<span class='{name}'>2</span>run()</pre>"
    assert html_blocks.read_blocks(LexborHTMLParser(code).body).blocks[0].text == "import os run()"


def test_what_the_box_of_the_story_is_called_says_nothing_of_its_lines():
    """A box for comments on what a reader selects holds the story, and the headline is elsewhere."""
    text = "<p>" + "words of the story, " * 20 + "</p>"
    body = f"<h1>A title</h1><div class=comment-on-it>{text * 4}<h2>A part</h2>{text * 4}</div>"
    page = html_blocks.read_blocks(LexborHTMLParser(body).body)
    assert page.blocks[5].box.above
    assert classifier.classify_blocks(page, Metadata())[5].row


def test_stopping_early_does_not_turn_the_verdict_round():
    """The rest of the trees would have said otherwise of one block in two hundred at most."""
    asked = turned = 0
    for path in sorted((Path(__file__).parent / "golden").glob("*/page.html")):
        body = LexborHTMLParser(path.read_bytes()).body
        page = html_blocks.read_blocks(body)
        for index, verdict in enumerate(classifier.classify_blocks(page, Metadata())):
            if verdict.first == index and verdict.row:
                asked += 1
                whole = sum(group(verdict.row) for group, _, _ in weights.GROUPS)
                turned += (verdict.score > 0) != (whole > 0)
    assert asked > 300
    assert turned <= asked / 200


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<img src=/a.jpg>", "https://x.test/a.jpg"),
        ("<img src=data:image/gif;base64,AA data-src=b.jpg>", "https://x.test/n/b.jpg"),
        ("<img src=/img/placeholder.png data-original=//c.test/c.webp>", "https://c.test/c.webp"),
        (
            "<img src=/lazy.gif srcset='/s.jpg 300w, /m.jpg 1200w, /l.jpg 5000w'>",
            "https://x.test/m.jpg",
        ),
        (
            "<picture><source srcset='/p.webp 800w'><img src='data:,'></picture>",
            "https://x.test/p.webp",
        ),
        ("<img src=/t.gif width=1 height=1>", None),
        ("<img src=https://count.test/pixel?id=4>", None),
        ("<img src=/icon.png width=24px>", None),
        ("<img src=data:image/png;base64,AAAA>", None),
        ("<img>", None),
    ],
)
def test_pictures_are_found_behind_their_placeholders(html, address):
    """The address is the one that a script would show, absolute; pixels, icons and placeholders
    have none.
    """
    node = LexborHTMLParser(html).css_first("img")
    assert pictures.source(node, "https://x.test/n/1") == address


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (
            "https://www.youtube-nocookie.com/embed/abcdefghijk?x=1",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        ("//player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        (
            "https://www.dailymotion.com/embed/video/x1",
            "https://www.dailymotion.com/embed/video/x1",
        ),
        ("https://ads.test/frame", None),
        ("about:blank", None),
    ],
)
def test_videos_become_addresses_to_watch_them_at(source, address):
    """A known player's frame gives the video's own page; other frames give nothing."""
    node = LexborHTMLParser(f"<iframe src='{source}'></iframe>").css_first("iframe")
    assert pictures.video(node, "https://x.test/") == address


@pytest.mark.parametrize("markup", ["{}", "<b>{}</b> end"])
def test_an_endless_paragraph_is_cut(markup):
    """Text and pieces alike; one as long as a book's chapter stays whole."""
    endless, whole = html_blocks.read_blocks(
        LexborHTMLParser(f"<p>{markup.format('x ' * 300_000)}<p>{'y ' * 50_000}").body
    ).blocks
    assert len(endless.text) < 210_000
    assert sum(len(text) for text, _ in endless.pieces) < 210_000
    assert len(whole.text) == 99_999


@pytest.mark.parametrize(
    ("attributes", "inside", "address"),
    [
        (
            "class='twitter-tweet'",
            "<p>Rain &amp; wind</p>— <a href='https://x.com/w/1'>May 6</a>",
            "https://x.com/w/1",
        ),
        (
            "class='instagram-media' data-instgrm-permalink='https://www.instagram.com/p/1/'",
            "<a href='/elsewhere'>View this post</a>",
            "https://www.instagram.com/p/1/",
        ),
        (
            "class='tiktok-embed' cite='https://www.tiktok.com/@w/1'",
            "<p>Rain</p>",
            "https://www.tiktok.com/@w/1",
        ),
    ],
)
def test_posts_of_networks_are_shown_as_quotations_and_are_no_text_of_the_story(
    attributes, inside, address
):
    """What others wrote stands in a figure under its address; a plain quotation stays text of the
    story.
    """
    paragraph = "<p>The council met on Tuesday and voted for the new bridge, which is to be built over the old river.</p>"
    quoted = "<blockquote><p>We have waited for this bridge for thirty years, said the mayor.</p></blockquote>"
    page = f"<h1>A bridge</h1><article>{paragraph}<blockquote {attributes}>{inside}</blockquote>{quoted}"
    page += (
        paragraph.replace("Tuesday", "Monday")
        + paragraph.replace("Tuesday", "Friday")
        + "</article>"
    )
    story = extract(page, "https://x.test/a")
    text = " ".join(LexborHTMLParser(f"<body>{inside}").body.text(separator=" ").split())
    assert f'<figcaption><a href="{address}">{address}</a></figcaption></figure>' in story.html
    assert escape(text, quote=False) in story.html
    assert text not in story.text
    assert "We have waited" in story.text


@pytest.mark.parametrize(
    ("description", "text", "summary"),
    [
        ("A whole description.", "The story.", "A whole description."),
        (
            "A description that breaks o...",
            "The story begins.\n\nIt goes on.",
            "The story begins. It goes on.",
        ),
        ("", "قال الوزير إن العمل سيبدأ غدا.", "قال الوزير إن العمل سيبدأ غدا."),
        ("Broken off…", "", "Broken off"),
        (
            "قالت البلدية إن الأشغال انت",
            "قالت البلدية إن الأشغال انتهت. وأضافت.",
            "قالت البلدية إن الأشغال انتهت. وأضافت.",
        ),
        (
            "قالت البلدية إن الأشغال",
            "قالت البلدية إن الأشغال انتهت. وأضافت.",
            "قالت البلدية إن الأشغال",
        ),
    ],
)
def test_summaries_come_from_the_description_or_the_story(description, text, summary):
    """The description is taken, unless it is none or breaks off: then the story's first sentences."""
    assert html_writer.summarize(description, text) == summary


LONG = (
    "أعلنت البلدية أن الحديقة العامة تفتح أبوابها الأسبوع المقبل. وقال المدير إن الأشغال انتهت. "
    * 6
)


@pytest.mark.parametrize(
    ("description", "title", "is_taken"),
    [
        ("نرى القريب ونسمع البعيد", "افتتاح الحديقة", False),
        ("صحيفة المدار: آخر أخبار الرياضة والاقتصاد والثقافة لحظة بلحظة", "افتتاح الحديقة", False),
        ("البلدية تفتح الحديقة العامة أمام الزوار", "افتتاح الحديقة", True),
        ("مفاجأة سارة لسكان المدينة", "مفاجأة لسكان المدينة", True),
    ],
)
def test_the_slogan_of_a_site_is_no_summary(description, title, is_taken):
    """Where hardly a word of the description is the story's, its first sentences are taken."""
    summary = html_writer.summarize(description, LONG, title)
    assert summary == (description if is_taken else LONG[: len(summary)])
    assert html_writer.summarize(description, LONG[:99], title) == description


@given(
    st.lists(
        st.sampled_from(["word", "كلمة", "Mr.", "end.", "نهاية؟", "x" * 60, "1.5"]),
        min_size=1,
        max_size=120,
    )
)
def test_a_summary_never_cuts_a_word(words):
    """About 300 characters at most, of whole words from the start of the text, in order."""
    summary = html_writer.summarize("", " ".join(words))
    assert len(summary) <= 400
    assert summary.rstrip("…").split() == words[: len(summary.rstrip("…").split())]


@pytest.mark.parametrize(
    ("url", "picture"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg",
        ),
        (
            "https://www.dailymotion.com/embed/video/x8abc12",
            "https://www.dailymotion.com/thumbnail/video/x8abc12",
        ),
        ("https://vimeo.com/1234567", None),
    ],
)
def test_a_video_has_a_thumbnail_where_its_host_has_one(url, picture):
    """At an address that follows from the video's; nothing is guessed of other hosts."""
    assert pictures.thumbnail(url) == picture


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ("/a.jpg 320w,/b.jpg 640w", "/b.jpg"), ("/a,w_3/b.jpg 300w, /a,w_6/b.jpg 600w", "/a,w_6/b.jpg"),
        ("/a.jpg 1x, /b.jpg 2x", "/b.jpg"), ("/a.jpg, /b.jpg", "/a.jpg"), (" , /a.jpg 100w 50h, /c.jpg 900w", "/c.jpg"),
        ("/a.jpg ,/b.jpg 2x", "/b.jpg"), ("", None), (", ,", None), ("/a1x," * 3000, "/a1x" + ",/a1x" * 2999), ("/a1x," * 50_000, None),
        ("/a.jpg 1w," + "," * 300_000, "/a.jpg"),
    ],
)  # fmt: skip
def test_the_widest_of_the_sizes_is_taken(sizes, chosen):
    """Addresses may hold commas; endless rows of commas cost no more than any text. Found by
    fuzzing.
    """
    assert pictures.widest(sizes, "https://news.example/") == (
        chosen and f"https://news.example{chosen}"
    )


@pytest.mark.parametrize("row", class_words.WHOLE_WORDS, ids=lambda row: f"{row[0]} {row[1]}")
def test_articles_and_listings_read_the_same_whole_words(row):
    """Each has its zone for listings, and its hint for articles where the data gives one."""
    zone, hint, words = row
    for word in words.split():
        for name in (word.replace("-", "_"), word.replace("-", ""), f"box_{word}"):
            assert class_names.page_zone("div", "", name, in_card=False) == zone, name
            hints, _ = class_names.read_hints("div", {"class": name})
            if hint:
                assert hints & class_names._BIT[hint], name


@pytest.mark.parametrize("hint", class_words.PATTERNS)
def test_every_spelling_of_a_pattern_has_its_hint(hint):
    """What a pattern finds is looked up by its text, so that no spelling may be missing."""
    earlier = set()
    for other, words in class_words.PATTERNS.items():
        if other == hint:
            break
        earlier.update(text for word in words.split() for text in class_names._spellings(word))
    for word in class_words.PATTERNS[hint].split():
        pattern = re.compile(re.sub(r"[<>]|\(\?<?![^)]*\)", "", word))
        for text in class_names._spellings(word):
            assert pattern.fullmatch(text), text
            assert text in earlier or class_names._FOUND_BITS[text] == class_names._BIT[hint], text
            for name in (text, f"x-{text}-x", text * 2, f"{text}0{text}", f"{text}es"):
                class_names.read_hints("div", {"class": name})  # knows all that it finds


@pytest.mark.parametrize(
    ("name", "is_passed"),
    [
        ("sr-only", True),
        ("text sr-only", True),
        ("VisuallyHidden", True),
        ("u-hidden", True),
        ("ad", True),
        ("inline-ads", True),
        ("ad5", True),
        ("advertisement", True),
        ("a11y-hidden", True),
        ("katex-html", True),
        ("advertorial", False),
        ("read", False),
        ("address", False),
        ("nosr-only", False),
        ("katex-htmls", False),
    ],
)
def test_an_inline_element_is_passed_over_by_its_names(name, is_passed):
    """Adverts and words for screen readers are no text of their sentence, by a word's edges."""
    assert class_names.is_passed_over({"class": name}) == is_passed


def test_an_advanced_heading_is_no_advert_in_articles():
    """`adv` is read by listings alone."""
    name = "kt-adv-heading"
    assert not class_names.read_hints("h2", {"class": name})[0] & class_names.PROMO
    assert class_names.page_zone("div", "", "adv", in_card=False) == "advert"


@pytest.mark.parametrize(
    ("heading", "blocks"),
    [
        ("<div>The second part</div>", [("h2", "The second part")]),
        (" <p><b>The second</b> part</p> ", [("h2", "The second part")]),
        ("<div>The second</div><div>part</div>", [("div", "The second"), ("div", "part")]),
        ("2 <div>The second part</div>", [("h2", "2"), ("div", "The second part")]),
        ("<div><p>The second part</p></div>", [("p", "The second part")]),
    ],
)
def test_a_box_that_is_all_of_a_heading_is_its_line(heading, blocks):
    """So that the heading is one; boxes beside others, or around some, are boxes."""
    page = html_blocks.read_blocks(LexborHTMLParser(f"<h2>{heading}</h2>").body)
    assert [(block.box.name, block.text) for block in page.blocks] == blocks
