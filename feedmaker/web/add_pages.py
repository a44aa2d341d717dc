"""The pages that add a site: an address, what was found there, and what was written.

/add --address--> /add/JOB (looks) --> /add/JOB (choose) --write--> /add/JOB (subscribe)
/import --addresses--> the same for each, in the background
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from feedmaker import config, setup
from feedmaker.files import make_folder, only_writer
from feedmaker.model import MEDIA_TYPES
from feedmaker.model.errors import ConfigError, FeedmakerError
from feedmaker.text.sayings import Saying, placed
from feedmaker.web.chosen_sections import ChosenSite, read_choice, untouched_choice
from feedmaker.web.form_texts import find_addresses, text_of
from feedmaker.web.page_templates import render
from feedmaker.web.site_search import HomeSeen, SectionSeen, SiteFound, SiteSearch
from feedmaker.web.typed_addresses import check_address, connect_to

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from feedmaker.model import Settings
    from feedmaker.setup import SectionSample
    from feedmaker.web.context import AppContext
    from feedmaker.web.jobs import Job, JobBoard

_REFRESH: Final = 2  # seconds
_MOST_IMPORTED: Final = 200  # addresses at once
_SHOWN_ZONES: Final = 700


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What was written of a site: its slug, and the slugs of the sections that are new."""

    site: str
    sections: tuple[str, ...]


class AddPages:
    """The pages `/app/add` and `/app/import`."""

    def __init__(self, context: AppContext, board: JobBoard) -> None:
        self._context = context
        self._board = board

    def routes(self) -> list[Route]:
        """Return the routes, relative to `/app`."""
        return [
            Route("/add", self.show_form, methods=["GET"]),
            Route("/add", self.look, methods=["POST"]),
            Route("/add/{job}", self.show, methods=["GET"]),
            Route("/add/{job}/more", self.look_further, methods=["POST"]),
            Route("/add/{job}/write", self.write, methods=["POST"]),
            Route("/import", self.show_import, methods=["GET"]),
            Route("/import", self.look_at_many, methods=["POST"]),
        ]

    # ---- what is asked for

    async def show_form(self, request: Request) -> Response:
        """Ask for an address; show what was looked at lately."""
        return render(request, "add.html", address="", problem=None, jobs=self._searches())

    async def look(self, request: Request) -> Response:
        """Begin to look at a site."""
        form = await request.form()
        given = text_of(form, "address")
        try:
            job = self._start(given)
        except FeedmakerError as error:
            jobs = self._searches()
            return render(request, "add.html", status=422, address=given, problem=error, jobs=jobs)
        return _to(job)

    async def show_import(self, request: Request) -> Response:
        """Ask for many addresses."""
        return render(request, "import.html", addresses="", problems=[])

    async def look_at_many(self, request: Request) -> Response:
        """Begin to look at many sites, one after the other."""
        form = await request.form()
        file = form.get("file")
        text = text_of(form, "addresses")
        if file is not None and not isinstance(file, str):
            text += "\n" + (await file.read()).decode("utf-8", "replace")
        found = find_addresses(text)
        problems: list[FeedmakerError] = []
        for address in found[:_MOST_IMPORTED]:
            try:
                self._start(address)
            except FeedmakerError as error:
                problems.append(error)
        if not found:
            problems.append(ConfigError([Saying("no address was found in this")]))
        if len(found) > _MOST_IMPORTED:
            much = "the first {count} addresses are looked at; give the others later"
            problems.append(ConfigError([Saying(much, count=_MOST_IMPORTED)]))
        if not problems:
            return RedirectResponse("/app/add", 303)
        shown = text[:100_000]
        return render(request, "import.html", status=422, addresses=shown, problems=problems[:20])

    def _start(self, given: str, also: tuple[str, ...] = ()) -> Job:
        allowed = self._context.allow_private
        address = check_address(given, allowed)
        search = SiteSearch(
            configuration=self._context.configuration,
            address=address,
            connect_to=connect_to(address, allowed),
            also=also,
        )
        return self._board.start(search)

    def _searches(self) -> list[Job]:
        return [job for job in self._board.all() if isinstance(job.request, SiteSearch)]

    def _search(self, request: Request) -> Job | None:
        job = self._board.get(request.path_params["job"])
        return job if job and isinstance(job.request, SiteSearch) else None

    # ---- what was found

    async def show(self, request: Request) -> Response:
        """Show how far a look is, what was found, or what was written."""
        job = self._search(request)
        if job is None:
            return render(request, "forgotten.html", status=404)
        if not job.is_done or job.error:
            return _show_steps(request, job)
        written = job.notes.get("written")
        if written:
            return await self._show_written(request, written)
        return await self._show_choice(request, job, untouched_choice(job.result), ())

    async def look_further(self, request: Request) -> Response:
        """Look at further sections of the same site."""
        job = self._search(request)
        if job is None:
            return render(request, "forgotten.html", status=404)
        assert isinstance(job.request, SiteSearch)
        form = await request.form()
        keys = [key for key in form.getlist("also") if isinstance(key, str)]
        new = self._start(job.request.address, (*job.request.also, *keys[:50]))
        return _to(new)

    async def _show_choice(
        self, request: Request, job: Job, choice: ChosenSite, problems: tuple[str, ...]
    ) -> Response:
        settings = await run_in_threadpool(config.load_settings, self._context.configuration)
        return render(
            request,
            "choose.html",
            status=422 if problems else 200,
            job=job,
            found=job.result,
            choice=choice,
            samples=_samples(job.result),
            problems=problems,
            zones=sorted(available_timezones())[:_SHOWN_ZONES],
            base=_base(request, settings),
            ending="json" if settings.formats[0] == "json" else f"{settings.formats[0]}.xml",
        )

    # ---- what is written

    async def write(self, request: Request) -> Response:
        """Write what a person chose, and ask for its first build."""
        job = self._search(request)
        if job is None or not job.is_done or job.error:
            return render(request, "forgotten.html", status=404)
        choice = read_choice(job.result, await request.form())
        problems = choice.problems()
        if not problems and not job.notes.get("written"):
            try:
                written = await run_in_threadpool(self._write, job.result, choice)
            except ConfigError as error:
                problems = error.problems
            except FeedmakerError as error:
                problems = error.args
            else:
                job.notes["written"] = written
        if problems:
            return await self._show_choice(request, job, choice, problems)
        return _to(job)

    def _write(self, found: SiteFound, choice: ChosenSite) -> WrittenSite:
        """Write the file of a site. Raises FeedmakerError."""
        sites = self._context.configuration / "sites"
        try:
            make_folder(sites, 0o755)
            with only_writer(sites):
                written = self._write_file(found, choice)
        except OSError as error:
            problem = Saying("cannot be written: {why}", why=error.strerror)
            raise ConfigError([placed(sites, problem)]) from error
        for slug in written.sections:
            self._context.builds.request(written.site, slug)
        return written

    def _write_file(self, found: SiteFound, choice: ChosenSite) -> WrittenSite:
        folder = self._context.configuration
        known = setup.find_known_site(folder / "sites", found.proposal.home)
        path = known.path if known else folder / "sites" / f"{choice.folder}.toml"
        if known is None and path.exists():
            taken = "{name} is the folder of another site already; choose another name"
            raise ConfigError([Saying(taken, name=choice.folder)])
        proposal = choice.proposal(found.proposal)
        if known:
            new = tuple(one for one in proposal.sections if not known.has(one.candidate))
            proposal = replace(proposal, sections=new)
        if not proposal.sections:
            raise ConfigError([Saying("these sections are there already")])
        settings = config.load_settings(folder)
        draft = setup.SiteDraft(path=path, proposal=proposal, settings=settings, known=known)
        setup.write_site(folder, path, draft.text)
        return WrittenSite(path.stem, tuple(section.slug for section in proposal.sections))

    async def _show_written(self, request: Request, written: WrittenSite) -> Response:
        rows, is_complete, settings = await run_in_threadpool(self._written_rows, written)
        return render(
            request,
            "written.html",
            site=written.site,
            rows=rows,
            base=_base(request, settings),
            is_complete=is_complete,
            refresh=0 if is_complete else _REFRESH,
        )

    def _written_rows(self, written: WrittenSite) -> tuple[list[dict[str, Any]], bool, Settings]:
        """Return the feeds that were asked for, and whether all of them are there."""
        folder = self._context.configuration
        settings = config.load_settings(folder)
        path = folder / "sites" / f"{written.site}.toml"
        site = config.check_site(path.read_text("utf-8"), path)
        rows = []
        for section in site.sections:
            if section.slug in written.sections:
                form = settings.formats[0]
                file = section.file(site, form)
                is_there = Path(self._context.out, file).exists()
                rows.append(
                    {
                        "section": section,
                        "language": section.language or site.language,
                        "file": file,
                        "type": MEDIA_TYPES[form],
                        "page": section.html_file(site),
                        "is_there": is_there,
                    }
                )
        return rows, all(row["is_there"] for row in rows), settings


def _samples(found: SiteFound) -> list[SectionSample]:
    """Return what was seen of each section of the proposal."""
    by_key = {one.candidate.key: one.sample for one in found.seen}
    return [by_key[section.candidate.key] for section in found.proposal.sections]


def _show_steps(request: Request, job: Job) -> Response:
    home = next((step for step in job.steps if isinstance(step, HomeSeen)), None)
    return render(
        request,
        "looking.html",
        job=job,
        home=home,
        seen=[step for step in job.steps if isinstance(step, SectionSeen)],
        refresh=0 if job.is_done else _REFRESH,
    )


def _to(job: Job) -> Response:
    return RedirectResponse(f"/app/add/{job.id}", 303)


def _base(request: Request, settings: Settings) -> str:
    """Return the address of `out`, as it is configured or as the browser reached it."""
    base = settings.base_url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base.rstrip('/')}/"
