"""People are told when a feed breaks, once, by each channel, and never at a single failure."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from servers import Reply

from feedmaker import cli
from feedmaker.config import load_settings
from feedmaker.model import Notify
from feedmaker.model.errors import ConfigError
from feedmaker.output import health
from feedmaker.pipeline import notifications, notify_channels
from feedmaker.store import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def told(news):
    """What a webhook was told: the events of each message."""
    news.settings = replace(news.settings, notify=Notify(webhook=news.server.url("/told")), ui="en")
    messages: list[list[dict]] = []

    def take(request) -> Reply:
        messages.append(json.loads(request.body)["events"])
        return Reply(b"", 204)

    news.server.page("/told", take)
    return messages


def breaks(news, hours: int = 2) -> None:
    """The listing is gone for so many runs, an hour after each other."""
    news.server.page("/all", Reply(b"gone", 500))
    for _ in range(hours):
        news.now += HOUR
        news.run()


def recovers(news) -> None:
    """The listing is there again."""
    news.publish(4, 3, 2, 1)
    news.now += HOUR
    news.run()


def failures(news) -> dict[str, str]:
    """What `status` says of the channels."""
    with Store(news.settings.store) as store:
        return health.channel_failures(news.settings, store)


def test_a_section_that_breaks_and_recovers_is_told_once_each(news, told):
    """Not its first run, not a single failure, not the same again."""
    news.run()
    breaks(news, 1)
    assert told == []
    breaks(news, 3)
    ((broke,),) = told
    assert broke["event"] == "broke"
    assert (broke["site"], broke["sections"], broke["code"]) == ("news", ["all"], "status")
    assert broke["text"].startswith("الموقع: كل الأخبار broke. status 500")
    recovers(news)
    recovers(news)
    assert [event["event"] for message in told for event in message] == ["broke", "recovered"]


def test_what_a_channel_did_not_take_it_is_told_by_the_next_run(news, told):
    """And `status` names it until then, without its address."""
    news.run()
    take = news.server.routes["/told"]
    news.server.page("/told", Reply(b"", 500))
    breaks(news)
    assert failures(news) == {"webhook": "status 500"}
    news.server.page("/told", take)
    breaks(news, 2)
    assert [event["event"] for message in told for event in message] == ["broke"]
    assert failures(news) == {}


def test_a_channel_that_fails_fails_no_run(news, told):
    """A program that is not there, beside a webhook that takes everything."""
    keys = replace(news.settings.notify, command=("/nowhere/program",))
    news.settings = replace(news.settings, notify=keys)
    news.run()
    breaks(news)
    assert len(told) == 1
    (report,) = news.run()
    assert report.status == "kept"
    assert failures(news) == {
        "command": "/nowhere/program cannot be started: No such file or directory"
    }


def test_nothing_is_sent_in_the_quiet_hours(news, told):
    """It waits for the first run after them; hours go over midnight, by the clock of a zone."""
    keys = replace(news.settings.notify, quiet_hours="14:00-08:00", timezone="Africa/Cairo")
    news.settings = replace(news.settings, notify=keys)
    news.run()  # at 14:00 in Cairo
    breaks(news, 3)
    assert told == []
    news.now += 15 * HOUR  # 08:00, after the hour that the next line adds
    breaks(news, 1)
    assert [event["event"] for message in told for event in message] == ["broke"]


@pytest.mark.parametrize(
    ("hours", "at", "is_quiet"),
    [
        ("09:00-12:00", 9, True),
        ("09:00-12:00", 12, False),
        ("09:00-12:00", 8, False),
        ("22:00-07:00", 23, True),
        ("22:00-07:00", 6, True),
        ("22:00-07:00", 7, False),
        ("", 3, False),
    ],
)
def test_quiet_hours(news, hours, at, is_quiet):
    """The first minute is quiet, the last is not."""
    at_hour = news.now.replace(hour=at)
    assert notifications._is_quiet(Notify(quiet_hours=hours), at_hour) is is_quiet


def test_sections_that_break_together_are_one_event(news, told):
    """Of one site and one cause."""
    other = replace(news.site.sections[0], slug="sport", title="رياضة")
    news.site = replace(news.site, sections=(news.site.sections[0], other))
    news.run()
    breaks(news)
    ((broke,),) = told
    assert broke["sections"] == ["all", "sport"]
    assert broke["text"].startswith("الموقع: كل الأخبار, رياضة broke.")


def test_only_what_is_asked_for_is_told(news, told):
    """New stories where they are wanted, and nothing else then; those of the first run are known."""
    keys = replace(news.settings.notify, events=("stories",))
    news.settings = replace(news.settings, notify=keys)
    news.run()
    assert told == []
    recovers(news)  # with a fourth story
    ((event,),) = told
    assert event["event"] == "stories"
    assert [story["url"] for story in event["stories"]] == [
        news.server.url("/4-garden-opens-again.html")
    ]
    breaks(news)
    assert len(told) == 1


@pytest.mark.usefixtures("told")
def test_a_webhook_can_tell_who_sent_it(news):
    """By the HMAC of the body."""
    news.settings = replace(
        news.settings, notify=replace(news.settings.notify, webhook_secret="سر")
    )
    news.run()
    breaks(news)
    (request,) = [one for one in news.server.requests if one.path == "/told"]
    expected = hmac.new("سر".encode(), request.body, hashlib.sha256).hexdigest()
    assert request.headers["x-feedmaker-signature"] == f"sha256={expected}"


@pytest.mark.usefixtures("told")
def test_a_program_has_it_as_json(news, tmp_path):
    """On its standard input; the code that it ends with is a failure."""
    kept = tmp_path / "told.json"
    program = f"import sys; open({str(kept)!r}, 'w').write(sys.stdin.read()); sys.exit(3)"
    keys = Notify(command=(sys.executable, "-c", program))
    news.settings = replace(news.settings, notify=keys)
    news.run()
    breaks(news)
    message = json.loads(kept.read_text("utf-8"))
    assert message["events"][0]["event"] == "broke"
    assert message["text"] == message["events"][0]["text"]
    assert failures(news) == {"command": f"{sys.executable} ended with code 3"}


@pytest.mark.usefixtures("told")
def test_a_program_that_does_not_end_is_ended(news, monkeypatch):
    """With what it started, and the run goes on."""
    monkeypatch.setattr(notify_channels, "_COMMAND_SECONDS", 0.3)
    news.settings = replace(news.settings, notify=Notify(command=("sh", "-c", "sleep 60; true")))
    news.run()
    breaks(news)
    assert failures(news) == {"command": "sh did not end within 0.3 s"}


@pytest.mark.usefixtures("told")
def test_ntfy_has_title_and_text(news):
    """Published as JSON to the server, with the token."""
    published = []

    def take(request) -> Reply:
        published.append((json.loads(request.body), request.headers.get("authorization")))
        return Reply(b"{}")

    news.server.page("/", take)
    keys = Notify(ntfy=news.server.url("/feeds"), ntfy_token="tk_1")
    news.settings = replace(news.settings, notify=keys)
    news.run()
    breaks(news)
    ((message, token),) = published
    assert message["topic"] == "feeds"
    assert message["title"].startswith("الموقع: كل الأخبار broke.")
    assert token == "Bearer tk_1"


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given (RFC 5321, as far as a client needs it)."""

    daemon_threads = True

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        super().__init__(("127.0.0.1", 0), Conversation)


class Conversation(socketserver.StreamRequestHandler):
    """One connection to the mail server."""

    def handle(self) -> None:
        """Take mails until the client leaves."""
        self.wfile.write(b"220 mail.test\r\n")
        for line in self.rfile:
            command = line[:4].upper().strip()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 fine\r\n")
            if command == b"QUIT":
                return


@pytest.mark.usefixtures("told")
def test_mail_goes_out_by_smtp(news):
    """In UTF-8, with a subject of one line."""
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        port = server.server_address[1]
        keys = Notify(mail=("me@example.org",), smtp=f"smtp://127.0.0.1:{port}")
        news.settings = replace(news.settings, notify=keys)
        news.run()
        breaks(news)
        server.shutdown()
    (sent,) = server.mails
    mail = message_from_bytes(sent, policy=policy.default)
    assert mail["To"] == mail["From"] == "me@example.org"
    assert mail["Subject"].startswith("الموقع: كل الأخبار broke. status 500")
    assert "كل الأخبار broke" in mail.get_content()


@pytest.mark.usefixtures("told")
def test_a_mail_server_that_is_not_there_is_named_without_its_password(news):
    """Which stands in its URL."""
    keys = Notify(mail=("me@example.org",), smtp="smtp://me:secret@127.0.0.1:1")
    news.settings = replace(news.settings, notify=keys)
    news.run()
    breaks(news)
    (why,) = failures(news).values()
    assert why == "the mail server 127.0.0.1 does not take it: Connection refused"


def test_the_command_sends_a_test_and_says_who_took_it(news, told, tmp_path, capsys, monkeypatch):
    """With exit code 1 where one did not."""
    monkeypatch.setenv("FEEDMAKER_LANG", "en")
    (tmp_path / "config").mkdir()
    main = tmp_path / "config" / "feedmaker.toml"
    main.write_text(
        f'[notify]\nwebhook = "{news.server.url("/told")}"\ncommand = ["false"]\n', "utf-8"
    )
    with pytest.raises(SystemExit) as ended:
        cli.main(["notify", "--test", "--config", str(tmp_path / "config")])
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert out == "command: not taken: false ended with code 1\nwebhook: sent\n"
    assert [event["event"] for event in told[0]] == ["test"]
    main.write_text("", "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["notify", "--test", "--config", str(tmp_path / "config")])
    assert ended.value.code == 2
    assert "names no channel" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ('quiet_hours = "25:00-07:00"', "notify.quiet_hours: is "),
        ('mail = ["no address"]', "notify.mail: is 'no address'; expected an address"),
        ('smtp = "secret"', "notify.smtp: expected smtp://HOST or smtps://USER:PASSWORD@HOST"),
        ('ntfy = "https://ntfy.sh/"', "notify.ntfy: is 'https://ntfy.sh/'; expected a topic"),
        ('webhook = "ftp://x"', "notify.webhook: is 'ftp://x'; expected a URL"),
        ('timezone = "Mars"', "notify.timezone: is 'Mars'; expected an IANA name"),
        ('events = ["all"]', "notify.events"),
    ],
)
def test_a_mistake_is_named(keys, problem, tmp_path):
    """In one line."""
    (tmp_path / "feedmaker.toml").write_text(f"[notify]\n{keys}\n", "utf-8")
    with pytest.raises(ConfigError) as error:
        load_settings(tmp_path)
    assert problem in str(error.value)
