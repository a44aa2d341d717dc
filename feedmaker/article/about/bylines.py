"""Bylines: the names in a text, and the lines at a headline that say who wrote the story.

A line is a byline by its words («كتب: أحمد علي», "By Ann Lee"), or by how its element is called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence  # noqa: TC003 - mypyc looks it up at run time
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.article.about.name_words import (
    ADMINS,
    BEHIND_NAMES,
    CREDENTIAL,
    CUT,
    EMAIL,
    NAME,
    NAMES_OF_MONTHS,
    NICKNAME,
    NO_NAME,
    NOBODY,
    PARTICLES,
    PARTING_SIGN,
    PARTS_OF_NAMES,
    PICTURED,
    ROLE,
    SPLIT,
    TEXT_WORDS,
    WORD,
    is_date_word,
    is_in_no_name,
    parts_names,
)
from feedmaker.html import class_names
from feedmaker.html.blocks import HEADINGS, one_line
from feedmaker.html.json_ld import Statement
from feedmaker.html.page_head import inline_elements, spaced_text, title_key
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Box, Piece
    from feedmaker.html.page_head import Head, HeadlineLines, Line

LONGEST_BYLINE: Final = 90  # characters
# Characters of all names that a source states: looking at 5,000 takes a tenth of a second.
LONGEST_LIST: Final = 5_000
LONGEST_LINE: Final = 160  # characters of a line that may begin with a byline
_MOST_PARTS: Final = 8  # of a line in which a byline is looked for
_NEAR: Final = 4  # the place of the first line that may be below another headline
# Begins with what is the same in all forms, so that it is quickly looked for: in lines without a
# date, a tenth of the time.
HAS_DATE: Final = re.compile(
    r"\d(?:(?:(?<=\b1)[349]|(?<=\b2)0)\d\d(?!\d)|(?<=[٠-٩۰-۹])[٠-٩۰-۹]{3}"
    r"|(?<=\b\d)\d?([./])\d\d?\1\d\d(?!\d))"
)
AUTHOR_LINK: Final = re.compile(
    r"/(?:author(?!i[sz]|ity)|autor|auteur|writer|contributor|columnist|editors|journalist|people|producer"
    r"|reporter|profile|staff|team-member|redaktion|yazar|kateb|katib|ko?ttab|kuttab)\w*(?:/|=)",
    re.IGNORECASE,
)
_HEBREW_OR_ARABIC: Final = re.compile("[\u0590-\u08ff]")
_EDGES: Final = " .,:;–—-*\"'“”«»()[]"  # signs that are left at the ends of a name
# A comma or an "and" at the seam of two texts.
_JOINED: Final = re.compile(
    r"(?:[,،、&+]|(?:^|\s)(?:and|und|et|y|e|و))\n|\n(?:[,،、&+]|(?:and|und|et|y|e|و)\s)"
)
# A date with the word for "by" behind it: «Publié le 3 mai 2025 par Anne Roux».
_BEHIND_DATE: Final = re.compile(
    r"(?P<dated>.{1,40}?)[\s|,·-](?:by|par|von|por|di|door|av|af|przez)\s(?P<who>.+)"
)
_LINE_PARTS: Final = re.compile(r"\s[|•·–—-]\s")
_LETTER: Final = re.compile(r"\w")
_DIGIT: Final = re.compile(r"\d")
_REVIEWED: Final = re.compile(
    r"(?:medically |fact.?)?(?:review|check|edit)ed by|photo|image",
    re.IGNORECASE,
)
# What stands before a name, with a sign in between.
_PLACE: Final = re.compile(r"([^\W\d_]{3,20}(?: [^\W_]{1,20}){0,4})( ?:| [-–—ـ/|])\s([^|]+)$")
_SECTION_SIGN: Final = re.compile(r"\s[·|•-]\s")
_CITY_SIGN: Final = re.compile("-| من ")  # behind a name and before a city
_LEVELS: Final = 4  # of elements whose names are looked at: itself and those around it


class AuthorClaim(NamedTuple):
    """Names that a source gives for the authors, and the elements that show them."""

    source: str
    names: Sequence[str]
    nodes: Sequence[LexborNode] = ()

    @property
    def statement(self) -> Statement:
        """The names as one text, and the source."""
        names = dict.fromkeys(self.names)
        return Statement(self.source, ", ".join(names))


# ---- names in a text


def _has_capitals(text: str) -> bool:
    """Whether a text is in no script without capitals: Hebrew, Arabic, those of East Asia."""
    return not (_HEBREW_OR_ARABIC.search(text) or labels.has_east_asian(text))


def split_names(
    text: str,
    *,
    stated: bool = False,
) -> list[str]:
    """Return the names in a text such as «أحمد علي وسارة محمد» or `By Ann Lee, MD, and Bo Ek`.

    `stated`: the text is given as a name, so that it is taken in whatever case. Introductions,
    addresses, titles after the name and roles are left out; a text without a name gives nothing.
    """
    text = text[:LONGEST_LIST]
    text = one_line(EMAIL.sub(" ", text).strip(" ()") if "@" in text else text)
    if _has_capitals(text):
        return _split_latin_names(text, stated=stated)
    text = _before_city(text) if _CITY_SIGN.search(text) else text
    if found := _PLACE.match(text):
        text = _behind_place(text, *found.groups())
    role = labels.opening(text, is_byline=True)
    if role and not role.is_separated and is_full_name(role.rest):
        text = role.rest
    given: Sequence[str] | None = labels.byline(text)
    if given is None and labels.has_east_asian(text):
        bare = text.strip(" 　()（）[]【】")
        is_list = labels.lists_east_asian_names(bare)
        return list(filter(_is_name, labels.east_asian_names(bare))) if is_list else []
    given = given or labels.byline(f"by: {text}")
    if not given:
        dateline = labels.place_and_source(text)
        given = dateline[1:] if dateline else (text,)
    names = [name for name in map(_undated, given) if _is_name(name)]
    # Beside full names, a word is a place or a paper.
    return [name for name in names if " " in name] or names


def _behind_place(text: str, place: str, sign: str, rest: str) -> str:
    """Return «سامي درويش» of «المنوفية - سامي درويش», and «كتب: سامي» of «بريد الشرق - كتب: سامي».

    One word before a full name is a place or a paper, whichever there are in the world; what has a
    word for an office in it is one, however long: «مراسلنا في الجنوب: سامي درويش».
    """
    introduced = labels.opening(rest)
    if introduced is not None and introduced.is_separated:
        return rest
    if ":" in sign and labels.label(place):
        return text
    is_sure = _DIGIT.search(place) or not labels.is_person(place)
    is_place = is_sure or (" " not in place and not labels.opening(text))
    return rest if is_place and " " in rest.strip() else text


def _before_city(text: str) -> str:
    """Return «سامي درويش» of «سامي درويش من تونس» and «سامي درويش-تونس»."""
    name, _, city = text.rpartition("-") if "-" in text else text.rpartition(" من ")
    return name if name and labels.is_city(city) else text


def _split_latin_names(
    text: str,
    *,
    stated: bool,
) -> list[str]:
    while introduced := labels.opening(text):
        text = introduced.rest
    text = NICKNAME.sub(r"\1 ", _without_role(text), count=1)
    if sign := _SECTION_SIGN.search(text):
        text = _behind_section(text, text[: sign.start()], text[sign.end() :])
    names: list[str] = []
    for part in cut_parts(text):
        name = _undated(part.strip(_EDGES))
        name = name if names else _before_role(name)
        capitals = name.title() if stated else name
        if name in names or not _is_name(capitals) or labels.is_city(name):
            continue
        if stated and name[0].islower() and not name.islower() and _begins_small(name):
            continue
        if not names or not (_is_role(name, names[0]) or _is_place_behind(name, names)):
            names.append(name)
    return names


def _behind_section(text: str, section: str, rest: str) -> str:
    """Return "Ann Lee" of "Politics · Ann Lee" and of "London - Ann Lee"."""
    is_section = all(map(is_in_no_name, WORD.findall(section))) and is_full_name(rest)
    return rest if is_section or labels.is_city(section) else text


def cut_parts(text: str) -> list[str]:
    """Return the parts of a list of names, each without what follows it; most texts are one."""
    if not PARTING_SIGN.search(text) and not any(map(parts_names, WORD.findall(text))):
        return [text]
    return [CUT.sub("", part) for part in SPLIT.split(text) if not PICTURED.search(part)]


def _is_place_behind(text: str, names: list[str]) -> bool:
    """Tell whether a text of one word stands behind full names: "By Ann Lee, Hamburg"."""
    return " " not in text and all(" " in name for name in names)


def _is_role(text: str, name: str) -> bool:
    """Tell whether a text behind a name is a role, a title, an agency or "Pictures by Bo Ek"."""
    if CREDENTIAL.fullmatch(text) or ROLE.search(text) or labels.agency(text):
        return True
    if not TEXT_WORDS.isdisjoint(text.lower().split()):
        return True
    return text.islower() and not name.islower()


def _without_role(text: str) -> str:
    """Return what follows «Του» and the like before a full name, or a role in small letters.

    Such a word opens sentences, too, or is a surname: «Haber».
    """
    doubtful = labels.opening(text, is_byline=True)
    if doubtful and len(doubtful.head) > 2 and is_full_name(doubtful.rest):
        return doubtful.rest
    words = text.split()
    small = len(list(takewhile(_may_be_role, words)))
    if not small:
        return text
    if len(words) > small + 2 and labels.is_city(words[small]):
        small += 1  # «notre correspondant à Berlin Anne Roux»
    rest = " ".join(words[small:])
    has_role = ROLE.search(" ".join(words[:small])) is not None
    return rest if has_role and " " in rest and _is_name(rest) else text


def _may_be_role(word: str) -> bool:
    """Tell whether a word has small letters or is a role, as nouns of German are: "Reporterin"."""
    return word.islower() or ROLE.fullmatch(word) is not None


def _before_role(text: str) -> str:
    """Return "Ann Lee" of "Ann Lee Editor"."""
    words = text.split()
    if len(words) < 3 or not ROLE.fullmatch(words[2]):
        return text
    name = " ".join(words[:2])
    return name if is_full_name(name) and is_person(name, ()) else text


def _undated(text: str) -> str:
    """Return a name without the words of a date behind it."""
    words = text.split()
    while len(words) > 1 and (is_date_word(words[-1]) or words[-1] in BEHIND_NAMES):
        if len(words) == 2 and words[-1] in NAMES_OF_MONTHS:
            break
        words.pop()
    return " ".join(words)


def _is_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's or an organisation's name."""
    if not NAME.fullmatch(text) or NO_NAME.search(text):
        return False
    words = text.split()
    last = words[-1]
    if last[0].islower() or last.lower() in ADMINS:
        return False
    if labels.label(text) not in (None, "agency"):
        return False
    if len(words) > 1 and text[0].islower() and _begins_small(text):
        return False
    if not TEXT_WORDS.isdisjoint(words) or all(map(is_date_word, words)):
        return False
    key = title_key(text)
    if key.removeprefix("the ") in NOBODY:
        return False
    first_letters = [word[0] for word in words if word[0].isalpha()]
    small = sum(map(str.islower, first_letters))
    return small <= len(first_letters) / 2


def _begins_small(text: str) -> bool:
    """Tell whether the small word that a text begins with is none of those of surnames."""
    word, _, _ = text.partition(" ")
    return word.rstrip("'’") not in PARTICLES


def is_picture_text(box: Box) -> bool:
    """Tell whether a box is a picture's, or called a caption or a credit."""
    around = box.parent or box
    if "fig" in box.name or "fig" in around.name:
        return True
    return class_names.PICTURE_TEXT.search(box.sign.lower()) is not None


def is_person(
    name: str,
    site: Collection[str],
) -> bool:
    """Tell whether a name is a person's.

    It is not where it is the site's (`site`, keys), a desk's, an agency's, a role or a mere user
    name.
    """
    joined = title_key(name).replace(" ", "")
    own = [one.replace(" ", "") for one in site]
    if joined in own or any(map(is_in_no_name, WORD.findall(name))):
        return False
    if not name.isascii():
        return labels.is_person(name)
    return " " in name or (name.istitle() and "." not in name)


def is_full_name(name: str) -> bool:
    """Tell whether a name has two to four words, none of which begins with a small letter.

    Of East Asian letters it has two to eight.
    """
    if labels.has_east_asian(name):
        return 2 <= len(name) <= 9
    words = name.split()
    if len(words) < 2 or len([word for word in words if word not in PARTS_OF_NAMES]) > 4:
        return False
    return not any(word[0].islower() for word in words)


def introduced_names(text: str) -> list[str] | None:
    """Return the names of a line that introduces a writer; empty where they are to follow.

    None of any other line.
    """
    found = labels.opening(text)
    is_east_asian = labels.has_east_asian(text)
    if found is None and text[:1].isalpha() and not is_east_asian:
        return None  # as it stands, it is no byline either
    if found and not found.rest:
        return []
    if found and _has_capitals(text):
        return _latin_names(text, found.rest) or None
    names = labels.byline(text) if len(text) <= LONGEST_BYLINE else None
    if names is None:
        return None
    if not names:  # an agency, a desk or the paper itself
        names = (CUT.sub("", found.rest if found else ""),)
    given = [name for name in map(_undated, names) if _is_name(name)]
    return [name for name in given if " " in name] or given or None


def _latin_names(text: str, rest: str) -> list[str]:
    """Return the names of a line whose `rest` follows "by" and the like."""
    # A single word may be a user's name.
    is_capital = rest[0].isupper()
    is_name = len(text) < 50 and (is_capital or " " not in rest)
    return split_names(rest, stated=is_name)


# ---- elements of authors


def is_called_author(node: LexborNode | None) -> bool:
    """Tell whether class, rel, itemprop or id call an element, or one just around, an author's."""
    levels: list[str] = []
    while node is not None and len(levels) < _LEVELS:
        tag = node.tag
        if tag in ("body", "article", "main"):
            break
        if tag in ("figure", "figcaption"):  # the name is whoever took the picture
            return False
        get = node.attributes.get
        levels.append(f"{get('class')} {get('rel')} {get('itemprop')} {get('id')}".lower())
        node = node.parent
    whole = " ".join(levels)
    if not class_names.CALLED_AUTHOR.search(whole) or class_names.OTHERS_AUTHOR.search(whole):
        return False
    for words in levels:
        if class_names.NO_AUTHOR.search(words) and not class_names.SURE_AUTHOR.search(words):
            return False
        if class_names.CALLED_AUTHOR.search(words):
            return True
    return False


def _surely_named(pieces: list[Piece]) -> list[str]:
    """Return the names in the inline elements of a line that are surely an author's.

    By `rel` or `itemprop`, or as the microformats hAtom and hCard mark them. Around them stand
    dates, sections and counts of comments. A link to a network may say whose it is again.
    """
    names: list[str] = []
    for node in inline_elements(pieces):
        get = node.attributes.get
        marks = {*(get("rel") or "").split(), *(get("itemprop") or "").split()}
        classes = (get("class") or "").split()
        is_card = "fn" in classes or {"author", "vcard"}.issubset(classes)
        if "author" in marks or (is_card and "org" not in classes):
            text = one_line(node.text(separator=" "))
            names += split_names(text[:LONGEST_BYLINE], stated=True)
    return _told_once(names)


def _told_once(names: list[str]) -> list[str]:
    """Return names without those that begin with another one: "Ann Lee Twitter"."""
    longer = tuple([f"{name} " for name in names])
    return [name for name in dict.fromkeys(names) if not name.startswith(longer)]


def _is_marked(line: Line) -> bool:
    """Tell whether a line's element or link is an author's."""
    box: Box | None = line.box
    for _ in range(_LEVELS):
        if box is None:
            break
        may_be_author = box.flags & class_names.AUTHOR or "kat" in box.sign
        if may_be_author:  # a quick look, before the close one
            if is_called_author(line.box.node):
                return True
            break
        box = box.parent
    return any(map(AUTHOR_LINK.search, line.links))


# ---- lines at the headline


def byline_below(
    head: Head,
    below: int,
    stated: Collection[str],
) -> Iterator[AuthorClaim]:
    """Give the byline right below the headline, if it has none of the stated names.

    Who posts is not always who wrote. `below` is the index of the first block below the headline.
    """
    if below < 0:
        return
    for block in head.page.blocks[below : below + 2]:
        if block.chars > LONGEST_BYLINE:
            continue
        text = spaced_text(block.pieces)
        parts = [part.strip() for part, _ in block.pieces]
        names = (_names_in_parts(parts) if len(parts) > 1 else []) or introduced_names(text)
        if names and not is_picture_text(block.box):
            full = filter(is_full_name, names)
            persons = [name for name in full if is_person(name, head.names)]
            is_stated = any(name in text for name in stated)
            if len(persons) == len(names) and not is_stated:
                yield AuthorClaim("byline", names, [block.box.node])
            return


def bylines_around(lines: HeadlineLines) -> Iterator[AuthorClaim]:
    """Give the bylines in the lines around the headline, the surest first.

    Lines that introduce a name come before those marked as an author's by class or link.
    """
    around = lines.around
    above = sum([line.place < 0 for line in around])
    nearest = [*range(above, len(around)), *reversed(range(above))]
    for find in (_introduced_author, _marked_author):
        for i in nearest:
            claim = find(around, i)
            if claim is None or not claim.names:
                continue
            if around[i].place < _NEAR or not _is_below_another(around, i):
                yield claim


def _is_below_another(lines: list[Line], i: int) -> bool:
    """Tell whether a heading stands between text below the headline and a line.

    The byline may then be that of the next story.
    """
    has_text = False
    for line in lines[:i]:
        if has_text and line.box.name in HEADINGS:
            return True
        has_text |= line.place > 0 and line.box.blocks == 1 and line.box.good > 0
    return False


def _introduced_author(
    lines: list[Line],
    i: int,
) -> AuthorClaim | None:
    """Return the names after `By` and its kin, in the same line or alone in the next."""
    line = lines[i]
    if not -6 <= line.place <= 12:
        return None
    if not 2 <= len(line.text) <= LONGEST_LINE:
        return None
    parted = _names_in_parts(line.parts) if len(line.pieces) > 1 else []
    names = parted or introduced_names(line.text)
    if names is None and HAS_DATE.search(line.text):
        names = _names_behind_date(line.text)
    if names is None or is_picture_text(line.box):
        return None
    names = _with_marked(names, line.pieces)
    if not names:
        return _author_after(lines, i)
    return AuthorClaim("byline", names, [line.box.node])


def _with_marked(names: list[str], pieces: list[Piece]) -> list[str]:
    """Return the names of a line, of words only those that are marked, which may be all it has."""
    marked = _surely_named(pieces)
    if not marked:
        return names
    return [name for name in names if name in marked or is_full_name(name)] or marked


def _names_in_parts(parts: list[str]) -> list[str]:
    """Return the names that a part of a line introduces, where no other part goes on with them.

    Dates, counts and labels of other things may stand beside it, with nothing but style between.
    """
    for at, part in enumerate(parts[:_MOST_PARTS]):
        after = "".join(parts[at + 1 : at + 2])
        if not _introduces(part, is_first=at == 0) or _JOINED.search(f"{part}\n{after}"):
            continue
        names = introduced_names(part)
        if names == [] and at:
            names = split_names(after, stated=" " in after)
        if names:
            return names
    return []


def _introduces(part: str, *, is_first: bool) -> bool:
    """Tell whether a part of a line begins with "by" and its like, and not in mid-sentence."""
    found = labels.opening(part)
    return found is not None and (is_first or found.is_separated or not part.isascii())


def _names_behind_date(text: str) -> list[str] | None:
    """Return the names that a line introduces behind its date; None where it introduces none.

    «22 جويلية 2025 | بقلم: أنيس علي», «Publié le 3 mai 2025 par Anne Roux».
    """
    _, *parts = _LINE_PARTS.split(text)
    introduced = next(filter(None, map(introduced_names, parts)), None)
    if introduced:
        return introduced
    found = _BEHIND_DATE.match(text)
    is_behind = found is not None and HAS_DATE.search(found["dated"])
    return split_names(found["who"]) if found and is_behind else None


def _author_after(
    lines: list[Line],
    i: int,
) -> AuthorClaim:
    """Return the names in the lines that follow one that introduces a writer."""
    following = lines[i + 1 : i + 4]
    after = [line for line in following if _LETTER.search(line.text)]
    first = after[0] if after else lines[i]
    line = next(filter(_is_marked, after), first)
    text = line.text if len(line.text) <= 80 else ""
    names = split_names(text, stated=" " in text)
    return AuthorClaim("byline", names, [line.box.node])


def _marked_author(
    lines: list[Line],
    i: int,
) -> AuthorClaim | None:
    """Return the names in a line whose element or link is an author's."""
    line = lines[i]
    if not -4 <= line.place <= 14:
        return None
    if not 2 <= len(line.text) <= LONGEST_BYLINE or line.box.above & class_names.NAV:
        return None
    if not _is_marked(line):
        return None
    with_label = lines[max(0, i - 1) : i + 1]
    if any(_REVIEWED.match(one.text) for one in with_label):
        return None
    is_plain = len(line.pieces) == 1 and line.pieces[0][1] is None
    sure = [] if is_plain else _surely_named(line.pieces)
    names = split_names(line.text) if is_plain else sure or _names_in_marked(line)
    if sure or (names and line.box.name == "li"):
        names = [*names, *_names_listed_below(lines, i, tuple(sure))]
    return AuthorClaim("byline", names, [line.box.node]) if names else None


def _names_in_marked(line: Line) -> list[str]:
    """Return the first names in a line that is an author's, and those joined to them.

    By a comma, an "and" or a link.
    """
    names: list[str] = []
    before = ""
    for text in takewhile(lambda part: not _REVIEWED.match(part), line.parts):
        if text.endswith(":"):
            continue  # a label
        new = split_names(text)
        is_joined = _JOINED.search(f"{before}\n{text}") or len(line.links) > len(names)
        if not names or (is_joined and all(map(is_full_name, new))):
            names += [name for name in new if not names or is_person(name, ())]
        before = text
    return names


def _names_listed_below(
    lines: list[Line],
    i: int,
    sure: tuple[str, ...],
) -> list[str]:
    """Return the persons in the items of a list of authors that follow its first.

    Or in elements beside its own, where all are as surely an author's as the `sure` names.
    """
    items = lines[i].box.parent
    is_list = lines[i].box.name == "li"
    listed = takewhile(lambda line: line.box.parent is items, lines[i + 1 :])
    short = [line for line in listed if len(line.text) <= LONGEST_BYLINE]
    names: list[str] = []
    for line in short:
        names += split_names(line.text) if is_list else _surely_named(line.pieces)
    others = [name for name in names if not name.startswith(sure)]
    return [name for name in others if is_full_name(name) and is_person(name, ())]
