"""The post-filters, given what the classifier kept: what they drop and add, and at which threshold."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about import Metadata
from feedmaker.article.body.classifier import BlockScore
from feedmaker.article.body.post_filters import PostFilters
from feedmaker.html.blocks import read_blocks

SENTENCE = (
    "The council voted to reopen the old lighthouse to visitors after four years of repairs, "
)
PARAGRAPH = f"<p>{SENTENCE}and the keeper's lamp will be lit again each evening. {{}}</p>"
STORY = "".join(PARAGRAPH.format(place) for place in ("First.", "Second.", "Third."))
COUNT = 3


def left(
    body: str,
    *,
    without: str = "",
    score: float = 5.0,
    ruled: bool = False,
    **about: object,
) -> list[str]:
    """The texts that stay of a page of which the classifier kept all blocks but those `without` a
    word, which have a `score`.
    """
    tree = LexborHTMLParser(f"<body>{body}</body>")
    page = read_blocks(tree.body)
    out = [bool(without) and without in block.text for block in page.blocks]
    scores = [BlockScore(score if is_out else 5.0, 0, ()) for is_out in out]
    kept = [block for block, is_out in zip(page.blocks, out, strict=True) if not is_out]
    nodes = {name: tree.css_first(about[name]) for name in ("date_node",) if name in about}
    filters = PostFilters(page, scores, Metadata(**{**about, **nodes}))
    return [" ".join(block.text.split()) for block in filters.apply(kept, ruled=ruled)]


def stays(html: str, **how: object) -> bool:
    """Whether all of a piece between two paragraphs stays."""
    return len(left(STORY + html + STORY.replace("keeper", "warden"), **how)) == 2 * COUNT + 1


def test_a_story_stays_as_it_is():
    """Nothing is dropped of what is running text."""
    assert len(left(STORY)) == COUNT


def test_a_line_may_stand_twice_and_a_link_once():
    """Words that are no link are a refrain, of which one right behind the other is a copy."""
    line = "word " * 7 + "xxxxx"
    twice = f"{STORY}{{0}}{PARAGRAPH.format('Fourth.')}{{0}}"
    assert left(twice.format(f"<p>{line}</p>")).count(line) == 2
    assert left(twice.format(f"<p>{line}</p><p>{line}</p>")).count(line) == 2
    assert left(twice.format(f'<p><a href="/1">{line}</a></p>')).count(line) == 1


@pytest.mark.parametrize(("before", "stays_there"), [(2, False), (3, True)])
def test_the_title_is_no_text_at_the_head_of_the_story(before, stays_there):
    """Among the first three blocks, whatever its marks and capitals."""
    head = "".join(PARAGRAPH.format(f"Head {n}.") for n in range(before))
    texts = left(f"{head}<p>Old lighthouse, reopened!</p>{STORY}", title="OLD lighthouse reopened")
    assert ("Old lighthouse, reopened!" in texts) is stays_there


@pytest.mark.parametrize(
    ("html", "stay"),
    [
        ("<p>Read also</p>", False),
        ("<p>Photo: Ada</p>", False),
        ("<h3>Photo: Ada</h3>", True),
        ("<h3>Read also</h3>", False),
        ("<p>Share: Ada</p>", False),
        ("<p>https://e.example/a/b/c see</p>", False),
        ("<p>https://e.example/a read this there and back</p>", True),
        ("<p>Newsletter<br>Each morning in your mail</p>", False),
        ("<p>Lighthouse<br>Each morning in your mail</p>", True),
        ("<p>Read also: <a href=/x>How the harbour was built</a></p>", False),
        ("<p>He said: <a href=/x>How the harbour was built</a></p>", True),
        ("<p>Read also this long line of words: <a href=/x>How</a></p>", True),
        ("<p>This site uses cookies. Accept all cookies</p>", False),
    ],
)
def test_what_is_furniture_by_its_words(html, stay):
    """Labels, addresses, and links to something else; not the same words in a heading or a
    sentence.
    """
    assert stays(html) is stay


@pytest.mark.parametrize(("text", "stay"), [("y" * 11, False), ("y" * 12, True)])
def test_links_under_a_label_are_its_list(text, stay):
    """A line is one of links where four fifths of it are."""
    link = f"<p><a href=/1>{'x' * 44}</a>{text}</p>"
    texts = left(f"{STORY}<h3>Read also</h3>{link}{PARAGRAPH.format('Last.')}")
    assert ("x" * 44 + text in texts) is stay


def test_a_paragraph_ends_a_list_of_links():
    """Links after it belong to the story again."""
    link = "<p><a href=/1>How the harbour was built</a></p>"
    texts = left(
        f"{STORY}<h3>Read also</h3>{link}{PARAGRAPH.format('A.')}{link}{PARAGRAPH.format('B.')}"
    )
    assert texts.count("How the harbour was built") == 1


@pytest.mark.parametrize(("other", "stay"), [(20, True), (19, False)])
def test_a_line_of_links_at_the_edge_is_no_story(other, stay):
    """More than half of it is links; a heading is none, and between paragraphs they may be."""
    line = f"<p><a href=/1>{'x' * 20}</a>{'y' * other}</p>"
    assert (len(left(line + STORY)) == COUNT + 1) is stay
    assert (len(left(STORY + line)) == COUNT + 1) is stay
    assert len(left(PARAGRAPH.format("Zero.") + line + STORY)) == COUNT + 2
    assert len(left(f"<h2><a href=/1>{'x' * 20}</a></h2>{STORY}", ruled=True)) == COUNT + 1


def test_one_heading_at_the_end_heads_nothing():
    """Two are a story told in headings."""
    assert len(left(STORY + "<h3>What is next</h3>")) == COUNT
    assert len(left(STORY + "<h3>What is next</h3><h3>And after that</h3>")) == COUNT + 2
    assert len(left(STORY + "<h3>What is next</h3><p>Nobody knows</p>")) == COUNT + 2


@pytest.mark.parametrize(
    ("heading", "score", "added"),
    [
        ("<h3>Under the lamp</h3>", -1.4, True),
        ("<h3>Under the lamp</h3>", -1.5, False),
        ("<p>Under the lamp</p>", -1.4, False),
        ("<h3><a href=/1>Under the lamp</a></h3>", -1.4, False),
    ],
)
def test_a_heading_over_text_of_the_story_is_added(heading, score, added):
    """Where the classifier has doubts about it, and does not deny it."""
    body = f"{STORY}<div>{heading}{PARAGRAPH.format('Fourth.')}</div>"
    assert ("Under the lamp" in left(body, without="Under", score=score)) is added


@pytest.mark.parametrize(("beside", "added"), [("", True), ("<p>Under a tree.</p>", False)])
def test_a_heading_of_another_box_is_added_where_it_is_alone_there(beside, added):
    """Else it heads what stands in that box."""
    body = f"{STORY}<div><h3>Under the lamp</h3>{beside}</div>{PARAGRAPH.format('Fourth.')}"
    assert ("Under the lamp" in left(body, without="Under", score=-1.4)) is added


@pytest.mark.parametrize(
    ("lead", "score", "ruled", "added"),
    [
        (PARAGRAPH, -1.4, False, True),
        (PARAGRAPH, -1.5, False, False),
        (PARAGRAPH, -1.4, True, False),
        ("<p>A short line. {}</p>", -1.4, False, False),
        (f"<p>{SENTENCE}<a href=/1>and more.</a> {{}}</p>", -1.4, False, False),
        (f"<aside>{PARAGRAPH}</aside>", -1.4, False, False),
    ],
)
def test_a_lead_between_title_and_text_is_added(lead, score, ruled, added):
    """A paragraph without links, in no box of furniture, that the classifier does not deny."""
    body = f"<h1>Lighthouse</h1>{lead.format('Leading.')}<main>{STORY}</main>"
    texts = left(body, without="Leading.", score=score, ruled=ruled, title="Lighthouse")
    assert any("Leading." in text for text in texts) is added


def test_what_stands_above_the_title_is_no_lead():
    """It belongs to something else."""
    body = f"{PARAGRAPH.format('Leading.')}<h1>Lighthouse</h1>{STORY}"
    texts = left(body, without="Leading.", score=-1.4, title="Lighthouse")
    assert not any("Leading." in text for text in texts)


@pytest.mark.parametrize(
    ("line", "stay"),
    [
        ("<p><time>May 3, 2024 at noon</time></p>", False),
        ("<p>Told on <time>May 3, 2024 at noon</time></p>", False),
        ("<p>Told by nobody</p>", True),
        ("<p>old lighthouse on the</p>", False),
        ("<p>old lighthouse on th</p>", True),
    ],
)
def test_title_and_date_above_the_text_go(line, stay):
    """What says them, or more than 20 characters of the title; nothing within the story."""
    about = {"date_node": "time", "raw_title": "Old lighthouse on the hill reopens"}
    page = f"{line}<i hidden><time></time></i>{STORY}"
    assert (len(left(page, **about)) == COUNT + 1) is stay
    assert len(left(page, **about, ruled=True)) == COUNT + 1


def test_of_nothing_but_excerpts_nothing_is_left():
    """The cards of other stories, whose links the classifier did not keep."""
    card = f'<div><a href="/1">Lamp</a><p class="article-teaser">{SENTENCE}</p></div>'
    assert left(card * 2, without="Lamp") == []


@pytest.mark.parametrize(
    ("reply", "stay"),
    [
        ('<p><a href="/1">Reply</a></p>', False),
        ("<p>Reply <a href='/1'></a></p>", True),  # no link
        (f'<p><a href="/1">Reply</a> {SENTENCE}</p>', True),  # too long
    ],
)
def test_boxes_with_a_link_to_reply_are_comments(reply, stay):
    """Of one template, each with a short line of links."""
    opinion = (
        "<div class=c><p>A fine lamp, seen from my window over the bay each night.</p>{}</div>"
    )
    found = left(f"<div>{STORY}</div>" + opinion.format(reply) * COUNT)
    assert any("fine lamp" in text for text in found) is stay


def test_two_links_to_reply_in_one_box_are_one_comment():
    """It takes two boxes to tell comments from the story."""
    links = '<p><a href="/1">Reply</a></p>' * 2
    opinion = (
        "<div class=c><p>A fine lamp, seen from my window over the bay each night.</p>{}</div>"
    )
    found = left(f"<div>{STORY}</div>{opinion.format(links)}{opinion.format('')}")
    assert sum("fine lamp" in text for text in found) == 2


BIOGRAPHY = "<div><p>{}</p><p>Ann keeps bees and a lighthouse.</p></div>"


@pytest.mark.parametrize(
    ("box", "names", "stay"),
    [
        (BIOGRAPHY.format("Ann Lee"), ("Ann Lee",), False),
        (BIOGRAPHY.format("Written by Ann Lee"), ("Ann Lee",), False),
        (BIOGRAPHY.format("Ann Lee, who won"), ("Ann Lee",), True),
        (BIOGRAPHY.format("Ann Lee"), (), True),
        (f"<p>Ann Lee</p>{BIOGRAPHY.format('Her garden')}", ("Ann Lee",), True),
        (BIOGRAPHY.format("x" * 53 + "Ann Lee"), ("Ann Lee",), False),
        (BIOGRAPHY.format("x" * 54 + "Ann Lee"), ("Ann Lee",), True),
        (BIOGRAPHY.format("Ann Lee") * 2, ("Ann Lee",), True),
        (BIOGRAPHY.format("Ann Lee") + BIOGRAPHY.format("Bo Ek"), ("Ann Lee", "Bo Ek"), False),
    ],
)
def test_a_box_that_begins_with_an_author_is_about_him(box, names, stay):
    """So it is at the end of the story, unless there are more of them than authors."""
    found = left(
        f"{STORY}<main>{STORY}</main>{box}".replace("keeper", "warden", COUNT), authors=names
    )
    assert any("bees" in text for text in found) == stay


FIELD = "<div><p>{}</p><form><input type=email></form></div>"


@pytest.mark.parametrize(
    ("words", "stay"),
    [("Letters from the coast, every month", False), ("x" * 400, False), ("x" * 401, True)],
)
def test_what_stands_beside_a_field_for_an_address_goes(words, stay):
    """It asks for a subscription, whatever its words are, unless it is as long as a story."""
    assert stays(FIELD.format(words)) == stay


@pytest.mark.parametrize(("kind", "stay"), [("email", False), ("text", True), ("search", True)])
def test_other_fields_ask_for_no_subscription(kind, stay):
    """A field for a search or a number may belong to the story, as a calculator does."""
    assert stays(f"<div><p>Try it with your own roof</p><input type={kind}></div>") == stay


@pytest.mark.parametrize(
    ("html", "score", "added"),
    [
        ("<pre>code</pre>", -9.0, True),
        ("<div class=comments><pre>code</pre></div>", -9.0, False),
        ("<div class=listingblock><pre>code</pre></div>", -9.0, True),
        ("<p>code</p>", -9.0, False),
    ],
)
def test_code_between_blocks_of_the_story_is_added(html, score, added):
    """Whatever its box is called, unless it is hidden or a comment."""
    found = left(f"{STORY}{html}<p>{SENTENCE}again.</p>", without="code", score=score)
    assert ("code" in found) == added


CARD = '<div><h3><a href="/1">A goose rides the tram</a></h3><p>She gets off at the pond.</p></div>'


@pytest.mark.parametrize(
    ("body", "stay"),
    [
        (f"{STORY}{CARD}{STORY}", False),
        (f"{STORY}{CARD}{CARD}{STORY}", True),
        (f"{STORY}<h2>Birds</h2>{CARD}{STORY}", True),
        (f"{STORY}{CARD.replace('a href', 'b title')}{STORY}", True),
        (f"{STORY}{CARD.replace('the pond', 'the pond' + 'x' * 450)}{STORY}", True),
    ],
)
def test_a_card_between_two_paragraphs_is_another_storys(body, stay):
    """It begins with a link; beside another card, or below a heading, it may be an item."""
    assert any("gets off" in text for text in left(body)) == stay


@pytest.mark.parametrize(
    ("notes", "count"),
    [
        ("<ol class=footnotes><li>Ports, page 12.</li><li>The same, page 40.</li></ol>", 2),
        ("<ol class=stories><li>Ports, page 12.</li><li>The same, page 40.</li></ol>", 0),
        ("<div class=footnotes-footer><p>1. Ports, page 12.</p><p>2. Same page.</p></div>", 2),
        ("<div class=footnote><p>Ports of the north, page 12, and what else we sell.</p></div>", 0),
        ("<section><h2>Footnotes</h2><div><p>[1] Ports, page 12.</p></div></section>", 1),
        (
            "<h2>الهوامش</h2><div><p>[1] الموانئ، page 12.</p></div><div><p>[2] page 40.</p></div>",
            2,
        ),
    ],
)
def test_footnotes_below_the_story_are_added(notes, count):
    """In boxes that are called so, wherever these stand, or below their heading in its box."""
    texts = left(f"<main>{STORY}</main>{notes}", without="page", score=-9.0)
    assert sum("page" in text for text in texts) == count


@pytest.mark.parametrize(
    ("first", "added"),
    [
        (f"<p>{SENTENCE}as <a href=/1>they said</a> in May.</p>", True),
        (f"<p class=x>{SENTENCE}as <a href=/1>they said</a> in May.</p>", False),
        (f"<div><p>{SENTENCE}as <a href=/1>they said</a> in May.</p></div>", False),
        (f"<p class=x>{SENTENCE}as they said in May.</p>", True),
        (f"<p>{SENTENCE}as <a href=/1>they said in {'long ' * 20}</a> May.</p>", False),
    ],
)
def test_a_first_paragraph_with_a_link_stands_beside_the_others(first, added):
    """Elsewhere a text with a link between title and story leads to something else."""
    texts = left(f"<h1>May</h1><main>{first}{STORY}</main>", without="May", score=-1.0)
    assert any("in May" in text for text in texts) == added


@pytest.mark.parametrize(
    ("html", "added"),
    [
        ("<ul><li>The lamp, item</li><li>The bell, item</li></ul>", True),
        ("<div><ul><li>The lamp, item</li></ul></div>", True),
        ("<blockquote><p>It is a good item.</p></blockquote>", True),
        ("<div><h4>More</h4><ul><li>The lamp, item</li></ul></div>", False),
        ("<ul><li><a href=/1>The lamp, item</a></li><li>The bell, item</li></ul>", False),
        ("<ul class=related><li>The lamp, item</li></ul>", False),
        ("<table><tr><td><a href=/1>item</a></td><td>Forty metres, item</td></tr></table>", True),
        ("<table><tr><td><a href=/1>Forty metres, item</a></td><td>item</td></tr></table>", False),
        ("<p>item</p>", False),
    ],
)
def test_a_list_table_or_quotation_between_paragraphs_is_added(html, added):
    """All of it, whatever the classifier says; with links it is one of facts, in a table."""
    story = STORY + html + STORY.replace("keeper", "warden")
    assert any("item" in text for text in left(story, without="item", score=-5.0)) == added


@pytest.mark.parametrize(
    ("around", "added"), [("blockquote", True), ("ul", False), ("table", False)]
)
def test_a_quotation_may_end_a_part_of_the_story(around, added):
    """Beside one paragraph in its box; a list there may be of what else there is."""
    item = f"<{around}><p>item</p></{around}>"
    story = f"<div>{STORY}{item}</div><div>{STORY.replace('keeper', 'warden')}</div>"
    assert any("item" in text for text in left(story, without="item", score=-5.0)) == added


@pytest.mark.parametrize(("lines", "stay"), [(3, False), (4, True)])
def test_a_card_under_a_label_of_links_has_four_blocks(lines, stay):
    """The link and what is said below it; a longer one may be a part of the story."""
    said = "<p>The tide has its own mind here.</p>"
    card = f"<div class=c><a href=/{{0}}>How harbour {{0}} was built</a>{said * lines}</div>"
    cards = card.format(1) + card.format(2).replace("tide", "wind")
    texts = left(f"{STORY}<h3>Read also</h3>{cards}{PARAGRAPH.format('Last.')}")
    assert any("tide" in text for text in texts) == stay


def test_comments_may_follow_the_first_paragraph():
    """The heading that counts them stands right below it."""
    thread = "<div><h3>2 comments</h3><p>I never liked it.</p><p>Nor did I at all.</p></div>"
    assert len(left(f"<p>{SENTENCE * 2}</p>{thread}")) == 1


@pytest.mark.parametrize(
    ("cells", "added"),
    [
        ("<td>Height nav</td><td>Forty metres</td></tr><tr><td>Steps</td><td>90</td>", True),
        ("<td>A list nav</td><td><p>He lit it.</p><p>It rained.</p><p>So be it.</p></td>", False),
    ],
)
def test_what_is_missing_of_a_table_is_added_unless_a_cell_is_the_story(cells, added):
    """Of facts, and not of one that lays out the page."""
    table = f"<table><tr>{cells}</tr></table>"
    texts = left(f"{STORY}{table}{PARAGRAPH.format('Last.')}", without="nav", score=-3.9)
    assert any("nav" in text for text in texts) == added


@pytest.mark.parametrize(
    ("line", "score", "added"),
    [
        ("<p>So it was.</p>", -0.3, False),
        ("<p>So it was.</p>", -0.2, True),
        ("<p><a href=/1>So it was.</a></p>", -0.2, False),
        ("<p class=end>So it was.</p>", -0.2, False),
        ("<div><p>So it was.</p></div>", -0.2, False),
    ],
)
def test_a_last_line_beside_the_paragraphs_is_added(line, score, added):
    """It is no link, stands right below the last one, and is hardly denied."""
    assert ("So it was." in left(STORY + line, without="So", score=score)) == added
    short = left(f"<p>One day.</p><p>Another.</p>{line}", without="So", score=score)
    assert "So it was." not in short


@pytest.mark.parametrize(
    ("html", "score", "added"),
    [
        ("<blockquote><p>One waits.</p><div class=footer>A sailor</div></blockquote>", -0.5, 2),
        ("<blockquote class=related><p>One waits.</p></blockquote>", -0.5, 0),
        ("<figure><p>One waits.</p><figcaption>A sailor waits</figcaption></figure>", -0.5, 1),
        ("<figure><img><p>One waits.</p><figcaption>He waits</figcaption></figure>", -0.5, 0),
    ],
)
def test_a_quotation_between_paragraphs_is_added_with_its_source(html, score, added):
    """So is the caption of a figure that has text, and no picture; what is of other stories not."""
    texts = left(STORY + html + PARAGRAPH.format("Last."), without="ait", score=score)
    sources = left(STORY + html + PARAGRAPH.format("Last."), without="sailor", score=score)
    assert sum("waits" in text for text in texts) + ("A sailor" in sources) == added


@pytest.mark.parametrize(
    ("body", "added"),
    [
        ("<h3>Do dogs pay?</h3><div>No.</div><h3>And cats?</h3>{}", True),
        ("<h3>Do dogs pay?</h3><div>No.</div><div>No.</div><h3>And cats?</h3>{}", False),
        ("<h3>Do dogs pay?</h3><div>No.</div><h4>And cats?</h4>{}", False),
        ("<div><h3>And cats?</h3>Yes.</div><div><h3>Do dogs pay?</h3>No.</div>", True),
        ("<div><h3>And cats?</h3>Yes.</div><div><h3>Do dogs pay?</h3>No.<p>-</p></div>", False),
    ],
)
def test_a_short_answer_between_two_headings_or_below_the_last_is_added(body, added):
    """It is all that stands there."""
    html = STORY + body.format(PARAGRAPH.format("Last."))
    assert ("No." in left(html, without="No.", score=-2)) == added


def test_the_line_over_notes_is_added():
    """A reader wants to know what they are."""
    notes = "<p>المراجع:</p><ol><li>دليل الموانئ القديمة</li></ol>"
    assert "المراجع:" in left(STORY + notes, without="المراجع", score=-0.7)


def test_the_heading_over_links_to_other_stories_goes_with_them():
    """Its box is called so, and the links are not kept."""
    card = "<h5><a href=/1>A choir sang</a></h5><p>It sang for hours.</p>"
    html = "{}<div class={}><h4>More from the coast</h4>{}</div>{}"
    last = PARAGRAPH.format("Last.")
    assert (
        len(left(html.format(STORY, "recirc", card, last), without="sang", score=-2)) == COUNT + 1
    )
    assert len(left(html.format(STORY, "parts", card, last), without="sang", score=-2)) == COUNT + 2


OTHERS = STORY.replace("keeper", "warden") + STORY.replace("keeper", "captain")


@pytest.mark.parametrize(("others", "stay"), [("", 1), (OTHERS, 2)])
def test_the_short_lines_of_a_copy_go_with_it(others, stay):
    """Where the whole story stands twice, on another screen; in a story of its own they stay."""
    body = f"{PARAGRAPH.format('One.')}<h3>What now?</h3>{STORY}"
    texts = left(body + others + body + PARAGRAPH.format("Last."))
    assert texts.count("What now?") == stay
