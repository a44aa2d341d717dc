"""`feedmaker serve`: the files in `out/`, and beside them an app to look after them.

    browser --> host_names --> out_files                       what readers subscribe to
                           --> security --> login, app_routes  below /app

`serve` is the door; the app's pages begin in `app_routes`.
"""

from __future__ import annotations

from feedmaker.model.errors import StoreError

try:
    import uvicorn

    from feedmaker.web.application import ServeOptions, make_application
    from feedmaker.web.private_file import PrivateFile
except ImportError as error:
    raise StoreError(
        f"`serve` needs more packages ({error}): pip install 'feedmaker[serve]'"
    ) from error

__all__ = ["PrivateFile", "ServeOptions", "serve"]


def serve(options: ServeOptions) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = uvicorn.Server(
        uvicorn.Config(
            make_application(options),
            host=options.host,
            port=options.port,
            http="httptools",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,  # addresses may hold a key
            server_header=False,
            proxy_headers=options.behind_proxy,
            forwarded_allow_ips="*" if options.behind_proxy else None,
            timeout_graceful_shutdown=2,
        )
    )
    server.run()
