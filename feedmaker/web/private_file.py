"""What `serve` keeps for itself beside the store: a key that signs, the password's hash, logouts.

One JSON file for its owner alone (0600). `feedmaker password` writes it while a server runs, which
takes it over.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from hmac import digest
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import TYPE_CHECKING, Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from feedmaker.files import make_folder, only_writer
from feedmaker.model.errors import StoreError
from feedmaker.text.sayings import Saying, placed
from feedmaker.text.urls import is_postgres_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.model import Settings

_NAME: Final = "serve.json"
# What OWASP's "Password Storage Cheat Sheet" names first for Argon2id: 19 MiB, two passes.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@dataclass(frozen=True, slots=True)
class FeedKey:
    """Who may ask for the feed of an address: the hash of a key, and how often."""

    hash: str
    requests: int  # an hour
    addresses: int  # new ones a day


@dataclass(frozen=True, slots=True)
class Private:
    """What stands in the file; `ended` are sessions that were logged out, until they expire.

    `keys` are those of feeds by address, by the names that the operator gave them.
    """

    secret: str
    password: str = ""
    ended: dict[str, int] = field(default_factory=dict, hash=False)
    keys: dict[str, FeedKey] = field(default_factory=dict, hash=False)

    def find_key(self, given: str) -> str:
        """Return whose key this is; "" where it is none."""
        hashed = key_hash(given)
        return next((name for name, key in self.keys.items() if key.hash == hashed), "")

    @property
    def signing_key(self) -> bytes:
        """What signs sessions: another one with each password, so that a new one ends them all."""
        return digest(self.secret.encode(), self.password.encode(), "sha256")


def private_folder(configuration: Path, settings: Settings) -> Path:
    """Return the folder of what the server keeps for itself: that of the store, where it is one."""
    if is_postgres_url(settings.store):
        return configuration.absolute().parent / ".feedmaker"
    return Path(settings.store).parent


class PrivateFile:
    """The file, read again where it changed. Raises StoreError where it cannot be used."""

    def __init__(self, configuration: Path, settings: Settings) -> None:
        self._path = private_folder(configuration, settings) / _NAME
        self._read_at = -1
        self._private = Private("")

    def read(self) -> Private:
        """Return what stands in it; it is made where it is missing."""
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            self._write(Private(token_hex(32)))
            return self._private
        except OSError as error:
            raise _file_error(self._path, error) from error
        if changed != self._read_at:
            try:
                self._private = _private(json.loads(self._path.read_text("utf-8")))
            except (OSError, ValueError, TypeError) as error:
                raise _file_error(self._path, error) from error
            self._read_at = changed
        return self._private

    def set_password(self, password: str) -> None:
        """Keep the hash of a password; whoever is logged in by another one is so no more."""
        hashed = _HASHER.hash(password)
        self._change(lambda private: replace(private, password=hashed, ended={}))

    def is_password(self, password: str) -> bool:
        """Whether this is the password. It takes some 30 ms of CPU and 19 MB, by design."""
        try:
            return _HASHER.verify(self.read().password, password)
        except (VerificationError, InvalidHashError):
            return False

    def add_key(self, name: str, *, requests: int, addresses: int) -> str:
        """Return a new key under a name; the one that had it before is valid no more."""
        key = token_urlsafe(24)
        entry = FeedKey(key_hash(key), requests, addresses)
        self._change(lambda private: replace(private, keys=private.keys | {name: entry}))
        return key

    def remove_key(self, name: str) -> bool:
        """Revoke a key; return whether there was one of that name."""
        was_there = name in self.read().keys
        self._change(
            lambda private: replace(
                private, keys={one: key for one, key in private.keys.items() if one != name}
            )
        )
        return was_there

    def end_session(self, session: str, expires: int) -> None:
        """Note that a session was logged out, and forget those that expired since."""
        now = int(time.time())

        def with_end(private: Private) -> Private:
            ended = {name: until for name, until in private.ended.items() if until > now}
            return replace(private, ended=ended | {session: expires})

        self._change(with_end)

    def _change(self, change: Callable[[Private], Private]) -> None:
        """Write what a function makes of the file, while nobody else does so."""
        try:
            make_folder(self._path.parent, 0o700)
            with only_writer(self._path.parent):
                self._write(change(self.read()))
        except OSError as error:
            raise _file_error(self._path, error) from error

    def _write(self, private: Private) -> None:
        """Replace the file whole: whoever is killed leaves the old one or the new one."""
        temporary = self._path.with_name(f".{_NAME}.tmp-{token_hex(4)}")
        try:
            make_folder(self._path.parent, 0o700)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(private), file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
            self._read_at = self._path.stat().st_mtime_ns
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise _file_error(self._path, error) from error
        self._private = private


def key_hash(key: str) -> str:
    """Return what is kept of a key. It is 24 random bytes, which no slow hash needs to protect."""
    return sha256(key.encode()).hexdigest()


def _private(values: dict[str, Any]) -> Private:
    keys = {name: FeedKey(**entry) for name, entry in values.pop("keys", {}).items()}
    return Private(**values, keys=keys)


def _file_error(path: Path, error: Exception) -> StoreError:
    why = getattr(error, "strerror", None)
    why = why or Saying("it is not what `feedmaker password` writes")
    problem = Saying("cannot be used ({why}); make it readable, or remove it", why=why)
    return StoreError(placed(path, problem))
