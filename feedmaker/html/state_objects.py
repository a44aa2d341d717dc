"""What the objects in a site's own data say: the headline, address, date, picture and text of each.

Names of keys differ from system to system, their words hardly. A key is compared in lower case,
without `_`, `-` and `@`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Object = dict[str, Any]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HEADLINES: Final = _words(
    "headline title posttitle articletitle newstitle storytitle titlear headlines heading "
    "name longtitle shorttitle subject caption"
)
ADDRESSES: Final = _words(
    "url link href permalink canonicalurl articleurl fullurl weburl websiteurl shareurl "
    "pageurl newsurl storyurl detailsurl detailurl absoluteurl relativeurl path pathname "
    "uri seourl urlpath fullpath route loc mainentityofpage id"
)
SLUGS: Final = _words(
    "slug alias urlname seoname postname seoslug urlslug slugurl urlkey handle permalinkslug"
)
NUMBERS: Final = _words("id articleid newsid postid storyid nid contentid itemid code uuid")
DATES: Final = _words(
    "publishedat datepublished publishdate publisheddate publicationdate firstpublishdate "
    "displaydate publishedtime publishtime publishedon publishat pubdate dategmt "
    "datepublish postdate newsdate articledate date createdat datecreated created "
    "createdon createddate timestamp time updatedat"
)
PICTURES: Final = _words(
    "image featuredimage mainimage leadimage coverimage heroimage imageurl imagesrc "
    "picture photo thumbnail thumbnailurl thumb cover poster img media promoitems images "
    "featuredmedia"
)
AUTHORS: Final = _words("author authors byline writer creator authorname credits")
EXCERPTS: Final = _words(
    "excerpt description summary lead intro standfirst subtitle deck brief teaser"
)
BODIES: Final = _words(
    "articlebody body content bodyhtml htmlbody contenthtml htmlcontent fulltext "
    "fullcontent articlecontent newscontent postcontent storybody newsbody articletext "
    "details maintext contentelements blocks paragraphs richtext html text story "
    "elements contents widgets components bodycomponents bodyelements bodytext editorblocks "
    "contentblocks bodyblocks articleblocks description"
)
_INSIDE_TEXT: Final = _words(
    "rendered processed basic html value default ar text url src href sourceurl "
    "originalurl path name label absolute full large original contenturl guid"
)
_KEY_SIGNS: Final = str.maketrans("", "", "_-@$ ")
_MARKUP: Final = re.compile(r"<[^<>]{1,300}>")
_LONGEST_TEXT: Final = 4_000  # characters of a headline, an address or a date
_EARLIEST: Final = 1e8  # seconds since 1970 that are a date of 1973 or later
_LATEST: Final = 1e13  # milliseconds
_DEEP: Final = 4  # objects within each other, from a key to its text
_HARDLY: Final = 10  # values of a list that are looked at for a text

# Keys that say that a text is not for all readers where they are true, or where they are false.
_PAID: Final = re.compile(
    r"(?:is|has)?(?:premium|paid|paywall(?:ed)?|locked|subscribers?only|membersonly"
    r"|subscriptionrequired|requires?subscription|protected|restricted)(?:content|article)?"
)
_FREE: Final = frozenset(("isaccessibleforfree", "isfree", "free"))
_YES: Final = frozenset(("true", "1", "yes", "premium", "paid", "locked", "subscribers"))
_NO: Final = frozenset(("false", "0", "no"))


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """A key as its words are compared."""
    return key[:_LONGEST_TEXT].translate(_KEY_SIGNS).lower()


def by_plain_key(node: Object) -> Object:
    """The values of an object by their plain keys; of two with one the first."""
    found: Object = {}
    for key, value in node.items():
        if value not in (None, "", [], {}):
            found.setdefault(plain_key(str(key)), value)
    return found


def word(value: Any) -> str:
    """Return a string or number as text; "" for anything else, which may be nested without end."""
    return str(value) if isinstance(value, (str, int, float)) else ""


def inner_text(value: Any, *, deep: int = _DEEP) -> str:
    """The text that a value is, or that stands in it where texts do: `{"rendered": "..."}`."""
    if isinstance(value, str):
        return value.strip() if len(value) <= _LONGEST_TEXT else ""
    if deep == 0:
        return ""
    if isinstance(value, list):
        texts = (inner_text(one, deep=deep - 1) for one in value[:_HARDLY])
        return next(filter(None, texts), "")
    if isinstance(value, dict):
        inside = by_plain_key(value)
        texts = (inner_text(inside.get(name), deep=deep - 1) for name in _INSIDE_TEXT)
        return next(filter(None, texts), "")
    return ""


def first_text(values: Object, names: tuple[str, ...]) -> str:
    """The first text under one of these plain keys; "" where there is none."""
    for name in names:
        value = values.get(name)
        if value is not None and (text := inner_text(value)):
            return text
    return ""


def without_markup(text: str) -> str:
    """A text without the markup in it, on one line."""
    return " ".join(unescape(_MARKUP.sub(" ", text)).split())


def headline_of(values: Object) -> str:
    """The headline of an object, given by its plain keys, without markup."""
    return without_markup(first_text(values, HEADLINES))


def address_of(values: Object) -> str:
    """The address that an object states, from a site's root or with its host; "" for none."""
    for name in ADDRESSES:
        value = values.get(name)
        if isinstance(value, dict) and "@id" in value:  # a reference of JSON-LD
            value = value["@id"]
        text = inner_text(value)
        if text.startswith(("http://", "https://", "/")) or ("/" in text and _is_path(name, text)):
            return text
    return ""


def _is_path(name: str, text: str) -> bool:
    """Whether a text without a leading slash is the path of a page: `news/1234`."""
    return name != "id" and " " not in text and ":" not in text and "<" not in text


def slug_of(values: Object) -> str:
    """The words that stand for an object in its address; "" for none."""
    text = first_text(values, SLUGS).strip("/")
    return "" if " " in text or "<" in text else text


def number_of(values: Object) -> str:
    """The number or code that stands for an object in its address; "" for none."""
    for name in NUMBERS:
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value and "/" not in value and " " not in value:
            return value
    return ""


def date_of(values: Object) -> str:
    """The date that an object states, as it is written: a text, or seconds or milliseconds."""
    for name in DATES:
        value = values.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if _EARLIEST < value < _LATEST:
                return str(int(value))
            continue
        text = inner_text(value if not isinstance(value, dict) else list(value.values()))
        if text and any(map(str.isdigit, text)):
            return _in_utc(text) if name.endswith("gmt") else text
    return ""


def _in_utc(text: str) -> str:
    """A date that is in UTC by the name of its key, with the sign of it."""
    return f"{text}Z" if "T" in text and text[-1] != "Z" else text


def picture_of(values: Object) -> str:
    """The address of an object's picture; "" for none."""
    for name in PICTURES:
        text = inner_text(values.get(name))
        if "/" in text and "<" not in text and " " not in text.strip():
            return text
    return ""


def authors_of(values: Object) -> list[str]:
    """The names of an object's authors."""
    for name in AUTHORS:
        value = values.get(name)
        ones = value if isinstance(value, list) else [value]
        names = [inner_text(one) for one in ones[:_HARDLY]]
        found = [one for one in names if one and "/" not in one]
        if found:
            return found
    return []


def is_paid(values: Object) -> bool:
    """Whether an object says that its text is not for all readers."""
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, (str, int)) else ""
        if text in _YES and _PAID.fullmatch(name):
            return True
        if name in _FREE and text in _NO:
            return True
        if name in ("access", "accesslevel", "accesstype", "contenttier") and text in _YES:
            return True
    return False


def objects_below(value: Any, most: int) -> Iterator[Object]:
    """Give the objects in a value in their order, each once, up to a number of values."""
    stack: list[Any] = [value]
    seen: set[int] = set()
    for _ in range(most):
        if not stack:
            return
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            yield node
            inner = list(node.values())
        else:
            inner = node
        stack += [one for one in reversed(inner) if isinstance(one, (dict, list))]
