"""SIGTERM ends what is under way: as soon as it waits, and within seconds whatever it does."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from feedmaker.model.errors import EndedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Seconds from SIGTERM until the process ends itself: service managers and people wait for five.
_GRACE: Final = 4.0


@contextmanager
def ended_by_sigterm() -> Iterator[list[Callable[[], object]]]:
    """Yield a list: what is in it is called, in another thread, when SIGTERM comes.

    A process that waits for its database or for a name server looks at no signal. So a thread waits
    for this one, and exits with code 143 where the block does not end by itself in time. To be
    entered in the main thread, before other threads are started.
    """
    calls: list[Callable[[], object]] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    is_over = threading.Event()

    def wait() -> None:
        signal.sigwait({signal.SIGTERM})
        if is_over.is_set():
            return
        for call in calls:
            with suppress(RuntimeError):  # its event loop is closed already
                call()
        if not is_over.wait(_GRACE):
            error = EndedError("told to end (SIGTERM) and ended at once; what was kept stays")
            sys.stderr.write(f"feedmaker: {error}\n")
            sys.stderr.flush()
            os._exit(error.exit_code)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    try:
        yield calls
    finally:
        is_over.set()
        signal.pthread_kill(waiting.ident or 0, signal.SIGTERM)
        waiting.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
