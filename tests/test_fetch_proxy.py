"""The proxy variables of the environment, with a real proxy."""

from __future__ import annotations

import asyncio
import logging

import pytest
from servers import CERTIFICATE, Proxy, Reply, Server, html

from feedmaker.fetch import Fetcher
from feedmaker.model import Fetching, NotModified, Page, Settings, Site, Validators
from feedmaker.model.errors import FeedmakerError, FetchError

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment without proxy variables."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server():
    """A server with a good page at /a that knows a validator."""
    with Server() as running:
        running.page("/a", lambda r: Reply(status=304) if "if-none-match" in r.headers else html())
        yield running


@pytest.fixture
def proxy():
    """A proxy."""
    with Proxy() as running:
        yield running


def get(url: str, *validators: Validators) -> Page | NotModified:
    """A page on behalf of a site that is at home elsewhere."""
    site = Site(
        slug="s",
        name="s",
        home="http://home.test/",
        sections=(),
        fetch=Fetching(delay=0, timeout=5.0, retries=0),
    )

    async def run():
        async with Fetcher(Settings()) as fetcher:
            return await fetcher.get(url, site.fetch_limits, *validators)

    return asyncio.run(run())


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_http_goes_through_the_proxy(server, proxy, monkeypatch, variable):
    """Each variable that names a proxy for http is used, also without a scheme in it; 304 works as
    without one.
    """
    monkeypatch.setenv(variable, proxy.url.removeprefix("http://"))
    address = server.url("/a", "news.test")
    assert isinstance(get(address), Page)
    assert get(address, Validators(etag='"1"')) == NotModified(url=address)
    assert f"GET {address} HTTP/1.1" in proxy.asked


@pytest.mark.parametrize("variable", ["https_proxy", "ALL_PROXY"])
def test_https_is_tunnelled(proxy, monkeypatch, variable):
    """TLS goes through the proxy by CONNECT, checked by the page's own name against SSL_CERT_FILE."""
    monkeypatch.setenv(variable, proxy.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Server(tls=True) as server:
        server.page("/a")
        assert isinstance(get(server.url("/a", "news.test")), Page)
        assert proxy.asked == [f"CONNECT news.test:{server.port} HTTP/1.1"]
        with pytest.raises(FetchError, match="certificate not accepted"):
            get(server.url("/a", "stranger.test"))


@pytest.mark.parametrize(
    "exception", ["*", "nowhere.invalid", ".invalid", "other.test, nowhere.invalid"]
)
def test_no_proxy_is_obeyed(proxy, monkeypatch, exception):
    """Hosts that NO_PROXY names are asked directly."""
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", exception)
    with pytest.raises(FetchError):
        get("http://nowhere.invalid/")
    assert proxy.asked == []


def test_proxy_that_refuses_is_told(monkeypatch):
    """What the proxy says is in the reason."""
    with Proxy(refuses="403 Forbidden") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(FetchError, match=r"the proxy refuses \(403 Forbidden\)"):
            get("https://news.test/")


def test_proxys_password_is_sent_and_never_told(server, proxy, monkeypatch, caplog):
    """The proxy gets its credentials; neither the log nor an error shows them."""
    caplog.set_level(logging.DEBUG, "feedmaker")
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//user:hush@"))
    get(server.url("/a", "news.test"))
    assert "Proxy-Authorization: Basic" in proxy.heads[0]
    monkeypatch.setenv("HTTP_PROXY", "http://user:hush@127.0.0.1:9")
    with pytest.raises(FetchError) as caught:
        get("http://news.test/")
    assert "hush" not in caplog.text + str(caught.value) + repr(caught.value.__cause__)


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("HTTP_PROXY", "gopher://user:hush@x", "HTTP_PROXY: not the URL of a proxy"),
        ("HTTPS_PROXY", "http://user:hush@x:port", "HTTPS_PROXY: not the URL of a proxy"),
        ("SSL_CERT_FILE", "/nowhere/cert.pem", "SSL_CERT_FILE or SSL_CERT_DIR cannot be used"),
    ],
)
def test_broken_variables_are_named(monkeypatch, variable, value, complaint):
    """A variable that cannot be used gives one line that names it, without its password."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(FeedmakerError) as caught:
        get("https://nowhere.invalid/")
    assert str(caught.value).startswith(complaint)
    assert "hush" not in str(caught.value)
