"""How all sites fare at this moment, read anew for each page that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from feedmaker import config
from feedmaker.model.errors import ConfigError
from feedmaker.output import overview
from feedmaker.output.pages import overview_values
from feedmaker.store import Store

if TYPE_CHECKING:
    from feedmaker.model import Settings, Site
    from feedmaker.output.pages import SectionView
    from feedmaker.web.context import AppContext


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState:
    """The configuration, each section as the pages show it, and what is wrong with files."""

    settings: Settings
    sites: tuple[Site, ...]
    views: tuple[SectionView, ...]
    problems: tuple[str, ...]

    def of_site(self, slug: str) -> list[SectionView]:
        """Return the sections of a site."""
        return [view for view in self.views if view.site.slug == slug]

    @property
    def by_site(self) -> list[list[SectionView]]:
        """The sections, those of one site together."""
        return [list(group) for _, group in groupby(self.views, lambda view: view.site.slug)]

    @property
    def status_values(self) -> dict[str, Any]:
        """What the template of the status page is given."""
        return overview_values(self.views)


def read_live(context: AppContext) -> LiveState:
    """Read the configuration and the store. Raises FeedmakerError where neither can be read.

    Without a site there are no views.
    """
    settings = config.load_settings_in_place(context.configuration, context.out)
    try:
        usable = config.load_usable(context.configuration, context.out)
    except ConfigError as error:
        folder = context.configuration / "sites"
        problems = error.problems if folder.is_dir() and any(folder.iterdir()) else ()
        return LiveState(settings=settings, sites=(), views=(), problems=problems)
    with Store(settings.store) as store:
        views = overview.read_views(usable.settings, usable.sites, store)
    return LiveState(
        settings=replace(usable.settings, out=str(context.out)),
        sites=usable.sites,
        views=tuple(views),
        problems=usable.problems,
    )
