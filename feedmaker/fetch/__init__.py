"""Fetching: the only HTTP of feedmaker. Polite, bounded in time and size, and closed to private
addresses.

`fetcher` is the way of one page and the one to open first; it asks `robots` whether it may, waits
its turn in `limits`, sends by a way that `wire` chooses (`pool` keeps connections, `guard` checks
addresses), has `body` read what comes, and `reasons` say what went wrong. `pictures` and `hub` ask
other things than pages.
"""

import sys

# Wherever rich, click and pygments are installed, httpx imports its own command line and all of
# them with it: half of what importing it costs. None stands for "not installed" (Python's
# reference, 5.3.1); httpx then goes without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from feedmaker.fetch.client import Fetcher  # noqa: E402 - after the line above
from feedmaker.fetch.hub import ping  # noqa: E402
from feedmaker.fetch.picture_info import describe  # noqa: E402

__all__ = ["Fetcher", "describe", "ping"]
