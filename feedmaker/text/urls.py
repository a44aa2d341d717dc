"""URLs: the canonical form that is a link's identity, and joining."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid5

# Parameters that say where a click came from and never which page it leads to.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|ga_\w+|at_(?:medium|campaign|link_\w+)|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid"
    r"|igshid|igsh|mc_[ce]id|_ga|_gl|wt_mc|ncid|cmpid|ocid|ref_src|ref_url|xtor|wtrid|spm",
    re.IGNORECASE,
)
_DEFAULT_PORT = {"http": 80, "https": 443}
_CONTROLS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]+")
# Marks that copying leaves at the ends of a URL. Inside one they are letters: Persian slugs have
# non-joiners.
_AT_ENDS = "".join(
    map(
        chr,
        (
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x206A),
            0xFEFF,
            0x20,
            0xA0,
        ),
    )
)
_NO_HOST = re.compile(r"[\s<>\"^`{|}\\%]")  # forbidden in a host (WHATWG URL)
# An address that is absolute and has nothing to be set right, as most are: no need to take it
# apart.
_PLAIN = re.compile(
    r"https?://[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+/[\w.~%!$&'()*+,=:@/-]*"
    r"(?:\?[\w.~%!$&'()*+,=:@/-]+)?",
    re.ASCII,
)
# A path from the root of its site that needs no more than the site before it: no `.` or `..` among
# its segments.
_PLAIN_PATH = re.compile(
    r"/(?:[\w~%!$&'()*+,=:@-][\w.~%!$&'()*+,=:@-]*+/)*+(?:[\w~%!$&'()*+,=:@-][\w.~%!$&'()*+,=:@-]*+)?+"
    r"(?:\?[\w.~%!$&'()*+,=:@/-]++)?+",
    re.ASCII,
)
# An address in its canonical form for certain.
_CANONICAL = re.compile(
    r"https?://[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+"
    r"/(?:[\w~!$&'()*+,;=:@/-]++|%[0-9A-F]{2}|(?<!/)\.)*+",
    re.ASCII,
)
# What stays as it is in a path: RFC 3986 `pchar`, `/`, and the sign of an escape that is already
# there.
_UNRESERVED = re.compile("[A-Za-z0-9/_.~-]*")
_PATH_SAFE = "/:@!$&'()*+,;=-._~%"


def absolute(url: str, base: str = "") -> str | None:
    """The http(s) URL that `url` means on the page `base`; None for anything else (`javascript:`,
    `mailto:`, nonsense).

    Control characters, and spaces and direction marks around it, which pages leave in attributes,
    are dropped (WHATWG URL).
    """
    if _PLAIN.fullmatch(url):
        return url
    if url[:1] == "/" and _PLAIN_PATH.fullmatch(url) and (site := _site(base)):
        return site + url
    url = _CONTROLS.sub("", url).strip(_AT_ENDS)
    if not url:
        return None
    try:
        joined = urljoin(base, url)
        parts = urlsplit(joined)
        host = parts.hostname
        valid = parts.scheme in _DEFAULT_PORT and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return joined if valid and host and not _NO_HOST.search(host) else None


@lru_cache(maxsize=64)
def _site(base: str) -> str:
    """What stands before the path in a plain address; nothing for any other."""
    return "/".join(base.split("/")[:3]) if _PLAIN.fullmatch(base) else ""


def _host(name: str) -> str | None:
    """A host name in lower case and ASCII (IDNA); None where it has no such form, and no server."""
    name = name.rstrip(".").lower()
    if name.isascii():
        return f"[{name}]" if ":" in name else name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def _escaped(text: str, safe: str) -> str:
    """`text` with raw letters percent-encoded and existing escapes in upper case (RFC 3986 section
    6.2.2).
    """
    if _UNRESERVED.fullmatch(text):
        return text
    if "%" not in text:
        return quote(text, safe=safe)
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return re.sub(
        r"%[0-9a-f]{2}", lambda m: m[0].upper(), quote(text, safe=safe), flags=re.IGNORECASE
    )


def _without_dots(path: str) -> str:
    """An absolute path with its `.` and `..` segments resolved (RFC 3986 section 5.2.4)."""
    out: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            if out:
                out.pop()
        elif segment != ".":
            out.append(segment)
    if segments[-1] in (".", ".."):
        out.append("")
    return "/" + "/".join(out)


def canonical(url: str, base: str = "") -> str | None:
    """The form of a URL that is fetched, stored and shown: a link's identity. None where `absolute`
    gives none.

    Scheme and host in lower case, host in ASCII, no default port, user, fragment or tracking
    parameters, `/` for an empty path, dot segments resolved, everything else percent-encoded. Doing
    it twice changes nothing. None also where no server can have the host.
    """
    if _CANONICAL.fullmatch(url):
        return url
    whole = absolute(url, base)
    if whole is None:
        return None
    parts = urlsplit(whole)
    host = _host(parts.hostname or "")
    if not host:
        return None
    if parts.port and parts.port != _DEFAULT_PORT[parts.scheme]:
        host += f":{parts.port}"
    path = parts.path or "/"
    if "/." in path:
        path = _without_dots(path)
    query = parts.query
    if query and _TRACKING.search(query):
        kept = [
            (k, v)
            for k, v in parse_qsl(query, keep_blank_values=True)
            if not _TRACKING.fullmatch(k)
        ]
        query = urlencode(kept)
    return urlunsplit(
        (parts.scheme, host, _escaped(path, _PATH_SAFE), _escaped(query, _PATH_SAFE + "?"), "")
    )


def key(url: str) -> str:
    """What two URLs of one page have in common: the canonical form without scheme, `www.` and
    trailing slash.

    Of what is no http(s) URL, the text itself.
    """
    whole = canonical(url)
    if whole is None:
        return url.strip()
    parts = urlsplit(whole)
    path = parts.path.rstrip("/")
    return parts.netloc.removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


def on_host(url: str, host: str) -> str:
    """The same address on another host."""
    parts = urlsplit(canonical(url) or "")
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


_NUMBER = re.compile(r"(?<![^/_.-])\d{5,}(?![^/_.-])")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def numbered(url: str) -> str | None:
    """What is left of an article's address without its slug: host, folders, and the one long number
    that it has.

    Portals find articles by such a number, and change the words around it with the headline. None
    where there is no number, or more than one, or it is a date.
    """
    parts = urlsplit(canonical(url) or "")
    found = [match for match in _NUMBER.finditer(parts.path) if not _DAY.fullmatch(match[0])]
    if len(found) != 1 or parts.query:
        return None
    folders = parts.path[: found[0].start()].rpartition("/")[0]
    return f"{parts.netloc.removeprefix('www.')}{folders}/{found[0][0]}"


def same_site(url: str, other: str) -> bool:
    """Whether two URLs are of one site: the same host, or one a subdomain of the other, `www.`
    apart.
    """
    a, b = (
        (urlsplit(canonical(u) or "").hostname or "").removeprefix("www.") for u in (url, other)
    )
    return bool(a and b) and (a == b or a.endswith("." + b) or b.endswith("." + a))


def urn(name: str) -> str:
    """A name-based UUID as a URN (RFC 9562 section 5.5): the same name gives the same id on every
    machine.
    """
    return uuid5(NAMESPACE_URL, name).urn


def is_postgres_url(text: str) -> bool:
    """Whether a text names a PostgreSQL database by its URL (libpq, "Connection URIs")."""
    return text.startswith(("postgresql://", "postgres://"))
