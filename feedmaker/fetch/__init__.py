"""Fetching: the only HTTP of feedmaker, polite, bounded, and closed to private addresses.

    Fetcher.get -> politeness -> connections -> response_body -> Page

`client` is the way of one page, and the one to open first. It asks `politeness` whether it may, and
waits there for its turn. `connections` chooses the route, lets none lead to a closed one of the
`addresses`, and counts bytes; `response_body` tells what is a page, and `network_errors` gives
errors of the network their reasons. `picture_info` and `hub` ask for other things than pages.
"""

from feedmaker.fetch.addresses import is_private_host
from feedmaker.fetch.client import Fetcher
from feedmaker.fetch.hub import ping, post_json
from feedmaker.fetch.picture_info import describe

__all__ = [
    "Fetcher",
    "describe",
    "is_private_host",
    "ping",
    "post_json",
]
