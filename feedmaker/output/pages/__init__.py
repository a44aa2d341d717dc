"""The pages beside the feeds: index, status, a page for each section, and a list of feeds (OPML).

For people without a reader. Arabic and right-to-left, from the Jinja templates in this folder; each
headline and name stands in its own language and direction. Nothing is loaded from elsewhere, which
the pages themselves forbid (CSP), and no script is needed to read them. What is written depends on
the store alone: no page knows the time of day.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feedmaker.model import BROKEN, MEDIA_TYPES
from feedmaker.output.pages import views as filters
from feedmaker.output.pages.views import PLOT_DAYS, SectionView, section_view
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PLOT_DAYS", "SectionView", "overview_page", "section_page", "section_view"]

_FORMAT_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
_NO_STORY = date(2000, 1, 1)


def section_page(view: SectionView) -> bytes:
    """Return the page of one section: its stories with their whole texts, without pictures."""
    page: str = _templates().get_template("section.html.j2").render(view=view, root="../")
    return page.encode()


def overview_page(name: str, views: Sequence[SectionView], base_url: str = "") -> bytes:
    """Return "index.html", "status.html", "feeds.opml" or "feed.css".

    The first three tell of all sections, by site, in the order given; the last says how a browser
    shows a feed file that is opened in it.

    All links to files in `out` are relative, so that a page works from a disk and under any base
    URL; only the addresses in the OPML are absolute where there is one (opml.org/spec2.opml). The
    plots of the status page end with the day of the newest story of all sections. So a section that
    is silent is seen to be, and the page does not change with the clock.
    """
    days = [day for view in views for day in view.days]
    page: str = (
        _templates()
        .get_template(f"{name}.j2")
        .render(
            sites=[list(group) for _, group in groupby(views, key=lambda view: view.site.slug)],
            broken=[view for view in views if not view.state.good],
            last=max(days, default=_NO_STORY),
            root="",
            base=f"{base_url.rstrip('/')}/" if base_url else "",
        )
    )
    return page.encode()


@cache
def _templates() -> Environment:
    """The Jinja environment; it escapes everything, for HTML and XML alike."""
    environment = Environment(
        loader=PackageLoader("feedmaker.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        format_names=_FORMAT_NAMES,
        media_types=MEDIA_TYPES,
        broken_statuses=BROKEN,
        plot_width=filters.PLOT_WIDTH,
        plot_height=filters.PLOT_HEIGHT,
        style=_inline("page.css"),
        script=_inline("copy.js"),
    )
    environment.filters.update(
        address=filters.address,
        day=filters.day,
        day_bars=filters.day_bars,
        direction=arabic.direction,
        reading=filters.reading,
        shares=filters.shares,
        span=filters.span,
        stopped=partial(filters.counted, words=filters.STOPPED),
        stories=partial(filters.counted, words=filters.STORIES),
        tidy=filters.tidy,
        time_tag=filters.time_tag,
    )
    return environment


def _inline(name: str) -> dict[str, Any]:
    """A style sheet or script to stand in a page, with its source expression.

    The page allows what has this hash and nothing else (CSP Level 3, "hash-source").
    """
    data = (files(__name__) / name).read_bytes()
    digest = b64encode(sha256(data).digest()).decode()
    return {
        "text": Markup(data.decode()),  # noqa: S704 - ours
        "hash": Markup(f"'sha256-{digest}'"),  # noqa: S704 - ours
    }
