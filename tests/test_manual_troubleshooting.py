"""The page of the manual on troubleshooting: what it quotes is said, and the commands that it names
show the causes that it tells of.
"""

from __future__ import annotations

import re
import socket

import pytest
from manual import PAGES
from news_site import article, listing
from servers import Reply, html

from feedmaker import cli
from feedmaker.model import reasons

TEXT = PAGES["troubleshooting"]
QUOTED = re.compile(r"`([^`\n]+)`")
NEEDLESS = ("needs more packages", "can be reached by others", "This server has another name",
            "cannot listen at 127.0.0.1, port 8000", "unchanged", "0")  # fmt: skip


def quoted() -> list[str]:
    """What the tables say that a command says."""
    cells = [
        row.split("|")[1]
        for table in TEXT.split("\n\n")
        if table.startswith("| It says |")
        for row in table.splitlines()[2:]
    ]
    return [text for cell in cells for text in QUOTED.findall(cell) if text not in NEEDLESS]


def without_counts(text: str) -> str:
    """A message with a sign for each count and name in it."""
    return re.sub(r"\{[^}]*\}|\(10\.0\.0\.7\)|\d[\d,]*", "#", text).replace("(#)", "#")


@pytest.mark.parametrize("text", sorted(set(quoted())))
def test_what_it_quotes_is_what_is_said(text):
    """By the words of a reason, from their beginning on."""
    said = [without_counts(words) for words in reasons.english_words()]
    said.append("status #")
    assert any(words.startswith(without_counts(text)) for words in said)


@pytest.fixture
def run(news, tmp_path, monkeypatch, capsys):
    """A site with sections of each kind; runs a command, and gives what it printed."""
    sections = ""
    old = "2020-11-20T10:00:00+03:00"
    kinds = {
        "all": "",
        "old": "max_age = 30",
        "other": 'include = ["رياضة"]\nmax_age = 0',
        "about": "",
        "refused": "",
        "script": "",
        "shrinks": "max_age = 0",
    }
    for kind, keys in kinds.items():
        url = news.server.url("/all" if kind == "other" else f"/{kind}")
        sections += f'[[sections]]\nslug = "{kind}"\ntitle = "{kind}"\nurls = ["{url}"]\n{keys}\n'
    dated = "".join(
        f'<li><a href="/{n}-garden-opens-again.html"><h3>افتتاح الحديقة رقم {n} أمام الزوار بعد '
        f'أعمال صيانة</h3></a><time datetime="{old}">2020</time></li>'
        for n in (31, 32, 33)
    )
    pages = {
        "/": html('<nav><a href="/all">كل الأخبار</a></nav>'),
        "/old": html(f"<main><ul>{dated}</ul></main>"),
        "/about": html('<h1>من نحن</h1><p><a href="/mail">راسلنا</a></p>'),
        "/refused": Reply(b"no", 403),
        "/script": html('<div id="root"></div><script src="/app.js"></script>'),
        "/shrinks": listing(*range(10, 22)),
    }
    for path, page in pages.items():
        news.server.page(path, page)
    for number in (31, 32, 33):
        news.server.page(f"/{number}-garden-opens-again.html", article(number, date=old))
    for number in range(10, 22):
        news.server.page(f"/{number}-garden-opens-again.html", article(number, text=str(number)))
    folder = tmp_path / "config" / "sites"
    folder.mkdir(parents=True)
    (folder / "news.toml").write_text(
        f'name = "الموقع"\nhome = "{news.server.url("/")}"\n[fetch]\ndelay = 0\n{sections}', "utf-8"
    )
    monkeypatch.chdir(tmp_path)

    def command(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.main([word.replace("URL", news.server.url("").rstrip("/")) for word in words])
        told = capsys.readouterr()
        assert ended.value.code == code, told
        return " ".join((told.out + told.err).split())

    return command


@pytest.mark.slow
def test_the_commands_show_the_causes(run, news):
    """Of feeds that are empty, sites that refuse, pages that scripts fill, and a quarantine."""
    run("build", code=1)
    status = run("status")
    assert "none of its 1 links is one of a story" in status
    assert "status 403" in status
    assert "it may want `headers` or `cookies`" in status
    assert "a page that only its scripts would fill" in status
    for section in ("old", "other"):  # nothing passed
        assert re.search(rf"news/{section} (?:published|unchanged) 0 ", status)
    assert "of a story" in run("explain", "--links", "URL/about")
    assert "the page holds no links" in run("explain", "--links", "URL/script")
    shown = run("explain", "URL/3-garden-opens-again.html")
    assert "published 2026-11-20T10:00:00+03:00 from meta article:published_time" in shown
    assert "not 'افتتاح الحديقة رقم 3" in shown
    news.server.page("/shrinks", listing(21))
    run("build", code=1)
    assert "the listing holds 1 links instead of about 12" in run("status")
    run("sites", "accept", "news/shrinks")
    run("build", code=1)
    assert "instead of about" not in run("status")
    live = run("check", "--live", code=1)
    assert "news/refused: does not work" in live
    assert "news/all: works" in live


def test_a_port_that_is_in_use_is_told(tmp_path, monkeypatch, capsys):
    """In one line that says which, and what to do."""
    pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for given, code, why in (
            (str(port), 1, "in use; name another by --port or --host"),
            ("70000", 2, "argument --port: invalid port value: '70000'"),
        ):
            with pytest.raises(SystemExit) as ended:
                cli.main(["serve", "--port", given])
            assert ended.value.code == code
            assert why in capsys.readouterr().err
