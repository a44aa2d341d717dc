"""URLs: what is one page's identity, and what is no URL at all."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.text.urls import (
    absolute,
    canonical,
    is_plain_query,
    is_postgres_url,
    key,
    numbered,
    on_host,
    plain_path,
    readable,
    same_site,
    urn,
)

BASE = "https://news.example.org/section/page.html"
SLUG = "%D8%AE%D8%A8%D8%B1"  # «خبر»


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/1187/084731-خبر", f"https://news.example.org/1187/084731-{SLUG}"),
        (f"/1187/084731-{SLUG.lower()}", f"https://news.example.org/1187/084731-{SLUG}"),
        ("../a", "https://news.example.org/a"),
        ("?page=2", "https://news.example.org/section/page.html?page=2"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("HTTP://User:pw@Example.COM:80/a/./b/../c#part", "http://example.com/a/c"),
        ("https://example.com:8443", "https://example.com:8443/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("/a b", "https://news.example.org/a%20b"),
        ("/100%", "https://news.example.org/100%25"),
        ("/x?url=http://b.com/?c", "https://news.example.org/x?url=http://b.com/?c"),
    ],
)
def test_canonical(written: str, meant: str) -> None:
    """A link is the URL that a browser would ask for on that page, in one spelling."""
    assert canonical(written, BASE) == meant


@pytest.mark.parametrize(
    "written",
    [
        "utm_source=rss&utm_medium=feed&id=7",
        "id=7&fbclid=abc",
        "id=7&_ga=1.2&gclid=x",
        "xtor=RSS-1&id=7",
    ],
)
def test_tracking_goes(written: str) -> None:
    """Parameters that tell where a click came from are no part of a page's identity; others are."""
    assert canonical(f"https://example.com/a?{written}") == "https://example.com/a?id=7"


def test_other_parameters_stay_as_they_are() -> None:
    """A query without tracking is not touched: order, empty values and signs may all mean
    something.
    """
    assert canonical("https://example.com/?b=1&a=%2F&&c") == "https://example.com/?b=1&a=%2F&&c"


@pytest.mark.parametrize("url", ["https://.[::1]@[:z", "https://[::1]_@]id=7", "https://a$]b/x"])
def test_brackets_that_hold_no_address(url: str) -> None:
    """A host with brackets astray is no host, and does not raise where links are compared."""
    assert canonical(url) is None
    assert key(url) == url
    assert not same_site(url, BASE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://feedmaker@db/news", True),
        ("postgres://db/news", True),
        ("state/feedmaker.db", False),
        ("sqlite:///postgres://", False),
        ("", False),
    ],
)
def test_postgres_url(text: str, *, expected: bool) -> None:
    """Only the two schemes of libpq name a PostgreSQL database."""
    assert is_postgres_url(text) is expected


@pytest.mark.parametrize(
    "nonsense",
    [
        *(
            "",
            " ",
            "javascript:void(0)",
            "mailto:a@example.org",
            "tel:+212",
            "data:text/html,x",
            "ftp://a.com/",
        ),
        *("http://", "http:///path", "http://[bad", "http://two words.com/"),
        *("http://a.com:0/", "http://a.com:99999/", "http://a.com:x/"),
    ],
)
def test_what_is_no_url(nonsense: str) -> None:
    """What leads to no web page is None, with and without a base, and never an exception."""
    assert absolute(nonsense) is None
    assert canonical(nonsense) is None
    assert key(nonsense) == nonsense.strip()
    assert not same_site(nonsense, BASE)


def test_debris_around_a_url() -> None:
    """Line breaks inside a URL, and spaces and direction marks around it, as pages leave them, do
    nothing.
    """
    assert canonical("\n \u200fhttps://example.com/a\n/b\u200f\ufeff ") == "https://example.com/a/b"


def test_a_persian_slug_keeps_its_non_joiner() -> None:
    """A zero width non-joiner inside a path is a letter of the slug: without it the page is another
    or none.
    """
    assert (
        canonical("https://example.ir/می\u200cخواهد")
        == "https://example.ir/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D8%AF"
    )


def test_lone_surrogates() -> None:
    """Half a character, as broken scripts write it, does not stop anything."""
    assert canonical("https://example.com/\ud800x") == "https://example.com/x"


@pytest.mark.parametrize(
    "host", ["\ufffdnews.example", "\u0660\u200f.example", f"{'خ' * 64}.example"]
)
def test_a_host_that_no_server_can_have_is_no_address(host: str) -> None:
    """What cannot be written in ASCII cannot be asked for, and would have no canonical form the
    second time.
    """
    assert canonical(f"https://{host}/12345") is None


@given(
    st.text(alphabet=string.printable + "خبر‌ی%\u200f\ud800é", max_size=60),
    st.sampled_from(["", BASE]),
)
def test_canonical_is_stable(text: str, base: str) -> None:
    """The canonical form of a canonical form is itself, is ASCII but for the odd host, and is
    http(s) with a host.
    """
    once = canonical(text, base)
    if once is not None:
        assert canonical(once) == once
        parts = urlsplit(once)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert (parts.path + parts.query).isascii()
        assert not parts.fragment


@given(st.text(st.sampled_from("abخé1-_.~/%2fD8;()?#:@ \u200c\u0301"), max_size=30))
def test_a_plain_path_is_the_canonical_one(text: str) -> None:
    """What is seen to need no more than encoding is what taking the URL apart makes of it."""
    path = plain_path(f"/{text}")
    whole = canonical(f"https://news.example/{text}")
    assert not path or whole == f"https://news.example{path}"


@given(st.text(st.sampled_from("abé_=&%2fD;()?#:@ "), max_size=30))
def test_a_plain_query_is_the_canonical_one(text: str) -> None:
    """What is seen to need nothing is what taking the URL apart makes of it."""
    whole = f"https://news.example/a?{text}"
    assert not is_plain_query(text) or canonical(whole) == whole


@pytest.mark.parametrize(
    ("query", "is_plain"),
    [("id=5&p=a%2Fb", True), ("q=خبر", False), ("id=5&utm_source=x", False), ("", False)],
)
def test_most_queries_are_plain(query: str, *, is_plain: bool) -> None:
    """One is not that has letters to be encoded or tracks its readers."""
    assert is_plain_query(query) == is_plain


def test_most_paths_are_plain() -> None:
    """A path of letters is plain; one of another host, with dots or with a query is not."""
    for written in ("خبر", SLUG, SLUG.lower()):
        assert plain_path(f"/1187/084731-{written}") == f"/1187/084731-{SLUG}"
    assert plain_path("//news.example/a") == plain_path("/a/../b") == plain_path("/a?b") == ""


@given(st.text(max_size=80))
def test_nothing_raises(text: str) -> None:
    """Any string whatever is taken by every function."""
    assert key(text) is not None
    assert same_site(text, text) in (True, False)
    assert absolute(text, text) is None or canonical(text, text) is not None


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com/a/",
        "https://www.example.com/a",
        "https://EXAMPLE.com/a?utm_source=x",
        "https://example.com/a#top",
    ],
)
def test_key(other: str) -> None:
    """One page under http and https, with and without `www.` and a slash at its end, has one key."""
    assert key(other) == key("https://example.com/a")


def test_key_tells_pages_apart() -> None:
    """Another path, query or host is another page."""
    keys = {
        key(f"https://{rest}")
        for rest in ("e.com/a", "e.com/b", "e.com/a?x=1", "m.e.com/a", "e.com:81/a")
    }
    assert len(keys) == 5


def test_same_site() -> None:
    """A site is its host and the hosts under it; a name that only ends alike is another."""
    assert same_site("https://www.example.com/a", "http://amp.example.com/b")
    assert same_site("https://sport.example.com/a", "https://example.com/")
    assert not same_site("https://example.com/", "https://notexample.com/")


def test_urn() -> None:
    """The same name gives the same id on every machine: this is the one that RFC 9562's name space
    for URLs gives.
    """
    assert urn("https://example.com/") == "urn:uuid:dd2c1780-811a-5296-81c5-178a0ef488bc"
    assert urn("https://example.com/a") != urn("https://example.com/")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_each_scheme_has_its_own_default_port(scheme: str) -> None:
    """80 and 443 go where they are usual, and stay where they are not."""
    other = {"http": "https", "https": "http"}[scheme]
    port = {"http": 80, "https": 443}[scheme]
    assert canonical(f"{scheme}://e.com:{port}/a") == f"{scheme}://e.com/a"
    assert canonical(f"{other}://e.com:{port}/a") == f"{other}://e.com:{port}/a"


@pytest.mark.parametrize(
    "mark", [0x20, 0xA0, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x2069, 0xFEFF]
)
def test_marks_at_the_ends_go(mark: int) -> None:
    """The first and the last of each range of them, and what stands beside a range is a letter."""
    assert canonical(f"{chr(mark)}https://e.com/a{chr(mark)}") == "https://e.com/a"
    for letter in (0x200A, 0x2010, 0x2029, 0x202F, 0x205F, 0x206A, 0x9F, 0xA1):
        assert canonical(f"https://e.com/a{chr(letter)}") != "https://e.com/a"


def test_ports_from_one_on_are_ports() -> None:
    """Zero is none."""
    assert canonical("http://e.com:1/") == "http://e.com:1/"
    assert canonical("http://e.com:0/") is None


def test_empty_parameters_stay_beside_tracking() -> None:
    """Only what tells where a click came from goes."""
    assert canonical("https://e.com/a?x=&utm_source=y") == "https://e.com/a?x="


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://www.e.com/news/sport/12345-slug.html", "e.com/news/sport/12345"),
        ("https://e.com/12345/slug", "e.com/12345"),
        ("https://e.com/a/1234/slug", None),
        ("https://e.com/12345/67890", None),
        ("https://e.com/20261120/slug", None),
        ("https://e.com/20261320/slug", "e.com/20261320"),
        ("https://e.com/12345/slug?a=1", None),
        ("mailto:a", None),
    ],
)
def test_an_article_s_number_is_five_digits_and_no_date(url: str, left: str | None) -> None:
    """It is the only one, and no parameter could say which article it is."""
    assert numbered(url) == left


def test_an_address_on_another_host() -> None:
    """Path and query are the same; what is no address stays none."""
    assert on_host("https://e.com/a?b=1#c", "f.org") == "https://f.org/a?b=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/n/1;jsessionid=AB12.n1?x=1", "/n/1?x=1"),
        ("/(S(lit3py55t21z5v55vlm25s55))/n/1", "/n/1"),
        ("/app/(X(1)S(lit3py55t21z5v55vlm25s55))/n/(1)/", "/app/n/(1)/"),
        ("/(S(x))/(S(y))/(story)/(a)", "/(story)/(a)"),
        ("/n/1?PHPSESSID=ab1", "/n/1"),
        ("/n?id=5&sid=0f1a9b8c7d6e5f4", "/n?id=5"),
        ("/n/2?s=0123456789abcdef0123456789abcdef", "/n/2"),
        ("/n/1?t=1732900000&_=1732900000123", "/n/1"),
        ("/n/1?r=0.8273645123", "/n/1"),
        ("/n/1?CFID=48213&CFTOKEN=91827364", "/n/1"),
        ("/n/1?nocache=4821", "/n/1"),
        # What may name the page itself stays.
        ("/n?sid=48213", "/n?sid=48213"),
        ("/n?sid=cairo-and-giza", "/n?sid=cairo-and-giza"),
        ("/n?id=5f3e9a7bc2d19a0011223344", "/n?id=5f3e9a7bc2d19a0011223344"),
        ("/n?t=48213", "/n?t=48213"),
        ("/n?time=20261129", "/n?time=20261129"),
        ("/a;v=1/b", "/a;v=1/b"),
    ],
)
def test_a_session_is_no_part_of_an_address(url, expected):
    """Nor is a time that is to get past a cache: each run would meet another address."""
    assert canonical(url, "https://news.example/") == f"https://news.example{expected}"


def test_an_address_is_joined_to_none_without_end() -> None:
    """What is absolute needs none; of a base of 60,000 letters each link would take ten ms."""
    base = "https://news.example/" + "a/" * 30_000
    assert absolute("../b", base) is None
    assert absolute("https://news.example/خبر", base) == "https://news.example/خبر"
    assert absolute("../b", base[:2021]) == f"{base[:2019]}b"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("\\news\\5", "https://news.example/news/5"),
        ("https:\\\\other.example\\a", "https://other.example/a"),
        ("/a?b=c\\d", "https://news.example/a?b=c%5Cd"),
        ("/#!/news/5", "https://news.example/?_escaped_fragment_=/news/5"),
        ("/a?b=1#!news/5", "https://news.example/a?b=1&_escaped_fragment_=news/5"),
        ("/a#!", "https://news.example/a"),
        ("/a#!menu", "https://news.example/a"),
    ],
)
def test_addresses_are_read_as_browsers_read_them(url, expected):
    """Backslashes are slashes before a query; `#!` with a path names a page."""
    assert canonical(url, "https://news.example/all") == expected


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/%D8%A5%D8%BA%2F%3Fx", "https://a.example/إغ%2F%3Fx"),
        ("https://a.example/%E2%80%AE%C2%A0%FF", "https://a.example/%E2%80%AE%C2%A0%FF"),
        ("https://a.example/%E2%80%AE%D8%A5", "https://a.example/%E2%80%AEإ"),
        ("https://a.example/%D9%85%DB%8C%E2%80%8C%D8%B4", "https://a.example/می\u200cش"),
    ],
)
def test_addresses_are_shown_in_letters(url, shown):
    """What is no letter stays encoded: overrides of direction, spaces, broken bytes, ASCII."""
    assert readable(url) == shown


@pytest.mark.parametrize("letters", ["a", "a?b", "?&=", "é", "%"])
def test_an_address_of_megabytes_is_none(letters):
    """An API may name one: to look for what tracks in it took seconds."""
    url = "https://news.example/" + letters * 1_000_000
    assert absolute(url) is canonical(url) is None
    tracked = "https://news.example/a?utm_source=" + "x" * 6000
    assert canonical(tracked) == "https://news.example/a"
