"""The child process that looks at a page which was asked for by address, and writes its site file.

standard input: {"page": {...}, "path": ..., "contact": ..., "connect_to": ...}
standard output: one line that says why there is no feed; nothing where the file is written
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.files import write_file
from feedmaker.model import Settings
from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline import PageProcess
from feedmaker.setup import page_site_file
from feedmaker.web.asked_pages import FIRST_LIMIT, AskedPage

if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Do one job."""
    job = json.loads(sys.stdin.read())
    page = AskedPage(**job["page"])
    try:
        with closing(PageProcess()) as process:
            text = asyncio.run(_site_file(page, job, process))
        write_file(Path(job["path"]), text.encode())
    except FeedmakerError as error:
        print(str(error).splitlines()[0])


async def _site_file(page: AskedPage, job: dict[str, Any], process: PageProcess) -> str:
    """Return the text of the site's file; what is wanted of the stories ends its only section."""
    settings = Settings(contact=job["contact"])
    text = await page_site_file(page.url, settings, process, job["connect_to"])
    head, table, section = text.partition("[[sections]]")
    wanted = [
        f"items = {page.items}",
        f"include = {json.dumps(page.include, ensure_ascii=False)}",
        f"exclude = {json.dumps(page.exclude, ensure_ascii=False)}",
    ]
    return head + FIRST_LIMIT + table + section.rstrip("\n") + "\n" + "\n".join(wanted) + "\n"


if __name__ == "__main__":
    main()
