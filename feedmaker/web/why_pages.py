"""The page that says why: a story as it is taken, beside its page with what was dropped in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from feedmaker import config
from feedmaker.model.errors import ConfigError, FeedmakerError
from feedmaker.web.form_texts import text_of
from feedmaker.web.page_question import PageAnswer, PageQuestion
from feedmaker.web.page_templates import reader_language, render
from feedmaker.web.typed_addresses import check_address, host_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from feedmaker.web.context import AppContext
    from feedmaker.web.jobs import Job, JobBoard

# The page of a stranger: nothing of it runs, sends a form or leads away (CSP Level 3, "sandbox").
# It has our origin, so that the app's script hears which text is clicked.
_DRAWING_POLICY: Final = (
    "sandbox allow-same-origin; default-src 'none'; img-src * data:; style-src * 'unsafe-inline';"
    " font-src * data:;"
    " frame-ancestors 'self'"
)
_FRAME_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


class WhyPages:
    """The pages `/app/why`."""

    def __init__(self, context: AppContext, board: JobBoard) -> None:
        self._context = context
        self._board = board

    def routes(self) -> list[Route]:
        """Return the routes, relative to `/app`."""
        return [
            Route("/why", self.show_form, methods=["GET"]),
            Route("/why", self.ask, methods=["POST"]),
            Route("/why/{job}", self.show, methods=["GET"]),
            Route("/why/{job}/page", self.show_drawing, methods=["GET"]),
        ]

    async def show_form(self, request: Request) -> Response:
        """Ask for the address of an article."""
        address = request.query_params.get("address", "")[:2000]
        return render(request, "why.html", address=address, problem=None, job=None, answer=None)

    async def ask(self, request: Request) -> Response:
        """Begin to read the page."""
        given = text_of(await request.form(), "address")
        allowed = await run_in_threadpool(self._allowed)
        try:
            address = check_address(given, allowed)
            question = PageQuestion(
                configuration=self._context.configuration,
                address=address,
                language=reader_language(request),
            )
            job = self._board.start(question)
        except FeedmakerError as error:
            values = {"address": given, "problem": error, "job": None, "answer": None}
            return render(request, "why.html", status=422, **values)
        return RedirectResponse(f"/app/why/{job.id}", 303)

    def _allowed(self) -> frozenset[str]:
        """Return the hosts whose private addresses may be asked: the operator's own homes, too."""
        try:
            sites = config.load_usable(self._context.configuration).sites
        except ConfigError:  # there is no site yet
            sites = ()
        return self._context.allow_private | {host_of(site.home) for site in sites}

    async def show(self, request: Request) -> Response:
        """Show the story beside its page."""
        job = self._question(request)
        if job is None:
            return render(request, "forgotten.html", status=404)
        assert isinstance(job.request, PageQuestion)
        return render(
            request,
            "why.html",
            address=job.request.address,
            problem=job.error,
            job=job,
            answer=job.result,
            refresh=0 if job.is_done else 1,
            headers={"Content-Security-Policy": _FRAME_POLICY},
        )

    async def show_drawing(self, request: Request) -> Response:
        """Show the page with its blocks in colours, for a frame."""
        job = self._question(request)
        if job is None or not isinstance(job.result, PageAnswer):
            return render(request, "forgotten.html", status=404)
        headers = {
            "Content-Security-Policy": _DRAWING_POLICY,
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "no-referrer",
        }
        return Response(job.result.drawing, headers=headers, media_type="text/html")

    def _question(self, request: Request) -> Job | None:
        job = self._board.get(request.path_params["job"])
        return job if job and isinstance(job.request, PageQuestion) else None
