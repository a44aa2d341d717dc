"""What feedmaker says in other languages: all of it, with its values, counted and dated rightly."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from feedmaker import cli, files
from feedmaker.cli import sites, status
from feedmaker.cli import words as cli_words
from feedmaker.config import error_lines, table_checks
from feedmaker.model import (
    Code,
    Fetching,
    Figures,
    Notify,
    Reason,
    Rules,
    Section,
    Settings,
    Site,
    errors,
    read_reason,
)
from feedmaker.model.reasons import english_words
from feedmaker.model.state import Status
from feedmaker.output.pages import shares
from feedmaker.setup import confidence, refusals
from feedmaker.text.dates import parse_date
from feedmaker.text.solar_calendar import gregorian_date, solar_date
from feedmaker.text.translations import UI_LANGUAGES, translation, ui_language

OTHERS = [language for language in UI_LANGUAGES if language != "en"]
CODE = Path(cli.__file__).parent.parent
PAGES = CODE / "output"
# Calls that take English words first; `counted` takes those of many after those of one.
SPEAKERS = {"tell", "counted", "Saying"}
# Errors whose text is shown to people.
PEOPLE_SEE = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.FeedmakerError)
}


def of_templates():
    """The English words in the templates."""
    yield from of_markup((PAGES / "pages").glob("*.j2"))


def of_markup(paths):
    """The English words in some templates."""
    for path in paths:
        yield from re.findall(r'\b(?:tell|counted)\("([^"]*)"', path.read_text("utf-8"))


def of_code(folder, speakers=frozenset(SPEAKERS)):
    """The English words in the modules of a folder."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in speakers and isinstance(first, ast.Constant):
                yield first.value
            if name in speakers and isinstance(first, ast.Name):
                yield from named_words(path, first.id)


def named_words(path, name):
    """The English words that a module gives a name, so that a line is not too long."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
        names = [getattr(target, "id", "") for target in targets]
        if name in names and isinstance(getattr(node, "value", None), ast.Constant):
            yield node.value.value


def of_health():
    """The titles of the health feed, which a table has."""
    kinds = import_module("feedmaker.output.health").KINDS
    return [title for _, title in kinds.values()]


def of_command_line():
    """What the command line says of itself, and the words that stand in its tables."""
    yield from (cli._ABOUT, cli._EXIT_CODES, *cli.COMMANDS.values())
    yield from (shared["help"] for shared in cli._SHARED_OPTIONS.values())
    yield from ("options", "positional arguments", "commands", "show this help message and exit")
    yield from (*status._COLUMNS, *status._STATUS_NOTES.values(), *sites._DONE.values())
    yield from ("unusable", "orphan", "paused", "never run", *get_args(Status))
    for name in cli.COMMANDS:
        yield (import_module(f"feedmaker.cli.{name}").__doc__ or "").partition("\n\n")[2]
    for path in (CODE / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help":
                yield from (part.value for part in [node.value] if isinstance(part, ast.Constant))


def of_configuration():
    """What is wrong with a configuration, and what its keys are."""
    for rules in table_checks._TEXT_RULES.values():
        yield from (message for of_key in rules.values() for _, message in of_key)
    for rules in table_checks._TABLE_RULES.values():
        yield from (message for _, message in rules.values())
    yield from (error_lines.UNREADABLE, *error_lines._TOML_NAMES.values())
    for kind in (Settings, Notify, Site, Section, Rules, Fetching):
        yield from (key.metadata["description"] for key in fields(kind) if key.metadata)


def of_errors():
    """What is wrong with the store, a folder and the command line."""
    yield from (*files._REMEDIES.values(), *cli._USAGE_ERRORS.values())
    for node in ast.walk(ast.parse((CODE / "store/sqlite.py").read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == "_remedy":
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            yield from (one.value for one in returned if isinstance(one, ast.Constant))


WANTED = {
    *of_templates(),
    *of_code(PAGES),
    *of_code(CODE / "pipeline", {"tell", "counted"}),
    *of_code(CODE / "text", {"tell", "counted"}),
    *of_health(),
    *english_words(),
    *shares(Figures()),
}


def table(language):
    """The words of a language by the English ones."""
    return import_module(f"feedmaker.text.translations.words_{language}").WORDS


def places(words):
    """The values that words take, as "name:format"."""
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(words) if name}


def test_there_is_something_to_translate():
    """Pages, feeds and reasons are all looked through."""
    assert {"Subscribe", "{n} story", "status {status}", "{name} broke", "date"} <= WANTED
    assert len(WANTED) > 150


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language):
    """Each words of pages, health feed and reasons have their own; no old ones are kept."""
    missing = WANTED - table(language).keys()
    assert not missing, f"{language} lacks {sorted(missing)}"
    if language != "ar":  # the command line speaks Arabic, too
        assert not table(language).keys() - WANTED


def test_the_command_line_has_its_arabic_words():
    """All of its help, all that it says, and what is wrong with what it was given."""
    said = {*of_code(CODE), *of_command_line(), *of_configuration(), *of_errors()}
    missing = said - table("ar").keys() - UNTOLD
    assert not missing, f"ar lacks {sorted(missing)}"


# Names, signs and numbers that English lines hold: they are so in each language.
UNTOLD = {"{reason}", "{page}: {reason}", "{place}: {problem}", "{problem}; {remedy}", ""}


def written_english(node):
    """The English sentences that a part of the code writes by itself."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKERS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[a-z]{2,} [a-z]{2,}", node.value):
            yield node.value
        return
    for inner in ast.iter_child_nodes(node):
        yield from written_english(inner)


@pytest.mark.parametrize("room", ["cli", "config", "store", "setup", "files.py"])
def test_no_english_goes_around_the_catalogue(room):
    """What is raised for a person, printed and asked for is told in the words of a table."""
    found = []
    for path in [CODE / room] if room.endswith(".py") else sorted((CODE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            raises = isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
            says = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("print", "ask")
            if says or (raises and getattr(node.exc.func, "id", "") in PEOPLE_SEE):
                told = node.exc if raises else node
                found += [
                    f"{path.name}: {words}" for part in told.args for words in written_english(part)
                ]
    assert not found


def test_a_wrong_configuration_is_told_in_arabic(tmp_path, monkeypatch, capsys):
    """With its file, key and value as they are; and so is a wrong command line."""
    monkeypatch.setenv("FEEDMAKER_LANG", "ar")
    (tmp_path / "sites").mkdir()
    (tmp_path / "feedmaker.toml").write_text("item = 3\nsites_at_once = 0\n", "utf-8")
    (tmp_path / "sites/a.toml").write_text('name = "a"\nhome = "a"\n[[sections]]\n', "utf-8")
    with pytest.raises(SystemExit, match="2"):
        cli.main(["check", "--config", str(tmp_path)])
    shown = capsys.readouterr().err
    assert f"{tmp_path}/feedmaker.toml: item: مفتاح غير معروف؛ هل تقصد items؟" in shown
    assert "sites_at_once: القيمة 0؛ المتوقع 1 أو أكثر (عدد المواقع التي يُعمل عليها معًا)" in shown
    assert not re.findall(r"expected|missing|unknown", shown)
    with pytest.raises(SystemExit, match="2"):
        cli.main(["build", "--config"])
    assert "--config: يلزم أن تتبعه قيمة" in capsys.readouterr().err


def test_the_web_app_has_its_arabic_words():
    """All of its pages, and all that it says of a site that it looked at."""
    said = {
        *of_markup((CODE / "web" / "templates").glob("*.html")),
        *of_code(CODE / "web"),
        *of_code(CODE / "setup"),
        *confidence._DOUBTS.values(),
        *refusals._BY_CODE.values(),
        *refusals._BY_STATUS.values(),
    }
    assert {"Add a site", "{n} more section", "the page's title"} <= said
    missing = said - table("ar").keys() - UNTOLD
    assert not missing, f"ar lacks {sorted(missing)}"


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_is_arabic_where_that_is_asked_for(arguments, monkeypatch, capsys):
    """No line of it begins in English but names of commands, options and files."""
    monkeypatch.setenv("FEEDMAKER_LANG", "ar")
    with pytest.raises(SystemExit):
        cli.main(arguments)
    shown = capsys.readouterr().out
    assert shown.startswith("الاستعمال: feedmaker ")
    assert not re.findall(r"(?m)^\s*(?:the|show|write|options|commands)\b", shown)


@pytest.mark.parametrize("language", OTHERS)
def test_translated_words_take_the_same_values(language):
    """None is lost, none is invented, and each is written in its format."""
    for english, own in table(language).items():
        if isinstance(own, str):
            assert places(own) == places(english), own
            assert own[:1].isspace() == english[:1].isspace(), own
        else:
            for words in own.values():
                assert places(words) <= places(english) | {"n:"}, words


@pytest.mark.parametrize("language", OTHERS)
def test_counts_have_the_forms_of_their_language(language):
    """Each plural category (CLDR) that a whole number may be of."""
    locale = translation(language)._locale
    needed = {locale.plural_form(count) for count in range(1, 200)}
    for english, own in table(language).items():
        if isinstance(own, dict):
            assert needed - {"many"} <= own.keys() or needed <= own.keys(), english
            assert "other" in own, english


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "خبر واحد"),
        (2, "خبران"),
        (3, "3 أخبار"),
        (10, "10 أخبار"),
        (11, "11 خبرًا"),
        (100, "100 خبر"),
        (103, "103 أخبار"),
        (111, "111 خبرًا"),
        (202, "202 خبر"),
    ],
)
def test_arabic_counts_as_arabic_does(count, words):
    """The noun takes its form after the number's last two digits."""
    assert translation("ar").counted("{n} story", "{n} stories", count) == words


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["1 story", "2 stories", "21 stories"]),
        ("fa", ["۱ خبر", "۲ خبر", "۲۱ خبر"]),
        ("ur", ["1 خبر", "2 خبریں", "21 خبریں"]),
        ("he", ["ידיעה אחת", "שתי ידיעות", "21 ידיעות"]),
        ("fr", ["1 article", "2 articles", "21 articles"]),
    ],
)
def test_the_others_count_in_their_way(language, texts):
    """With their own digits."""
    words = translation(language)
    assert [words.counted("{n} story", "{n} stories", n) for n in (1, 2, 21)] == texts


@pytest.mark.parametrize(
    ("language", "instant", "day", "month"),
    [
        ("ar", "22 نوفمبر 2026، 19:27", "22 نوفمبر", "نوفمبر 2026"),
        ("en", "22 November 2026, 19:27", "22 November", "November 2026"),
        ("fa", "۱ آذر ۱۴۰۵، ۱۹:۲۷", "۱ آذر", "آبان و آذر ۱۴۰۵"),
        ("ur", "22 نومبر، 2026، 19:27", "22 نومبر", "نومبر 2026"),
        ("he", "22 בנובמבר 2026, 19:27", "22 בנובמבר", "נובמבר 2026"),
        ("fr", "22 novembre 2026 à 19:27", "22 novembre", "novembre 2026"),
    ],
)
def test_dates_are_by_the_clock_of_the_site(language, instant, day, month):
    """19:27 in Riyadh is 16:27 UTC."""
    words = translation(language)
    when = datetime(2026, 11, 22, 16, 27, tzinfo=UTC)
    assert words.instant(when, "Asia/Riyadh") == instant
    assert words.day_of_year(date(2026, 11, 22)) == day
    assert words.month("2026-11") == month


@pytest.mark.parametrize(
    ("when", "day", "year"),
    [
        (date(2026, 3, 20), "۲۹ اسفند ۱۴۰۴", 1404),
        (date(2026, 3, 21), "۱ فروردین ۱۴۰۵", 1405),
        (date(2026, 9, 22), "۳۱ شهریور ۱۴۰۵", 1405),
        (date(2026, 9, 23), "۱ مهر ۱۴۰۵", 1405),
        (date(2025, 3, 20), "۳۰ اسفند ۱۴۰۳", 1403),
    ],
)
def test_persian_days_are_those_of_the_solar_calendar(when, day, year):
    """The year begins in March, its first six months have 31 days, and each fourth or so 366."""
    words = translation("fa")
    assert (words.day(when), words.year(when)) == (day, year)
    assert words.month("2026-03") == "اسفند ۱۴۰۴ و فروردین ۱۴۰۵"
    assert translation("ar").year(when) == when.year


def test_each_solar_day_is_read_back_as_it_is_shown():
    """Of a hundred years: what Persian pages say of a day is what `parse_date` takes it for."""
    days = [date(1980, 1, 1) + timedelta(days=step) for step in range(0, 36525, 23)]
    assert [gregorian_date(*solar_date(day)) for day in days] == days
    shown = translation("fa").day(days[700])
    assert parse_date(shown, now=None) == datetime.combine(days[700], time(), UTC)


@pytest.mark.parametrize(
    ("minutes", "span", "rhythm"),
    [
        (0.2, "دقيقة", "خبر كل دقيقة تقريبًا"),
        (2, "دقيقتان", "خبر كل دقيقتين تقريبًا"),
        (45, "45 دقيقة", "خبر كل 45 دقيقة تقريبًا"),
        (61, "ساعة", "خبر كل ساعة تقريبًا"),
        (200, "3 ساعات", "خبر كل 3 ساعات تقريبًا"),
        (2 * 1440, "يومان", "خبر كل يومين تقريبًا"),
        (16000, "11 يومًا", "خبر كل 11 يومًا تقريبًا"),
    ],
)
def test_spans_are_told_in_their_largest_unit(minutes, span, rhythm):
    """As one says how often something comes."""
    length = timedelta(minutes=minutes)
    assert translation("ar").span(length) == span
    assert translation("ar").rhythm(length) == rhythm


def test_words_that_are_missing_are_said_in_english():
    """A word is better in another language than not said."""
    words = translation("he")
    assert words.tell("No {what} of it", what="word") == "No word of it"
    assert words.counted("{n} word", "{n} words", 2) == "2 words"
    assert translation("xx").language == "en"


def test_a_reason_is_told_with_its_cause_and_page():
    """In the words of each language; the address as people read it."""
    cause = Reason.of(Code.STATUS, status=503)
    reason = Reason(Code.NO_ROBOTS, url="https://a.example/%D8%B1%20x", cause=cause, more=2)
    assert str(reason).startswith("https://a.example/%D8%B1%20x: robots.txt cannot be had, so")
    assert str(reason).endswith("nothing is asked: status 503 (2 more like it)")
    told = translation("ar").reason_with_page(reason)
    assert told == (
        "تعذّر جلب robots.txt، فلا يُطلب شيء: الحالة 503 (ومثلها 2) (https://a.example/ر%20x)"
    )
    assert read_reason(reason.to_text()) == reason


@pytest.mark.parametrize(
    ("languages", "ui"),
    [
        (["ar", "ar-MA", "fr"], "ar"),
        (["fr", "FR-ca", "ar"], "fr"),
        (["de", "he"], "he"),
        (["de"], "en"),
        ([], "en"),
    ],
)
def test_pages_speak_as_most_sites_do(languages, ui):
    """Of those languages that we have."""
    assert ui_language(languages) == ui


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ({}, "en"),
        ({"LANG": "ar_MA.UTF-8"}, "ar"),
        ({"LANG": "ar_MA.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "FEEDMAKER_LANG": "ar"}, "ar"),
        ({"LANG": "ar_EG.UTF-8", "FEEDMAKER_LANG": "en"}, "en"),
        ({"LANG": "arn_CL"}, "en"),
    ],
)
def test_the_command_line_is_arabic_where_that_is_asked_for(asked, language, monkeypatch):
    """By `FEEDMAKER_LANG`, else by the locale."""
    for name in ("FEEDMAKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert cli_words().language == language
