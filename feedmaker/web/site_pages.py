"""The pages about sites that are there: how they fare, and what can be done with them."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from feedmaker import setup
from feedmaker.model.errors import FeedmakerError, LockedError
from feedmaker.pipeline import section_orders
from feedmaker.store import SectionName, Store
from feedmaker.text.sayings import Saying
from feedmaker.web.form_texts import text_of
from feedmaker.web.live_state import read_live
from feedmaker.web.page_templates import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from feedmaker.web.context import AppContext
    from feedmaker.web.live_state import LiveState

_TRIES: Final = 20  # to have the store for a moment, where a build has it
_PAUSE: Final = 0.5  # seconds between them


class SitePages:
    """The pages `/app/`, `/app/sites/SITE` and `/app/status`."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def routes(self) -> list[Route]:
        """Return the routes, relative to `/app`."""
        return [
            Route("/", self.show_all, methods=["GET"]),
            Route("/status", self.show_status, methods=["GET"]),
            Route("/sites/{site}", self.show_site, methods=["GET"]),
            Route("/sites/{site}/remove", self.ask_removal, methods=["GET"]),
            Route("/sites/{site}/{action}", self.act, methods=["POST"]),
        ]

    async def show_all(self, request: Request) -> Response:
        """Show all sites."""
        live = await run_in_threadpool(read_live, self._context)
        return render(request, "sites.html", live=live)

    async def show_status(self, request: Request) -> Response:
        """Show how all sections fare, as the status page in `out` does, at this moment."""
        live = await run_in_threadpool(read_live, self._context)
        return render(request, "status.html", refresh=30, live=live, **live.status_values)

    async def show_site(self, request: Request) -> Response:
        """Show one site, and what can be done with it."""
        return await self._show_site(request, None)

    async def _show_site(self, request: Request, problem: FeedmakerError | None) -> Response:
        live = await run_in_threadpool(read_live, self._context)
        views = live.of_site(request.path_params["site"])
        if not views:
            return render(request, "no_site.html", status=404, live=live)
        status = 409 if problem else 200
        return render(request, "site.html", status=status, views=views, live=live, problem=problem)

    async def ask_removal(self, request: Request) -> Response:
        """Ask whether a section or a site is to be removed, and say what that means."""
        live = await run_in_threadpool(read_live, self._context)
        wanted = request.query_params.get("section", "")
        views = live.of_site(request.path_params["site"])
        named = [view for view in views if wanted in ("", view.section.slug)]
        if not named:
            return render(request, "no_site.html", status=404, live=live)
        return render(request, "remove.html", views=named, section=wanted, live=live)

    async def act(self, request: Request) -> Response:
        """Do what a button says."""
        acts = {
            "pause": self._pause,
            "resume": self._resume,
            "rename": self._rename,
            "remove": self._remove,
            "build": self._build,
            "again": self._again,
            "accept": self._accept,
        }
        act = acts.get(request.path_params["action"])
        if act is None:
            return render(request, "forgotten.html", status=404)
        form = await request.form()
        given = {name: text_of(form, name) for name in ("section", "title", "files")}
        site = request.path_params["site"]
        try:
            await run_in_threadpool(act, site, given)
        except FeedmakerError as error:
            return await self._show_site(request, error)
        is_there = (self._context.configuration / "sites" / f"{site}.toml").exists()
        return RedirectResponse(f"/app/sites/{site}" if is_there else "/app/", 303)

    # ---- what buttons do, each given the site's slug and the fields of its form

    def _pause(self, site: str, given: dict[str, str]) -> None:
        setup.set_paused(self._context.configuration, site, given["section"], paused=True)

    def _resume(self, site: str, given: dict[str, str]) -> None:
        setup.set_paused(self._context.configuration, site, given["section"], paused=False)
        self._build(site, given)

    def _rename(self, site: str, given: dict[str, str]) -> None:
        setup.rename(self._context.configuration, site, given["section"], given["title"])
        self._build(site, given)

    def _build(self, site: str, given: dict[str, str]) -> None:
        self._live_of(site)
        self._context.builds.request(site, given["section"])

    def _again(self, site: str, given: dict[str, str]) -> None:
        live = self._live_of(site)
        now = datetime.now(UTC)
        section = given["section"]
        _patiently(
            lambda: section_orders.read_again(
                live.settings, live.sites, now, only=[site], section=section
            )
        )
        self._context.builds.request(site, section)

    def _accept(self, site: str, given: dict[str, str]) -> None:
        live = self._live_of(site)
        _patiently(lambda: section_orders.accept_listing(live.settings, site, given["section"]))
        self._context.builds.request(site, given["section"])

    def _remove(self, site: str, given: dict[str, str]) -> None:
        live = self._live_of(site)
        sections = [view.section.slug for view in live.of_site(site)]
        setup.remove(self._context.configuration, site, given["section"])
        if not given["files"]:
            return
        names = [SectionName(site, slug) for slug in sections if given["section"] in ("", slug)]

        left = [path.stem for path in (self._context.configuration / "sites").glob("*.toml")]

        def remove_files() -> None:
            with Store(live.settings.store) as store:
                section_orders.remove_sections(live.settings, store, names, left)

        _patiently(remove_files)

    def _live_of(self, site: str) -> LiveState:
        live = read_live(self._context)
        if not live.of_site(site):
            raise FeedmakerError(Saying("there is no such site"))
        return live


def _patiently(act: Callable[[], Any]) -> None:
    """Do something with a site in the store, once a build leaves it. Raises FeedmakerError."""
    for _ in range(_TRIES):
        try:
            act()
        except LockedError:
            time.sleep(_PAUSE)
        else:
            return
    raise FeedmakerError(Saying("a build is at work just now; try again in a minute"))
