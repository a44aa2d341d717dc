"""`feedmaker add`: from a URL to a configuration that `check` accepts and `build` makes feeds of."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import tomllib
from argparse import Namespace

import pytest
from machine import run
from pressroom import COUNT, PRESSES, fill, story
from servers import Reply, Server, html, redirect

from feedmaker import demo, setup
from feedmaker.cli import add
from feedmaker.listing import PageLinks
from feedmaker.model import ListingDoubt
from feedmaker.model.errors import FeedmakerError


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


def test_a_second_add_appends_sections(tmp_path):
    """All that stands in the file stays as it is; nothing is written where nothing is new."""
    with Server() as server:
        fill(server, PRESSES[0])
        run("add", server.url("/"), "--section", "1", cwd=tmp_path)
        path = tmp_path / "config" / "sites" / "site.toml"
        mine = path.read_text("utf-8") + "items = 7  # mine\n\n[fetch]  # and this\ndelay = 0\n"
        path.write_text(mine, "utf-8")
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
        text = path.read_text("utf-8")
        assert text.startswith(mine)
        assert [s["slug"] for s in added(tmp_path)["sections"]] == [
            "politics",
            "economy",
            "sport",
            "culture",
            "latest",
        ]
        assert "سياسة   " not in out
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
        assert "has what is proposed already" in out
        assert path.read_text("utf-8") == text
    run("check", cwd=tmp_path)


def test_sections_in_an_inline_array_are_appended_to_it(tmp_path):
    """No table could follow it; what stands beside is kept."""
    with Server() as server:
        fill(server, PRESSES[0])
        sites = tmp_path / "config" / "sites"
        sites.mkdir()
        url = server.url("/politics")
        (sites / "mine.toml").write_text(
            f'name = "x"  # my name\nhome = "{server.url("/")}"\n'
            f'sections = [{{ slug = "a", title = "t", urls = ["{url}"] }}]  # one\n',
            "utf-8",
        )
        run("add", server.url("/sport"), "--yes", cwd=tmp_path)
    text = (sites / "mine.toml").read_text("utf-8")
    assert "# my name" in text
    assert "# one" in text
    assert [s["slug"] for s in added(tmp_path, "mine")["sections"]] == ["a", "sport"]
    run("check", cwd=tmp_path)


def test_the_file_of_another_site_is_not_overwritten(tmp_path):
    """It is named, and what to do."""
    sites = tmp_path / "config" / "sites"
    sites.mkdir()
    other = 'name = "x"\nhome = "https://other.example/"\n'
    (sites / "site.toml").write_text(other, "utf-8")
    with Server() as server:
        fill(server, PRESSES[0])
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=2)
    assert "is left as it is" in err
    assert (sites / "site.toml").read_text("utf-8") == other


# A command at a terminal of its own; what started the tests may have ignored SIGINT, as `nohup` and
# `&` of a script do.
AT_TERMINAL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "feedmaker", *sys.argv[1:]])
"""


class Terminal:
    """`feedmaker add` at a terminal: reads until a prompt, and answers."""

    def __init__(self, folder, *words, **environment):
        self.master, slave = pty.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", AT_TERMINAL, "add", *words],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=os.environ | environment,
        )
        os.close(slave)

    def until(self, prompt: str = "\0") -> str:
        """What is said up to a prompt; without one, up to the end."""
        said = b""
        while prompt.encode() not in said:
            if not select.select([self.master], [], [], 120)[0]:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"waited in vain for {prompt!r} after {said.decode()}")
            try:
                piece = os.read(self.master, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        self.said += said.decode()
        return said.decode()

    def answer(self, words: str) -> None:
        """Type an answer."""
        os.write(self.master, f"{words}\n".encode())

    def press_ctrl_c(self) -> None:
        """Have the terminal send SIGINT, once a person could have read what it shows."""
        while select.select([self.master], [], [], 0.5)[0]:
            self.said += os.read(self.master, 65536).decode()
        os.write(self.master, b"\x03")

    def end(self) -> int:
        """Read all, and return the exit code."""
        self.until()
        code = self.process.wait(60)
        os.close(self.master)
        return code


def test_it_asks_at_a_terminal(tmp_path):
    """Which sections, and whether to write; Enter takes what is proposed."""
    with Server() as server:
        fill(server, PRESSES[0])
        at = Terminal(tmp_path, server.url("/"))
        at.until("Which?")
        at.answer("2, رياضة")
        at.answer("")
        assert at.end() == 0, at.said
    assert "out/site/sport.atom.xml" in at.said
    assert [s["slug"] for s in added(tmp_path)["sections"]] == ["economy", "sport"]


def test_what_is_proposed_can_be_corrected(tmp_path):
    """Help, a mistake in a correction, the site's facts, titles, slugs; sections are dropped."""
    with Server() as server:
        fill(server, PRESSES[0])
        at = Terminal(tmp_path, server.url("/"))
        for prompt, answer in (
            ("Which?", "?"),
            ("Which?", "9-12"),
            ("Which?", "1-3"),
            ("Write 3", "?"),
            ("Write 3", "zone Mars/Base"),
            ("Write 3", "zone Africa/Tunis"),
            ("Write 3", "name = صحيفة أخرى"),
            ("Write 3", "title 1 شؤون الدولة"),
            ("Write 3", "2 slug money"),
            ("Write 3", "drop 3"),
            ("Write 2", "y"),
        ):
            at.until(prompt)
            at.answer(answer)
        assert at.end() == 0, at.said
    assert "ranges (1-3)" in at.said
    assert "None of the sections is called «9-12»" in at.said
    assert "$EDITOR" in at.said
    assert "Mars/Base" in at.said
    made = added(tmp_path)
    assert (made["name"], made["timezone"]) == ("صحيفة أخرى", "Africa/Tunis")
    assert [(s["slug"], s["title"]) for s in made["sections"]] == [
        ("politics", "شؤون الدولة"),
        ("money", "اقتصاد"),
    ]
    run("check", cwd=tmp_path)


def test_the_text_can_be_edited_before_it_is_written(tmp_path):
    """By the editor that the environment names; what is wrong is said, and not written."""
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n"
        "wrong = 'no = [' in text or 'timezone' not in text\n"
        "first = not pathlib.Path('first').exists()\npathlib.Path('first').touch()\n"
        "path.write_text('no = [' if first else text.replace('slug = \"sport\"', 'slug = \"games\"'))\n",
        "utf-8",
    )
    with Server() as server:
        fill(server, PRESSES[0])
        words = (server.url("/"),)
        at = Terminal(tmp_path, *words, VISUAL="", EDITOR=f"{sys.executable} {editor}")
        for prompt, answer in (
            ("Which?", "رياضة"),
            ("Write 1", "e"),
            ("Write 1", "e"),
            ("Write 1", "title 1 x"),
            ("Write 1", ""),
        ):
            at.until(prompt)
            at.answer(answer)
        assert at.end() == 0, at.said
    assert "not TOML" in at.said
    assert "e opens it again" in at.said
    assert [s["slug"] for s in added(tmp_path)["sections"]] == ["games"]


@pytest.mark.parametrize("way", ["q", "n", "\x04"], ids=["q", "n", "Ctrl-D"])
@pytest.mark.parametrize("prompt", ["Which?", "Write"])
def test_a_person_may_leave(way, prompt, tmp_path):
    """At any question; nothing is written, and that is no error."""
    with Server() as server:
        fill(server, PRESSES[0])
        at = Terminal(tmp_path, server.url("/"))
        if prompt == "Write":
            at.until("Which?")
            at.answer("1")
        at.until(prompt)
        os.write(at.master, way.encode() if way == "\x04" else f"{way}\n".encode())
        assert at.end() == 0, at.said
    assert "Nothing is written." in at.said
    assert not (tmp_path / "config" / "sites").exists()


@pytest.mark.parametrize("prompt", ["Which?", "Write"])
def test_ctrl_c_ends_it_at_once(prompt, tmp_path):
    """Once is enough, while a question is asked too."""
    with Server() as server:
        fill(server, PRESSES[0])
        at = Terminal(tmp_path, server.url("/"))
        if prompt == "Write":
            at.until("Which?")
            at.answer("1")
        at.until(prompt)
        at.press_ctrl_c()
        assert at.end() == 130, at.said
    assert "nothing is written" in at.said
    assert "Traceback" not in at.said
    assert not (tmp_path / "config" / "sites").exists()


def test_a_list_of_what_was_found(tmp_path):
    """Name, where, why, and whether it is taken, for people and for programs; nothing is written."""
    with Server() as server:
        fill(server, PRESSES[0])
        told, _ = run("add", server.url("/"), "--list", cwd=tmp_path)
        rows, _ = run("add", server.url("/"), "--list", "--json", cwd=tmp_path)
        asked = server.paths()
    assert "1 * سياسة   " in told
    first, *_, last = json.loads(rows)
    assert first == {
        "name": "سياسة",
        "where": server.url("/politics"),
        "url": server.url("/politics"),
        "heading": None,
        "slug": "politics",
        "why": "navigation",
        "taken": True,
    }
    assert last["taken"] is False
    assert set(asked) == {"/"}
    assert not (tmp_path / "config" / "sites").exists()


def test_json_goes_with_a_list(tmp_path):
    """Alone it means nothing."""
    _, err = run("add", "https://news.example/", "--yes", "--json", cwd=tmp_path, code=2)
    assert "--list" in err


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
    outside = setup.describe_doubts([ListingDoubt("outside", 7)], 4)
    assert outside == "about 7 stories may be among the links beside the 4 taken"
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
        (401, "login"),
        (403, "keeps programs out"),
        (404, "in a browser"),
        (429, "too often"),
        (500, "an error of its own"),
        (503, "down for a while"),
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
    ("robots", "told"),
    [
        (Reply(b"User-agent: *\nDisallow: /\n"), "ask its owners"),
        (Reply(b"", 500), "seems to be down"),
    ],
    ids=["closed", "no answer"],
)
def test_a_site_that_robots_txt_closes_is_told_with_what_to_do(robots, told, tmp_path):
    """A site that is down is not told as one that wants no programs."""
    with Server() as server:
        fill(server, PRESSES[0])
        server.page("/robots.txt", robots)
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=1)
    assert err.count("\n") == 1
    assert told in err
    assert not (tmp_path / "config" / "sites").exists()


def test_a_site_that_is_down_is_told_so(tmp_path):
    """Nobody listens there."""
    with Server() as server:
        address = server.url("/")
    _, err = run("add", address, "--yes", cwd=tmp_path, code=1)
    assert "is down" in err
    assert "owners" not in err


def test_a_challenge_is_told_with_what_to_do(tmp_path):
    """It comes with status 200, in place of the home page."""
    with Server() as server:
        page = "<title>Just a moment...</title><h1>Checking your browser</h1>"
        server.page("/", html(page))
        _, err = run("add", server.url("/"), "--yes", cwd=tmp_path, code=1)
    assert "no program passes" in err
    assert err.count("\n") == 1


def test_an_article_without_metadata_leads_to_its_site(tmp_path):
    """Its address and its text say what it is."""
    press = PRESSES[0]
    text = "".join(f"<p>{press.text[n % 2]} ({n})</p>" for n in range(16))
    with Server() as server:
        fill(server, press)
        title = story(press, 1, 1)[1]
        page = f"<html lang=ar><title>{title}</title><article><h1>{title}</h1>{text}</article>"
        server.page("/2026/11/20/the-council-plans-a-bridge-10234.html", html(page))
        address = server.url("/2026/11/20/the-council-plans-a-bridge-10234.html")
        out, _ = run("add", address, "--yes", cwd=tmp_path)
    assert "is an article" in out
    assert len(added(tmp_path)["sections"]) == 5


def test_the_title_of_a_section_s_url_is_the_home_page_s_label(tmp_path):
    """Else what the page calls itself, and never the site's name."""
    press = PRESSES[0]
    with Server() as server:
        fill(server, press)
        listing = server.routes["/sport"]
        server.page("/other/far-away", listing)
        title = f"<html lang=ar><title>{press.name}</title>"
        nameless = title + "".join(
            f'<div><a href="{story(press, 2, n)[0]}">{story(press, 2, n)[1]}</a></div>'
            for n in range(1, COUNT + 1)
        )
        server.page("/sport", html(nameless))
        server.page("/other/winter-games", html(nameless))
        for path in ("/sport", "/other/far-away", "/other/winter-games"):
            name = path.rpartition("/")[2]
            run("add", server.url(path), "--yes", "--name", name, cwd=tmp_path)
    titles = [
        added(tmp_path, name)["sections"][0]["title"]
        for name in ("sport", "far-away", "winter-games")
    ]
    assert titles == ["رياضة", "رياضة", "winter games"]


def test_sections_that_hold_the_same_links_are_one(tmp_path):
    """And another takes the place that is given away."""
    press = PRESSES[0]
    with Server() as server:
        fill(server, press)
        server.routes["/business"] = server.routes["/politics"]
        out, _ = run("add", server.url("/"), "--yes", cwd=tmp_path)
    assert "it holds the same links as «سياسة»" in out
    assert [s["slug"] for s in added(tmp_path)["sections"]] == [
        "politics",
        "sport",
        "culture",
        "latest",
    ]


@pytest.mark.parametrize(
    ("title", "path", "slug"),
    [
        ("أخبار الرياضة", "/c/12", "sport"),
        ("Deportes", "/seccion-5", "sport"),
        ("تقارير ميدانية", "/node/field-reports.html", "field-reports"),
        ("أقاليم ومدن", "/c/14", "aqalim-wamdan"),
        ("منطقة الشمال", "/c/15", "mantaqa-shamal"),
        ("Наш край", "/c/16", "nash-krai"),
        ("北海道", "/c/17", "section-1"),
    ],
)
def test_slugs_can_be_read(title, path, slug):
    """By what such sections are usually called, a word of the address, or Latin letters."""
    candidate = setup.SectionCandidate(title, "", url=f"https://news.example{path}")
    assert setup.section_slugs([candidate]) == [slug]
    assert setup.section_slugs([candidate], [slug]) == [f"{slug}-2"]


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


def endless(*_):
    """A page that is never done with."""
    while True:
        pass


def test_a_page_that_takes_too_much_ends_no_more_than_its_section(tmp_path, monkeypatch):
    """Pages are read in a process with limits."""
    monkeypatch.setattr("feedmaker.setup.page_trials.read_links", endless)
    options = Namespace(
        url="", yes=False, section=["1"], list=False, json=False, name="", connect_to="",
        config=tmp_path / "config",
    )  # fmt: skip
    with Server() as server:
        fill(server, PRESSES[0])
        options.url = server.url("/")
        with pytest.raises(FeedmakerError, match="no section with story links"):
            add.run(options)


def test_a_home_page_that_takes_too_much_is_told(tmp_path, monkeypatch):
    """It is one line, and no endless wait."""
    monkeypatch.setattr("feedmaker.setup.page_trials.find_candidates", endless)
    options = Namespace(
        url="", yes=True, section=[], list=False, json=False, name="", connect_to="",
        config=tmp_path / "config",
    )  # fmt: skip
    with Server() as server:
        fill(server, PRESSES[0])
        options.url = server.url("/")
        with pytest.raises(FeedmakerError, match="Nothing is written"):
            add.run(options)


def test_of_a_doubtful_page_a_person_chooses_the_list(tmp_path, monkeypatch):
    """The lists that it could be, each with three headlines; the chosen one is the section's rule.

    So it is for further sections of a site that is configured already.
    """
    press = PRESSES[0]
    doubt = "the links compete with another list"
    doubts = iter([doubt, "", doubt])
    monkeypatch.setattr("feedmaker.setup.site_look.describe_doubts", lambda *_: next(doubts, ""))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    answers = iter(["رياضة", "9", "1", "", "ثقافة", "1", ""])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    said = []
    monkeypatch.setattr("builtins.print", lambda line="", **_: said.append(line))
    options = Namespace(
        url="", yes=False, section=[], list=False, json=False, name="", connect_to="",
        config=tmp_path / "config",
    )  # fmt: skip
    with Server() as server:
        fill(server, press)
        options.url = server.url("/")
        assert add.run(options) == 0
        assert add.run(options) == 0
    assert sum(f"is in doubt: {doubt}" in line for line in said) == 2
    lists = [line for line in said if line.strip().startswith("1   ")]
    assert lists[0].count("«") == 3
    made = added(tmp_path)
    assert "rules" not in made
    assert [s["slug"] for s in made["sections"]] == ["sport", "culture"]
    assert [len(s["links"]) for s in made["sections"]] == [1, 1]
