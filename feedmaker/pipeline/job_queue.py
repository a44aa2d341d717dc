"""The same pipeline as jobs on PostgreSQL: `feedmaker worker` on any number of machines.

    dispatch --site--> queue --job--> run_sites --> store, out/

Procrastinate keeps the queue in the store's own database. `dispatch` looks every quarter of a
minute for sections that are due by their own rhythm, and queues their sites; whichever worker is
free takes the next. A site is queued once and worked on once at a time. A job that fails is tried
again after growing pauses. `tidy` takes up a job whose worker died, within a minute of its last
sign of life. Every job may run twice: it looks up what is due, and what it writes may be written
again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from feedmaker.model.errors import StoreError
from feedmaker.output import overview
from feedmaker.pipeline.due_sites import find_due_sites, run_sites
from feedmaker.store import Store
from feedmaker.text.sayings import Saying

try:
    import procrastinate
    from procrastinate import exceptions
    from psycopg_pool import PoolTimeout
except ImportError as error:
    needs = "`worker` needs more packages ({why}): pip install 'feedmaker[postgres]'"
    raise StoreError(Saying(needs, why=error)) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feedmaker.model import Settings, Site
    from feedmaker.pipeline.due_sites import Configuration
    from feedmaker.pipeline.page_process import PageProcess
    from feedmaker.pipeline.section import Progress

_log = logging.getLogger(__name__)

# Seconds between a worker's signs of life, and after the last of which it is taken for dead.
_SIGN_OF_LIFE: Final = 10.0
_DEAD: Final = 30.0
# Seconds that a job may go on after SIGTERM; then it is cut off, and another worker takes it up.
_GRACE: Final = 2.5
# Seconds between two tries to reach a database that went away.
_PAUSE: Final = 2.0
_BATCH: Final = 500
# After 4 s, 16 s, 64 s ... then at the next dispatch.
_RETRY: Final = procrastinate.RetryStrategy(max_attempts=6, exponential_wait=4)


def make_jobs(
    configuration: Configuration, progress: Progress, process: PageProcess | None = None
) -> procrastinate.App:
    """Return the jobs, on the store's database."""
    connector = procrastinate.PsycopgConnector(
        conninfo=configuration.settings.store,
        min_size=1,
        max_size=4,
        timeout=10,
        reconnect_timeout=60,
    )
    jobs = procrastinate.App(connector=connector, periodic_defaults={"max_delay": 60.0})

    @jobs.task(name="site", queue="sites", retry=_RETRY)
    async def site(slug: str) -> None:
        configuration.refresh()
        if slug in configuration.sites:
            sites = [configuration.sites[slug]]
            await run_sites(configuration.settings, sites, progress, process)

    @jobs.periodic(cron="* * * * * */15")
    @jobs.task(
        name="dispatch", queue="house", queueing_lock="dispatch", lock="dispatch", priority=10
    )
    async def dispatch(timestamp: int) -> None:
        del timestamp
        configuration.refresh()
        sites = list(configuration.sites.values())
        names = await asyncio.to_thread(find_due_sites, configuration.settings, sites)
        await _defer(jobs, site, names)

    # No lock: a `tidy` that died itself must not keep the next from finding it.
    @jobs.periodic(cron="* * * * * */20")
    @jobs.task(name="tidy", queue="house", queueing_lock="tidy", priority=10)
    async def tidy(timestamp: int) -> None:
        del timestamp
        for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD):
            _log.warning(
                "%s %s: its worker is dead; taken up again",
                job.task_name,
                job.task_kwargs.get("slug", ""),
            )
            with contextlib.suppress(exceptions.ConnectorException):  # another worker was quicker
                await jobs.job_manager.retry_job(job)

    @jobs.periodic(cron="* * * * *")
    @jobs.task(name="pages", queue="house", queueing_lock="pages", lock="pages", priority=5)
    def pages(timestamp: int) -> None:
        del timestamp
        publish_pages(configuration.settings, list(configuration.sites.values()))

    return jobs


def publish_pages(settings: Settings, sites: Sequence[Site]) -> None:
    """Write the pages that show all sections, and rest twenty times as long as that took.

    Of very many sections they take long.
    """
    with Store(settings.store) as store:
        now = store.now()
        started = time.monotonic()
        latest = now + timedelta(days=1)  # later is a clock that was wrong
        if not now.isoformat() < store.meta("pages_due") < latest.isoformat():
            overview.publish_pages(settings, sites, store, now)
            rest = timedelta(seconds=20 * (time.monotonic() - started))
            store.set_meta("pages_due", (store.now() + rest).isoformat())


async def _defer(jobs: procrastinate.App, site: Any, names: Sequence[str]) -> None:
    """Queue the sites that are not queued or worked on."""
    query = (
        "SELECT queueing_lock FROM procrastinate_jobs"
        " WHERE task_name = 'site' AND status IN ('todo', 'doing')"
    )
    busy = {row["queueing_lock"] for row in await jobs.connector.execute_query_all_async(query)}
    deferred = [
        site.configure(lock=name, queueing_lock=name, task_kwargs={"slug": name}).job
        for name in names
        if name not in busy
    ]
    for start in range(0, len(deferred), _BATCH):
        batch = deferred[start : start + _BATCH]
        try:
            await jobs.job_manager.batch_defer_jobs_async(jobs=batch)
        except exceptions.AlreadyEnqueued:  # a job that failed went back into the queue meanwhile
            for job in batch:
                with contextlib.suppress(exceptions.AlreadyEnqueued):
                    await jobs.job_manager.defer_job_async(job)


async def work_until_stopped(
    configuration: Configuration,
    progress: Progress,
    process: PageProcess,
    at_sigterm: list[Callable[[], object]],
) -> None:
    """Work until SIGTERM or SIGINT; what is under way is then left to other workers.

    Raises StoreError where the database cannot be reached or used at the start; later it is waited
    for.
    """
    with Store(configuration.settings.store):  # its tables are there from now on
        pass
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stopping.set)
    at_sigterm.append(lambda: loop.call_soon_threadsafe(stopping.set))
    while not stopping.is_set():
        jobs = make_jobs(configuration, progress, process)
        try:
            async with jobs.open_async():
                await _make_tables(jobs)
                await _work(jobs, configuration.settings.sites_at_once, stopping)
        except (exceptions.ProcrastinateException, OSError, PoolTimeout) as error:
            _log.warning(
                "the database went away (%s); waiting for it", error or type(error).__name__
            )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _PAUSE)


async def _work(jobs: procrastinate.App, at_once: int, stopping: asyncio.Event) -> None:
    """Take jobs until told to stop, or until the database went away."""
    working = asyncio.ensure_future(
        jobs.run_worker_async(
            concurrency=at_once,
            delete_jobs="always",  # what became of a site is in the store
            install_signal_handlers=False,
            shutdown_graceful_timeout=_GRACE,
            update_heartbeat_interval=_SIGN_OF_LIFE,
            stalled_worker_timeout=_DEAD,
        )
    )
    told = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not working.done():
        working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


async def _make_tables(jobs: procrastinate.App) -> None:
    """Make Procrastinate's own tables; workers that start together make them once."""
    if not await jobs.check_connection_async():
        # One of several at once makes them; the others' whole attempt fails, and the tables are
        # there.
        with contextlib.suppress(exceptions.ConnectorException):
            await jobs.schema_manager.apply_schema_async()
        if not await jobs.check_connection_async():
            raise StoreError(
                Saying(
                    "procrastinate's tables cannot be made; may this user create tables and types?"
                )
            )
