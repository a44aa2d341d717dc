"""The icons of sites in the store, as notes of it: by site what it is called, and the file."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from feedmaker.store.database import StorePart, in_transaction, instant, utc_text

if TYPE_CHECKING:
    from datetime import datetime

_GET = "SELECT value FROM meta WHERE name = :name"
_FORGET = "DELETE FROM meta WHERE name = :name"
_SET = """
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


class Icons(StorePart):
    """Part of the store: the icon of each site, and when it is asked for where there is none."""

    def is_due(self, site: str, now: datetime) -> bool:
        """Whether a site was never asked for its icon, or is to be asked again."""
        noted = self._get(f"icon {site}")
        again = instant(noted) if noted and not self.name(site) else None
        return not noted or (again is not None and again <= now)

    def name(self, site: str) -> str:
        """Return the file name of a site's icon in its folder in `out`: "icon.png"; "" of none."""
        noted = self._get(f"icon {site}")
        return noted if noted.startswith("icon.") else ""

    def file(self, site: str) -> bytes:
        """Return the icon itself; empty where it is damaged."""
        try:
            return b64decode(self._get(f"icon file {site}"), validate=True)
        except ValueError:
            return b""

    @in_transaction
    def keep(self, site: str, data: bytes, ending: str, *, again: datetime) -> None:
        """Keep the icon of a site; of one that has none, when it is to be asked for `again`."""
        noted = f"icon.{ending}" if ending else utc_text(again) or ""
        self._db.execute(_SET, name=f"icon {site}", value=noted)
        self._db.execute(_SET, name=f"icon file {site}", value=b64encode(data).decode())

    @in_transaction
    def forget(self, site: str) -> None:
        """Forget the icon of a site."""
        for name in (f"icon {site}", f"icon file {site}"):
            self._db.execute(_FORGET, name=name)

    def _get(self, name: str) -> str:
        row = self._db.row(_GET, name=name)
        return str(row["value"]) if row else ""
