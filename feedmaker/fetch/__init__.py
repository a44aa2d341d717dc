"""Fetching: the only HTTP of feedmaker, polite, bounded, and closed to private addresses.

    Fetcher.get -> robots -> turns -> routes -> guard -> response_body -> Page

`client` is the way of one page, and the one to open first. It asks `robots` whether it may, waits
for its turn in `turns`, and sends by a connection that `routes` keeps; `guard` checks addresses and
counts bytes, `response_body` tells what is a page, and `network_errors` gives errors of the network
their reasons. `picture_info` and `hub` ask for other things than pages.
"""

from feedmaker.fetch.client import Fetcher
from feedmaker.fetch.hub import ping
from feedmaker.fetch.picture_info import describe

__all__ = ["Fetcher", "describe", "ping"]
