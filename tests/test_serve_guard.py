"""The guards of `feedmaker serve`: each attack on its app is a test."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from web_server import FORM, Served

pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
pytest.importorskip("argon2", reason="the extra is missing: feedmaker[serve]")

from feedmaker import cli
from feedmaker.model import Settings
from feedmaker.model.errors import ConfigError
from feedmaker.web.application import ServeOptions, make_server
from feedmaker.web.private_file import PrivateFile

PASSWORD = "كلمة سر طويلة"


def set_password(folder, password=PASSWORD):
    """`feedmaker password`, as a program sends it; return the exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        with pytest.raises(SystemExit) as ended:
            cli.main(["password", "--config", str(folder / "config")])
    return ended.value.code


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A server with a password."""
    folder = tmp_path_factory.mktemp("guarded")
    assert set_password(folder) == 0
    with Served(folder) as server:
        yield server


@pytest.fixture
def browser(guarded):
    """A browser with no cookie yet."""
    with httpx.Client(base_url=f"http://127.0.0.1:{guarded.port}", timeout=30) as client:
        yield client


def cookie(client):
    """The value of a browser's session."""
    return client.cookies["feedmaker_session"]


def test_the_app_asks_for_the_password(guarded, browser):
    """Each page but the login; afterwards one is where one wanted to be."""
    for path in ("/app/", "/app/anything", "/app/%6cogin/x"):
        got = browser.get(path)
        assert got.status_code == 303
        assert got.headers["Location"].startswith("/app/login")
    assert browser.get("/app/login").status_code == 200
    assert guarded.log_in("wrong", browser).status_code == 403
    got = guarded.log_in(PASSWORD, browser, next="/app/?a=1")
    assert (got.status_code, got.headers["Location"]) == (303, "/app/?a=1")
    assert browser.get("/app/").status_code == 200


def test_a_login_gives_a_new_session(guarded, browser):
    """Whoever gave a browser a session (fixation) is not logged in by it; forged ones are none."""
    browser.get("/app/login")
    before = cookie(browser)
    guarded.log_in(PASSWORD, browser)
    assert cookie(browser).split(".")[0] != before.split(".")[0]
    name, expires, _, signature = before.split(".")
    for value in (before, f"{name}.{expires}.1.{signature}", "a.b.1.c", "x", f"{name}..1."):
        cookies = {"Cookie": f"feedmaker_session={value}"}
        assert httpx.get(browser.base_url.join("/app/"), headers=cookies).status_code == 303
    flags = browser.get("/app/login", headers={"Cookie": ""}).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags.split("; "))


def test_a_logout_ends_the_session_wherever_its_cookie_is(guarded, browser):
    """Also a copy of it."""
    guarded.log_in(PASSWORD, browser)
    copied = {"Cookie": f"feedmaker_session={cookie(browser)}"}
    assert httpx.get(browser.base_url.join("/app/"), headers=copied).status_code == 200
    token = FORM.search(browser.get("/app/").text)[1]
    assert browser.post("/app/logout", data={"csrf": token}).status_code == 303
    assert browser.get("/app/").status_code == 303
    assert httpx.get(browser.base_url.join("/app/"), headers=copied).status_code == 303


def test_no_form_is_taken_without_its_token(guarded, browser):
    """Neither with none, nor with that of another session, nor from another site's page."""
    token = guarded.token(browser)
    with httpx.Client(base_url=browser.base_url, timeout=30) as other:
        others = guarded.token(other)
    data = {"password": PASSWORD}
    for wrong in ({}, {"csrf": ""}, {"csrf": others}, {"csrf": token[:-1]}, {"csrf": "é"}):
        assert browser.post("/app/login", data=data | wrong).status_code == 403
    from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
    whole = data | {"csrf": token}
    assert browser.post("/app/login", data=whole, headers=from_elsewhere).status_code == 403
    assert browser.post("/app/login", json=whole).status_code == 403
    assert browser.post("/app/login", data=whole).status_code == 303
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert browser.request(method, "/app/").status_code == 405


def test_forms_that_cannot_be_read(browser):
    """Too long ones and broken ones are refused, and the server goes on."""
    assert browser.post("/app/login", content=b"a" * 3_000_000).status_code == 413
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert browser.post("/app/login", content=b"--y", headers=broken).status_code in (400, 403)
    kind = {"Content-Type": "multipart/form-data"}
    assert browser.post("/app/login", content=b"--y", headers=kind).status_code in (400, 403)
    assert browser.get("/app/login").status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "/app\\evil",
        "/apple",
        "/app/\r\nSet-Cookie: a=b",
        "/app/\nLocation: http://evil.test",
        "javascript:alert(1)",
        "/app/\u2028",
        " /app/",
    ],
)
def test_a_login_leads_nowhere_else(guarded, browser, wanted):
    """No open redirect, and no header of an attacker."""
    page = browser.get("/app/login", params={"next": wanted}).text
    assert 'name="next" value=""' in page
    got = guarded.log_in(PASSWORD, browser, next=wanted)
    assert (got.status_code, got.headers["Location"]) == (303, "/app/")
    assert got.headers.get_list("Set-Cookie")[0].startswith("feedmaker_session=")
    assert len(got.headers.get_list("Set-Cookie")) == 1


def test_pages_of_the_app_allow_nothing_but_their_own(browser):
    """Strict policy, no frame, nothing kept; also where one is refused."""
    for answer in (browser.get("/app/login"), browser.get("/app/"), browser.post("/app/")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<style" not in browser.get("/app/login").text


def test_the_file_is_for_its_owner_alone_and_holds_no_password(guarded):
    """Nor does the log."""
    path = guarded.folder / ".feedmaker" / "serve.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    text = path.read_text()
    assert "$argon2id$" in text
    assert PASSWORD not in text + guarded.log()
    assert "csrf" not in guarded.log()


def test_wrong_passwords_are_limited_and_a_new_one_ends_sessions(tmp_path):
    """After five of them nobody of that address is asked, the right one or not."""
    set_password(tmp_path)
    with Served(tmp_path) as server, httpx.Client(base_url=server.client.base_url) as inside:
        server.log_in(PASSWORD, inside)
        assert inside.get("/app/").status_code == 200
        client = server.client
        token = server.token()
        answers = []
        for password in [*"123456", PASSWORD]:
            data = {"csrf": token, "password": password}
            answers.append(client.post("/app/login", data=data).status_code)
        assert answers == [403] * 5 + [429, 429]
        assert inside.get("/app/").status_code == 200
        set_password(tmp_path, "another long one")
        assert inside.get("/app/").status_code == 303


def test_it_does_not_start_where_others_reach_it_without_a_password(tmp_path):
    """Unless a proxy asks for one; says what to do."""
    with pytest.raises(ConfigError, match=r"^:: can be reached .*`feedmaker password`"):
        make_server(ServeOptions(configuration=tmp_path / "config", host="::"))
    named = ServeOptions(configuration=tmp_path / "config", host_names=("localhost", "feeds.test"))
    with pytest.raises(ConfigError, match=r"^feeds\.test can be reached .*`feedmaker password`"):
        make_server(named)
    command = [sys.executable, "-m", "feedmaker", "serve", "--host", "0.0.0.0", "--port", "0"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert re.fullmatch(r"feedmaker: 0\S+ can be reached .*`feedmaker password`.*\n", done.stderr)


def test_behind_a_proxy_that_asks_for_the_password(tmp_path):
    """It starts, is open, and takes https from the proxy's word."""
    options = ("--host", "0.0.0.0", "--behind-proxy", "--host-name", "feeds.test")
    with Served(tmp_path, *options) as server:
        headers = {"Host": "feeds.test", "X-Forwarded-Proto": "https"}
        got = server.client.get("/app/", headers=headers)
        assert got.status_code == 200
        assert "; Secure" in got.headers["Set-Cookie"]


@pytest.mark.parametrize("password", ["", "short", "x" * 2_000])
def test_a_password_that_is_none_changes_nothing(tmp_path, password, capsys):
    """One line says what is wrong."""
    assert set_password(tmp_path, password) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / ".feedmaker" / "serve.json").exists()


def test_keys_that_are_given_out_at_once_are_all_kept(tmp_path):
    """And a logout meanwhile is one."""
    settings = Settings(store=f"{tmp_path}/.feedmaker/store.sqlite")
    names = [f"reader {number}" for number in range(8)]

    def give(name):
        PrivateFile(tmp_path, settings).add_key(name, requests=1, addresses=1)
        PrivateFile(tmp_path, settings).end_session(name, 2**40)

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(give, names))
    kept = PrivateFile(tmp_path, settings).read()
    assert kept.keys.keys() == kept.ended.keys() == set(names)


def test_feeds_may_need_a_key(guarded, browser):
    """Where `feeds_key` says so, at once: by a key, whose holder's addresses have it, or a login."""
    out = guarded.folder / "out"
    (out / "news").mkdir(parents=True)
    (out / "news" / "a.atom.xml").write_text("<feed><updated>2026</updated></feed>")
    (out / "feeds.opml").write_text('<opml><outline xmlUrl="news/a.atom.xml"/></opml>')
    assert browser.get("/news/a.atom.xml").status_code == 200
    (guarded.folder / "config").mkdir()
    (guarded.folder / "config" / "feedmaker.toml").write_text("feeds_key = true\n")
    guarded.wait(lambda: browser.get("/news/a.atom.xml").status_code == 403)
    assert browser.get("/metrics").status_code == 403
    assert browser.get("/healthz").status_code == 200
    key_file = PrivateFile(
        guarded.folder / "config", Settings(store=f"{guarded.folder}/.feedmaker/s")
    )
    key = key_file.add_key("reader", requests=1, addresses=1)
    assert browser.get("/news/a.atom.xml", params={"key": key[:-1]}).status_code == 403
    got = browser.get("/news/a.atom.xml", params={"key": key})
    assert f'/news/a.atom.xml?key={key}" rel="self"' in got.text
    opml = browser.get("/feeds.opml", params={"key": key}).text
    assert f'/news/a.atom.xml?key={key}"' in opml
    guarded.log_in(PASSWORD, browser)
    assert browser.get("/news/a.atom.xml").status_code == 200
    assert key not in guarded.log()
