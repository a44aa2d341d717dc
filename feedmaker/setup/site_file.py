"""The text of a site's file, with the reasons as comments."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedmaker.text import urls

if TYPE_CHECKING:
    from feedmaker.setup.section_candidates import Offer
    from feedmaker.setup.site_facts import Said


@dataclass(frozen=True, slots=True)
class Chosen:
    """A section to write: the offer, its slug, what was seen of it, and selectors that could be
    tried.
    """

    offer: Offer
    slug: str
    seen: str
    doubt: str = ""
    proposals: tuple[tuple[str, str], ...] = field(default=())


def text(value: str) -> str:
    """A TOML basic string (TOML 1.0): as JSON has it, which leaves out only U+007F."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def readable(url: str) -> str:
    """A canonical URL with its letters unquoted, where that is another spelling of the same."""
    plain = unquote(url, errors="replace")
    return (
        plain if plain.isprintable() and " " not in plain and urls.canonical(plain) == url else url
    )


def _line(value: str) -> str:
    """One line of a comment."""
    return " ".join(value.split())


def write(  # noqa: PLR0913
    *,
    home: str,
    name: Said,
    language: Said,
    zone: Said,
    sections: list[Chosen],
    links: str = "",
    body: tuple[str, str] | None = None,
    connect_to: str = "",
    today: str,
) -> str:
    """A whole `config/sites/NAME.toml`. `links` and `body` are selectors that are needed; others
    stand in comments.
    """
    lines = [
        "#:schema ../site.schema.json",
        f"# {_line(name.value)}, proposed by `feedmaker add` on {today}. Change what is not right, then run",
        "# `feedmaker check` and `feedmaker build -v`.",
        "",
    ]
    for key, said in (("name", name), ("home", None), ("language", language), ("timezone", zone)):
        value = home if said is None else said.value
        why = (
            "" if said is None else f"  # {'' if said.sure else 'please check: '}{_line(said.why)}"
        )
        lines.append(f"{key} = {text(value)}{why}")
    if connect_to:
        lines.append(f"connect_to = {text(connect_to)}")
    if links or body:
        lines += ["", "[rules]"]
        if links:
            lines.append(f"links = [{text(links)}]  # without it no story links were found")
        if body:
            lines.append(
                f"body = [{text(body[0])}]  # without it no story was found; {_line(body[1])}"
            )
    for one in sections:
        lines += ["", f"# Found by: {_line(one.offer.why)}. {_line(one.seen)}"]
        if one.doubt:
            lines.append(
                f"# In doubt: {_line(one.doubt)}. Look with `feedmaker explain --links`; selectors to try in [rules]:"
            )
            lines += [
                f"#   links = [{text(selector)}]  # {_line(why)}" for selector, why in one.proposals
            ]
        lines += [
            "[[sections]]",
            f"slug = {text(one.slug)}",
            f"title = {text(_line(one.offer.title))}",
        ]
        if one.offer.urls:
            lines.append(f"urls = [{', '.join(text(readable(url)) for url in one.offer.urls)}]")
        else:
            lines.append(f"heading = {text(one.offer.heading)}")
    return "\n".join(lines) + "\n"
