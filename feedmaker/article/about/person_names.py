"""Names in a text: split, and stripped of introductions, addresses, titles and roles; what is a
person's name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedmaker.html.page_head import one_line as squeeze
from feedmaker.html.page_head import title_key as key
from feedmaker.text import labels
from feedmaker.text.languages import FREQUENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

# Latin introductions that `terms.byline` does not know, or cannot cut off because roles follow the
# name.
_BY = re.compile(
    r"(?:(?:article|story|text|words|report(?:ed|ing)?|posted|published|written|authored|researched|contributed|created|news)\s+by"
    r"|by|authors?|writer|von|par|por|text(?=:))\b\s*[:：\-–—/]?\s*",
    re.IGNORECASE,
)
# Where a byline goes on with something else: a date, a role in brackets, a reading time.
_CUT = re.compile(
    r"\s*(?:[|•·●▪–—(]|(?<![^\W\d_])\d|\s-\s"
    r"|\b(?:on behalf of|posted|published|updated|last|reviewed|edited|medically|ago|Stand)\b"
    r"|\bon\s+(?=\w+\s?\d|\w+day|[A-Z][a-z]{2,8}\.?\s\d)|\b(?:for|in)\b(?=\s+[A-Z])).*$",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(
    r"\s*(?:[;/|&،؛+\n]|,(?!\s*(?:Jr|Sr|I{2,3})\b\.?\s*(?:[,;]|$))|\b(?:and|und|et|och|og|ja|with|mit|avec|con)\b|\s[ye]\s)\s*",
    re.IGNORECASE,
)
_ARABIC_WORDS = frozenset(FREQUENT_WORDS["ar"].split())  # small words of running text
_RTL = re.compile(r"[\u0590-\u08ff]")
_EMAIL = re.compile(r"\(?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?")
_ADDRESS = re.compile(r"https?:|www\.|^@|/{2}|\.(?:com|net|org|de|co)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\s.'’‘`´\-‐·&\u0300-\u036f\u064b-\u0652\u200c\u200d])*")
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:-?[A-Z]{1,4}\.?)*|[A-Z]\w?\.(?:[A-Z]\w?\.?)+"
)
_ROLE = re.compile(
    r"\b(?:editor|writer|reporter|correspondent|director|manager|founder|ceo|cto|chief|senior|head|lead|expert"
    r"|specialist|analyst|consultant|professor|dietitian|contribut(?:or|ing)|journalist|columnist|author|staff"
    r"|president|partner|officer|coach|attorney|advisor|strategist|engineer|marketing|member|producer|content"
    r"|freelance|special to|redakteur(?:in)?|journaliste|korrespondent(?:in)?|reporterin|volontär(?:in)?|periodista"
    r"|giornalista|follow|bio|profile|about|view|more|posts|all|read)\b",
    re.IGNORECASE,
)
# Offices, and words of the page's labels.
_NOT_PERSON = re.compile(
    rf"{_ROLE.pattern}|\b(?:team|desk|newsroom|editorial|editors|redaktion|rédaction|redacci[oó]n|redazione|admin"
    r"|administrator|press|agency|agentur|agence|group|inc|ltd|llc|gmbh|company|news|media|university|institute|center"
    r"|centre|association|foundation|service|articles?|share|tags?|copied|copy|under|takeaways?|table|contents?|our|this"
    r"|in|on|of|the|to|with|how|what|why|your|you|for|is|meet|download|print|email|link|category|blog|guide|best"
    r"|newsletter|summary|overview|introduction|video|photo|gallery|report|reviews?|listen|watch|new|top|my|no"
    r"|comments?|stories|words|and)\b",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(
    r"(?:ال(?:سبت|أحد|احد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|januar|februar"
    r"|märz|mai|juni|juli|oktober|dezember|today|yesterday)\.?",
    re.IGNORECASE,
)
# How the text of buttons and headings begins that stand beside a byline.
_BUTTON = re.compile(
    r"(?:about|all|copied|copy|cookie|download|email|fact|follow|listen|meet|more|my|print|privacy|read|see|share"
    r"|subscribe|view|watch)\s",
    re.IGNORECASE,
)
_ADMINS = ("admin", "administrator")
_ALSO_NAMES = {"April", "August", "June", "March", "May"}  # months that are names of persons
_NOBODY = {
    "admin", "administrator", "undefined", "null", "none", "webmaster", "anonymous", "guest", "unknown", "root", "user",
    "default", "editor", "editors", "staff", "author", "authors", "about", "agencies", "article", "bio", "blog", "by",
    "categories", "category", "comments", "contact", "guide", "guides", "home", "insights", "login", "menu", "more",
    "news", "profile", "published", "quelle", "search", "share", "source", "subscribe", "tags", "uncategorized",
    "updated",
}  # fmt: skip


def split(text: str, *, stated: bool = False) -> list[str]:
    """The names in a text such as «أحمد علي وسارة محمد» or `By Ann Lee, MD, and Bo Ek (Senior
    Editor)`, in order.

    `stated`: the text is given as a name, so that it is taken in whatever case. Introductions,
    addresses, titles after the name and roles are left out; a text without a name gives nothing.
    """
    text = squeeze(_EMAIL.sub(" ", text) if "@" in text else text)
    if _RTL.search(text):
        given = labels.byline(text) or labels.byline(f"by: {text}")
        return [n for n in map(_undated, given or (text,)) if _is_name(n)]
    while found := _BY.match(text):
        text = text[found.end() :]
    names: list[str] = []
    for part in _SPLIT.split(text):
        name = _undated(_CUT.sub("", part).strip(" .,:;–—-*\"'“”«»()[]"))
        if not _is_name(name.title() if stated else name):
            continue
        if name not in names and not (
            names and (_CREDENTIAL.fullmatch(name) or _ROLE.search(name))
        ):
            names.append(name)
    return names


def _undated(text: str) -> str:
    """A name without the words of a date behind it."""
    words = text.split()
    while (
        len(words) > 1
        and _DATE_WORD.fullmatch(words[-1])
        and (len(words) > 2 or words[-1] not in _ALSO_NAMES)
    ):
        words.pop()
    return " ".join(words)


def introduced(text: str) -> list[str] | None:
    """The names of a line that introduces a writer, empty where they are to follow; None of any
    other line.
    """
    found = _BY.match(text)
    if found and found.end() == len(text):
        return []
    if found:
        rest = text[found.end() :]  # a single word may be a user's name
        return (
            split(text, stated=len(text) < 50 and (rest[:1].isupper() or " " not in rest)) or None
        )
    names = labels.byline(text) if len(text) <= 90 else None
    if names == ():  # an agency, a desk or the paper itself
        names = (_CUT.sub("", re.split(r"\s*[:：/–—-]\s*|\s+", text.strip(), maxsplit=1)[-1]),)
    return [n for n in map(_undated, names) if _is_name(n)] if names else None


def _is_name(text: str) -> bool:
    """Whether a text has the shape of a person's or an organisation's name."""
    words = text.split()
    if (
        not 1 <= len(words) <= 6
        or not 2 <= len(text) <= 60
        or not _NAME.fullmatch(text)
        or _ADDRESS.search(text)
    ):
        return False
    if not _ARABIC_WORDS.isdisjoint(words):
        return False
    if (
        words[-1][0].islower()
        or "by" in words
        or "at" in words
        or _BUTTON.match(text)
        or key(text).removeprefix("the ") in _NOBODY
        or words[-1].lower() in _ADMINS
        or all(map(_DATE_WORD.fullmatch, words))
    ):
        return False
    letters = [w for w in words if w[0].isalpha()]
    return sum(w[0].islower() for w in letters) <= len(letters) / 2


def is_person(name: str, site: Collection[str]) -> bool:
    """Whether a name is neither the site's (`site`, keys) nor a desk's, an agency's, a role or a
    mere user name.
    """
    k = key(name)
    joined = k.replace(" ", "")
    if any(k == n or joined == n.replace(" ", "") for n in site) or _NOT_PERSON.search(name):
        return False
    if not name.isascii():
        return labels.byline(f"by: {name}") != ()
    return " " in name or (name.istitle() and "." not in name)
