"""The page that `explain --html` writes: the page itself, with what was kept in green and what was
dropped in grey.

Its scripts are taken out and a policy keeps others from running (Content Security Policy Level 3);
pictures and styles are loaded from where the page has them, so that it looks as it does.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from selectolax.lexbor import create_tag

from feedmaker.html import parsing
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.model import Trace, TracedBlock

_DEAD = ["script", "noscript", "iframe", "object", "embed", "frame", "base", "template"]
_SKIPPED = frozenset({"style", "title", "head", "textarea", "select", "option", "button"})
_AHEAD = 40  # blocks that a text may be further on: what lies between was not shown
_STYLE = """
.fm-kept{background:#c9f2cf!important;color:#04300c!important;outline:1px solid #2e9e44!important}
.fm-dropped{background:#e4e4e4!important;color:#6b6b6b!important}
.fm-unread{color:#9a9a9a!important}
a.fm-kept *{background:#c9f2cf!important}
a.fm-kept{outline:3px solid #2e9e44!important}a.fm-dropped{outline:1px dashed #999!important}
#fm-about{all:initial;display:block;position:relative;z-index:2147483647;direction:ltr;text-align:left;
font:14px/1.5 system-ui,sans-serif;background:#fff;color:#111;border-bottom:4px solid #2e9e44;padding:12px 16px}
#fm-about *{font:inherit;color:inherit}
#fm-about table{border-collapse:collapse;margin-top:8px;width:100%}
#fm-about td{vertical-align:top;padding:3px 10px 3px 0;border-top:1px solid #ddd;overflow-wrap:anywhere;width:45%}
#fm-about td:first-child{white-space:nowrap;width:auto}#fm-about b{font-weight:bold}#fm-about .lost{color:#8a1f11}
#fm-about span{padding:0 4px}
"""
_POLICY = "default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src * data:; media-src *"


def story(text: str, url: str, trace: Trace, told: str) -> bytes:
    """An article page as it was read: `trace` says which blocks were kept and why, `told` what came
    of it.
    """
    tree = parsing.parse(text)
    tree.strip_tags(_DEAD)
    for node, block in list(_matched(tree, trace.blocks)):
        _mark(node, block)
    return _finished(tree, url, trace, told)


def listing(text: str, url: str, trace: Trace, told: str) -> bytes:
    """A listing as it was read: each link with the reason why it counts or not; `trace.blocks` are
    its links.
    """
    tree = parsing.parse(text)
    base = tree.css_first("base[href]")
    where = urls.absolute((base.attributes.get("href") or "") if base else "", url) or url
    tree.strip_tags(_DEAD)
    known = {block.text.rpartition(" <")[2].rstrip(">"): block for block in trace.blocks}
    for node in tree.css("a[href], area[href]"):
        block = known.get(urls.canonical(node.attributes.get("href") or "", where) or "")
        if block is not None:
            _dress(node, block)
    return _finished(tree, url, trace, told)


def _matched(
    tree: LexborHTMLParser, blocks: Sequence[TracedBlock]
) -> Iterator[tuple[LexborNode, TracedBlock | None]]:
    """The texts of a page with the block that each is of; None of what was not looked at."""
    bare = ["".join(block.text.split()) for block in blocks]
    at = place = 0
    root = tree.body
    for node in root.traverse(include_text=True) if root is not None else ():
        if not node.is_text_node or (node.parent is not None and node.parent.tag in _SKIPPED):
            continue
        text = "".join((node.text_content or "").split())
        if not text:
            continue
        if at < len(bare) and bare[at].startswith(text, place):
            place += len(text)
        else:
            later = range(at, min(len(bare), at + _AHEAD))
            found = next(
                (n for n in later if bare[n].startswith(text) and (n > at or place == 0)), None
            )
            if found is None:
                yield node, None
                continue
            at, place = found, len(text)
        yield node, blocks[at]
        if place >= len(bare[at]):
            at, place = at + 1, 0


def _mark(node: LexborNode, block: TracedBlock | None) -> None:
    span = create_tag("span")
    span.attrs["class"] = (
        "fm-unread" if block is None else "fm-kept" if block.kept else "fm-dropped"
    )
    span.attrs["title"] = (
        "not looked at: hidden, a menu's or a foot's" if block is None else _why(block)
    )
    span.insert_child(node.text_content or "")
    node.replace_with(span)


def _dress(node: LexborNode, block: TracedBlock) -> None:
    name = "fm-kept" if block.kept else "fm-dropped"
    node.attrs["class"] = f"{node.attributes.get('class') or ''} {name}".strip()
    node.attrs["title"] = _why(block)


def _why(block: TracedBlock) -> str:
    return f"{'kept' if block.kept else 'dropped'}, {block.score:.2f}: {block.reason}"


def _finished(tree: LexborHTMLParser, url: str, trace: Trace, told: str) -> bytes:
    """The whole document, with what was decided on top of it."""
    rows = "".join(
        f"<tr><td><b>{escape(one.name)}</b></td><td dir=auto>{escape(one.value) or '—'}</td>"
        f"<td dir=ltr>from {escape(one.source)}"
        + "".join(
            f"<br><span class=lost>not {escape(source)}:</span> <bdi>{escape(value[:200])}</bdi>"
            for source, value in one.losers
        )
        + "</td></tr>"
        for one in trace.choices
    )
    legend = (
        "<span class=fm-kept>kept</span> <span class=fm-dropped>dropped</span>"
        " <span class=fm-unread>not looked at</span>"
        " — the reason shows when the pointer rests on a text"
    )
    about = (
        f"<div id=fm-about><b>feedmaker explain</b> <bdi>{escape(url)}</bdi><br>{escape(told)}<br>{legend}"
        f"<table>{rows}</table></div>"
    )
    head = (
        f'<!DOCTYPE html>\n<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<base href="{escape(url, quote=True)}"><style>{_STYLE}</style>'
    )
    for node in tree.css("meta[http-equiv], meta[charset]"):
        node.decompose()
    body = tree.body
    attributes = "".join(f' {k}="{escape(v or "", quote=True)}"' for k, v in (body.attributes if body else {}).items()
                         if not k.startswith("on"))  # fmt: skip
    root = tree.root
    lang = "".join(
        f' {name}="{escape(value, quote=True)}"'
        for name in ("lang", "dir", "class")
        if root is not None and (value := root.attributes.get(name))
    )
    inner = (
        "".join(child.html or "" for child in body.iter(include_text=True))
        if body is not None
        else ""
    )
    old_head = (
        "".join(child.html or "" for child in tree.head.iter()) if tree.head is not None else ""
    )
    document = f"{head.replace('<!DOCTYPE html>', f'<!DOCTYPE html><html{lang}><head>', 1)}{old_head}</head>"
    return f"{document}<body{attributes}>{about}{inner}</body></html>".encode(errors="replace")
