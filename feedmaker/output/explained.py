"""The page that `explain --html` writes: what was kept in green, what was dropped in grey.

Its scripts are taken out and a policy keeps others from running (Content Security Policy Level 3).
Pictures and styles are loaded from where the page has them, so that it looks as it does.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import create_tag

from feedmaker.html import parsing
from feedmaker.text import urls
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.model import UiLanguage
    from feedmaker.model.trace import Choice, Trace, TracedBlock
    from feedmaker.text.translations import Translation

DEAD_TAGS: Final = [
    "script",
    "noscript",
    "iframe",
    "object",
    "embed",
    "frame",
    "base",
    "template",
]
NUMBER: Final = "data-fm-block"  # has the number of the block that a text is of
_SKIPPED: Final = frozenset(
    {
        "style",
        "title",
        "head",
        "textarea",
        "select",
        "option",
        "button",
    }
)
_AHEAD: Final = 40  # blocks that a text may be further on: those between were not shown
_STYLE: Final = """
.fm-kept{background:#c9f2cf!important;color:#04300c!important;outline:1px solid #2e9e44!important}
.fm-dropped{background:#e4e4e4!important;color:#6b6b6b!important}
.fm-unread{color:#9a9a9a!important}
a.fm-kept *{background:#c9f2cf!important}
a.fm-kept{outline:3px solid #2e9e44!important}a.fm-dropped{outline:1px dashed #999!important}
[data-fm]:is(:hover,:focus)::after{content:attr(data-fm);all:initial;position:fixed;inset:auto 0 0;
z-index:2147483647;padding:10px 16px;background:#111;color:#fff;direction:var(--fm-dir);
text-align:start;
font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
[data-fm]:focus{outline:3px solid #111!important}[data-fm]:focus:hover::after{z-index:2147483646}
#fm-about{all:initial;display:block;position:relative;z-index:2147483647;
direction:var(--fm-dir);text-align:start;
font:14px/1.5 system-ui,sans-serif;background:#fff;color:#111;
border-bottom:4px solid #2e9e44;padding:12px 16px;overflow-wrap:anywhere}
#fm-about *{font:inherit;color:inherit}
#fm-about table{border-collapse:collapse;margin-top:8px;width:100%}
#fm-about td{vertical-align:top;padding:3px 0;padding-inline-end:10px;border-top:1px solid #ddd;
width:45%}
#fm-about td:first-child{white-space:nowrap;width:auto}#fm-about b{font-weight:bold}
#fm-about .lost{color:#8a1f11}#fm-about summary{cursor:pointer;margin-top:8px}
#fm-about span{padding:0 4px}
@media(max-width:40em){#fm-about td{display:block;border:0;width:auto!important}
#fm-about td:first-child{border-top:1px solid #ddd}}
"""
_POLICY: Final = (
    "default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src * data:;"
    " media-src *"
)
# Beginnings of reasons that end with a name or a number of the page.
_VARYING: Final = (
    ("of one kind with block ", "of one kind with block {name}"),
    ("asks the reader for ", "asks the reader for {name}"),
    ("labelled ", "labelled {name}"),
    ("in the page's ", "in the page's {name}"),
    ("in a ", "in a {name}"),
    ("in ", "in {name}"),
)


def explained_story(
    text: str,
    url: str,
    trace: Trace,
    outcome: str,
    language: UiLanguage = "en",
) -> bytes:
    """Return an article page as it was read.

    `trace` says which blocks were kept and why, `outcome` in one line what came of the page.
    `language` is the reader's.
    """
    words = translation(language)
    unread = words.tell("not looked at: hidden, a menu's or a foot's")
    tree = parsing.parse(text)
    tree.strip_tags(DEAD_TAGS)
    last = None
    for node, number in list(matched_texts(tree, trace.blocks)):
        block = None if number is None else trace.blocks[number]
        span = create_tag("span")
        if number is not None:
            span.attrs[NUMBER] = str(number)
        span.attrs["class"] = _class_name(block) if block else "fm-unread"
        is_stop = block is not None and number != last
        _show_reason(span, _why(block, words) if block else unread, is_stop=is_stop)
        span.insert_child(node.text_content or "")
        node.replace_with(span)
        last = number
    _keep_links(tree)
    return _document(tree, url, _summary(url, trace, outcome, words))


def explained_listing(
    text: str,
    url: str,
    trace: Trace,
    outcome: str,
    language: UiLanguage = "en",
) -> bytes:
    """Return a listing as it was read: each link with the reason why it counts or not.

    `trace.blocks` are its links, `outcome` says in one line what came of the page. `language` is
    the reader's.
    """
    words = translation(language)
    tree = parsing.parse(text)
    base = tree.css_first("base[href]")
    href = base.attributes.get("href") if base else None
    where = urls.absolute(href or "", url) or url
    tree.strip_tags(DEAD_TAGS)
    known = {traced_address(block): number for number, block in enumerate(trace.blocks)}
    for node in tree.css("a[href], area[href]"):
        number = known.get(urls.canonical(node.attributes.get("href") or "", where) or "")
        if number is not None:
            block = trace.blocks[number]
            node.attrs[NUMBER] = str(number)
            names = (node.attributes.get("class") or "", _class_name(block))
            node.attrs["class"] = " ".join(filter(None, names))
            _show_reason(node, _why(block, words))
    _keep_links(tree)
    return _document(tree, url, _summary(url, trace, outcome, words))


def traced_address(block: TracedBlock) -> str:
    """Return the address of a link of a listing's trace."""
    return block.text.rpartition(" <")[2].rstrip(">")


def matched_texts(
    tree: LexborHTMLParser,
    blocks: Sequence[TracedBlock],
) -> Iterator[tuple[LexborNode, int | None]]:
    """The texts of a page, each with the number of its block; None of what was not looked at.

    The tree is without `DEAD_TAGS`.
    """
    bare = ["".join(block.text.split()) for block in blocks]
    current = 0  # the block that the last text is of
    place = 0  # how much of that block was met
    for node, text in _texts(tree):
        if not (current < len(bare) and bare[current].startswith(text, place)):
            # A block that was begun is left only for a later one.
            later = range(current + bool(place), min(len(bare), current + _AHEAD))
            found = next((n for n in later if bare[n].startswith(text)), None)
            if found is None:
                yield node, None
                continue
            current, place = found, 0
        place += len(text)
        yield node, current
        if place >= len(bare[current]):
            current, place = current + 1, 0


def _texts(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """The text nodes that are shown, each with its text without white space."""
    if tree.body is None:
        return
    for node in tree.body.traverse(include_text=True):
        is_shown = node.parent is None or node.parent.tag not in _SKIPPED
        text = "".join((node.text_content or "").split())
        if node.is_text_node and is_shown and text:
            yield node, text


def _show_reason(node: LexborNode, why: str, *, is_stop: bool = True) -> None:
    """Let an element say why when it is pointed at, tapped, or reached by keyboard.

    The Tab key stops once at each block.
    """
    node.attrs["data-fm"] = why
    node.attrs["title"] = why
    node.attrs["tabindex"] = "0" if is_stop else "-1"


def _keep_links(tree: LexborHTMLParser) -> None:
    """Let no link lead away: a tap is to show its reason."""
    for node in tree.css("a[href], area[href]"):
        node.attrs["data-fm-href"] = node.attributes.get("href") or ""
        del node.attrs["href"]


def _class_name(block: TracedBlock) -> str:
    return "fm-kept" if block.kept else "fm-dropped"


def _why(block: TracedBlock, words: Translation) -> str:
    reason, is_by_rule, _ = block.reason.partition(" (by the rules)")
    pieces = [_told_piece(piece, words) for piece in reason.split(", ")]
    told = words.tell(", ").join(pieces) + words.tell(is_by_rule)
    score = f"{block.score:.2f}"
    if block.kept:
        return words.tell("kept, {score}: {reason}", score=score, reason=told)
    return words.tell("dropped, {score}: {reason}", score=score, reason=told)


def _told_piece(piece: str, words: Translation) -> str:
    """A part of a reason in the reader's language; what is of the page in it stays as it is."""
    if words.words(piece) != piece:
        return words.words(piece)
    for start, form in _VARYING:
        if piece.startswith(start):
            return words.tell(form, name=words.words(piece.removeprefix(start)))
    return piece


def _summary(url: str, trace: Trace, outcome: str, words: Translation) -> str:
    """What was decided, as the HTML that stands on top of the page.

    What was chosen beside the text is folded, so that the page itself is in view.
    """
    rows = "".join(_choice_row(choice, words) for choice in trace.choices)
    names = words.tell(", ").join(words.words(choice.name) for choice in trace.choices)
    facts = f"<details><summary>{escape(names)}</summary><table>{rows}</table></details>"
    kept, dropped, unread = map(
        escape,
        (words.tell("what was kept"), words.tell("what was dropped"), words.tell("not looked at")),
    )
    how = escape(words.tell("point at a text, tap it, or reach it with the Tab key for its reason"))
    return (  # what shows a reason takes its direction from here
        f"<style>:root{{--fm-dir:{words.direction}}}</style>"
        f"<div id=fm-about lang={words.language} dir={words.direction}>"
        f"<b>feedmaker</b> <bdi>{escape(url)}</bdi><br>{escape(outcome)}"
        f"<br><span class=fm-kept>{kept}</span> <span class=fm-dropped>{dropped}</span>"
        f" <span class=fm-unread>{unread}</span> — {how}{facts if rows else ''}</div>"
    )


def _choice_row(choice: Choice, words: Translation) -> str:
    lost = "".join(
        f"<br><span class=lost>{escape(words.tell('not {source}:', source=source))}</span>"
        f" <bdi>{escape(value[:200])}</bdi>"
        for source, value in choice.losers
    )
    source = words.tell("from {source}", source=words.words(choice.source))
    return (
        f"<tr><td><b>{escape(words.words(choice.name))}</b></td>"
        f"<td dir=auto>{escape(choice.value) or '—'}</td>"
        f"<td>{escape(source)}{lost}</td></tr>"
    )


def _document(tree: LexborHTMLParser, url: str, summary: str) -> bytes:
    """The whole page with `summary` on top of it."""
    for node in tree.css("meta[http-equiv], meta[charset]"):
        node.decompose()
    root = tree.root.attributes if tree.root is not None else {}
    kept = {name: root[name] for name in ("lang", "dir", "class") if root.get(name)}
    own_head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<base href="{escape(url, quote=True)}"><style>{_STYLE}</style>'
    )
    body_tag = f"<body{_attributes(tree.body.attributes if tree.body is not None else {})}>"
    document = (
        f"<!DOCTYPE html><html{_attributes(kept)}><head>\n{own_head}{_inner_html(tree.head)}</head>"
        f"{body_tag}{summary}{_inner_html(tree.body)}</body></html>"
    )
    return document.encode(errors="replace")


def _inner_html(node: LexborNode | None) -> str:
    """Return what is within an element; "" where it is missing."""
    if node is None:
        return ""
    return "".join(child.html or "" for child in node.iter(include_text=True))


def _attributes(values: Mapping[str, str | None]) -> str:
    """Attributes of an element as HTML, without those that run scripts."""
    return "".join(
        f' {name}="{escape(value or "", quote=True)}"'
        for name, value in values.items()
        if not name.startswith("on")
    )
