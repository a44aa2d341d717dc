"""What the form of a URL says: whether it looks like a story's, and which URLs of a page are made
after one pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from feedmaker.text.months import ENGLISH_MONTHS

# Path segments that name other things than stories, in the languages of the sites we read.
_NEVER_WORDS = """
    about about-us account ads advertise advertising author authors auteur auteurs autor autoren
    autore autores bio blogger bloggers categorie categories category columnist columnists contact
    contactus contact-us cookie cookies copyright donate epaper e-paper faq feed feeds fixtures
    forgetpassword hashtag horoscope join keyword keywords label livescore login logout match
    matches member members newsletter newsletters passwordreset poll polls print privacy
    privacy-policy profile profiles register registration rss schedule scores search section
    sections share signin sign-in signup sign-up sitemap standings subscribe subscription
    subscriptions survey tag tags terms terms-of-service trend trending user users wp-admin wp-json
    wp-login writer writers xmlrpc وسم وسوم الوسوم كاتب الكاتب الكتاب قسم اقسام أقسام الأقسام تصنيف
    تصنيفات بحث اتصل-بنا من-نحن سياسة-الخصوصية برچسب نویسنده جستجو درباره-ما تماس-با-ما תגית תגיות
    כותב מחבר חיפוש צור-קשר
    """
_NEVER = frozenset(_NEVER_WORDS.split())
# Segments that name a list or a page of its own, unless the rest of the URL is plainly a story's.
_SELDOM_WORDS = """
    archive archives cart channel event events help issue jobs live livestream live-stream page
    pages people person play podcast podcasts popular product products services shop store team term
    topic topics tv weather كتاب موضوع
    """
_SELDOM = frozenset(_SELDOM_WORDS.split())
# Segments of pages that show videos or pictures: stories where they stand among stories, else none.
_MEDIA_WORDS = """
    video videos videogallery gallery galleries photogallery pictures slideshow slideshows photo
    photos infographic infographics فيديو فيديوهات الفيديو معرض-الصور ألبوم ألبومات صور ویدیو عکس
    וידאו
    """
_MEDIA = frozenset(_MEDIA_WORDS.split())
_OTHER_QUERY = frozenset(
    {
        "s",
        "q",
        "query",
        "search",
        "tag",
        "author",
        "cat",
        "category",
        "page",
        "paged",
        "galleryid",
        "replytocom",
    }
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|pdf|zip|rar|7z|mp[34]|m4[av]|webm|avi|mov|apk|exe|docx?|xlsx?|pptx?|ttf|otf|xml"
    r"|rss|json|css|js|ics)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm|cms|do)$", re.IGNORECASE)
# Hosts that are networks or shops, whatever page links to them.
_NETWORKS = re.compile(
    r"(?:^|\.)(?:facebook|fb|twitter|x|instagram|youtube|youtu|tiktok|linkedin|pinterest|snapchat|whatsapp|wa|telegram|t|threads"
    r"|reddit|tumblr|flickr|vk|soundcloud|spotify|(?:plus|play|news|maps|docs|drive|accounts|podcasts)\.google|goo|itunes\.apple|apps\.apple"
    r"|podcasts\.apple|nabd|doubleclick|googlesyndication|googleadservices|taboola|outbrain|addtoany|sharethis|feedburner|disqus|paypal|patreon|appgallery\.huawei)"
    r"\.(?:com|net|org|me|be|gl|co|ly|cloud|google)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d|1[34]\d\d")
_INDEX = re.compile(r"(?:index|default|home)(?:\.\w{2,5})?", re.IGNORECASE)
_MONTH = "|".join(name[:3] for name in ENGLISH_MONTHS)
_DATE = re.compile(
    rf"(?:^|[/_-])(?:19|20)\d\d[/_-](?:{_MONTH})[a-z]*[/_-]|"
    r"(?:^|[/_-])(?:19|20|13|14)\d\d[/_-](?:0?[1-9]|1[0-2])(?:[/_-](?:0?[1-9]|[12]\d|3[01]))?(?:[/_-]|$)"
    r"|(?:^|[/_-])(?:0?[1-9]|[12]\d|3[01])[/_-](?:0?[1-9]|1[0-2]|[a-z]{3,9})[/_-](?:19|20)\d\d(?:[/_-]|$)"
    r"|(?:^|\D)20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    re.IGNORECASE,
)
_WORD_BREAK = re.compile(r"[-_+\s.,~:;!|–—]+")
_DIGITS = re.compile(r"\d+")
_KEPT = 8192  # answers: more than a page has links that are looked at, or none would be met again
# Tokens of hexadecimal or mixed ids: `c4gd2x7k9e0o`, a UUID.
_MIXED = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}", re.IGNORECASE)


def _segments(path: str) -> list[str]:
    return [s for s in unquote(path, errors="replace").split("/") if s]


def slug_words(segment: str) -> list[str]:
    """The words of a path segment: parts with a letter in them, ids and file endings apart."""
    return [
        w
        for w in _WORD_BREAK.split(_PAGE.sub("", segment))
        if w and not w.isdigit() and not _MIXED.fullmatch(w)
    ]


@lru_cache(maxsize=_KEPT)
def shape(url: str) -> float:
    """How much a canonical URL looks like a story's: from -3 (certainly none) to 1.5.

    Dates, long numbers and slugs of several words speak for a story; the site's root, files,
    networks, and paths named after tags, authors, searches, videos and the like against it.
    """
    parts = urlsplit(url)
    segments = _segments(parts.path)
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    query = parse_qsl(parts.query, keep_blank_values=False)
    if _NETWORKS.search(parts.netloc) or (not segments and not query) or _FILES.search(parts.path):
        return -3.0
    names = {s.casefold() for s in segments[:-1]} | {
        _PAGE.sub("", s.casefold()) for s in segments[-1:]
    }
    if names & _NEVER:
        return -2.0
    score = _evidence(parts.path, segments, [v for _, v in query])
    if names & _SELDOM or names & _MEDIA:
        score = score - 0.9 if score >= 0.9 else -2.0
    elif score <= 0:
        score = -0.5 - (0.3 if len(segments) <= 1 else 0.0)
    if any(k.casefold() in _OTHER_QUERY for k, _ in query):
        score -= 0.8
    return min(score, 1.5)


@lru_cache(maxsize=_KEPT)
def is_media(url: str) -> bool:
    """Whether the path of a canonical URL says that the page shows a video or pictures."""
    return any(_PAGE.sub("", s.casefold()) in _MEDIA for s in _segments(urlsplit(url).path))


def _evidence(path: str, segments: list[str], values: list[str]) -> float:
    """What in a URL speaks for a story: a date, a long number or mixed id, a slug; 0 where nothing
    does.
    """
    score = 0.0
    if _DATE.search(path):
        score += 1.0
    elif any(_YEAR.fullmatch(s) for s in segments[:-1]):
        score += 0.6
    values = [*segments, *values]
    longest = max((len(d) for v in values for d in _DIGITS.findall(v)), default=0)
    score += {3: 0.2, 4: 0.6}.get(longest, 0.9 if longest > 4 else 0.0)
    if longest < 4 and any(_MIXED.search(v) for v in values):
        score += 0.5
    words = max((len(slug_words(s)) for s in segments[-2:]), default=0)
    return score + (0.9 if words >= 4 else 0.4 if words == 3 else 0.0)


def _pattern(value: str) -> str:
    """A segment with what changes from story to story replaced: S for a slug, N for a number, X for
    a mixed id.
    """
    if len(slug_words(value)) >= 3:
        return "N-S" if value[:1].isdigit() else "S"
    if _MIXED.fullmatch(_PAGE.sub("", value)):
        return "X"
    return _DIGITS.sub("N", value.casefold())


@lru_cache(maxsize=_KEPT)
def template(url: str) -> tuple[str, str]:
    """The pattern a canonical URL is made after, narrow and wide: its ids, dates and slugs
    replaced.

    In the wide one the plain words of directories are one too, so that `/sport/123` and `/arts/123`
    are of one pattern; where the last segment is a plain word (W), the first directory is what the
    URLs have in common.
    """
    parts = urlsplit(url)
    plain = _segments(parts.path)
    segments = [_pattern(s) for s in plain]
    dirs, last = segments[:-1], segments[-1] if segments else ""
    wide = ["w" if s.isalpha() else s for s in dirs]
    if plain and not parts.query and last == plain[-1].casefold():
        last = "W"
        wide[:1] = dirs[:1]
    query = "&".join(
        sorted(
            f"{k}={_pattern(v) if any(c.isdigit() for c in v) else 'w'}"
            for k, v in parse_qsl(parts.query)
        )
    )
    host = parts.netloc.removeprefix("www.")
    return f"{host}/{'/'.join([*dirs, last])}?{query}", f"{host}/*{'/'.join([*wide, last])}?{query}"


def number(url: str) -> str:
    """The longest number in a URL that may be a story's id (five digits or more), or ''."""
    parts = urlsplit(url)
    found = _DIGITS.findall(unquote(parts.path, errors="replace") + "?" + parts.query)
    best = max(found, key=len, default="")
    return best if len(best) >= 5 else ""


@lru_cache(maxsize=_KEPT)
def tail(url: str) -> str:
    """What ends a story's URL and stays when its site moves: its longest number and the words of
    its slug; ''.
    """
    parts = urlsplit(url)
    segments = _segments(parts.path)
    last = segments[-1] if segments else ""
    words = slug_words(last)
    slug = "-".join(words).casefold() if len(words) >= 3 else ""
    found = number(url)
    return f"{found} {slug}".strip() if slug or found else ""
