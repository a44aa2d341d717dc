"""Small pictures for the pages: drawn once, of real pictures only, and removed with their stories."""

from __future__ import annotations

import asyncio
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from newsroom import SECTION, site, story
from records import keep_story
from selectolax.lexbor import LexborHTMLParser
from servers import Reply, Server

from feedmaker import config
from feedmaker.fetch import Fetcher
from feedmaker.model import Code, Enclosure, Link, Reason, Settings, Validators
from feedmaker.model.errors import ConfigError, FetchError
from feedmaker.output import pages, thumbnails
from feedmaker.output.pages import SectionView
from feedmaker.pipeline.small_pictures import make_thumbnails
from feedmaker.store import Store

SITE = site(SECTION)


@pytest.fixture
def server():
    """An HTTP server."""
    with Server() as running:
        yield running


def picture(kind: str, size: tuple[int, int] = (1200, 900), **saved: object) -> bytes:
    """A picture file, red above and blue below."""
    image = pytest.importorskip("PIL.Image", reason="needs Pillow")
    drawn = image.new("RGB", size, (200, 20, 20))
    drawn.paste((20, 20, 200), (0, size[1] // 2, *size))
    file = BytesIO()
    drawn.save(file, kind, **saved)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_one(kind):
    """A JPEG of one size, of some kilobytes, the same for the same picture."""
    content = picture(kind)
    drawn = thumbnails.draw(content)
    image = pytest.importorskip("PIL.Image").open(BytesIO(drawn))
    assert (image.format, image.size) == ("JPEG", (thumbnails.WIDTH, thumbnails.HEIGHT))
    assert len(drawn) < 20_000
    assert thumbnails.draw(content) == drawn


def test_a_picture_is_turned_as_its_camera_was_held():
    """By its EXIF orientation: 3 says that it stands on its head."""
    image = pytest.importorskip("PIL.Image")
    exif = image.Exif()
    exif[0x0112] = 3
    drawn = image.open(BytesIO(thumbnails.draw(picture("JPEG", exif=exif))))
    red, _, blue = drawn.getpixel((thumbnails.WIDTH // 2, 5))
    assert blue > red


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>not found</html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png_of(100_000, 100_000),
        png_of(5_000, 5_000),
        png_of(100, 100),
    ],
    ids=["nothing", "page", "svg", "bomb", "too large", "cut off"],
)
def test_what_is_no_picture_or_too_large_gives_none(content):
    """A bomb is refused by what its head says, before it is unpacked."""
    pytest.importorskip("PIL", reason="needs Pillow")
    assert thumbnails.draw(content) == b""


# ---- in a run


def made_run(tmp_path, answers, *, wanted=True):
    """A run whose pictures are answered so: bytes, or an error; and what was asked."""
    asked = []

    async def fetch(url, _limits, *, seconds, most):
        asked.append((url, seconds, most))
        if isinstance(answers[url], Exception):
            raise answers[url]
        return answers[url]

    async def call(_url, job, content):
        assert job is thumbnails.draw
        return b"small " + content

    shown = [Enclosure(url=url, type="image/png", length=9) for url in answers]
    run = SimpleNamespace(
        settings=Settings(out=str(tmp_path), thumbnails=wanted),
        site=SITE,
        store=SimpleNamespace(stories=SimpleNamespace(shown_pictures=lambda *_: shown)),
        fetcher=SimpleNamespace(picture=fetch),
        process=SimpleNamespace(call=call),
        fetch_limits=SITE.fetch_limits,
        at_once=asyncio.Semaphore(2),
        deadline=float("inf"),
    )
    return run, asked


def files(tmp_path):
    """The thumbnails that are there, by their names."""
    return {path.name: path.read_bytes() for path in tmp_path.rglob("*.jpg")}


def test_a_thumbnail_is_made_once_and_leaves_with_its_story(tmp_path):
    """What could not be had is not asked for again either."""
    gone = FetchError("b", Reason.of(Code.STATUS, status=404))
    run, asked = made_run(tmp_path, {"a": b"1", "b": gone})
    for _ in range(2):
        asyncio.run(make_thumbnails(run, SECTION))
    name, missing = map(thumbnails.file_name, "ab")
    assert files(tmp_path) == {name: b"small 1", missing: b""}
    assert sorted(url for url, *_ in asked) == ["a", "b"]
    assert thumbnails.list_made(run.settings, SITE, SECTION) == {name}
    later, _ = made_run(tmp_path, {"c": b"3"})
    asyncio.run(make_thumbnails(later, SECTION))
    assert files(tmp_path) == {thumbnails.file_name("c"): b"small 3"}


def test_nothing_is_fetched_where_no_thumbnails_are_wanted(tmp_path):
    """As it is without the option."""
    run, asked = made_run(tmp_path, {"a": b"1"}, wanted=False)
    asyncio.run(make_thumbnails(run, SECTION))
    assert asked == []
    assert files(tmp_path) == {}
    assert thumbnails.list_made(run.settings, SITE, SECTION) == frozenset()


def test_large_and_strange_pictures_are_not_asked_for(tmp_path):
    """Their servers said how large they are, and of which kind."""
    run, asked = made_run(tmp_path, {"a": b"1"})
    strange = [
        Enclosure(url="svg", type="image/svg+xml", length=9),
        Enclosure(url="large", type="image/png", length=thumbnails.MOST_BYTES + 1),
    ]
    run.store.stories.shown_pictures = lambda *_: strange
    asyncio.run(make_thumbnails(run, SECTION))
    assert asked == []


def test_pages_show_the_thumbnails_that_are_there():
    """Of the first headline of a section, and of each story on its page; without words for what
    the headline says.
    """
    with_one = replace(story(1), image="https://x.example/a.jpg")
    view = SectionView(
        site=SITE,
        section=SECTION,
        stories=(
            with_one,
            replace(with_one, id="2"),
            replace(story(3), image="https://x.example/b.jpg"),
        ),
        count=3,
        thumbnails=frozenset({thumbnails.file_name("https://x.example/a.jpg")}),
    )
    index = LexborHTMLParser(pages.overview_page("index.html", [view]).decode())
    whole = LexborHTMLParser(pages.section_page(view).decode())
    address = f"news/pictures/sport/{thumbnails.file_name('https://x.example/a.jpg')}"
    assert [one.attributes["src"] for one in index.css("img")] == [address]
    assert [one.attributes["src"] for one in whole.css("img")] == [f"../{address}"] * 2
    assert index.css_first("img").attributes["alt"] == ""


def test_the_option_says_what_it_needs(tmp_path, monkeypatch):
    """In one line, before anything is built."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "feedmaker.toml").write_text("thumbnails = true\n")
    (tmp_path / "sites" / "a.toml").write_text(
        'name = "A"\nhome = "https://a.example/"\n[[sections]]\nslug = "s"\ntitle = "S"\n'
        'urls = ["https://a.example/s"]\n'
    )
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"thumbnails: needs Pillow.*feedmaker\[thumbnails\]"):
        config.load(tmp_path)
    monkeypatch.setattr(config, "find_spec", lambda name: name)
    assert config.load(tmp_path)[0].thumbnails


def test_a_picture_is_fetched_whole_or_not_at_all(server):
    """As polite as a page; more bytes than asked for, and other answers, are refused."""
    server.page("/a.png", Reply(b"picture", headers={"Content-Type": "image/png"}))
    server.page("/b.png", Reply(b"", 404))
    one = site(SECTION, home=server.url("/"))

    async def ask(path, most):
        async with Fetcher(Settings(), {}) as fetcher:
            return await fetcher.picture(server.url(path), one.fetch_limits, seconds=5, most=most)

    assert asyncio.run(ask("/a.png", 7)) == b"picture"
    for path, most, code in (("/a.png", 6, Code.TOO_LARGE), ("/b.png", 7, Code.STATUS)):
        with pytest.raises(FetchError) as failed:
            asyncio.run(ask(path, most))
        assert failed.value.reason.code == code


def test_the_store_names_the_pictures_of_the_newest_stories(where):
    """Those that their server described, the newest story's first."""
    now = datetime(2026, 11, 25, tzinfo=UTC)
    with Store(where) as store:
        for number in (1, 2, 3):
            image = f"https://x.example/{number}.jpg"
            at = now - timedelta(hours=number)
            one = story(number, published=at, first_seen=at, updated=at, image=image)
            link = Link(url=one.url, title=one.title)
            (listed,) = store.links.listed("news", "sport", [link])
            store.links.note("news", "sport", [replace(listed, first_seen=at, next_check=at)])
            (seen,) = store.links.due("news", "sport", now)
            kept = replace(one, id=seen.story)
            keep_story(store, seen, kept, f"d{number}", None, Validators(), "", "news")
            if number != 2:
                found = Enclosure(url=image, type="image/jpeg", length=5)
                store.stories.describe_picture(image, found, None)
        urls = [one.url for one in store.stories.shown_pictures("news", "sport", 5)]
        assert urls == ["https://x.example/1.jpg", "https://x.example/3.jpg"]
        assert len(store.stories.shown_pictures("news", "sport", 1)) == 1
        assert store.stories.shown_pictures("news", "other", 5) == []
