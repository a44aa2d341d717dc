"""HTML that we wrote ourselves is given to the sanitizer only where that may change it."""

from __future__ import annotations

import random

import pytest

from feedmaker.html import sanitizer
from feedmaker.html.sanitizer import sanitize, sanitize_balanced

ADDRESSES = (
    "https://news.example/a/1?b=c&amp;d=%20#e",
    "http://news.example",
    "https://10.0.0.1/a",
    "https://1.2.3.4.5/",
    "https://news.example:99999/",
    "https://xn--a.example/",
    "https://a..example/",
    "https://-a-.example/[b]",
    "https://news.example/a b",
    "https://news.example/|",
    "https://news.example/a&quot;b",
    "https://خبر.example/",
    "javascript:alert(1)",
    "HTTPS://NEWS.EXAMPLE/",
    "//news.example/",
    "",
)
TEXTS = (
    "خبر من المدينة",
    "a &amp; b &lt; c &gt; d",
    "a & b",
    "&copy; &#39;",
    'it\'s "said"',
    "a\u00a0b",
    "a\nb",
    "a\x0cb\x00",
    "\u200f\U0001f600",
    "<!-- a -->",
)
INLINE = ("strong", "em", "b", "i", "code", "sub", "sup", "span", "bdi", "script", "u")
BLOCKS = ("p", "h2", "h3", "h4", "pre", "figcaption", "div")
FRAMES = ("ul", "ol", "blockquote", "figure", "table", "table", "li")
PARTS = {"table": ("thead", "tbody"), "thead": ("tr",), "tbody": ("tr",), "tr": ("td", "th")}
SPANS = ("", "", ' colspan="2"', ' dir="rtl"', ' dir="ltr" colspan="2" rowspan="3"')
ATTRIBUTES = ("", "", ' dir="rtl"', ' dir="x"', ' style="a"', ' onclick="a()"', " dir='ltr'")


def made_inline(chance, depth):
    """Text with elements in it, each closed within its own."""
    kind = chance.randrange(8)
    if kind == 0:
        return f'<a href="{chance.choice(ADDRESSES)}">{chance.choice(TEXTS)}</a>'
    if kind == 1:
        return f'<img src="{chance.choice(ADDRESSES)}" alt="{chance.choice(TEXTS)}">'.replace(
            'said"', "said"
        )
    if kind == 2:
        return "<br>"
    if kind == 3 and depth:
        tag = chance.choice(INLINE)
        inside = "".join(made_inline(chance, depth - 1) for _ in range(chance.randrange(3)))
        return f"<{tag}{chance.choice(ATTRIBUTES)}>{inside}</{tag}>"
    return chance.choice(TEXTS)


def made_part(chance, tag, depth):
    """A table or a part of one, now and then with something in it that has no place there."""
    if tag in ("td", "th"):
        inside = chance.choice(TEXTS[:2]) if chance.randrange(8) else made_block(chance, depth - 1)
        return f"<{tag}{chance.choice(SPANS)}>{inside}</{tag}>"
    inside = [made_part(chance, chance.choice(PARTS[tag]), depth) for _ in range(2)]
    if chance.randrange(12) == 0:
        inside.insert(chance.randrange(3), chance.choice(("a", "<p>b</p>", "<td>c</td>", "<hr>")))
    return f"<{tag}>{''.join(inside)}</{tag}>"


def made_block(chance, depth):
    """Paragraphs, and lists and quotations with some in them."""
    if depth and chance.random() < 0.4:
        tag = chance.choice(FRAMES)
        if tag == "table" and chance.randrange(4):
            return made_part(chance, tag, depth)
        inside = "".join(made_block(chance, depth - 1) for _ in range(chance.randrange(3)))
        inside = f"<li>{inside}</li>" if tag in ("ul", "ol") else inside
        return f"<{tag}{chance.choice(ATTRIBUTES)}>{inside}</{tag}>" if tag != "li" else inside
    tag = chance.choice(BLOCKS)
    inside = "".join(made_inline(chance, 2) for _ in range(chance.randrange(4)))
    return f"<{tag}{chance.choice(ATTRIBUTES)}>{inside}</{tag}>"


def test_what_is_not_parsed_is_as_the_sanitizer_would_leave_it(monkeypatch):
    """Of ten thousand pieces of HTML."""
    asked = []
    monkeypatch.setattr(sanitizer, "sanitize", lambda html: asked.append(html) or sanitize(html))
    chance = random.Random(14)
    for _ in range(10_000):
        html = "".join(made_block(chance, 2) for _ in range(chance.randrange(1, 3)))
        assert sanitize_balanced(html) == sanitize(html)
    assert len(asked) < 9_500


@pytest.mark.parametrize(
    "html",
    [
        "<script>a</script>",
        '<p onclick="a()">a</p>',
        '<p style="color:red">a</p>',
        '<a href="javascript:a()">a</a>',
        "<a href='https://news.example/'>a</a>",
        '<a href="https://news.example/" target="_blank">a</a>',
        '<img src="https://news.example/a.jpg" alt="" onerror="a()">',
        '<img src="data:image/png;base64,AA" alt="">',
        '<iframe src="https://news.example/"></iframe>',
        "<table><tr><td>a</td></tr></table>",
        "<table><p>a</p><tbody><tr><td>b</td></tr></tbody></table>",
        "<table><tbody><tr>a<td>b</td></tr></tbody></table>",
        "<table><tbody><tr><td>b</td></tr><tr></tr></tbody></table>",
        "<ul><li><td>a</td></li></ul>",
        '<table><tbody><tr><td onclick="a()">b</td></tr></tbody></table>',
        '<table><tbody><tr><td colspan="a">b</td></tr></tbody></table>',
        "<pre>\na</pre>",
        '<pre dir="rtl">\na</pre>',
        '<a href="https://news.example/&lt;">a</a>',
        '<img src="https://news.example/a.jpg" alt="a &copy; b">',
        "<p>a &quot; b</p>",
        "<p>a\x7f</p>",
        "<p>a\ud800</p>",
        "<P>a</P>",
        "<p>a & b</p>",
        "<p>a</p",
        "<!-- a -->",
        "a\u00a0b",
    ],
)
def test_it_is_asked_where_it_would_change_something(html, monkeypatch):
    """Else a tag or an address could come through that it takes out."""
    monkeypatch.setattr(sanitizer, "sanitize", lambda html: f"asked: {html}")
    assert sanitize_balanced(html) == f"asked: {html}"


def test_a_plain_story_is_not_parsed_again(monkeypatch):
    """Most stories are."""
    monkeypatch.setattr(sanitizer, "sanitize", None)
    html = (
        '<h2>عنوان</h2><p dir="rtl">خبر &amp; <a href="https://news.example/a?b=1&amp;c=2">رابط</a>'
        '<br><strong>"مهم"</strong></p><ul><li>واحد</li></ul><figure><img'
        ' src="https://news.example/a.jpg" alt="صورة &quot;أولى&quot;"><figcaption>ب</figcaption>'
        "</figure>"
        '<table><thead><tr><th dir="rtl">سنة</th><th></th></tr></thead><tbody><tr><td colspan="2">'
        "واحد</td></tr></tbody></table><pre>one\n\ttwo</pre>"
    )
    assert sanitize_balanced(html) == html
