"""The sample site's pictures: a sun over two hills, drawn from the picture's number."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 640, 360
_SKIES = (
    (236, 214, 178),
    (190, 220, 236),
    (222, 200, 228),
    (206, 228, 200),
    (240, 206, 190),
)
_HILLS = (
    (60, 110, 90),
    (96, 78, 120),
    (140, 92, 60),
    (40, 92, 128),
)
_SUN = (250, 244, 214)
_SKY_INDEX, _SUN_INDEX, _FAR_INDEX, _NEAR_INDEX = b"\0", b"\1", b"\2", b"\3"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _row(y: int, seed: int) -> bytes:
    """Return a line of pixels: sky, the sun, and before them two hills that widen downwards."""
    row = bytearray(_SKY_INDEX * WIDTH)
    centre = 80 + seed * 53 % (WIDTH - 160)
    radius = 36
    if abs(y - 90) < radius:
        half = int((radius**2 - (y - 90) ** 2) ** 0.5)
        row[centre - half : centre + half] = _SUN_INDEX * (2 * half)
    far = (
        _FAR_INDEX,
        130,
        2,
        seed * 97 % WIDTH,
    )
    near = (
        _NEAR_INDEX,
        210,
        3,
        seed * 31 % WIDTH,
    )
    for index, top, slope, peak in (far, near):
        half = (y - top) * slope
        if half > 0:
            start = max(0, peak - half)
            end = min(WIDTH, peak + half)
            row[start:end] = index * (end - start)
    return bytes(row)


def draw_png(seed: int) -> bytes:
    """Return a PNG picture of 640 by 360 pixels, the same for a seed (W3C PNG, colour type 3)."""
    sky = _SKIES[seed % len(_SKIES)]
    near = _HILLS[seed % len(_HILLS)]
    far = tuple((part + 255) // 2 for part in near)
    pixels = b"".join(b"\0" + _row(y, seed) for y in range(HEIGHT))
    parts = (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", bytes((*sky, *_SUN, *far, *near))),
        _chunk(b"IDAT", zlib.compress(pixels)),
        _chunk(b"IEND", b""),
    )
    return b"".join(parts)
