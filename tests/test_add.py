"""`feedmaker add`: from a URL to a configuration that `check` accepts and `build` makes feeds of."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tomllib

import pytest
from machine import run
from pressroom import COUNT, PRESSES, fill, story
from servers import Reply, Server, html, redirect

from feedmaker import demo, setup
from feedmaker.listing import PageLinks


@pytest.fixture(params=PRESSES, ids=lambda press: press.language)
def press(request):
    """A site in each language."""
    return request.param


@pytest.fixture(autouse=True)
def hurried(tmp_path):
    """A site of our own need not be asked slowly."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedmaker.toml").write_text(
        "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
    )


def added(tmp_path, name="site") -> dict:
    """The configuration that was written."""
    return tomllib.loads((tmp_path / "config" / "sites" / f"{name}.toml").read_text("utf-8"))


def test_from_a_url_to_feeds_in_five_languages(press, tmp_path):
    """Name, language, zone and sections are right, and what is written builds."""
    with Server() as server:
        fill(server, press)
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
        made = added(tmp_path)
        assert (made["name"], made["language"], made["timezone"]) == (
            press.name,
            press.language,
            press.zone,
        )
        titles = [section["title"] for section in made["sections"]]
        assert titles == [*press.sections, press.latest]
        assert len({section["slug"] for section in made["sections"]}) == len(titles)
        assert out.count(f"{COUNT} story links") == len(press.sections)
        assert story(press, 2, 1)[1] in out
        run("check", cwd=tmp_path)
        told, _ = run("build", "-v", cwd=tmp_path)
        assert told.count("published") == len(titles)


def test_the_sample_site_is_proposed_as_it_is_configured(tmp_path):
    """All its sections but the most read, with the addresses that its own configuration has."""
    with demo.serve(corrected=False) as (host, port):
        run("add", demo.HOME, "--yes", "--connect-to", f"{host}:{port}", cwd=tmp_path)
    made = added(tmp_path, "almadar")
    known = tomllib.loads((demo.CONFIG / "sites" / "almadar.toml").read_text("utf-8"))
    assert (made["name"], made["language"], made["timezone"]) == (
        known["name"],
        "ar",
        known["timezone"],
    )
    assert [s["title"] for s in made["sections"]] == [s["title"] for s in known["sections"]][:-1]
    assert [s.get("urls") for s in made["sections"][:4]] == [
        s.get("urls") for s in known["sections"][:4]
    ]
    run("check", cwd=tmp_path)


def test_one_section_by_its_name_its_number_and_its_url(tmp_path):
    """`--section` takes each of them, and tells which there are where none is meant."""
    press = PRESSES[0]
    with Server() as server:
        fill(server, press)
        for number, words in enumerate(("رياضه", "3", server.url("/sport"))):
            run("add", server.url("/"), "--section", words, "--name", f"s{number}", cwd=tmp_path)
            assert [s["urls"] for s in added(tmp_path, f"s{number}")["sections"]] == [
                [server.url("/sport")]
            ]
        _, err = run(
            "add", server.url("/"), "--section", "طقس", "--name", "none", cwd=tmp_path, code=2
        )
        assert "no section is called «طقس»" in err
        assert "«رياضة»" in err


def test_a_section_page_is_taken_alone(tmp_path):
    """Who gives the URL of a section wants it; the home page still says name and zone."""
    press = PRESSES[1]
    with Server() as server:
        fill(server, press)
        run("add", server.url("/business"), "--yes", cwd=tmp_path)
    made = added(tmp_path)
    assert made["name"] == press.name
    assert [(s["title"], s["urls"]) for s in made["sections"]] == [
        (press.sections[1], [server.url("/business")])
    ]


def test_an_article_leads_to_its_site(tmp_path):
    """The URL of an article is no listing."""
    press = PRESSES[4]
    with Server() as server:
        fill(server, press)
        out, _ = run("add", server.url(story(press, 1, 1)[0]), "--yes", cwd=tmp_path)
    assert "is an article" in out
    assert len(added(tmp_path)["sections"]) == 5


def test_nothing_is_overwritten(tmp_path):
    """Neither the site's file nor the settings that were there."""
    with Server() as server:
        fill(server, PRESSES[0])
        run("add", server.url("/"), "--section", "1", cwd=tmp_path)
        path = tmp_path / "config" / "sites" / "site.toml"
        path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=2)
        assert "is left as it is" in err
        assert path.read_text("utf-8").endswith("# mine\n")


def test_it_asks_at_a_terminal(tmp_path):
    """Which sections, and whether to write; Enter takes what is proposed."""
    with Server() as server:
        fill(server, PRESSES[0])
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "feedmaker", "add", server.url("/")]
        with subprocess.Popen(
            command, cwd=tmp_path, stdin=slave, stdout=slave, stderr=slave, close_fds=True
        ) as process:
            os.close(slave)
            os.write(master, "2, رياضة\n\n".encode())
            said = b""
            while True:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    break
                if not piece:
                    break
                said += piece
        os.close(master)
    assert process.returncode == 0, said.decode()
    assert "Which?" in said.decode()
    assert [s["slug"] for s in added(tmp_path)["sections"]] == ["economy", "sport"]


def test_a_site_that_needs_a_script_is_told_and_its_sitemap_is_taken(tmp_path):
    """What the server sends holds nothing; robots.txt names a news sitemap."""
    press = PRESSES[0]
    asks = "<noscript>يرجى تفعيل جافاسكريبت</noscript>"
    shell = html(
        f'<html lang="ar"><title>الشاطئ</title><div id="root"></div>{asks}<script></script>'
    )
    with Server() as server:
        fill(server, press)
        server.page("/", shell)
        named = f"User-agent: *\nAllow: /\nSitemap: {server.url('/news-sitemap.xml')}\n"
        server.page(
            "/robots.txt", Reply(body=named.encode(), headers={"Content-Type": "text/plain"})
        )
        places = "".join(
            f"<url><loc>{server.url(story(press, 0, n)[0])}</loc></url>" for n in range(1, 6)
        )
        sitemap = f'<?xml version="1.0"?><urlset>{places}</urlset>'.encode()
        server.page(
            "/news-sitemap.xml", Reply(body=sitemap, headers={"Content-Type": "application/xml"})
        )
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
        assert "needs JavaScript" in out
        assert added(tmp_path)["sections"][0]["urls"] == [server.url("/news-sitemap.xml")]
        server.page("/robots.txt", Reply(body=b"", headers={"Content-Type": "text/plain"}))
        _, err = run("add", server.url("/"), "--yes", "--name", "other", cwd=tmp_path, code=1)
        assert "needs JavaScript" in err
        assert not (tmp_path / "config" / "sites" / "other.toml").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "not a site", "--yes"), "no URL"),
        (("add", "ftp://example.org/", "--yes"), "no URL"),
        (("add", "http://127.0.0.1:9/", "--yes"), "127.0.0.1:9"),
        (("add", "http://127.0.0.1:9/"), "--yes"),
        (("add", "http://127.0.0.1:9/", "--yes", "--name", "status"), "--name"),
        (("add", "http://127.0.0.1:9/", "--yes", "--connect-to", "nonsense"), "--connect-to"),
    ],
)
def test_what_cannot_be_added_is_one_line(words, told, tmp_path):
    """Nothing is made of it."""
    done = subprocess.run(
        [sys.executable, "-m", "feedmaker", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "config" / "sites").exists()


def test_in_doubt_it_says_so_and_proposes_selectors():
    """A page whose links are near to being none, with a list that a selector names."""
    cards = "".join(
        f'<div class="bx"><a class="lnk" href="/p/x{n}">خبر قصير {n} هنا</a></div>'
        for n in range(8)
    )
    tree = PageLinks(f"<main>{cards}</main>", "https://news.example/")
    assert setup.propose_selectors(tree)[0].selector in {"div.bx", "a.lnk"}
    assert setup.describe_doubts([], 2) == "only 2 story links were found"
    rule = setup.propose_body_rule(
        [f'<div class="t9"><p>{"كلمات كثيرة " * 60}{n}</p></div><p>قصير</p>' for n in range(3)]
    )
    assert rule is not None
    assert rule.selector == "div.t9"


def test_an_empty_folder_gets_settings_and_schemas(tmp_path):
    """They are valid, and a second site leaves them as they are."""
    folder = tmp_path / "config"
    (folder / "feedmaker.toml").unlink()
    with Server() as server:
        fill(server, PRESSES[3])
        run("add", server.url("/sport"), "--yes", cwd=tmp_path)
    assert {path.name for path in folder.iterdir()} == {
        "feedmaker.toml", "feedmaker.schema.json", "site.schema.json", "sites",
    }  # fmt: skip
    run("check", cwd=tmp_path)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (403, "keep programs out"),
        (404, "in a browser"),
        (500, "in a browser"),
        (503, "keep programs out"),
    ],
)
def test_a_site_that_does_not_answer_is_told_with_what_to_do(status, told, tmp_path):
    """One line, and nothing is written."""
    with Server() as server:
        server.page("/", Reply(b"", status))
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=1)
    assert err.count("\n") == 1
    assert f"status {status}" in err
    assert told in err
    assert not (tmp_path / "config" / "sites").exists()


@pytest.mark.parametrize(
    "robots",
    [Reply(b"User-agent: *\nDisallow: /\n"), Reply(b"", 500)],
    ids=["closed", "no answer"],
)
def test_a_site_that_robots_txt_closes_is_told_with_what_to_do(robots, tmp_path):
    """The reason has a code of its own, whatever its words are."""
    with Server() as server:
        fill(server, PRESSES[0])
        server.page("/robots.txt", robots)
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=1)
    assert err.count("\n") == 1
    assert "ask its owners" in err
    assert not (tmp_path / "config" / "sites").exists()


def test_where_no_section_can_be_had_the_home_page_is_taken(tmp_path):
    """All sections of the navigation are gone; the blocks of the home page and itself are left."""
    press = PRESSES[0]
    with Server() as server:
        fill(server, press)
        for name in ("politics", "business", "sport", "culture"):
            server.page(f"/{name}", Reply(b"", 404))
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
    assert out.count("left out: status 404") == 4
    assert [s["title"] for s in added(tmp_path)["sections"]] == [press.latest]


@pytest.mark.parametrize("path", ["/ar/", "/index.php", "/home"])
def test_a_home_page_under_another_path(path, tmp_path):
    """The root redirects to it, or it is given itself: it is the home page all the same."""
    press = PRESSES[0]
    with Server() as server:
        fill(server, press)
        server.routes[path] = server.routes["/"]
        server.page("/", redirect(path))
        for number, start in enumerate(("/", path)):
            run("add", server.url(start), "--yes", "--name", f"s{number}", cwd=tmp_path)
            made = added(tmp_path, f"s{number}")
            assert made["home"] == server.url(path)
            assert [s["title"] for s in made["sections"]] == [*press.sections, press.latest]


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_feed_or_a_sitemap_is_a_section(kind, tmp_path):
    """Who gives its URL gets it, with name and zone of the home page."""
    press = PRESSES[2]
    with Server() as server:
        fill(server, press)
        links = [server.url(story(press, 1, n)[0]) for n in range(1, 6)]
        if kind == "feed":
            items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
            text = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
        else:
            text = f"<urlset>{''.join(f'<url><loc>{link}</loc></url>' for link in links)}</urlset>"
        server.page(
            "/all.xml",
            Reply(f'<?xml version="1.0"?>{text}'.encode(), headers={"Content-Type": "text/xml"}),
        )
        run("add", server.url("/all.xml"), "--yes", cwd=tmp_path)
    made = added(tmp_path)
    assert made["name"] == press.name
    assert [s["urls"] for s in made["sections"]] == [[server.url("/all.xml")]]


def test_what_a_page_says_controls_neither_the_file_nor_the_terminal(tmp_path):
    """An escape character in a site's name once made a file that stopped all sites."""
    press = PRESSES[0]
    evil = "\x1b]0;x\x07\x1b[2J\x9b31m"
    with Server() as server:
        fill(server, press)
        pages = zip(press.sections, ("politics", "business", "sport", "culture"), strict=True)
        menu = "".join(f'<li><a href="/{path}">{name}{evil}</a>' for name, path in pages)
        title = f"<title>{evil}صحيفة{evil}</title>"
        server.page("/", html(f"<html lang=ar>{title}<nav><ul>{menu}</ul></nav>"))
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
    text = (tmp_path / "config" / "sites" / "site.toml").read_text("utf-8")
    for shown in (out, text):
        assert not {letter for letter in shown if ord(letter) < 32 or 127 <= ord(letter) < 160} - {
            "\n"
        }
    run("check", cwd=tmp_path)


def test_a_mistake_in_another_site_stops_no_new_one(tmp_path):
    """What is written is checked by itself."""
    sites = tmp_path / "config" / "sites"
    sites.mkdir()
    (sites / "other.toml").write_text("no = [toml", "utf-8")
    with Server() as server:
        fill(server, PRESSES[0])
        run("add", server.url("/"), "--section", "1", cwd=tmp_path)
    assert added(tmp_path)["sections"]
