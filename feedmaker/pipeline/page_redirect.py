"""A page that leads on to another in place of a content, as HTTP would say it with a redirect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.html.page_redirects import redirect_target
from feedmaker.model import NO_VALIDATORS, NotModified, Page

if TYPE_CHECKING:
    from feedmaker.fetch import Fetcher
    from feedmaker.model import FetchLimits, Validators


async def fetch_page(
    fetcher: Fetcher, url: str, limits: FetchLimits, validators: Validators
) -> Page | NotModified:
    """Fetch a page, or the one that it leads on to: one step, under the rules of every request.

    What led here has no validators of its own. Raises FetchError.
    """
    page = await fetcher.get(url, limits, validators)
    if isinstance(page, NotModified):
        return page
    target = redirect_target(page.utf8, page.url, page.refresh_header)
    if target is None:
        return page
    found = await fetcher.get(target, limits, NO_VALIDATORS)
    assert isinstance(found, Page), "an unconditional request was answered 304"
    return replace(found, validators=NO_VALIDATORS)
