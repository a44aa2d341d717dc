"""The pages that mend by pointing: a block that is wrong, a rule against it, and what it changes.

/why/JOB (a story's page, or a listing) --block, part--> /mend/JOB (tried) --accept--> written
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from feedmaker import config, setup
from feedmaker.model.errors import FeedmakerError
from feedmaker.text.sayings import Saying
from feedmaker.web.form_texts import text_of
from feedmaker.web.mend_question import MendAnswer, MendQuestion, TriedPages, check_selectors
from feedmaker.web.page_question import PageAnswer, PageQuestion, find_section
from feedmaker.web.page_templates import reader_language, render

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from feedmaker.model import Site
    from feedmaker.web.context import AppContext
    from feedmaker.web.jobs import Job, JobBoard

_MOST_TYPED: Final = 10  # selectors
_LONGEST_TYPED: Final = 5_000  # characters of all of them


@dataclass(frozen=True, slots=True)
class MendedPart:
    """What was written: the file of a site, and the folder of the case."""

    file: str
    case: str


class MendPages:
    """The pages `/app/mend`, and the forms that lead there."""

    def __init__(self, context: AppContext, board: JobBoard) -> None:
        self._context = context
        self._board = board

    def routes(self) -> list[Route]:
        """Return the routes, relative to `/app`."""
        return [
            Route("/sites/{site}/links", self.explain_links, methods=["POST"]),
            Route("/why/{job}/mend", self.mend, methods=["POST"]),
            Route("/mend/{job}", self.show, methods=["GET"]),
            Route("/mend/{job}/again", self.try_again, methods=["POST"]),
            Route("/mend/{job}/accept", self.accept, methods=["POST"]),
        ]

    async def explain_links(self, request: Request) -> Response:
        """Begin to read the listing of a section, to show which of its links are stories'."""
        section = text_of(await request.form(), "section")
        site = request.path_params["site"]
        try:
            _, found = find_section(await run_in_threadpool(self._sites), site, section)
        except FeedmakerError:
            return render(request, "forgotten.html", status=404)
        question = PageQuestion(
            configuration=self._context.configuration,
            address=next(iter(found.urls), found.page),
            site=site,
            section=section,
            language=reader_language(request),
        )
        return RedirectResponse(f"/app/why/{self._board.start(question).id}", 303)

    async def mend(self, request: Request) -> Response:
        """Begin to look for a rule against what is wrong, and to try it."""
        job = self._board.get(request.path_params["job"])
        answer = job.result if job and isinstance(job.request, PageQuestion) else None
        if not isinstance(answer, PageAnswer) or not answer.section:
            return render(request, "forgotten.html", status=404)
        form = await request.form()
        question = MendQuestion(
            configuration=self._context.configuration,
            url=answer.page.url,
            fetched_at=answer.page.fetched_at,
            packed=zlib.compress(answer.page.utf8),
            site=answer.site.slug,
            section=answer.section,
            part="links",
        )
        try:
            marked = _with_links if answer.is_listing else _with_block
            started = self._board.start(marked(question, answer, form))
        except FeedmakerError as error:
            return render(request, "mend.html", status=422, **_nothing(error, question))
        return RedirectResponse(f"/app/mend/{started.id}", 303)

    async def show(self, request: Request) -> Response:
        """Show what the rule changes, or how far that is."""
        job = self._mending(request)
        if job is None:
            return render(request, "forgotten.html", status=404)
        return self._show(request, job, job.error)

    def _show(self, request: Request, job: Job, problem: FeedmakerError | None) -> Response:
        steps = [step for step in job.steps if isinstance(step, TriedPages)]
        return render(
            request,
            "mend.html",
            status=422 if problem and not job.error else 200,
            job=job,
            step=steps[-1] if steps else None,
            question=job.request,
            answer=job.result,
            problem=problem,
            refresh=0 if job.is_done else 1,
        )

    async def try_again(self, request: Request) -> Response:
        """Begin to try other selectors, as a person typed or chose them."""
        job = self._mending(request)
        if job is None:
            return render(request, "forgotten.html", status=404)
        assert isinstance(job.request, MendQuestion)
        text = text_of(await request.form(), "selectors", _LONGEST_TYPED)
        lines = (" ".join(line.split()) for line in text.splitlines())
        typed = tuple(filter(None, lines))[:_MOST_TYPED]
        if job.request.part != "links":
            typed = typed[:1]
        try:
            check_selectors(typed)
            started = self._board.start(replace(job.request, typed=typed))
        except FeedmakerError as error:
            return self._show(request, job, error)
        return RedirectResponse(f"/app/mend/{started.id}", 303)

    async def accept(self, request: Request) -> Response:
        """Write the rule and its case, and ask for a build."""
        job = self._mending(request)
        answer = job.result if job else None
        if job is None or not isinstance(answer, MendAnswer) or answer.expected is None:
            return render(request, "forgotten.html", status=404)
        if "mended" not in job.notes:
            assert isinstance(job.request, MendQuestion)
            try:
                job.notes["mended"] = await run_in_threadpool(self._write, job.request, answer)
            except FeedmakerError as error:
                return self._show(request, job, error)
        return RedirectResponse(f"/app/mend/{job.id}", 303)

    def _write(self, question: MendQuestion, answer: MendAnswer) -> MendedPart:
        """Write what was tried into the file of the site as it is now."""
        folder, part = self._context.configuration, question.part
        site, _ = find_section(self._sites(), question.site, question.section)
        page = question.page
        after = setup.with_rule(site, question.section, part, answer.selectors, page)
        of_section = question.section if part == "links" else ""
        selectors = answer.selectors if part == "links" else getattr(after.rules, part)
        setup.set_selectors(folder, site.slug, part, selectors, of_section)
        assert answer.expected is not None
        case = setup.write_case(folder, site.slug, page, answer.expected)
        self._context.builds.request(site.slug, of_section)
        return MendedPart(str(folder / "sites" / f"{site.slug}.toml"), str(case))

    def _sites(self) -> tuple[Site, ...]:
        return config.load_usable(self._context.configuration).sites

    def _mending(self, request: Request) -> Job | None:
        job = self._board.get(request.path_params["job"])
        return job if job and isinstance(job.request, MendQuestion) else None


def _with_block(question: MendQuestion, answer: PageAnswer, form: FormData) -> MendQuestion:
    """Return the question about a block of an article. Raises FeedmakerError."""
    number, part = text_of(form, "block"), text_of(form, "part")
    chosen = next((one for one in answer.blocks if str(one.number) == number), None)
    known = next((one for one in setup.STORY_PARTS if one == part), None)
    if chosen is None or known is None:
        raise FeedmakerError(Saying("choose a text of the page, and what it is"))
    return replace(question, part=known, block=chosen.number)


def _with_links(question: MendQuestion, answer: PageAnswer, form: FormData) -> MendQuestion:
    """Return the question about the links of a listing. Raises FeedmakerError."""
    ticked = set(form.getlist("take"))
    wanted = frozenset(one.address for one in answer.blocks if str(one.number) in ticked)
    taken = frozenset(one.address for one in answer.blocks if one.is_kept)
    if not wanted:
        raise FeedmakerError(Saying("tick the headlines of stories"))
    if wanted == taken:
        raise FeedmakerError(Saying("tick what was missed, or untick what is no story"))
    return replace(question, wanted=wanted, corrected=wanted ^ taken)


def _nothing(error: FeedmakerError, question: MendQuestion) -> dict[str, object]:
    return {"job": None, "question": question, "answer": None, "problem": error}
