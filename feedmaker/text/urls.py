"""URLs: joined to their page, and in the canonical form that is a link's identity."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that say where a click came from and never which page it leads to.
_TRACKING: Final = re.compile(
    r"(?:utm|mtm|pk|hsa|ga)_\w+|at_(?:medium|campaign|link_\w+)"
    r"|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid"
    r"|igshid|igsh|mc_[ce]id|_ga|_gl|wt_mc|ncid|cmpid|ocid|ref_src|ref_url|xtor|wtrid|spm",
    re.IGNORECASE,
)
# Parameters of one visit: sessions by names that mean nothing else, or by values that look like
# one, and times or random numbers that are to get past a cache.
_VISIT: Final = re.compile(
    r"(?<![^&])(?:"
    r"(?:jsessionid|phpsess(?:ion)?id|aspsessionid\w*|asp\.net_sessionid|oscsid|zenid|cfid|cftoken"
    r"|no_?cache|cache_?bust(?:er)?)=[^&]*"
    r"|(?:s|sid|sess|sessid|session|session_?id)=(?=[a-z-]*\d)(?=[\d-]*[a-z])[\da-z-]{12,64}"
    r"|(?:_|t|ts|time|timestamp|cb|cache|r|rnd|rand|random)="
    r"(?:1\d{9,18}|0\.\d{8,20})"
    r")(?![^&])",
    re.IGNORECASE,
)
# As servers of Java and PHP write it, and those of ASP.NET: `/(S(lit3py55t21z5v55vlm25s55))/`.
_PATH_SESSION: Final = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[asfx]\([\w.~-]{1,500}\)){1,4}\)(?=/)",
    re.IGNORECASE,
)
# Characters of a URL that others are joined to. To join takes as long as it has segments: a page
# with a base of 60,000 characters and 3,000 links took half a minute.
_LONGEST_BASE: Final = 3000
_DEFAULT_PORT: Final = {"http": 80, "https": 443}
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
# Spaces and invisible marks that copying leaves at the ends of a URL. Inside one they are letters:
# Persian slugs have non-joiners.
_AT_ENDS: Final = (
    " \xa0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\ufeff"
)
# The address of a page that a script shows (Google, "Making AJAX applications crawlable").
_HASHBANG: Final = re.compile(r"!/?\w+/\w")
_BEFORE_QUERY: Final = re.compile("[^?#]*")
_HOST: Final = re.compile(
    r"[^\s<>\"^`{|}\\%\[\]]+"
)  # without what is forbidden in one (WHATWG URL)
_HOST_LABEL: Final = r"[a-z\d](?:[a-z\d-]*[a-z\d])?"
_PLAIN_SITE: Final = rf"https?://{_HOST_LABEL}(?:\.{_HOST_LABEL})+"
_PLAIN_QUERY: Final = r"(?:\?[\w.~%!$&'()*+,=:@/-]++)?+"
# An absolute URL without anything to correct, as most are: no need to take it apart.
_PLAIN: Final = re.compile(rf"{_PLAIN_SITE}/[\w.~%!$&'()*+,=:@/-]*+{_PLAIN_QUERY}", re.ASCII)
# A path from the root of its site that needs no more than the site before it: no `.` or `..` among
# its segments.
_PLAIN_SEGMENT: Final = r"[\w~%!$&'()*+,=:@-][\w.~%!$&'()*+,=:@-]*+"
_PLAIN_PATH: Final = re.compile(
    rf"/(?:{_PLAIN_SEGMENT}/)*+(?:{_PLAIN_SEGMENT})?+{_PLAIN_QUERY}",
    re.ASCII,
)
# A URL in its canonical form for certain, but for parameters of its query that are dropped; and a
# path that is so once its letters are percent-encoded.
_CANONICAL_PATH: Final = r"/(?:[\w~!$&')*+,=:@/-]++|%[0-9A-F]{2}|(?<!/)[.(])*+"
_PLAIN_PATH_ONLY: Final = re.compile(f"(?!//){_CANONICAL_PATH}", re.ASCII)
_LETTERED_PATH: Final = re.compile(_PLAIN_PATH_ONLY.pattern.replace("A-F", "A-Fa-f"))
_ESCAPES: Final = re.compile("(?:%[0-9A-Fa-f]{2})++")
# Characters of a path and of a query, so that they are no URL beyond the limit.
_LONGEST_PLAIN: Final = 3000
_LONGEST_PLAIN_QUERY: Final = 500
_CANONICAL_QUERY: Final = r"(?:[\w.~!$&'()*+,=:@/?-]++|%[0-9A-F]{2})++"
_PLAIN_QUERY_ONLY: Final = re.compile(_CANONICAL_QUERY, re.ASCII)
_CANONICAL: Final = re.compile(
    rf"{_PLAIN_SITE}{_CANONICAL_PATH}(?:\?({_CANONICAL_QUERY}))?+",
    re.ASCII,
)
# Characters; an Arabic slug, percent-encoded, takes six of them a letter.
LONGEST: Final = 4000
# Characters of an address as a page has it, with what tracks its readers.
_LONGEST_READ: Final = 4 * LONGEST
_UNRESERVED: Final = re.compile("[A-Za-z0-9/_.~-]*")
_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})?")
# Encoded characters beyond ASCII, as UTF-8; Persian words have joiners within.
_ENCODED: Final = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])++")
_JOINERS: Final = "\u200c\u200d"
# What stays as it is in a path: RFC 3986 `pchar`, `/`, and the sign of an existing escape.
_PATH_SAFE: Final = "/:@!$&'()*+,;=-._~%"
_QUERY_SAFE: Final = _PATH_SAFE + "?"


def absolute(url: str, base: str = "") -> str | None:
    """Return the http(s) URL that `url` means on the page `base`; None for `mailto:`, nonsense.

    None too where it is far too long to be one: more than 16,000 characters. Control characters,
    and spaces and direction marks around it, which pages leave in attributes, are dropped;
    backslashes before a query are slashes (WHATWG URL).
    """
    if len(url) > _LONGEST_READ:
        return None
    if _PLAIN.fullmatch(url):
        return url
    if _PLAIN_PATH.fullmatch(url) and (site := _plain_site(base)):
        return site + url
    return _join(_CONTROLS.sub("", url).strip(_AT_ENDS), base)


def _join(url: str, base: str) -> str | None:
    """Return the http(s) URL that a URL without what browsers drop means on a page."""
    if "\\" in url:
        path = _BEFORE_QUERY.match(url)
        url = url.replace("\\", "/", path[0].count("\\") if path else 0)
    try:
        joined = urljoin(base if len(base) <= _LONGEST_BASE else "", url)
        parts = urlsplit(joined)
        is_web = parts.scheme in _DEFAULT_PORT and parts.port != 0
    except ValueError:
        return None
    is_address = url and is_web and _HOST.fullmatch(parts.hostname or "")
    return joined if is_address else None


@lru_cache(maxsize=64)
def _plain_site(base: str) -> str:
    """Return what stands before the path of a plain URL; an empty text for any other."""
    return "/".join(base.split("/")[:3]) if _PLAIN.fullmatch(base) else ""


def canonical(url: str, base: str = "") -> str | None:
    """Return the form of a URL that is fetched, stored and shown: a link's identity.

    Scheme and host in lower case, host in ASCII, no default port, user or fragment (but `#!` with a
    path, in the form that servers know it by), no parameters of tracking or of one visit, `/` for
    an empty path, dot segments resolved, everything else percent-encoded. Doing
    it twice changes nothing. None where `absolute` gives none, or no server can have the host, and
    where it is longer than `LONGEST`.
    """
    plain = len(url) <= LONGEST and _CANONICAL.fullmatch(url)
    if plain and not _has_tracking(plain[1]):
        return url
    whole = absolute(url, base)
    if whole is None:
        return None
    parts = urlsplit(whole)
    host = _ascii_host(parts.hostname or "")
    if not host:
        return None
    if parts.port and parts.port != _DEFAULT_PORT[parts.scheme]:
        host += f":{parts.port}"
    path = _escape(_canonical_path(parts.path), _PATH_SAFE)
    query = _escape(_canonical_query(parts.query, parts.fragment), _QUERY_SAFE)
    found = urlunsplit((parts.scheme, host, path, query, ""))
    return found if len(found) <= LONGEST else None


def plain_path(path: str) -> str:
    """Return a path without a query in its canonical form; "" if it needs more than encoding."""
    if len(path) > _LONGEST_PLAIN:
        return ""
    if _PLAIN_PATH_ONLY.fullmatch(path):
        return path
    if not _LETTERED_PATH.fullmatch(path):
        return ""
    path = quote(_ESCAPES.sub(lambda escapes: escapes[0].upper(), path), safe=_PATH_SAFE)
    return path if len(path) <= _LONGEST_PLAIN else ""


def is_plain_query(query: str) -> bool:
    """Whether a query is in its canonical form: encoded, without what tracks readers."""
    is_encoded = len(query) <= _LONGEST_PLAIN_QUERY and _PLAIN_QUERY_ONLY.fullmatch(query)
    return bool(is_encoded) and not _has_tracking(query)


def _canonical_path(path: str) -> str:
    """Return a path without dot segments and the name of a visit; `/` for an empty one."""
    if "/." in path:
        path = _without_dots(path)
    if ";" in path or "/(" in path:
        path = _PATH_SESSION.sub("", path)
    return path or "/"


def _canonical_query(query: str, fragment: str) -> str:
    """Return a query without parameters of tracking and visits, and with a path behind `#!`."""
    if _has_tracking(query):
        query = _without_tracking(query)
    if _HASHBANG.match(fragment):
        query += f"{'&' if query else ''}_escaped_fragment_={fragment[1:]}"
    return query


def _ascii_host(name: str) -> str | None:
    """Return a host name in lower case and ASCII (IDNA); None if it has no such form."""
    name = name.rstrip(".").lower()
    try:
        if ":" in name:
            return f"[{IPv6Address(name)}]"
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError:
        return None


def _without_dots(path: str) -> str:
    """Resolve the `.` and `..` segments of an absolute path (RFC 3986, section 5.2.4)."""
    resolved: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del resolved[-1:]
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/" + "/".join(resolved)


def _has_tracking(query: str | None) -> bool:
    """Whether a query may have parameters that say where a click came from, or whose it is."""
    return bool(query and (_TRACKING.search(query) or _VISIT.search(query)))


def _without_tracking(query: str) -> str:
    """Return a query without the parameters that say where a click came from, or whose it is."""
    parameters = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        [
            (name, value)
            for name, value in parameters
            if not (_TRACKING.fullmatch(name) or _VISIT.fullmatch(f"{name}={value}"))
        ]
    )


def _escape(text: str, safe: str) -> str:
    """Percent-encode raw characters, with existing escapes in upper case (RFC 3986, 6.2.2)."""
    if _UNRESERVED.fullmatch(text):
        return text
    if "%" in text:
        text = _ESCAPE.sub(lambda found: found[0].upper() if found[1] else "%25", text)
    return quote(text, safe=safe)


def readable(url: str) -> str:
    """Return a URL as people read it: with letters in place of their percent-encoding.

    What is no letter, mark, digit or sign stays encoded: a space, a control, an override.
    """
    return _ENCODED.sub(_decode_letters, url)


def _decode_letters(encoded: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(encoded[0].replace("%", "")).decode()
    except ValueError:
        return encoded[0]
    return "".join(letter if _is_readable(letter) else quote(letter) for letter in text)


def _is_readable(letter: str) -> bool:
    return (letter.isprintable() and not letter.isspace()) or letter in _JOINERS


def key(url: str) -> str:
    """Return what two URLs of one page share: no scheme, `www.` and trailing slash.

    The canonical form without these; the text itself if it is no http(s) URL.
    """
    whole = canonical(url)
    if whole is None:
        return url.strip()
    parts = urlsplit(whole)
    path = parts.path.rstrip("/")
    return parts.netloc.removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


def on_host(url: str, host: str) -> str:
    """Return the same URL on another host."""
    parts = urlsplit(canonical(url) or "")
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


_NUMBER: Final = re.compile(r"(?<![^/_.-])\d{5,}(?![^/_.-])")
_DAY: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def numbered(url: str) -> str | None:
    """Return an article's URL without its slug: host, folders, and the one long number it has.

    Portals find articles by such a number, and change the words around it with the headline. None
    if there is no number, or more than one, or it is a date.
    """
    parts = urlsplit(canonical(url) or "")
    found = [match for match in _NUMBER.finditer(parts.path) if not _DAY.fullmatch(match[0])]
    if len(found) != 1 or parts.query:
        return None
    number = found[0]
    folders = parts.path[: number.start()].rpartition("/")[0]
    return f"{parts.netloc.removeprefix('www.')}{folders}/{number[0]}"


def same_site(url: str, other: str) -> bool:
    """Whether two URLs are of one site: one host or a subdomain of it, `www.` apart."""
    return are_of_one_site(site_host(url), site_host(other))


def are_of_one_site(host: str, other: str) -> bool:
    """Whether two hosts, as `site_host` gives them, are of one site."""
    shorter, longer = sorted([host, other], key=len)
    return bool(shorter) and (longer == shorter or longer.endswith("." + shorter))


@lru_cache(maxsize=64)
def site_host(url: str) -> str:
    """Return the host of a URL without `www.`; many are compared with that of one page."""
    return (urlsplit(canonical(url) or "").hostname or "").removeprefix("www.")


def urn(name: str) -> str:
    """Return a name-based UUID as a URN (RFC 9562, 5.5): one name has one id on every machine."""
    from uuid import NAMESPACE_URL, uuid5  # 2 ms, and a run that finds nothing new makes none

    return uuid5(NAMESPACE_URL, name).urn


def is_postgres_url(text: str) -> bool:
    """Whether a text names a PostgreSQL database by its URL (libpq, "Connection URIs")."""
    return text.startswith(("postgresql://", "postgres://"))
