"""The page of the manual on Python: its examples run, and it names all that is public."""

from __future__ import annotations

import doctest
import inspect
import re
from dataclasses import fields, replace
from functools import partial
from urllib.parse import urlsplit

import httpx
import pytest
from manual import PAGES, fenced, part

import feedmaker
from feedmaker import demo
from feedmaker.model import Fetching, Settings
from feedmaker.pipeline import build_feeds
from feedmaker.setup import one_feed

TEXT = PAGES["python"]
SAMPLES = {
    "article": "/news/2026/11/18/fog-nets",
    "listing": "/news/science",
    "home": "/",
    "video": "/video/611201",
}
FETCHING = "`feed` and `feed_async`"


@pytest.fixture(scope="module")
def pages():
    """Pages of the sample site, as the manual calls them."""
    with demo.serve(corrected=False) as (host, port):
        client = httpx.Client(
            base_url=f"http://{host}:{port}",
            headers={"Host": urlsplit(demo.HOME).netloc},
            trust_env=False,
        )
        with client:
            return {
                name: client.get(path).raise_for_status().content for name, path in SAMPLES.items()
            }


def failures(text: str, names: dict[str, object]) -> str:
    """What the examples of a text give otherwise than it says; "" where all is as it says."""
    said: list[str] = []
    examples = "".join(fenced(text, "pycon"))
    test = doctest.DocTestParser().get_doctest(examples, names, "manual", None, 0)
    assert test.examples
    doctest.DocTestRunner().run(test, out=said.append)
    return "".join(said)


def test_the_examples_that_read_a_page_are_true(pages):
    """As a person would type them, one after the other."""
    assert failures(TEXT.replace(part("python", FETCHING), ""), dict(pages)) == ""


@pytest.mark.slow
def test_the_examples_that_fetch_are_true(news, monkeypatch):
    """With a site on loopback in the place of the one that they name, which is asked at once."""

    async def build(settings, sites, **options):
        at_once = [replace(site, fetch=replace(site.fetch, delay=0)) for site in sites]
        return await build_feeds(settings, at_once, **options)

    monkeypatch.setattr(one_feed, "build_feeds", build)
    monkeypatch.setattr(one_feed, "Settings", partial(Settings, fetch=Fetching(delay=0)))
    text = part("python", FETCHING).replace("https://news.example", news.server.url("").rstrip("/"))
    assert failures(text, {"feedmaker": feedmaker}) == ""


@pytest.mark.parametrize(
    "name", [name for name in feedmaker.__all__ if inspect.isfunction(getattr(feedmaker, name))]
)
def test_every_function_and_all_that_it_takes_is_told(name):
    """In its own words, by the signature that it has."""
    (line,) = re.findall(rf"^    (?:await )?{name}\((.*?)\)(?: -> .*)?$", TEXT, re.MULTILINE)
    if line == "...":
        signature = inspect.signature(feedmaker.feed).parameters
        assert inspect.signature(getattr(feedmaker, name)).parameters == signature
        return
    signature = inspect.signature(getattr(feedmaker, name)).parameters.values()
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature]
    assert line == str(inspect.Signature(bare))[1:-1].replace("'", '"')


def test_every_public_name_and_field_is_told():
    """The classes, and what a `Story`, a `Link` and `Rules` hold."""
    for name in set(feedmaker.__all__) - {"__version__"}:
        assert f"`{name}" in TEXT or f"feedmaker.{name}" in TEXT, name
    for kind in (feedmaker.Story, feedmaker.Link):
        assert [field.name for field in fields(kind) if f"`{field.name}`" not in TEXT] == []
