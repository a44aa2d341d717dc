"""The text of a site's file, `config/sites/NAME.toml`, with the reasons as comments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedmaker.model import clean_line
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from feedmaker.setup.confidence import SelectorProposal
    from feedmaker.setup.section_sources import SectionCandidate
    from feedmaker.setup.site_facts import SiteFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoice:
    """A section to write.

    `evidence` says what was seen of it, `doubt` why its links may be wrong ('' where nothing
    speaks so), `proposals` are selectors that may find the right ones, and `rule` is the one that a
    person chose.
    """

    candidate: SectionCandidate
    slug: str
    evidence: str
    doubt: str = ""
    proposals: tuple[SelectorProposal, ...] = ()
    rule: SelectorProposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProposal:
    """All that a site's file says.

    `body_rule` is given where no story was found without it.
    """

    home: str
    name: SiteFact
    language: SiteFact
    time_zone: SiteFact
    sections: tuple[SectionChoice, ...]
    body_rule: SelectorProposal | None = None
    connect_to: str = ""


def format_site_file(proposal: SiteProposal, today: date) -> str:
    """Return the whole text of `config/sites/NAME.toml`."""
    name = _one_line(proposal.name.value)
    origin = f"{name}, proposed by `feedmaker add` on {today.isoformat()}"
    lines = [
        "#:schema ../site.schema.json",
        f"# {origin}. Change what is not right, then run",
        "# `feedmaker check` and `feedmaker build -v`.",
        "",
        _fact_line("name", proposal.name),
        f"home = {toml_string(proposal.home)}",
        _fact_line("language", proposal.language),
        _fact_line("timezone", proposal.time_zone),
    ]
    if proposal.connect_to:
        lines.append(f"connect_to = {toml_string(proposal.connect_to)}")
    lines += _rule_lines(proposal)
    for section in proposal.sections:
        lines += ["", *section_lines(section)]
    return "\n".join(lines) + "\n"


def _rule_lines(proposal: SiteProposal) -> list[str]:
    """Return the table of selectors, or nothing."""
    rule = proposal.body_rule
    if rule is None:
        return []
    why = f"without it no story was found; {_one_line(rule.why)}"
    return ["", "[rules]", f"body = [{toml_string(rule.selector)}]  # {why}"]


def _fact_line(key: str, fact: SiteFact) -> str:
    check = "" if fact.sure else "please check: "
    return f"{key} = {toml_string(_one_line(fact.value))}  # {check}{_one_line(fact.why)}"


def section_lines(section: SectionChoice) -> Iterator[str]:
    """Return the lines of a section: why it is there, and its table."""
    for remark in _section_remarks(section):
        yield f"# {remark}"
    yield "[[sections]]"
    for key, value in section_keys(section).items():
        written = f"[{toml_string(value[0])}]" if isinstance(value, list) else toml_string(value)
        yield f"{key} = {written}"


def _section_remarks(section: SectionChoice) -> Iterator[str]:
    candidate = section.candidate
    yield f"Found by: {_one_line(candidate.why)}. {_one_line(section.evidence)}"
    if section.rule is not None:
        yield f"The list that was chosen: {_one_line(section.rule.why)}"
    if not section.doubt:
        return
    yield (
        f"In doubt: {_one_line(section.doubt)}."
        " Look with `feedmaker explain --links`; selectors to try here:"
    )
    for proposal in section.proposals:
        selector = toml_string(proposal.selector)
        yield f"  links = [{selector}]  # {_one_line(proposal.why)}"


def section_keys(section: SectionChoice) -> dict[str, str | list[str]]:
    """Return the keys of a section and their values."""
    candidate = section.candidate
    keys: dict[str, str | list[str]] = {
        "slug": section.slug,
        "title": _one_line(candidate.title),
    }
    if candidate.url:
        keys["urls"] = [readable_url(candidate.url)]
        if candidate.source != "auto":
            keys["source"] = candidate.source
        if candidate.match:
            keys["match"] = candidate.match
        if candidate.category:
            keys["category"] = [_one_line(candidate.category)]
    else:
        keys["heading"] = _one_line(candidate.heading or "")
    if section.rule is not None:
        keys["links"] = [section.rule.selector]
    return keys


def toml_string(value: str) -> str:
    """Return a TOML basic string (TOML 1.0): as JSON has it, which leaves out only U+007F."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def readable_url(url: str) -> str:
    """Return a canonical URL with its letters unquoted, where that still means the same URL."""
    plain = unquote(url, errors="replace")
    if plain.isprintable() and " " not in plain and urls.canonical(plain) == url:
        return plain
    return url


def _one_line(text: str) -> str:
    """Return a text of a page as one line of TOML: without characters that none can hold."""
    return " ".join(clean_line(text).replace("\ufffd", " ").split())
