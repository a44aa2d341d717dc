"""XML namespaces of feeds."""

from typing import Final

ATOM: Final = "http://www.w3.org/2005/Atom"  # RFC 4287
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
HISTORY: Final = "http://purl.org/syndication/history/1.0"  # RFC 5005
MEDIA: Final = "http://search.yahoo.com/mrss/"  # rssboard.org/media-rss
SYNDICATION: Final = "http://purl.org/rss/1.0/modules/syndication/"
XML: Final = "http://www.w3.org/XML/1998/namespace"
