"""What a page is looked through for before it is parsed: nesting, the number of elements and of
attributes.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker.html import parsing
from feedmaker.model import Code, Fetching

MANY = 100_000


def reach(page: bytes) -> tuple[int, str]:
    """How many bytes of a page are parsed, and why no more."""
    markup = parsing.within_limits(page)
    return len(markup.content), str(markup.problem or "")


TEXT = "<p>أعلنت البلدية اليوم أنها أنهت أعمال الصيانة.</p>"
FORMATS = "<b><i><u><s><em><tt><big><code><font><small><strong><strike>"


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<address>", "<figure>", "<pre>", "<rt>", "<footer>x", "<dl><dt>", "<x-card>", "<DIV CLASS=a>",
        "<svg>", "<svg><desc>", "<div></section>", "<x><div></x></div>", "<x><!--</x>-->", "<x><? </x>", '<x a="</x>">',
        "<b></x>", "<table><tr><td>", "<form><div></form>",
    ],
)  # fmt: skip
def test_endless_nesting_is_told_whatever_it_is_made_of(piece):
    """Also where end tags end nothing, or only look like end tags."""
    count = min(MANY, 190_000 // piece.count("<"))
    end, why = reach((TEXT + piece * count).encode())
    assert "too deeply" in why
    assert len(TEXT) < end < len(piece) * count


@pytest.mark.parametrize(
    "opening", ["<p '>", "<svg><div>", "<svg><desc>", "<svg></svg>", "<title></title>", "<!-->"]
)
def test_what_comes_before_hides_no_nesting(opening):
    """A stray quote, SVG that ends, text elements and comments that are none."""
    assert "too deeply" in reach((opening + "<g/>" * MANY).encode())[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("opening", "piece"),
    [
        ("<table>", "<div></td>"), ("<table><td>", "<div></th>"), ("<table><td><svg>", "<g><td>"),
        ("<table><td><template>", "<div><td>"), ("<table><caption>", "<div></td>"), ("<table><td>", "<div></caption>"),
        ("<x>", "<x></caption><caption>"), ("<b><a></i><b id=1><a>", "<a><b>"),
    ],
)  # fmt: skip
def test_what_ends_no_cell_hides_no_nesting(opening, piece):
    """End tags of other cells, and parts of tables in drawings and templates."""
    assert "too deeply" in reach((TEXT + opening + piece * 40_000).encode())[1]


@pytest.mark.parametrize(
    "left_open",
    [
        "".join(f"<b id={n}>" for n in range(1000)),
        FORMATS * 3,
        "".join(f"<font color={n}>" for n in range(500)),
    ],
)
def test_formatting_left_open_does_not_multiply(left_open):
    """A parser opens it again in every element that follows: some twenty kilobytes would become a
    million elements.
    """
    page = f"{TEXT}<div>{left_open}</div>" + "<div>x</div>" * 20_000
    end, why = reach(page.encode())
    assert "too many elements" in why
    assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


HIDDEN_ENDS = {
    "in a cell": "<div><b id={}><table><td></b></td></table></div>",
    "in a drawing": "<div><b id={}><svg><desc></b></desc></svg></div>",
    "in an object": "<div><b id={}><object></b></object></div>",
}


@pytest.mark.parametrize("kind", HIDDEN_ENDS)
def test_an_end_tag_that_does_not_reach_its_formatting_ends_nothing(kind):
    """Cells, drawings and objects hide what is open outside: 400 KB of these took 11 GB and 40 s."""
    page = "".join(HIDDEN_ENDS[kind].format(n) for n in range(8000))
    end, why = reach(page.encode())
    assert "too many elements" in why
    assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


COPIED = {
    "in paragraphs": ("<p><b {}>x", "<p>x"),
    "in headings": ("<h1><font {}></h1>", "<h1>x</h1>"),
    "in items, behind others": ("<b>x</b><ul><li><i id=1><u {}>", "<li>x"),
    "in links": ("<p><a {}>x", "<p>x"),
    "before a table": ("<table><s {}>", "<tr>x"),
    "in what it does not end": ("<b {}>" + "<div>" * 3000, "</b>"),
    "behind equal ones": ("<i>" * 30 + "<i {}>" + "<i>" * 300 + "<div>" * 3000, "</i>"),
    "behind what is unknown": (
        "<i {}>" + "<i>" * 30 + "<div>" * 3000 + "<i>" * 900 + "<x-y>" + "<i>" * 3,
        "</i>",
    ),
}


@pytest.mark.parametrize("kind", COPIED)
@pytest.mark.parametrize(
    "attributes", ["class='{}'", "title='>{}'", "x='\"' y='>' z=\"{}\"", "a=1 data-{}", "title={}"]
)
def test_attributes_of_formatting_left_open_do_not_multiply(kind, attributes):
    """They are copied with their element: 400 kB of these took 3.4 GB and 6.7 s."""
    left_open, block = COPIED[kind]
    for length in (100_000, 400_000):
        begin = left_open.format(attributes.format("x" * length))
        page = f"{TEXT}{begin}{block * 3000}".encode()
        end, _ = reach(page)
        assert len(LexborHTMLParser(page[:end]).html) < 30_000_000


def test_long_attributes_of_formatting_that_is_ended_are_read():
    """Of a link with a picture in its address, and of others around it."""
    link = f"<p><a href='data:image/png;base64,{'x' * 100_000}'>x</a> <b>y</b></p>"
    page = f"{link}{TEXT * 1000}{link}".encode()
    assert reach(page) == (len(page), "")


@pytest.mark.parametrize("empty", ["<br>", "<img>", "<input>", "<option>"])
def test_formatting_is_opened_again_before_elements_without_content(empty):
    """As before a text."""
    left_open = "".join(f"<b id={n}>" for n in range(60))
    page = f"{TEXT}<div>{left_open}</div>" + f"<div>{empty}</div>" * 20_000
    end, _ = reach(page.encode())
    assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


def test_a_drawing_that_ends_itself_is_over():
    """After it a slash at the end of a tag means nothing again."""
    assert "too deeply" in reach(("<svg/>" + "<g/>x" * 80_000).encode())[1]


@pytest.mark.slow
@pytest.mark.parametrize("formats", [10, 80, 640])
@pytest.mark.parametrize(
    "block", ["<p>x", "<div>x</div>", "<span>x</span><p>x<br>", "</i><p><i>x", "<a>x<p></a>x"]
)
def test_what_is_opened_again_is_bounded_in_pages_that_are_not_followed(formats, block):
    """A page of any length, and of whatever ends what was left open."""
    left_open = "".join(f"<b id={n}><i id={n}>" for n in range(formats))
    for count in (900, 4000, 20_000):
        page = f"{TEXT}<div>{left_open}</div>{block * count}".encode()
        end, _ = reach(page)
        assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


@pytest.mark.parametrize(
    "piece",
    [
        "<p>x", "<li>x", "<p>x<b>y</b></p>", "<div><p>x</div>", "<td>x", "<a href=/>x", "<option>x", "<br>",
        "<img src=a>", "<p>x<font color=red>y", "<div><b>x</div>", "<!-- <div> -->", "<script>'<div>'</script>",
        "<input type=x/>",
    ],
)  # fmt: skip
def test_long_pages_that_only_leave_out_end_tags_are_read(piece):
    """As HTML allows it, or as careless authors do; nothing of it nests."""
    page = (TEXT + piece * 12_000).encode()
    assert reach(page) == (len(page), "")


PARTED = {
    "end tags with attributes": "<p>{}</z a=b>", "frames": "<p>{}<frame a=b>",
    "rows without a table": "<p>{}<tr a=b>",
    "cells in a template": "<template><tr>{}<td a=b></td>", "forms in a form": "<form>{}<form a=b>",
    "document types": '<p>{}<!doctype html public "a" "b">', "rows": "<table>{}<tr><td>x</td></tr>",
    "hidden fields in a table": "<table>{}<input type=hidden>", "comments in a table": "<table>{}<!-- a -->",
    "end tags of no name in a table": "<table>{}</1>",
    "comments after the body": "</body>{}</body><!-- a -->",
    "comments after the end": "</html>{}</html><!-- a -->", "spaces after the head": "</head>          <meta a=b>",
    "spaces in a frameset": "<frameset>          <p a=b>", "spaces in a table": "<table>          <frame a=b>",
    "spaces behind a script in a frameset": "<frameset><script>          </pre a=b>",
    "spaces and lines in a table": "<table>          <hr a=b></caption a=b>",
    "rows of a table in a table": "<table><table></table>{}<tr a=b>",
}  # fmt: skip


@pytest.mark.parametrize("kind", PARTED)
def test_a_text_that_is_parted_without_end_is_told(kind):
    """A parser copies all of a text for each further piece: half a megabyte would take a gigabyte."""
    before, text, parting = PARTED[kind].replace("          ", "{}").partition("{}")
    text = " " * 20 if "spaces" in kind else "a piece of some text"
    page = (before + (text + parting) * 30_000).encode()
    end, why = reach(page)
    assert "too many pieces" in why
    copied = sum(len(text) * n for n in range(page[:end].count(parting.encode())))
    assert copied < 400_000_000


def test_a_comment_full_of_beginnings_hides_no_parts_of_a_text():
    """Nor does a stray `<` hide formatting: each beginning is looked at."""
    parted = ("x" * 1000 + "</z a=b>") * 4000
    assert "too many pieces" in reach(f"<p>{'<!--' * 4000}-->{parted}".encode())[1]
    left_open = "".join(f"<div>< <b id={n} title=long></div>" for n in range(2000))
    assert "too many elements" in reach(left_open.encode())[1]


@pytest.mark.slow
def test_long_tables_and_pages_of_many_comments_are_read():
    """Each cell is a text of its own, and so is what follows an element or stands before a comment."""
    row = "<tr class=a><td class=b>Casablanca<td class=b title=c>27 C</td><th>cloudy</th></tr>"
    for body in (f"<table class=t>{row * 9000}</table>", f"<table>{row}<tr><td><table>{row * 9000}</table></table>",
                 "<p class=a>some text <!-- a --><b class=c>more</b> text</p><meta a=b>" * 9000):  # fmt: skip
        page = (TEXT + body).encode()
        assert reach(page) == (len(page), "")


@pytest.mark.parametrize(
    "piece", ["<table>x<font a{}>", "<tr>x<font a{}>", "<tr>x<b a{}></tr>", "<tbody>x<i a{}>"]
)
def test_formatting_left_open_between_cells_does_not_multiply(piece):
    """It stands before the table, and is opened again for each text there."""
    page = TEXT + "<table>" + "".join(piece.format(n) for n in range(9000))
    end, why = reach(page.encode())
    assert why
    assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


def test_attributes_of_many_roots_are_told():
    """Each `html` and `body` tag adds its attributes to those that are there, one by one."""
    page = TEXT + "".join(f"<body a{n}-1 a{n}-2='>' {'x' * 3}{n}>" for n in range(3000))
    end, why = reach(page.encode())
    assert "too many attributes" in why
    assert end < len(page)
    once = f"<html {' '.join(f'a{n}' for n in range(900))}><body {' '.join(f'b{n}' for n in range(900))}>{TEXT}"
    assert reach(once.encode()) == (len(once.encode()), "")


def test_large_drawings_are_read():
    """In SVG a tag may end itself."""
    page = (
        TEXT
        + "<svg>"
        + '<g><path d="M0 0"/><circle r="1"/></g>' * 10_000
        + "</svg>"
        + "<p>x</p>" * 9000
    ).encode()
    assert reach(page) == (len(page), "")


@pytest.mark.parametrize(
    "piece",
    [
        "<x>" * 200 + "<p>" + "</x>" * 200 + "<div>",
        "<desc>" * 200 + "<div>" + "</desc>" * 200,
        "<div>" * 200 + "<svg><desc>" + "</div>" * 200,
    ],
    ids=["an end tag at a paragraph", "a name of SVG outside of it", "an end tag within SVG"],
)
def test_elements_that_only_seem_to_end_are_counted(piece):
    """An end tag that finds its element beyond one that bars the way ends nothing, and 700 KB of
    such cost 20 s.
    """
    page = (TEXT + piece * (95_000 // piece.count("<")) + "</p>" * 95_000).encode()
    assert "too deeply" in reach(page)[1]


NAMES = (
    "div",
    "b",
    "i",
    "font",
    "x",
    "section",
    "a",
    "svg",
    "g",
    "h2",
    "address",
    "span",
    "desc",
    "p",
    "li",
    "dd",
    "ul",
)
TAGS = st.sampled_from(
    [f"<{n}>" for n in NAMES]
    + [f"</{n}>" for n in NAMES]
    + ["x", "<b id=1>", "<g/>", "<!--</div>-->"]
)


def _depth(html: str) -> int:
    """How deeply the parser nests elements below the body."""
    deepest, depth, node = 0, 0, LexborHTMLParser(html).body
    while node is not None:
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            deepest = max(deepest, depth)
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None and depth > 0 else None
    return deepest


@given(st.lists(TAGS, min_size=5, max_size=60))
def test_no_page_is_deeper_than_it_is_thought_to_be(parts):
    """The parser's tree is never deeper than what was counted, whatever tags come in whatever
    order.
    """
    html = "".join(parts)
    now, at, deepest, page = parsing._OpenElements(), 0, 0, html.encode()
    while tag := parsing._TAG.search(page, at):
        at = now.take(tag, at)
        deepest = max(deepest, len(now.elements) + sum(now.lost.values()))
    assert _depth(html) <= deepest + 1


def test_attributes_beyond_the_limit_are_not_read():
    """Of an element that has thousands; the next has its own, and the text is all there."""
    crowd = "".join(f' data-number-{n}="{n}"' for n in range(3000))
    page = f'<div{crowd} title="last">{TEXT}</div><div title="next">{TEXT}</div>'
    for most in (1000, 2000):
        first, second = parsing.parse(page, Fetching(max_attributes=most).limits).css("div")
        assert len(first.attributes) == most
        assert (second.attributes["title"], second.text()) == ("next", first.text())
    assert (
        len(parsing.parse(page, Fetching(max_attributes=10_000).limits).css_first("div").attributes)
        == 3001
    )


@pytest.mark.parametrize("tag", ["<p", "</p", "<br"])
def test_no_tag_keeps_attributes_beyond_the_limit(tag):
    """An end tag neither: the parser takes 38 bytes for each byte of theirs."""
    page = f"<body>{TEXT}{tag}{' x' * 100_000}>{TEXT}</body>"
    content = parsing.within_limits(page, Fetching().limits).content
    assert content.count(b" x") <= Fetching().max_attributes
    assert content.endswith(f">{TEXT}</body>".encode())


def test_a_list_of_very_many_options_is_told_and_many_lists_are_read():
    """The parser looks through those of one list again and again: 30,000 took it five seconds."""
    page = "<body><p>نص</p><select>" + "<option>خيار</option>" * 30_000
    markup = parsing.within_limits(page)
    assert markup.problem is not None
    assert markup.problem.code == Code.TOO_MANY_TAGS
    assert markup.content.count(b"<option") < 12_000
    lists = "<body>" + ("<select>" + "<option>خيار" * 200 + "</select>") * 150
    assert parsing.within_limits(lists).problem is None


def lines_run(page: bytes) -> int:
    """How many lines of Python are run to see how much of a page may be parsed."""
    count = 0

    def trace(_frame: object, event: str, _value: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parsing.within_limits(page)
    finally:
        sys.settrace(before)
    return count


def test_an_element_with_but_a_text_is_passed_at_once():
    """Long stories are made of them; it counts as any other element."""
    page = (TEXT + "<p>x</p>" * 20_000).encode()
    assert reach(page) == (len(page), "")
    assert lines_run(page) / page.count(b"<") < 20
    assert "too deeply" in reach((TEXT + "<div><b>x</b>" * 30_000).encode())[1]


ICONS = "".join(f'<p><i class="icon icon-{n}" title="<b"></i> x</p>' for n in range(300))
SCRIPT = f"<script>{'x' * 900_000}</script>"
FEW_LOOKS = {
    "icons": ICONS,
    "a script behind many comments": "<p>x</p><meta a=b>" * 400 + SCRIPT,
    "a script of many roots": "<script>'<body>'</script>" * 20,
    "links that hold a tag": '<p><a href="/" title="<b>x</b>">x</a>' * 500,
}


@pytest.mark.parametrize("kind", FEW_LOOKS)
def test_what_costs_a_parser_little_is_not_followed(kind):
    """What is closed at once is not left open, and no text goes on before it began."""
    page = (TEXT * 200 + FEW_LOOKS[kind]).encode()
    assert reach(page) == (len(page), "")
    assert lines_run(page) < 1_000


LEFT_OPEN = {
    "of another name": "<i class='icon icon-{}'>x</b>",
    "behind an element": "<i class='icon icon-{}'><br></i><i class='icon icon-{}'>",
    "with its end in a value": "<i class='icon icon-{}' title='</i>'>",
    "behind a long text": "<i class='icon icon-{}'>" + "x" * 500,
    "in capitals": "<I CLASS='icon icon-{}'>x",
}


@pytest.mark.parametrize("kind", LEFT_OPEN)
@pytest.mark.parametrize("stretch", [0, 3_000])
def test_formatting_that_only_seems_to_be_closed_is_counted(kind, stretch):
    """Also beside long stretches without a tag."""
    left_open = "".join(LEFT_OPEN[kind].replace("{}", str(n)) for n in range(150))
    aside = f"<!-- {'y' * stretch} -->"
    page = f"{TEXT}{aside}<div>{left_open}</div>{aside}" + "<p>x" * 7_000
    end, why = reach(page.encode())
    assert "too many elements" in why
    assert len(LexborHTMLParser(page[:end]).css("*")) < 300_000


@pytest.mark.parametrize("piece", ["<nav><a>x<br></a>", "<ul><li><a>x<br></a>"])
def test_what_is_open_is_not_looked_through_at_each_tag(piece):
    """A parser does so where a link is looked for that none of thousands of elements is.

    The page is followed to where it is too deep.
    """
    page = (TEXT + piece * 6_000).encode()
    assert 10 < lines_run(page) / page.count(b"<") < 100


VALUES = ('="<"', "='>' ", "<", "=<")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("each", [1, 100, 250])
@pytest.mark.parametrize("tag", ["<div", "</p", "<svg"])
def test_a_bracket_in_a_value_hides_no_attributes(tag, each, value):
    """Neither in a name, nor in few of them; 430 kB of such attributes took six seconds."""
    crowd = "".join(f" a{n}{'' if n % each else value}" for n in range(30_000))
    page = f"<body>{TEXT}{tag}{crowd}>{TEXT}</body>".encode()
    content = parsing.within_limits(page, Fetching().limits).content
    assert content.count(b" a") <= Fetching().max_attributes
    assert content.startswith(f"<body>{TEXT}{tag} a0".encode())


def test_a_script_that_looks_like_tags_is_left_as_it_is():
    """What seems to be a tag there has few attributes."""
    script = "<script>for (i = 0; i<n; i++) if (a <b && b> c) go('<b x=\"<i>\">');</script>" * 800
    page = f"<body>{TEXT}{script}{TEXT}</body>".encode()
    assert parsing.within_limits(page) == (page, None)


def test_the_attributes_of_few_roots_that_hide_their_size_are_told():
    """With `>` in a value, a root looked shorter than it is."""
    page = TEXT + "".join(
        f"<body z='>'{''.join(f' a{k}-{n}' for n in range(300))}>" for k in range(60)
    )
    end, why = reach(page.encode())
    assert "too many attributes" in why
    assert end < len(page) // 5


@pytest.mark.parametrize("option", ["<option selected>x", "<div><option>x</div>"])
def test_options_are_counted_however_they_lie(option):
    """Each was looked for among all that are selected: ten thousand took a second."""
    markup = parsing.within_limits("<body><p>نص</p><select>" + option * 30_000)
    assert markup.problem is not None
    assert markup.problem.code == Code.TOO_MANY_TAGS
    assert markup.content.count(b"<option") < 8_000


@pytest.mark.parametrize("end", ["<", "</", "<!", "<?", "<a", "<b", "< "])
def test_a_page_may_end_within_a_tag(end):
    """It was cut off there: what it has is read."""
    page = (f"<p>x <b>y</b> {'z' * 100}</p>" * 1_000 + end).encode()
    assert reach(page) == (len(page), "")


@pytest.mark.parametrize("place", ["<p>{}", '<p title="{}">x', "<p {}>x", "<p{}>x", "<!--{}-->x"])
def test_very_many_nuls_are_left_out(place):
    """Five million of them took the parser 100 MB; what they hide is looked at all the same."""
    many = "\0" * 20_000
    page = f"{TEXT}{place.format(many)}<\0b>".encode()
    assert parsing.within_limits(page).content == page.replace(b"\0", b"")
    few = f"{TEXT}{place.format(many[:50])}".encode()
    assert parsing.within_limits(few).content == few
    deep = many + "<\0x><y>" * (MANY // 3)
    assert len(TEXT) < reach((TEXT + deep).encode())[0] < MANY


@pytest.mark.parametrize("tag", ["<AREA alt='>'>", '<ABBR title=">">x</ABBR>', "<A\0b='>'"])
def test_other_tags_in_capitals_are_no_links(tag):
    """With `>` in a value they looked like links that are not whole."""
    page = (f"<p>x <b>y</b> {'z' * 100}</p>" * 1_000 + tag).encode()
    assert reach(page) == (len(page), "")
