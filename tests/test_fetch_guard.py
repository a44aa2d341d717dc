"""The private-address guard: no page of the web makes us connect to a machine it could not reach
itself.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import Proxy, Reply, Server, redirect

from feedmaker.fetch import Fetcher, connections, describe, ping
from feedmaker.fetch.addresses import is_public, is_trustable, literal
from feedmaker.model import Fetching, Page, Settings, Site
from feedmaker.model.errors import FetchError

ELSEWHERE = "http://home.test/"


@pytest.fixture
def server():
    """A server with a good page at /a."""
    with Server() as running:
        running.page("/a")
        yield running


@pytest.fixture
def names(monkeypatch):
    """A name server: name -> a list of answers, the last of which stays; it records what it was
    asked.
    """
    answers: dict[str, list[list[str]]] = {}
    asked: list[str] = []

    def resolve(host, port, *_, **__):
        asked.append(host)
        try:
            found = [ip_address(host)]
        except ValueError:
            if host not in answers:
                raise socket.gaierror(socket.EAI_NONAME, "unknown") from None
            found = [
                ip_address(a)
                for a in (answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0])
            ]
        families = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [(families[a.version], socket.SOCK_STREAM, 6, "", (str(a), port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    answers["asked"] = asked
    return answers


def get(url: str, home: str = ELSEWHERE, **keys) -> Page | str:
    """The page, or the reason why not."""
    site = Site(
        slug="s",
        name="s",
        home=home,
        sections=(),
        fetch=Fetching(delay=0, timeout=3.0, retries=0),
        **keys,
    )

    async def run():
        async with Fetcher(Settings()) as fetcher:
            return await fetcher.get(url, site.fetch_limits)

    try:
        return asyncio.run(run())
    except FetchError as error:
        return str(error.reason or "")


PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.254",
    "192.0.0.1",
    "192.0.0.9",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "192.88.99.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "2001::1",
    "100::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::6440:1",
    "64:ff9b:1::1",
    "64:ff9b:1:7f00:1::",
    "::ffff:0.0.0.0",
    "::ffff:100.64.0.1",
    "::ffff:255.255.255.255",
    "232.0.0.1",
    "ff0e::1",
    "fe80::1%eth0",
    "febf::1",
    "2001:10::1",
    "2001:20::1",
    "5f00::1",
    "4000::1",
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "151.101.1.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address):
    """Loopback, private, shared, link-local, metadata, documentation, multicast, and IPv6 forms
    that hide them.
    """
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_let_through(address):
    """Addresses of the open internet, NAT64 of them included."""
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_hidden_ipv4_address_is_what_it_hides(address):
    """An IPv4 address counts the same when written as a mapped or translated IPv6 one."""
    mapped = IPv6Address(f"::ffff:{address}")
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
    assert is_public(address) == is_public(mapped) == is_public(translated)
    if is_public(address):
        assert address.is_global


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "localhost.",
        "[::1]",
        "::1",
        "::ffff:127.0.0.1",
        "[fe80::1%25eth0]",
        "0",
        "0x0",
    ],
)
def test_spelled_out_addresses_are_read_in_any_form(host):
    """Decimal, octal, hexadecimal, shortened, dotted at the end: the address that `connect` would
    read.
    """
    address = literal(host)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    ["news.example", "1.example", "127.0.0.1.example", "0x7f.example", "x", "", "1.2.3.4.5", "a.1"],
)
def test_names_are_no_addresses(host):
    """A name is a name, however many digits are in it."""
    assert literal(host) is None


@given(st.text(max_size=20))
def test_any_host_is_an_address_or_none(host):
    """No host name breaks the reading."""
    assert literal(host) is None or isinstance(literal(host), IPv4Address | IPv6Address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.1", "017700000001", "0x7f000001",
        "127.0.0.1.", "LocalHost.", "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "0",
        "[::127.0.0.1]", "127\u30020\u30020\u30021", "127\uff0e0.0\uff611", "127.0.0.1..", "127.1.", "0X7F.1",
        "localhost\u3002", "localhost..", "[::]", "[::ffff:0:0]", "[64:ff9b::7f00:1]", "0.0.0.0", "0.0",
        "[0000:0000:0000:0000:0000:0000:0000:0001]",
    ],
)  # fmt: skip
def test_spelled_out_private_address_is_refused(server, host):
    """A link to loopback in any spelling gives an error and no request, not even for robots.txt."""
    assert get(server.url("/a", host)).startswith("private address (")
    assert server.requests == []


@pytest.mark.parametrize(
    "host",
    [
        "\uff11\uff12\uff17.0.0.1",
        "\u2460\u2461\u2466.0.0.1",
        "%31%32%37.0.0.1",
        "127%2e0.0.1",
        "[::1%25lo]",
        "127.0.0.1 ",
        "local\u00adhost",
        "LOCALHO\u017fT",
        "\u0661\u0662\u0667.\u0660.\u0660.\u0661",
        "%6c%6f%63alhost",
        "127.0.0.1%00.news.example",
        "127.0.0.1%2f.news.example",
        "00000177.0.0.1",
        "127.0.0.01",
        "4294967297",
        "[fe80::1%25lo]",
        "[fe80::1%lo]",
        "[::1].",
        "[::ffff:0x7f.1]",
    ],
)
def test_letters_that_look_like_an_address_reach_nobody(server, host):
    """Wide and circled digits, percent signs, zones: refused as an address or as no name at all."""
    assert isinstance(get(server.url("/a", host)), str)
    assert server.requests == []


@pytest.mark.parametrize(
    "trick",
    [
        "http://news.example@127.0.0.1:{}/a",
        "http://127.0.0.1:{}\\@news.example/a",
        "http://news.example:80@127.0.0.1:{}/a",
        "http://news.example%2f@127.0.0.1:{}/a",
        "http://news.example#@127.0.0.1:{}/a",
        "http://news.example?@127.0.0.1:{}/a",
        "http:\\\\127.0.0.1:{}\\a",
        "http:/127.0.0.1:{}/a",
        "http://127.0.0.1\t:{}/a",
        "//127.0.0.1:{}/a",
        "http://news.example\\@127.0.0.1:{}/a",
        "http://127.0.0.1:{}\\.news.example/a",
        "http:///127.0.0.1:{}/a",
        "http:127.0.0.1:{}/a",
        "http://127.0.0.1:{};@news.example/a",
        "http://127.0.0.1:{}%5c@news.example/a",
        "http://@127.0.0.1:{}/a",
        "/\\127.0.0.1:{}/a",
        "\\\\127.0.0.1:{}/a",
        "ftp://127.0.0.1:{}/a",
    ],
)
def test_user_parts_do_not_hide_the_host(server, trick):
    """What stands before an @ is no host; neither is what a backslash, a lost slash or another
    scheme hides.

    As the address of a link, and as what a page of the site redirects to.
    """
    assert isinstance(get(trick.format(server.port)), str)
    assert server.requests == []
    with Server() as site:
        site.page(
            "/go",
            lambda _: Reply(
                status=302, headers={"Location": trick.format(server.port).replace("\t", "")}
            ),
        )
        assert isinstance(get(site.url("/go"), site.url()), str)
        assert server.requests == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"]
)
def test_name_of_a_private_address_is_refused(server, names, address):
    """A name that leads to a private address is refused after resolving, before connecting."""
    names["evil.test"] = [[address]]
    assert get(server.url("/a", "evil.test")) == "private address (evil.test)"
    assert server.requests == []


def test_name_is_resolved_once_and_the_checked_address_is_used(server, names, monkeypatch):
    """A name that changes its answer after the check (DNS rebinding) gains nothing: there is no
    second question.
    """
    connected = []
    inner = connections.httpcore.AnyIOBackend.connect_tcp

    async def connect(self, host, *args, **keys):
        connected.append(host)
        return await inner(self, "127.0.0.1", *args, **keys)

    monkeypatch.setattr(connections.httpcore.AnyIOBackend, "connect_tcp", connect)
    names["evil.test"] = [["8.8.8.8", "127.0.0.1"], ["127.0.0.1"]]
    assert isinstance(get(server.url("/a", "evil.test")), Page)
    assert connected == ["8.8.8.8"]
    assert names["asked"] == ["evil.test"]
    assert {r.headers["host"] for r in server.requests} == {f"evil.test:{server.port}"}


def test_name_that_turns_private_between_two_hops_is_refused(server, names, monkeypatch):
    """Each new connection asks and checks anew, also to the host that the last one went to."""
    inner = connections.httpcore.AnyIOBackend.connect_tcp

    async def connect(self, host, *args, **keys):
        assert host == "8.8.8.8"
        return await inner(self, "127.0.0.1", *args, **keys)

    monkeypatch.setattr(connections.httpcore.AnyIOBackend, "connect_tcp", connect)
    names["evil.test"] = [["8.8.8.8"], ["127.0.0.1", "10.0.0.1"]]
    server.page(
        "/go", lambda _: Reply(status=302, headers={"Location": "/a", "Connection": "close"})
    )
    assert get(server.url("/go", "evil.test")) == "private address (evil.test)"
    assert "/go" in server.paths()
    assert "/a" not in server.paths()


def test_next_address_is_tried_when_one_does_not_answer(server, names, monkeypatch):
    """A name with an address where nobody listens and a living one is reached."""
    monkeypatch.setattr(connections, "is_public", lambda _: True)
    names["two.test"] = [["::1", "127.0.0.1"]]
    assert isinstance(get(server.url("/a", "two.test")), Page)


def test_dead_name_server_holds_nothing_up(monkeypatch):
    """A look-up that never ends costs the time of a connection, and the run ends without waiting
    for it.
    """
    over = threading.Event()

    def hang(*_, **__):
        over.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    assert get("http://slow.test/") == "no connection in time"
    assert time.monotonic() - started < 20
    over.set()


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://evil.test/", "http://[::1]/"]
)
def test_redirects_to_private_addresses_are_refused(server, names, target):
    """Each hop is checked like the first, also from a page of the site's own home."""
    names["evil.test"] = [["10.0.0.1"]]
    server.page("/go", redirect(target))
    assert get(server.url("/go"), server.url()).startswith("private address (")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "evil.test", "0x7f.1"]
)
def test_no_way_of_asking_follows_a_site_to_another_server_of_the_house(
    server, names, status, host
):
    """An article, a picture's HEAD, a robots.txt and a hub, redirected there, on the second hop
    too.
    """
    names["evil.test"] = [["127.0.0.1"]]
    with Server() as victim:
        server.page("/step", redirect("/go", status))
        server.page("/go", redirect(victim.url("/secret.jpg", host), status))
        assert get(server.url("/step"), server.url()).startswith("private address (")

        async def others():
            async with Fetcher(Settings()) as fetcher:
                site = Site(
                    slug="s",
                    name="s",
                    home=server.url(),
                    sections=(),
                    fetch=Fetching(delay=0, retries=0),
                )
                for url in (server.url("/step"), victim.url("/secret.jpg", host)):
                    assert await describe(fetcher, url, site.fetch_limits) is None
                with pytest.raises(FetchError, match=f"status {status}"):
                    await ping(fetcher, server.url("/go"), "https://feeds.example/a.xml")

        asyncio.run(others())
        with Server() as hub:  # one whose robots.txt leads there
            hub.page("/robots.txt", redirect(victim.url("/robots.txt", host), status))
            hub.page("/a")
            get(hub.url("/a"), hub.url())
        assert victim.requests == []


def test_of_a_name_with_many_addresses_only_the_open_ones_are_tried(server, names, monkeypatch):
    """A private address among public ones is passed over, in whatever order they come."""
    connected = []

    async def connect(_, host, *__, **___):
        connected.append(host)
        raise connections.httpcore.ConnectError("closed")

    monkeypatch.setattr(connections.httpcore.AnyIOBackend, "connect_tcp", connect)
    names["mixed.test"] = [
        ["127.0.0.1", "8.8.8.8", "::1", "2606:4700::1111", "10.0.0.1", "::ffff:127.0.0.1"]
    ]
    assert isinstance(get(server.url("/a", "mixed.test")), str)
    assert connected == ["8.8.8.8", "2606:4700::1111"]


# ---- what the operator wrote is allowed


def test_private_home_is_allowed_for_its_own_server_only(server):
    """A site at home on loopback is fetched; another port of the same machine is another server."""
    assert isinstance(get(server.url("/a"), server.url()), Page)
    with Server() as other:
        other.page("/a")
        assert get(other.url("/a"), server.url()) == "private address (127.0.0.1)"
        assert other.requests == []


def test_home_that_resolves_to_a_private_address_is_refused(server, names):
    """What a name leads to is its owner's word, who may mean a machine of the house; the line says
    what to do.
    """
    names["intranet.test"] = [["127.0.0.1"]]
    reason = get(server.url("/a", "intranet.test"), server.url("/", "intranet.test"))
    assert reason.startswith("private address (intranet.test)")
    assert "connect_to" in reason
    assert server.requests == []


def test_home_cannot_lead_to_a_metadata_service(names):
    """A site that points its own name at the machine's secrets is not followed there."""
    names["home.test"] = [["169.254.169.254"]]
    assert get("http://home.test/latest/").startswith("private address (home.test)")
    hidden = (
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "2001:0:1:2:0:0:5601:5601",
    )
    known = ("100.100.100.200", "fe80::1", "fd00:ec2::254", "224.0.0.1", *hidden)
    assert [address for address in known if is_trustable(ip_address(address))] == []


def test_connect_to_leads_the_home_elsewhere(server, names):
    """With `connect_to` the site's host keeps its name in URL and Host header, and is never looked
    up.
    """
    place = f"127.0.0.1:{server.port}"
    page = get("http://news.test/a", "http://news.test/", connect_to=place)
    assert page.url == "http://news.test/a"
    assert {r.headers["host"] for r in server.requests} == {"news.test"}
    assert names["asked"] == []
    assert get("http://other.test/a", "http://news.test/", connect_to=place) == "no such host name"
    server.page("/go", redirect("http://127.0.0.1:1/"))
    server.page("/there", redirect(server.url("/a")))
    for path in ("go", "there"):
        assert get(f"http://news.test/{path}", "http://news.test/", connect_to=place).startswith(
            "private address ("
        )


def test_two_sites_do_not_share_what_is_allowed(server):
    """A connection opened for the site at home there does not serve a link from another site."""
    own = Site(slug="a", name="a", home=server.url(), sections=(), fetch=Fetching(delay=0))
    stranger = Site(slug="b", name="b", home=ELSEWHERE, sections=(), fetch=Fetching(delay=0))

    async def run():
        async with Fetcher(Settings()) as fetcher:
            await fetcher.get(server.url("/a"), own.fetch_limits)
            with pytest.raises(FetchError, match="private address"):
                await fetcher.get(server.url("/a"), stranger.fetch_limits)

    asyncio.run(run())
    assert server.paths() == ["/a"]


# ---- behind a proxy


def test_proxy_gets_names_but_no_private_addresses(server, monkeypatch):
    """Names are the proxy's to resolve; what spells a private address is refused before it is sent."""
    with Proxy() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert isinstance(get(server.url("/a", "news.test")), Page)
        asked = len(proxy.asked)
        for host in ("127.0.0.1", "localhost", "2130706433", "[::1]", "169.254.169.254", "0x7f.1", "127.0.0.1.",
                     "012.1", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "127\u30020\uff0e0.1"):  # fmt: skip
            assert get(server.url("/a", host)).startswith("private address (")
        assert len(proxy.asked) == asked == 2


def test_connect_to_passes_the_proxy_by(server, monkeypatch):
    """`connect_to` is a place on this machine, which no proxy knows."""
    with Proxy() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert isinstance(
            get("http://news.test/a", "http://news.test/", connect_to=f"127.0.0.1:{server.port}"),
            Page,
        )
        assert proxy.asked == []
