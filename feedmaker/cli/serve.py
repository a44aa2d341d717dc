"""`feedmaker serve`: the feeds and an app to look after them, by one command.

Serve the files in `out/` at http://127.0.0.1:8000/, and below /app an app: paste the address of a
site, choose its sections, and see how all of them fare. Where others can reach the server, it asks
for a password (`feedmaker password`). Needs `pip install "feedmaker[serve]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.cli import console

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SHARED_OPTIONS = ("--config", "--out", "--log")


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (127.0.0.1: this machine alone)"
    )
    parser.add_argument("--port", type=port, default=8000, help="port to listen at (8000)")
    parser.add_argument(
        "--host-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a further name that the server answers to, beside that of `base_url`",
    )
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a proxy before it sets X-Forwarded-For and -Proto; it asks for a password where none"
        " is set here",
    )
    parser.add_argument(
        "--allow-private",
        action="append",
        default=[],
        metavar="HOST",
        help="let the app fetch from this host, though its address is private",
    )


def port(text: str) -> int:
    """Return the port that a text names. Raises ValueError."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError
    return number


def run(options: Namespace) -> int:
    """Serve until told to stop."""
    from feedmaker import web  # Starlette and uvicorn are an extra

    console.start_log(options.log)
    web.serve(
        web.ServeOptions(
            configuration=options.config,
            out=options.out,
            host=options.host,
            port=options.port,
            behind_proxy=options.behind_proxy,
            host_names=tuple(options.host_name),
            allow_private=frozenset(host.lower() for host in options.allow_private),
            log=options.log,
        )
    )
    return 0
