"""What the names of sound and film files tell of their media types (IANA, "Media Types")."""

from __future__ import annotations

import re
from typing import Final

_OF_ENDING: Final = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
}
MEDIA_TYPES_BY_NAME: Final = frozenset(_OF_ENDING.values())
# What a text that names such a file holds; in capitals only the common ones are known.
FILE_ENDING: Final = re.compile(rf"\.(?:{'|'.join(_OF_ENDING)}|MP[34])\b")
_ENDING: Final = re.compile(rf"\.({'|'.join(_OF_ENDING)})$", re.IGNORECASE)
_LONGEST_ENDING: Final = 6  # characters, with its dot


def media_type(url: str) -> str | None:
    """Return the media type that the name of a file tells; None of what is no sound or film."""
    path = url.partition("?")[0].partition("#")[0]
    found = _ENDING.search(path[-_LONGEST_ENDING:])
    return _OF_ENDING[found[1].lower()] if found else None
