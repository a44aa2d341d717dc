"""Small listing pages of many kinds: what they are made of, and what is found on them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedmaker import ListingError, Rules, find_links

HOME = "https://news.example/"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TITLES = (
    "Council votes on the harbour bridge plan again",
    "Farmers ask for water after a dry summer",
    "Museum opens rooms for late night visitors",
    "Buses run later along the windy coast road",
    "Library lends maps of the old harbour town",
    "Team wins the cup after a long match",
)
MENU = "".join(f'<a href="/{name}">{name}</a>' for name in ("sport", "arts", "world"))


def link(number: int, text: str = "") -> str:
    """A link to a story."""
    return f'<a href="/n/{2400 + number}">{text or TITLES[number]}</a>'


def read(body: str, now: datetime | None = NOW) -> list[tuple[str, str | None]]:
    """The titles and days of the links of a page with this body."""
    page = f"<html><body><nav>{MENU}</nav>{body}<footer><a href='/about'>About</a></footer>"
    found = find_links(page, HOME, now=now)
    return [(one.title, one.published and f"{one.published:%F}") for one in found]


def told(*days: str | None) -> list[tuple[str, str | None]]:
    """What is told of the first stories, on these days."""
    return list(zip(TITLES, days, strict=False))


GROUPS = (("Monday, 30 November 2026", (0, 1, 2)), ("29.11.2026", (3, 4, 5)))
OF_GROUPS = told(*["2026-11-30"] * 3, *["2026-11-29"] * 3)


def test_a_heading_dates_the_stories_of_its_list():
    """Until the next one."""
    body = ""
    for day, numbers in GROUPS:
        body += f"<h3>{day}</h3><ul>{''.join(f'<li>{link(n)}</li>' for n in numbers)}</ul>"
    assert read(f"<main>{body}</main>", None) == OF_GROUPS


def test_a_date_between_links_dates_those_that_follow():
    """Without a box around them, with the times of day that they have."""
    body = ""
    for day, numbers in GROUPS:
        body += f"<p><b>{day}</b></p>{''.join(f'<p>1{n}:05 {link(n)}</p>' for n in numbers)}"
    assert read(f"<main>{body}</main>") == OF_GROUPS


def test_a_row_of_a_table_dates_the_next():
    """Old pages have two rows a story."""
    days = [f"2026-11-1{n}" for n in range(6)]
    rows = "".join(
        f"<tr><td>1{n} November 2026</td></tr><tr><td>{link(n)}</td></tr>" for n in range(6)
    )
    assert read(f"<table>{rows}</table>") == told(*days)


def test_the_day_of_the_page_dates_no_story():
    """One date above a list may be the day on which the page was made."""
    items = "".join(f"<li>{link(n)}</li>" for n in range(6))
    assert read(f"<main><div>30 November 2026</div><ul>{items}</ul></main>") == told(*[None] * 6)


def test_a_date_that_a_card_shows_counts_before_one_above():
    """It is of this story."""
    body = ""
    for day, numbers in GROUPS:
        cards = "".join(
            f"<article><h2>{link(n)}</h2><time>2026-11-0{n + 1}</time></article>" for n in numbers
        )
        body += f"<h3>{day}</h3><div>{cards}</div>"
    days = [f"2026-11-0{n}" for n in range(1, 7)]
    assert read(f"<main>{body}</main>") == told(*days)


@pytest.mark.parametrize("word", ["Yesterday", "أمس", "Gestern", "dün", "hier", "ayer"])
def test_a_word_for_a_day_is_a_date_where_dates_stand(word: str):
    """It has no number, by which other dates are known."""
    cards = "".join(
        f"<article><h2>{link(n)}</h2><div class='meta'>{word}</div></article>" for n in range(4)
    )
    assert read(f"<main>{cards}</main>") == told(*["2026-11-29"] * 4)


def test_links_that_say_the_same_take_the_headings_of_their_cards():
    """They say to read the story, in words of a headline."""
    cards = "".join(
        f"<div><h3>{TITLES[n]}</h3><p>A line of it.</p>{link(n, 'Read the story')}</div>"
        for n in range(6)
    )
    assert read(f"<main>{cards}</main>") == told(*[None] * 6)


def test_a_headline_s_place_in_a_list_is_no_part_of_it():
    """A number in an element of its own, before the headline's; one within a sentence stays."""
    ranked = "".join(
        f"<li>{link(n, f'<span>{n + 1}.</span> <span>{TITLES[n]}</span>')}</li>" for n in range(3)
    )
    counted = link(3, "<b>5</b> boats return to the harbour today")
    found = read(f"<main><ol>{ranked}<li>{counted}</li></ol></main>")
    assert [title for title, _ in found] == [*TITLES[:3], "5 boats return to the harbour today"]


def test_links_to_reply_to_comments_are_no_stories():
    """What they say is a label; their attributes name whom they reply to."""
    comments = "".join(
        f"<li><p>I read this, and it is so in our town too.</p><a href='/n/2400?replytocom={n}'"
        f" aria-label='Reply to the long comment of Anna number {n}'>Reply</a></li>"
        for n in range(6)
    )
    cards = "".join(f"<div><h2>{link(n)}</h2></div>" for n in range(4))
    assert read(f"<main>{cards}</main><ol>{comments}</ol>") == told(*[None] * 4)


KINDS = {
    "a cell for the date": "<table>{}</table>|<tr><td>1{n}.11.2026</td><td>{link}</td></tr>",
    "an author's card": "<main>{}</main>|<article><a href='/author/{n}'><img src=a.jpg>"
    "<span>Anna Writer</span></a><h3>{link}</h3><span>1{n} November 2026</span></article>",
    "the author of all": "<main>{}</main>|<article><h3>{link}</h3><p>By <a href='/author/anna-writer"
    "-of-the-town-news'>Anna Writer of the Town News</a></p><time>2026-11-1{n}</time></article>",
    "a page of a thread": "<table>{}</table>|<tr><td>{link} <a href='/n/{n}?page=2'>2</a></td>"
    "<td><a href='/u/anna{n}'>anna{n}</a></td><td>2026-11-1{n} 10:00</td></tr>",
    "a topic and a signed line": "<main>{}</main>|<article><a href='/tag/t{n}'>Tag</a>"
    "<h2>{link}</h2><div class=meta><a href='/author/a'>By Anna Writer</a> · Nov 1{n}, 2026</div>"
    "</article>",
    "a day in boxes": "<main>{}</main>|<article><div class=date><span>1{n}</span><span>Nov</span>"
    "<span>2026</span></div><h3>{link}</h3></article>",
    "a link around the item": "<ul>{}</ul>|<a href='/n/240{n}'><li><h4>{title}</h4>"
    "<span>1{n} November 2026</span></li></a>",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_beside_a_headline_is_none(kind: str):
    """Its date is read, wherever it stands."""
    around, card = KINDS[kind].split("|")
    cards = "".join(card.format(n=n, link=link(n), title=TITLES[n]) for n in range(6))
    assert read(around.format(cards)) == told(*[f"2026-11-1{n}" for n in range(6)])


def test_page_numbers_are_no_stories():
    """The links of a row of numbers are pages of the list, whatever the row is called."""
    cards = "".join(f"<div><h3>{link(n)}</h3></div>" for n in range(6))
    row = "".join(f"<a href='/section/0?page={n}'>{n}</a>" for n in range(1, 8))
    pages = f"<div class=x7>{row}<a href='/section/0?page=2'>Next</a></div>"
    assert read(f"<main>{cards}{pages}</main>") == told(*[None] * 6)


PARTS = {
    "a kicker in a span": "<span>Town</span><span>{title}</span>",
    "a kicker of another class": "<span class=x1>Town life</span> <span class=x2>{title}</span>",
    "a date and a deck": "<small>1{n}.11.2026</small> <b>{title}</b> <i>The mayor says in a line "
    "what the council may do about it in the next year.</i>",
    "a long date": "<span>Tuesday, 1{n} November 2026 14:05</span> <b>{title}</b>",
    "an amount of time": "<div><span>Town</span> <span>3 hours ago</span></div><div>{title}</div>",
    "a columnist": "<img src=a.jpg><span class=columnist-name>Anna Writer</span>"
    "<span class=columnist-text>{title}</span>",
    "a label behind": "{title} <span class=lbl>Video</span>",
    "a sign and a label before": "<i>●</i> <b class=new>Breaking</b> {title}",
    "a text for screen readers": "<span class='visually-hidden'>Article:</span> {title}",
    "a text for screen readers behind": "{title}<span class='sr-only'>(opens in a tab)</span>",
    "a count of comments": "<h3>{title} <span class=comments>(1{n})</span></h3>",
    "a kicker with a bar": "<b>Opinion |</b> {title}",
    "a place in a list": "<b>{n}</b>{title}",
    "a place of two digits": "<span>0{n}</span> {title}",
    "a bullet": "- {title}",
    "an arrow": "{title} »",
    "a utility class": "<h3 class='text-lg font-bold'>{title}</h3><p>Anna Writer of the paper</p>",
}


@pytest.mark.parametrize("kind", PARTS)
def test_a_headline_is_told_from_what_its_link_says_besides(kind: str):
    """In elements of one line, which are shown one above the other."""
    cards = "".join(
        f"<div>{link(n, PARTS[kind].format(title=TITLES[n], n=n))}</div>" for n in (0, 1, 2, 3)
    )
    assert [title for title, _ in read(f"<main>{cards}</main>")] == list(TITLES[:4])


def test_a_short_title_stands_before_its_deck():
    """A deck is a sentence to its full stop, be it in the title's link or in one of its own."""
    names = ("Bread and roses", "Storm nears coast", "Who pays then?", "The old bridge")
    deck = "The mayor says in a line what the council may do about it."
    one = two = ""
    for number, name in enumerate(names):
        opening = f"<a href='/2026/11/1{number}/{name.split()[0].lower()}'>"
        one += f"<div>{opening}<b>{name}</b><i>{deck}</i></a></div>"
        two += f"<div>{opening}{name}</a><p>{opening}{deck}</a></p></div>"
    for cards in (one, two):
        assert [title for title, _ in read(f"<main>{cards}</main>")] == list(names)


def test_lines_of_a_heading_are_one_headline():
    """In a heading elements of different classes are shown in different colours."""
    cards = "".join(
        f"<h3><a href='/n/240{n}'><span class=us>{title},</span> <span class=as>says the mayor "
        "of the town</span></a></h3>"
        for n, title in enumerate(TITLES)
    )
    assert [title for title, _ in read(f"<main>{cards}</main>")] == [
        f"{title}, says the mayor of the town" for title in TITLES
    ]


def test_the_date_of_a_card_may_lead_to_its_day():
    """Such a link is no story of its own, and ends no card."""
    cards = "".join(
        f"<div><p><a href='/news/2026/11/1{n}'>1{n}.11.2026 10:05</a></p><div>{link(n)}</div></div>"
        for n in range(6)
    )
    assert read(f"<main>{cards}</main>") == told(*[f"2026-11-1{n}" for n in range(6)])


def test_the_description_of_a_term_dates_it():
    """A list of definitions has a headline for each term."""
    items = "".join(
        f"<dt>{link(n)}</dt><dd>A line of it. <span>(1{n}.11.2026)</span></dd>" for n in range(6)
    )
    assert read(f"<main><dl>{items}</dl></main>") == told(*[f"2026-11-1{n}" for n in range(6)])


@pytest.mark.parametrize("word", ["منذ ساعتين", "לפני שעתיים", "an hour ago"])
def test_an_amount_of_time_needs_no_number(word: str):
    """Arabic and Hebrew have a form of a word for two of it; a headline's number is no date."""
    cards = "".join(
        f"<li><span>{word}</span>{link(n)}<p>It took 12 years</p></li>" for n in range(4)
    )
    assert read(f"<main><ul>{cards}</ul></main>") == told(*["2026-11-30"] * 4)


@pytest.mark.parametrize("words", ["Add to cart", "أضف إلى السلة", "Sepete ekle"])
def test_goods_with_links_to_a_cart_are_no_stories(words: str):
    """Such a link ends no card, which has the price behind the name."""
    cards = "".join(
        f"<div><a href='/product/{n}'><h3>{title}</h3></a><span>${n}9.00</span>"
        f"<a href='?add-to-cart={n}'>{words}</a></div>"
        for n, title in enumerate(TITLES)
    )
    assert read(f"<main>{cards}</main>") == []


def test_results_of_matches_are_no_stories():
    """A result stands in an element of its own; one in a headline is a part of it."""
    matches = "".join(
        f"<div><a href='/match/{n}4711/harbour-old-town'><span>Harbour Town {n}</span> <b>{n} - 1</b> "
        "<span>Old Town United</span></a></div>"
        for n in range(8)
    )
    assert read(f"<main>{matches}</main>") == []
    news = "".join(f"<div>{link(n, f'Rovers <b>{n} - 1</b> {TITLES[n]}')}</div>" for n in range(6))
    found = read(f"<main>{news}</main>")
    assert [title for title, _ in found] == [f"Rovers {n} - 1 {TITLES[n]}" for n in range(6)]


def test_pictures_that_lead_to_stories_are_no_album():
    """Others lead to the same page in words, with a number of their own."""
    href = "/NewsDetails.aspx?ID=57400"
    news = "".join(f"<li><a href='{href}{n}'>{TITLES[n]}</a></li>" for n in range(3))
    wall = "".join(
        f"<a href='{href}{n}' title='{TITLES[n]}'><img src=a.jpg></a>" for n in (3, 4, 5)
    )
    found = read(f"<main><ul>{news}</ul><div>{wall}</div></main>")
    assert [title for title, _ in found] == list(TITLES)


STATED = {
    "a title": '<time title="2026-11-1{n}T10:00:00+03:00">1{n} Nov</time>',
    "a property": '<meta itemprop="datePublished" content="2026-11-1{n}T10:00:00Z">',
    "the page's own script": '<span data-time="2026-11-1{n}T10:00:00Z">a while ago</span>',
    "seconds": '<span data-timestamp="{seconds}"></span>',
    "milliseconds": '<i data-publish-date="{seconds}000">now</i>',
    "a day": '<span data-date="2026-11-1{n}">day {n}</span>',
    "a short year": "<span>1{n}.11.26</span>",
    "a short year and a time": "<span>פורסם: 1{n}/11/26 , 14:05</span>",
}


@pytest.mark.parametrize("kind", STATED)
def test_dates_that_are_stated_for_machines_or_in_short(kind: str):
    """Not by `datetime` alone."""
    cards = ""
    for n in range(6):
        seconds = int(datetime(2026, 11, 10 + n, 9, tzinfo=UTC).timestamp())
        cards += f"<div><h3>{link(n)}</h3>{STATED[kind].format(n=n, seconds=seconds)}</div>"
    assert read(f"<main>{cards}</main>", None) == told(*[f"2026-11-1{n}" for n in range(6)])


def test_the_day_that_a_card_shows_counts_before_an_instant_in_utc():
    """Where the site lies it may be another day; what names its zone counts first."""
    told_day = "<p>{} November 2026</p>"
    cards = "".join(
        f'<div><h3>{link(n)}</h3><i data-time="2026-11-2{n}T01:00:00Z">x</i>'
        f"{told_day.format(19 + n)}</div>"
        for n in range(4)
    )
    assert read(f"<main>{cards}</main>") == told(*[f"2026-11-{19 + n}" for n in range(4)])
    cards = "".join(
        f'<div><h3>{link(n)}</h3><i data-time="2026-11-2{n}T01:00:00+03:00">x</i>'
        f"{told_day.format(10 + n)}</div>"
        for n in range(4)
    )
    assert read(f"<main>{cards}</main>") == told(*[f"2026-11-2{n}" for n in range(4)])


@pytest.mark.parametrize("value", ["2026-11-30 and more", "90", "1:30", "20261130", "9000000000"])
def test_other_data_of_an_element_is_no_date(value: str):
    """A duration, a count or a sentence."""
    cards = "".join(f'<div><h3>{link(n)}</h3><i data-time="{value}">x</i></div>' for n in range(4))
    assert read(f"<main>{cards}</main>") == told(*[None] * 4)


def test_stories_under_a_word_of_archives_end_each_other_s_cards():
    """Their links have no words of their own, and each card shows its headline as a plain text."""
    cards = "".join(
        f"<div><a href='/archive/49966{n}.htm'><img src=a.jpg></a><div>{title}</div>"
        f"<a href='/archive/49966{n}.htm'>Read more</a></div>"
        for n, title in enumerate(TITLES)
    )
    assert read(f"<main>{cards}</main>") == told(*[None] * 6)


def test_a_plain_list_beside_cards_is_of_stories_with_urls_like_theirs():
    """A page of many tags makes each of its headlines rather unlike a story, but not all alike."""
    names = [
        "Council votes on the harbour plan",
        "Farmers ask for more water",
        "Museum opens rooms for visitors",
        "Buses run later this winter",
        "Library lends old town maps",
        "Team wins the cup again",
    ]
    cards = more = ""
    for letter, name in zip("abc", names[:3], strict=True):
        opening = f"<a href='/{letter}tFcVE'>"
        cards += (
            f"<div class=item>{opening}<img src=a.jpg></a>"
            f"<div><span>Town</span>{opening}{name}</a></div></div>"
        )
    for letter, name in zip("def", names[3:], strict=True):
        more += f"<li><span>2 hours ago</span><a href='/{letter}tFcVE'>{name}</a></li>"
    tags = "".join(f"<a href='/k/{n}'>Tag number {n}</a>" for n in range(20))
    body = f"<div>{cards}<section><h2>More of the town</h2><ul>{more}</ul></section></div>"
    menu = "<nav><a href=/s>Sport</a><a href=/w>World</a></nav>"
    page = f"{menu}{body}<div>{tags}</div><footer><a href=/about>About</a></footer>"
    assert [one.title for one in find_links(page, HOME, now=NOW)] == names


@pytest.mark.parametrize("words", ["Read more about {}", "Article: {}", "{}"])
def test_an_attribute_may_say_more_than_the_headline_that_a_card_shows(words: str):
    """The link itself is empty, and covers the card."""
    cards = "".join(
        f"<div><a href='/n/240{n}' aria-label='{words.format(title)}'></a><h3>{title}</h3></div>"
        for n, title in enumerate(TITLES)
    )
    assert read(f"<main>{cards}</main>") == told(*[None] * 6)


@pytest.mark.parametrize("line", ["»Nobody warned us«, say the families", "The mayor says: « no »"])
def test_quotation_marks_are_no_signs(line: str):
    """German ones open with an arrow, French ones close with it."""
    links = "".join(f"<li>{link(n, f'{line} {n}' if n else line)}</li>" for n in range(4))
    assert read(f"<main><ul>{links}</ul></main>")[0][0] == line


def dated_cards(days: tuple[str, ...], tag: str = "span") -> str:
    """Cards of stories with what stands under their headlines."""
    cards = [
        f"<article><h2>{link(n)}</h2><{tag}>{day}</{tag}></article>"
        for n, day in zip(range(6), days, strict=False)
    ]
    return f"<main>{''.join(cards)}</main>"


def test_dates_with_the_month_first_are_told_by_one_that_can_be_nothing_else():
    """With years of four digits and of two, also above a list; others keep the day first."""
    days = ("11/30/2026", "11/12/2026", "11-05-2026", "10/31/26", "10/02/26", "9/1/26")
    shown = told("2026-11-30", "2026-11-12", "2026-11-05", "2026-10-31", "2026-10-02", "2026-09-01")
    assert read(dated_cards(days)) == shown
    lists = "".join(
        f"<h3>{day}</h3><ul>{''.join(f'<li>{link(n)}</li>' for n in numbers)}</ul>"
        for day, numbers in (("11/30/2026", (0, 1, 2)), ("11/10/2026", (3, 4, 5)))
    )
    assert read(f"<main>{lists}</main>") == told(*["2026-11-30"] * 3, *["2026-11-10"] * 3)


@pytest.mark.parametrize("other", ["30/11/2026", "01/11/2026"])
def test_dates_in_digits_keep_the_day_first(other: str):
    """One that has the day first speaks against another with the month first."""
    days = ("05/11/2026", "12/10/2026", other, *["11/30/2026"] * (other[0] == "3"))
    assert read(dated_cards(days))[:2] == told("2026-11-05", "2026-10-12")


@pytest.mark.parametrize("tag", ["span", "time"])
def test_short_amounts_of_time_are_dates(tag: str):
    """With "ago" or alone: "3d ago", "5h"."""
    days = ("3d ago", "5h", "2w", "4 hrs ago", "2 mos ago", "59m")
    shown = told("2026-11-27", "2026-11-30", "2026-11-16", "2026-11-30", "2026-09-30", "2026-11-30")
    assert read(dated_cards(days, tag)) == shown
    assert read(dated_cards(days, tag), None) == told(*[None] * 6)


@pytest.mark.parametrize("said", ["24h", "3D", "5 min", "0d", "40d", "5m read", "12 d", "99h"])
def test_what_is_no_amount_of_time_before_now(said: str):
    """Names, reading times, more than a month of days."""
    assert read(dated_cards((said,) * 6)) == told(*[None] * 6)


def test_a_short_amount_of_time_is_no_part_of_a_headline():
    """In one link with it."""
    body = "".join(f"<li>{link(n, f'{TITLES[n]}<span>{n + 1}h</span>')}</li>" for n in range(6))
    assert read(f"<main><ul>{body}</ul></main>") == told(*["2026-11-30"] * 6)


JOINED = ("{} Nov 30, 2026", "{} - 30.11.2026", "30 November 2026: {}", "{} (2026-11-30)")


@pytest.mark.parametrize("form", JOINED)
def test_dates_in_one_text_with_headlines_are_no_part_of_them(form: str):
    """Most headlines of the list have one; one without stays as it is."""
    body = "".join(f"<li>{link(n, form.format(TITLES[n]))}</li>" for n in range(5))
    body += f"<li>{link(5)}</li>"
    assert read(f"<main><ul>{body}</ul></main>") == told(*["2026-11-30"] * 5, None)


def test_a_date_that_a_headline_speaks_of_stays():
    """It is the headline's alone, or all that tells the headlines of a list apart."""
    alone = "".join(f"<li>{link(n)}</li>" for n in range(5)) + f"<li>{link(5, SPEAKS)}</li>"
    assert read(f"<main><ul>{alone}</ul></main>", None)[5][0] == SPEAKS
    names = [f"Evening news of the harbour {day} November 2026" for day in range(20, 26)]
    body = "".join(f"<li>{link(n, name)}</li>" for n, name in enumerate(names))
    assert [title for title, _ in read(f"<main><ul>{body}</ul></main>", None)] == names


SPEAKS = "What we saw on the day of 11 September 2001"


def test_links_that_are_paid_for_are_no_stories():
    """They say so, and lead to another site; those of the site itself are its stories."""
    paid = '<article><h2><a rel="sponsored nofollow" href="{}">Save forty percent on shoes this week</a></h2></article>'
    cards = "".join(f"<article><h2>{link(n)}</h2></article>" for n in range(6))
    other, own = paid.format("https://shop.example/p/24009"), paid.format("/n/24009")
    assert len(read(f"<main>{cards}{other}</main>")) == 6
    assert len(read(f"<main>{cards}{own}</main>")) == 7


@pytest.mark.parametrize("name", ["main-nav-block", "mega-menu"])
def test_headlines_in_headings_are_no_menu_whatever_their_box_is_called(name: str):
    """Nor are they for their label; what unfolds in a menu is its own."""
    lead = "".join(f"<div><h3>{link(n)}</h3></div>" for n in range(6))
    rest = "".join(f"<div><h3>{link(n + 10, f'{TITLES[n % 6]} {n}')}</h3></div>" for n in range(14))
    box = f'<div class="{name}"><h2>Top stories</h2>{lead}</div>'
    body = f"{box}<div><h2>Latest</h2>{rest}</div>"
    assert read(body, None)[:6] == told(*[None] * 6)
    assert len(read(body, None)) == 20
    unfolded = f"<nav>{box}</nav><div><h2>Latest</h2>{rest}</div>"
    assert len(read(unfolded, None)) == 14


def card(number: int, before: str, inside: str = "") -> str:
    """A card that is no link; `before` is its tag with an attribute that says where it leads."""
    tag = before.format(f"/n/{2400 + number}")
    return f"<{tag}>{inside}<h3>{TITLES[number]}</h3><time datetime='2026-11-30'></time></div>"


@pytest.mark.parametrize(
    "tag",
    [
        "div role='link' data-href='{}'",
        "div data-url='{}'",
        """div onclick="window.location.href = '{}'" """,
        """div onclick="open('{}')" """,
        """div><a href="javascript:void(0)" onclick="location.assign('{}')">""",
        "div><a href='#' data-link='{}'>",
    ],
)
def test_boxes_that_a_click_leads_on_from_are_links(tag: str):
    """Where a page has no list of links; their scripts are not run, an address stands in them."""
    cards = "".join(card(n, tag) for n in range(6))
    assert read(f"<main>{cards}</main>") == told(*["2026-11-30"] * 6)
    links = "".join(f"<article><h2>{link(n)}</h2></article>" for n in range(4))
    assert read(f"<div>{card(5, tag)}</div><main>{links}</main>", None) == told(*[None] * 4)


def test_boxes_take_no_place_of_links_that_rules_named():
    """What a rule no longer matches is healed by the stories that are known, or told."""
    cards = "".join(card(n, "div data-href='{}'") for n in range(6))
    before = "".join(f"<li>{link(n + 40, f'{TITLES[n]} once more')}</li>" for n in range(6))
    known = find_links(f"<ul class=news>{before}</ul>", HOME)
    assert len(known) == 6
    with pytest.raises(ListingError):
        find_links(f"<p>{cards}", HOME, rules=Rules(links=("ul.news a",)), known=known)


def test_boxes_with_other_addresses_are_no_links():
    """What a script does with them is not known, or they are those of forms."""
    for tag in ("div onclick='show(5)'", "div onclick=\"send('{}')\"", "div data-id='{}'"):
        assert read("".join(card(n, tag) for n in range(6))) == []
    form = (
        "<form><button data-url='/login' onclick=\"location='/login'\">Log in here</button></form>"
    )
    assert read(form * 6) == []


def test_a_label_behind_a_headline_is_no_part_of_it():
    """The link is «المزيد» alone, and the headline stands before it."""
    body = "".join(f"<li>{TITLES[n]} {link(n, '(المزيد)')}</li>" for n in range(6))
    assert read(f"<ul>{body}</ul>") == told(*[None] * 6)


def test_stories_in_shadow_roots_are_found():
    """A browser shows such templates; it shows no others."""
    cards = "".join(f"<article><h2>{link(n)}</h2></article>" for n in range(6))
    shown = f'<news-list><template shadowrootmode="open">{cards}</template></news-list>'
    assert read(shown) == told(*[None] * 6)
    assert read(f"<news-list><template>{cards}</template></news-list>") == []


WITH_SHORT = (*TITLES[:4], "Night parade", "Routes", "Klaymation")


def test_a_headline_of_a_word_is_one_where_its_card_equals_those_of_stories():
    """As "Ceasefire" in a list whose other headlines are longer; names of sections are none."""
    titles = (*TITLES[:3], "Ceasefire", "Long night", *TITLES[3:])
    cards = "".join(
        f"<article><h2><a href='/p/{n}abc'>{title}</a></h2><p>By our desk.</p></article>"
        for n, title in enumerate(titles)
    )
    assert [title for title, _ in read(f"<main>{cards}</main>")] == list(titles)
    articles = "".join(
        f"<article><h2><a href='/{title.lower().replace(' ', '-')}/'>{title}</a></h2></article>"
        for title in WITH_SHORT
    )
    found = read(f"<div class=site-header>{articles}</div>")
    assert [title for title, _ in found] == list(WITH_SHORT)
    headed = "".join(f"<h3><a href='/{name}.html'>{name}</a></h3>" for name in ("Sport", "Arts"))
    stories = "".join(f"<h3>{link(n)}</h3>" for n in range(6))
    assert read(f"<main>{headed}{stories}</main>") == told(*[None] * 6)


BESIDE = {
    "a column": "<div class='col-b'>{}</div>",
    "an aside": "<aside>{}</aside>",
    "a sidebar": "<div class='sidebar'>{}</div>",
    "a labelled one": "<div class='col-b'><h3>الأكثر قراءة</h3>{}</div>",
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_a_list_under_the_title_of_the_page_is_its_own(beside: str):
    """It may be plain, and what stands beside it richer."""
    names = [f"{title} in district {n}" for n in range(2) for title in TITLES]
    plain = "".join(f"<li>{link(n, name)}</li>" for n, name in enumerate(names))
    cards = "".join(
        f"<div class=c><a href='/n/{2500 + n}'><img src=a.jpg></a><h3>{link(100 + n, name)}</h3></div>"
        for n, name in enumerate(f"{title} of the year" for title in TITLES[:5])
    )
    body = f"<div class=col-a><h1>Politics</h1><ul>{plain}</ul></div>{beside.format(cards)}"
    assert [title for title, _ in read(f"<div class=row>{body}</div>", None)] == names


def test_a_label_says_that_a_column_of_headlines_is_another_list():
    """Nothing else tells that its plain links are those most read."""
    cards = "".join(
        f"<article><a href='/n/{2400 + n}'><img src=a.jpg></a><h3>{link(n)}</h3></article>"
        for n in range(6)
    )
    names = [f"{title} of the year" for title in TITLES[:4]]
    plain = "".join(f"<li>{link(100 + n, name)}</li>" for n, name in enumerate(names))
    column = f"<div class=col-b><h4>الأكثر قراءة</h4><ol>{plain}</ol></div>"
    assert len(read(f"<div class=row><div class=col-a>{cards}</div>{column}</div>", None)) == 6


def test_a_short_headline_stands_before_its_deck():
    """The deck is a sentence, and reads more like a headline by its length."""
    names = ("Rain on the coast", "The old market", "The port grows", "A season of dates")
    deck = "The ministry says that work begins next week and ends after a year."
    for tag in ("div", "p"):
        cards = "".join(
            f"<a href='/n/{2400 + n}'><{tag}>{name}</{tag}><{tag}>{deck}</{tag}></a>"
            for n, name in enumerate(names)
        )
        assert [title for title, _ in read(f"<main>{cards}</main>", None)] == list(names)


def test_the_topic_of_a_card_does_not_end_it():
    """Its address says that it is a tag's; the headline behind it is no link."""
    cards = "".join(
        f"<article><a href='/n/{2400 + n}'><img src=a.jpg></a><a href='/tag/a{n}'>Local economy {n}</a>"
        f"<h3>{TITLES[n]}</h3><a href='/n/{2400 + n}'>Read more</a></article>"
        for n in range(6)
    )
    assert read(f"<main>{cards}</main>", None) == told(*[None] * 6)
