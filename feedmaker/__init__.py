"""feedmaker turns a news site into feeds that people's readers show right.

The tour: `config` reads which sites and sections there are. For each section `fetch` gets the listing, `listing` finds
its story links, `fetch` gets each due article, `extract` picks the story out of the page and `store` remembers it;
then `feed` renders what the store holds and `publish` puts it into `out/`. `pipeline` is the only module that knows
this order: open it first.

Three functions are public and kept stable; they do no I/O and read no clock.

    extract(html, url="", *, rules=None, language=None, timezone="UTC", now=None) -> Story
    find_links(html, url, *, rules=None, known=()) -> list[Link]
    parse_date(text, *, timezone="UTC", now) -> datetime | None
"""

# The package `extract` and the public function share a name. Importing a subpackage binds it here once, the first
# time; so it is imported now, and costs next to nothing because it imports what it needs when it is called.
from feedmaker._version import __version__
from feedmaker.extract import extract as extract

TYPE_CHECKING = False  # type checkers take it for true; importing it from typing is a tenth of the time of `--help`
if TYPE_CHECKING:
    from feedmaker.extract.dates import parse_date as parse_date
    from feedmaker.listing import find_links as find_links

__all__ = ["__version__", "extract", "find_links", "parse_date"]

_HOMES = {"find_links": "feedmaker.listing", "parse_date": "feedmaker.extract.dates"}


def __getattr__(name: str) -> object:
    """Import a public function when it is first asked for, so that `feedmaker --help` stays quick (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
