"""What a person can do about a site whose first page could not be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedmaker.model import Code
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from feedmaker.model.errors import FetchError

_BY_CODE: Final = {
    Code.CHALLENGE: (
        "the site makes sure that a person is there, which no program passes:"
        " ask its owners to let feedmaker in, or give the URL of a feed or sitemap of it"
    ),
    Code.CONSENT_PAGE: "the site asks for consent first; give the URL of a feed or sitemap of it",
    Code.LOGIN_PAGE: "the site asks for a login first; give the URL of a public section",
    Code.CLOSED_FOR_WORKS: "the site is closed for works; try again later",
    Code.CLOSED_BY_ROBOTS: "the site does not want programs there; ask its owners",
    Code.NO_ROBOTS: "the site seems to be down, as its robots.txt cannot be had; try again later",
    Code.NO_SUCH_HOST: "is the address right? No such host is known",
    Code.NAME_SERVER: "is the network there? No name server answers",
    Code.CERTIFICATE: "the site's certificate is not valid; is the address right?",
    Code.CONNECTION_REFUSED: "the site is down, or the address is not right; try again later",
    Code.NO_CONNECTION_IN_TIME: "the site is down, or does not answer from here; try again later",
    Code.NO_ANSWER_IN_TIME: "the site is slow or down; try again later",
    Code.PRIVATE_ADDRESS: (
        "give an address of the open internet; private ones are asked only where the server was"
        " started with `--allow-private HOST`"
    ),
    Code.CONNECTION_RESET: "the site ends connections from here; try again later",
}
_KEPT_OUT: Final = (
    "the site keeps programs out: set `contact` in feedmaker.toml and ask its owners,"
    " or give the URL of a feed or sitemap of it"
)
_BY_STATUS: Final = {
    401: "the site asks for a login; give the URL of a public section",
    403: _KEPT_OUT,
    429: "the site was asked too often; try again in an hour",
    451: "the site is not shown in the country that it was asked from",
    503: f"the site is down for a while, so try again later; if it stays so, {_KEPT_OUT}",
}
_SERVER_ERROR: Final = 500


def what_to_do(error: FetchError) -> str:
    """Return what a person can do about a page that could not be fetched."""
    if error.reason.code in _BY_CODE:
        return _BY_CODE[error.reason.code]
    status = error.status or 0
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= _SERVER_ERROR:
        words = "the site has an error of its own; try again later, and look at it in a browser"
        return Saying(words)
    if status:
        return Saying("look at the address in a browser")
    return Saying("is the address right, and the network there?")
