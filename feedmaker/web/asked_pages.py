"""The pages that were asked for by address: a configuration of its own, beside the store.

    FOLDER/config/sites/SLUG.toml   how the page is read, its only section
    FOLDER/used/SLUG                its time says when its feed was last asked for
    FOLDER/out/SLUG/NAME.atom.xml   the feed

A worker builds them as it builds all sections. What was not asked for in 30 days is forgotten.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from feedmaker.files import make_folder, write_file
from feedmaker.model.errors import FeedmakerError
from feedmaker.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.model import Settings

_FORGOTTEN_AFTER: Final = 30 * 86_400.0
_NOTED_EVERY: Final = 3_600.0
# What stands in a site's file until its first feed is given out: so many stories are there within
# seconds, though a host is asked but twice a second.
FIRST_LIMIT: Final = "[fetch]\nmax_new = 4\n\n"


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page by its canonical address, and what of its stories is wanted."""

    url: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    items: int = 20

    @property
    def slug(self) -> str:
        """The name that its files have: the same for whoever asks for the same."""
        text = json.dumps(asdict(self), sort_keys=True)
        return f"f{sha256(text.encode()).hexdigest()[:24]}"


class AskedPages:
    """The folder, as a page of it is asked for, written and forgotten."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configuration = folder / "config"
        self.out = folder / "out"
        self.store = str(folder / ".feedmaker" / "store.sqlite")

    def site_file(self, page: AskedPage) -> Path:
        """Return where the configuration of a page is, or will be."""
        return self.configuration / "sites" / f"{page.slug}.toml"

    def feed_file(self, page: AskedPage) -> Path | None:
        """Return the feed of a page; None where it is not there yet."""
        return next((self.out / page.slug).glob("*.atom.xml"), None)

    def count(self) -> int:
        """Return how many pages there are."""
        return sum(1 for _ in (self.configuration / "sites").glob("*.toml"))

    def note_use(self, page: AskedPage) -> bool:
        """Note that the feed of a page was given out; return whether more stories are to be had.

        After the first time its next look takes them all.
        """
        path = self.folder / "used" / page.slug
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime < _NOTED_EVERY:
                return False
        make_folder(path.parent, 0o700)
        path.touch(0o600)
        text = self.site_file(page).read_bytes()
        return write_file(self.site_file(page), text.replace(FIRST_LIMIT.encode(), b"", 1))

    def write_settings(self, settings: Settings) -> None:
        """Write what holds for all of them; sites are told of the same contact as by all runs."""
        make_folder(self.folder, 0o700)
        text = f'contact = {json.dumps(settings.contact)}\nformats = ["atom"]\nkeep_days = 30\n'
        write_file(self.configuration / "feedmaker.toml", text.encode())

    def forget_unused(self) -> int:
        """Forget what was not asked for in 30 days; return how many pages that were."""
        before = time.time() - _FORGOTTEN_AFTER
        forgotten = 0
        for path in (self.configuration / "sites").glob("*.toml"):
            used = self.folder / "used" / path.stem
            last = (used if used.exists() else path).stat().st_mtime
            if last < before:
                path.unlink(missing_ok=True)
                used.unlink(missing_ok=True)
                forgotten += 1
        if forgotten:
            self._remove_files()
        return forgotten

    def _remove_files(self) -> None:
        """Remove the feeds of what is configured no more, and forget it in the store."""
        configured = {path.stem for path in (self.configuration / "sites").glob("*.toml")}
        for folder in self.out.iterdir() if self.out.is_dir() else ():
            if folder.is_dir() and folder.name not in configured:
                shutil.rmtree(folder, ignore_errors=True)
        with suppress(FeedmakerError), Store(self.store) as store:
            for name in store.sections.states():
                if name.site not in configured:
                    store.sections.forget(*name)
