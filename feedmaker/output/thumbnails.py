"""Small pictures of stories for the pages, where `thumbnails` asks for them.

They are drawn by Pillow, as JPEG, in the process that reads pages, and lie beside the feeds of
their section: out/SITE/pictures/SECTION/NAME.jpg. The name is made of the picture's address. An
empty file says that nothing could be made of it, so that it is asked for once.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feedmaker.model import Section, Settings, Site

WIDTH: Final = 360
HEIGHT: Final = 225
# What is taken on: with three bytes a pixel, once more for a copy, it fits into the memory of a
# page. Photographs of phones have 12 million.
MOST_BYTES: Final = 6_000_000
_MOST_PIXELS: Final = 24_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
KINDS: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
_QUALITY: Final = 72


def folder(settings: Settings, site: Site, section: Section) -> Path:
    """Return the folder of a section's thumbnails."""
    return Path(settings.out, section.pictures_folder(site))


def file_name(picture: str) -> str:
    """Return the name of the thumbnail of the picture at an address."""
    return f"{sha256(picture.encode()).hexdigest()[:20]}.jpg"


def list_made(settings: Settings, site: Site, section: Section) -> frozenset[str]:
    """Return the names of a section's thumbnails; none where they are not asked for."""
    if not settings.thumbnails:
        return frozenset()
    files = folder(settings, site, section).glob("*.jpg")
    return frozenset(path.name for path in files if path.stat().st_size)


def draw(content: bytes) -> bytes:
    """Return the thumbnail of a picture file, as JPEG; b"" where it is none that can be drawn.

    The middle of the picture is kept, a little above the centre, where faces are.
    """
    from PIL import Image, ImageOps  # an extra, and only this job needs it

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                return b""
            picture.draft("RGB", (2 * WIDTH, 2 * HEIGHT))  # a JPEG is read at this size at once
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
        drawn = ImageOps.fit(drawn, (WIDTH, HEIGHT), centering=(0.5, 0.4))
        file = BytesIO()
        drawn.save(file, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, Image.DecompressionBombError):
        return b""  # what Pillow raises of broken files
    return file.getvalue()
