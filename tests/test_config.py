"""Reading the configuration: strict, and every problem at once."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from manual import PAGES

from feedmaker import config
from feedmaker.model import Fetching, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
name = "موقع"
home = "https://news.example/"
[[sections]]
slug = "all"
title = "الكل"
urls = ["https://news.example/all"]
"""


def write(
    folder: Path, site: str | bytes = GOOD, main: str | None = None, name: str = "news"
) -> Path:
    """A configuration folder with one site."""
    (folder / "sites").mkdir(exist_ok=True)
    path = folder / "sites" / f"{name}.toml"
    path.write_bytes(site if isinstance(site, bytes) else site.encode())
    if main is not None:
        (folder / "feedmaker.toml").write_text(main, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    """What is wrong, with file names shortened to what follows the folder."""
    with pytest.raises(ConfigError) as caught:
        config.load(folder)
    assert caught.value.exit_code == 2
    return [line.removeprefix(f"{folder}/") for line in caught.value.problems]


def test_a_site_of_only_urls_works(tmp_path):
    """Name, home and a section with a URL are all that a site needs; everything else has a default."""
    settings, (site,) = config.load(write(tmp_path))
    assert site.slug == "news"
    assert site.language == "ar"
    assert site.rules == Rules()
    assert site.fetch == Fetching(concurrency=2, delay=0.5)
    assert site.sections[0].items == 50
    assert settings.out == str(tmp_path.parent / "out")
    assert settings.store == str(tmp_path.parent / ".feedmaker/store.sqlite")


def test_feedmaker_toml_gives_defaults_and_the_nearer_value_wins(tmp_path):
    """`items`, `max_age`, `formats` and `[fetch]` of feedmaker.toml hold for all sites unless they
    say otherwise.
    """
    site = GOOD + 'formats = ["rss"]\n[fetch]\ndelay = 3\n'
    _, (read,) = config.load(
        write(tmp_path, site, "items = 7\nmax_age = 0\n[fetch]\ndelay = 1\nretries = 0\n")
    )
    assert (read.sections[0].items, read.sections[0].max_age, read.sections[0].formats) == (
        7,
        0,
        ("rss",),
    )
    assert (read.fetch.delay, read.fetch.retries) == (3, 0)


def test_the_configuration_of_this_repository_is_right():
    """`config/` loads, and almaghribtoday has the seven sections it was written for."""
    _, sites = config.load(ROOT / "config")
    (site,) = [site for site in sites if site.slug == "almaghribtoday"]
    titles = [section.title.split(": ")[1] for section in site.sections]
    assert titles == [
        "أخبار محلية وعربية وعالمية", "فن وموسيقى", "أخبار النجوم", "رياضة", "صحة وتغذية", "اخر الاخبار",
        "الأخبار الأكثر قراءة",
    ]  # fmt: skip
    assert all(re.search(section.match, "/1187/084731-slug") for section in site.sections)


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    """Types, unknown keys, values and files that are no TOML are named together, each once, with
    file and key.
    """
    write(tmp_path, main='base_ur = "x"\nitems = "50"\n[fetch]\ndelay = -1\n')
    write(
        tmp_path,
        'home = "x"\ncolour = 1\n[rules]\nbody = "p"\n[[sections]]\nslug = "A"\ntitel = "x"\n',
        name="a",
    )
    write(tmp_path, b"\xff", name="b")
    write(tmp_path, "x = ", name="c")
    found = problems(tmp_path)
    assert [line.split(": ")[:2] for line in found] == [
        ["feedmaker.toml", "items"],
        ["feedmaker.toml", "fetch.delay"],
        ["feedmaker.toml", "base_ur"],
        ["sites/a.toml", "name"],
        ["sites/a.toml", "sections[1].slug"],
        ["sites/a.toml", "sections[1].title"],
        ["sites/a.toml", "sections[1].titel"],
        ["sites/a.toml", "rules.body"],
        ["sites/a.toml", "colour"],
        ["sites/a.toml", "home"],
        ["sites/a.toml", "sections[1].urls, heading, nav, sections_of"],
        ["sites/b.toml", "not UTF-8 (byte 0); save it as UTF-8"],
        ["sites/c.toml", "not TOML"],
    ]
    assert "did you mean base_url?" in found[2]
    assert "expected what readers see" in found[5]


@pytest.mark.parametrize(
    ("extra", "key", "words"),
    [
        ('language = "arabic!"', "language", "expected language tag (BCP 47)"),
        ('timezone = "Africa"', "timezone", "IANA"),
        ('timezone = "../etc/passwd"', "timezone", "IANA"),
        ('charset = "nix"', "charset", "windows-1256"),
        ('connect_to = "localhost"', "connect_to", "host:port"),
        ('connect_to = "localhost:99999"', "connect_to", "host:port"),
        ('slug = "other"', "slug", "take the key out"),
        ("home = 3", "home", "valid string"),
        ('name = " "', "name", 'is " "; expected the site'),
        ('rules = { body = ["div["] }', "rules.body", "expected a CSS selector"),
        ('rules = { body = [""] }', "rules.body", "expected a CSS selector"),
        ('headers = { "a b" = "c" }', 'headers."a b"', "header name"),
        ('headers = { a = "b\\nc" }', "headers.a", "header name"),
        ('cookies = { a = "b; c" }', "cookies.a", "semicolons"),
        ("fetch = { recheck = [6, 1] }", "fetch.recheck", "growing"),
        ("fetch = { timeout = 0 }", "fetch.timeout", "0.1 to 600"),
        ("fetch = { max_bytes = 2.5 }", "fetch.max_bytes", "integer"),
        ("fetch = 3", "fetch", "expected"),
    ],
)
def test_a_wrong_site_value_is_named_with_what_was_expected(tmp_path, extra, key, words):
    """Each check of a site names its key and says what it expected."""
    key_line = re.compile(rf"^{extra.split()[0]} = .*$", re.MULTILINE)
    site = key_line.sub("", GOOD, count=1) if extra.startswith(("home", "name")) else GOOD
    (line,) = problems(write(tmp_path, extra + "\n" + site))
    assert line.startswith(f"sites/news.toml: {key}: ")
    assert words in line


@pytest.mark.parametrize(
    ("section", "key", "words"),
    [
        ('urls = ["ftp://x/"]', "urls", "expected a URL"),
        ('heading = "a"\nnav = "b"', "urls, heading, nav, sections_of", "one of them"),
        ("", "urls, heading, nav, sections_of", "one of them"),
        ('heading = "a"\npage = "/home"', "page", "URL"),
        ('urls = ["https://a.example/"]\npage = "https://a.example/"', "page", "not with urls"),
        ('heading = "a"\nmatch = "("', "match", "regular expression"),
        ('heading = "a"\nitems = 0', "items", "1 to 1000"),
        ('heading = "a"\nmax_age = -1', "max_age", "no limit"),
        ('heading = "a"\nformats = []', "formats", "one at least"),
        ('heading = "a"\nformats = ["atom", "atom"]', "formats", "once"),
        ('heading = "a"\nformats = ["xml"]', "formats[1]", "'atom', 'rss' or 'json'"),
        ('heading = "a"\nlanguage = "?"', "language", "tag"),
    ],
)
def test_a_wrong_section_value_is_named_with_what_was_expected(tmp_path, section, key, words):
    """Each check of a section names the table by its number and the key."""
    site = GOOD + '[[sections]]\nslug = "second"\ntitle = "x"\n' + section
    (line,) = problems(write(tmp_path, site))
    assert line.startswith(f"sites/news.toml: sections[2].{key}: ")
    assert words in line


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ("items = " + "9" * 5000, "cannot be read: a number is too long"),
        ("items = 0x" + "f" * 5000, "cannot be read: a number is too long"),
        (
            "match = " + "[" * 20_000,
            "cannot be read: a number is too long, or tables or lists lie too deep",
        ),
        (
            "match = " + "[" * 300 + "]" * 300,
            "cannot be read: a number is too long, or tables or lists lie too deep",
        ),
        (
            'match = "x{99999999999999}"',
            "sections[1].match: 'x{99999999999999}' is no regular expression",
        ),
        (f'match = "{"(" * 5000}{")" * 5000}"', "sections[1].match: '((("),
        ('"a\\nb: c" = 1', 'sections[1]."a\\nb: c": unknown key'),
        ('[headers]\n"a\\nb" = "c"', 'headers."a\\nb": expected a header name'),
        ('"" = 1', 'sections[1]."": unknown key'),
        (
            "a." * 50_000 + "b = 1",
            "cannot be read: a number is too long, or tables or lists lie too deep",
        ),
        (
            "x = {" + '"a" . ' * 50_000 + "b = 1}",
            "cannot be read: a number is too long, or tables or lists lie too deep",
        ),
    ],
)
def test_what_is_endless_or_odd_is_told_on_one_line(tmp_path, extra, told):
    """Numbers of thousands of digits, nesting without end and keys with a line break are problems
    like any other.
    """
    (line,) = problems(write(tmp_path, GOOD + extra))
    assert line.startswith(f"sites/news.toml: {told}")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            GOOD.replace("[[sections]]", "[sections]"),
            "expected each of them under [[sections]], in",
        ),
        (
            f'{GOOD}\ntimezone = "UTC"\n',
            "sections[1].timezone: unknown key; it is a key of the site",
        ),
        (f'{GOOD}\nitems = "50"\n', 'is "50"; expected a valid integer, without quotes around it'),
        (f'{GOOD}\ninclude = "a"\n', 'is "a"; expected a list, such as ["..."]'),
        (f'cookies = "a=b"\n{GOOD}', "expected a table, such as {name = "),
    ],
)
def test_usual_slips_of_toml_are_told_in_its_words(tmp_path, text, told):
    """One bracket for two, a key of the site below a section, quotes around what is no text."""
    (line,) = problems(write(tmp_path, text))
    assert told in line


def test_sections_that_are_no_tables_are_each_told(tmp_path):
    """A list with mistakes of several kinds is read to its end, and each table's are told."""
    site = GOOD.split("[[sections]]", maxsplit=1)[0] + 'sections = [3, { slug = 1, title = "x" }]\n'
    assert [line.split(": ")[1:3] for line in problems(write(tmp_path, site))] == [
        ["sections[1]", 'is 3; expected a table, such as {name = "..."}'],
        ["sections[2].slug", "is 1; expected a valid string"],
        [
            "sections[2].urls, heading, nav, sections_of",
            "expected one of them to say where the section's links are",
        ],
    ]


@pytest.mark.parametrize("length", [101, 5000])
def test_a_slug_that_no_file_can_have_as_its_name_is_told(tmp_path, length):
    """A run of all sites would end where the file is to be written."""
    slug = "a" * length
    (line,) = problems(write(tmp_path, GOOD.replace('slug = "', f'slug = "{slug}')))
    assert "expected at most 100 characters" in line
    assert not config.is_slug(slug)
    assert config.is_slug(slug[:100])


def test_a_title_has_a_length_and_a_file_a_size(tmp_path):
    """They are what a person writes; what is larger takes minutes to be read, or all memory."""
    (line,) = problems(write(tmp_path, GOOD.replace('title = "', f'title = "{"a" * 20_000}')))
    assert "expected at most 20000 characters (what readers see as the feed's title)" in line
    (line,) = problems(write(tmp_path, f"{GOOD}#{'x' * 2_000_000}"))
    assert line == "sites/news.toml: cannot be read: File too large"


PATHS = {
    "out": "folder to write feeds and pages to",
    "store": "file of the store, or a PostgreSQL URL",
}


@pytest.mark.parametrize("path", ["", " ", "a\\u0000b"])
@pytest.mark.parametrize("key", PATHS)
def test_a_path_that_is_none_is_told(tmp_path, key, path):
    """No run begins that would write into the folder of `config/` itself, or could write nowhere."""
    assert problems(write(tmp_path, main=f'{key} = "{path}"')) == [
        f'feedmaker.toml: {key}: is "{path}"; expected {PATHS[key]}'
    ]


def test_slugs_are_unique_and_never_names_of_our_own(tmp_path):
    """Two sections of one slug would write one file; a site called `index` would hide a page."""
    again = GOOD + GOOD.split("[[sections]]")[1].join(["[[sections]]", ""])
    (line,) = problems(write(tmp_path, again))
    assert line == "sites/news.toml: sections[2].slug: 'all' is already the slug of sections[1]"
    (tmp_path / "sites/news.toml").unlink()
    assert "choose another" in problems(write(tmp_path, name="index"))[0]
    (tmp_path / "sites/index.toml").unlink()
    assert "a-z, 0-9 and hyphens" in problems(write(tmp_path, name="My_Site"))[0]


def test_a_missing_folder_or_a_folder_without_sites_says_what_to_do(tmp_path):
    """An empty place is met with the next step, not with a traceback."""
    assert "--config" in problems(tmp_path / "nowhere")[0]
    assert "sites/NAME.toml" in problems(tmp_path)[0]


def test_an_unreadable_file_is_named(tmp_path):
    """A folder where a file should be is a problem like any other."""
    (tmp_path / "sites" / "x.toml").mkdir(parents=True)
    assert "cannot be read" in problems(tmp_path)[0]


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: (GOOD + text).encode("utf-8", "replace"))
)
def test_any_bytes_give_sites_or_problems(tmp_path_factory, content):
    """Whatever stands in a file, loading ends with a configuration or with a ConfigError."""
    folder = write(tmp_path_factory.mktemp("config"), content)
    problems: tuple[str, ...] = ()
    try:
        _, sites = config.load(folder)
    except ConfigError as error:
        sites, problems = (), error.problems
    assert bool(sites) != bool(problems)


def test_every_key_has_a_text_and_stands_in_the_manual():
    """The manual names every configuration key, and every key explains itself."""
    for kind in (Settings, Site, Section, Rules, Fetching):
        for key in fields(kind):
            assert key.metadata["description"], key.name
            assert (kind, key.name) == (Site, "slug") or f"`{key.name}`" in PAGES[
                "configuration"
            ], (
                kind.__name__,
                key.name,
            )


def test_a_store_is_a_path_from_where_config_is_or_a_url(tmp_path):
    """A PostgreSQL URL is no path and stays as it is."""
    folder = tmp_path / "config"
    (folder / "sites").mkdir(parents=True)
    (folder / "sites" / "news.toml").write_text(
        'name = "N"\nhome = "https://news.example/"\n[[sections]]\nslug = "all"\ntitle = "T"\nurls = ["https://news.example/"]\n'
    )
    for store, expected in (
        ("x.sqlite", str(tmp_path / "x.sqlite")),
        ("postgresql://h/d", "postgresql://h/d"),
    ):
        (folder / "feedmaker.toml").write_text(f'store = "{store}"\n')
        assert config.load(folder)[0].store == expected


@pytest.mark.parametrize(
    "store",
    [
        "POSTGRESQL://u:hush@db/feeds", "postgresql+psycopg://u:hush@db/feeds", " postgresql://u:hush@db/feeds",
        "mysql://u:hush@db/feeds", "host=db user=u password=hush", "dbname = feeds password = 'hush'",
        "postgresql://u:hush\\u0000@db/feeds",
    ],
)  # fmt: skip
def test_a_store_that_is_no_path_and_no_url_makes_no_folders(tmp_path, store):
    """They would have the password as a name; it is told by no problem, either."""
    (line,) = problems(write(tmp_path, GOOD, main=f'store = "{store}"'))
    assert line.startswith("feedmaker.toml: store: expected ")
    assert "hush" not in line


@pytest.mark.parametrize(
    ("main", "site"),
    [
        ("", 'headers = ["Authorization: hush"]\n'),
        ("", 'cookies = { session = ["hush"] }\n'),
        ('[notify]\nsmtp = ["smtp://u:hush@mail"]', ""),
        ('[notify]\nntfy_token = ["hush"]', ""),
    ],
)
def test_a_secret_of_a_wrong_type_is_not_told(tmp_path, main, site):
    """Its key and what is expected are."""
    (line,) = problems(write(tmp_path, site + GOOD, main=main))
    assert ": expected a " in line
    assert "hush" not in line


def test_a_mistake_in_the_file_of_one_site_leaves_the_others(tmp_path):
    """The site is there without sections, so that its feeds stay; `load` takes nothing of it."""
    write(tmp_path, name="good")
    write(tmp_path, "nmae = 1", name="wrong")
    usable = config.load_usable(tmp_path)
    assert [(site.slug, bool(site.sections)) for site in usable.sites] == [
        ("good", True),
        ("wrong", False),
    ]
    assert {line.removeprefix(f"{tmp_path}/").split(":")[0] for line in usable.problems} == {
        "sites/wrong.toml"
    }
    assert list(usable.problems) == [f"{tmp_path}/{line}" for line in problems(tmp_path)]


@pytest.mark.parametrize("main", ["items = 0", "["])
def test_nothing_can_be_used_without_settings_or_sites(tmp_path, main):
    """A mistake in feedmaker.toml is one of all sites."""
    write(tmp_path, main=main)
    with pytest.raises(ConfigError):
        config.load_usable(tmp_path)
    (tmp_path / "feedmaker.toml").unlink()
    assert config.load_usable(tmp_path).problems == ()
    write(tmp_path, "x")
    with pytest.raises(ConfigError):
        config.load_usable(tmp_path)


@pytest.mark.parametrize("name", [".#news.toml", "._news.toml", ".news.toml", "news.toml~"])
def test_what_editors_leave_beside_a_site_is_none(tmp_path, name):
    """Lock files, resource forks and backups, whatever stands in them."""
    write(tmp_path)
    (tmp_path / "sites" / name).write_bytes(b"\xff")
    assert [site.slug for site in config.load(tmp_path)[1]] == ["news"]


@pytest.mark.parametrize("name", ["other.TOML", "Other.Toml", "other_1.toml", "index.toml"])
def test_a_site_with_another_name_than_expected_is_told(tmp_path, name):
    """It is not passed over, and the others are used."""
    write(tmp_path)
    (tmp_path / "sites" / name).write_text(GOOD, "utf-8")
    assert f"sites/{name}: the file's name: " in problems(tmp_path)[0]
    assert "news" in [site.slug for site in config.load_usable(tmp_path).sites if site.sections]


def test_a_misnamed_copy_does_not_take_the_place_of_its_site(tmp_path):
    """NEWS.TOML beside news.toml, on a file system that knows letters apart."""
    write(tmp_path)
    (tmp_path / "sites" / "news.TOML").write_text(GOOD, "utf-8")
    (site,) = config.load_usable(tmp_path).sites
    assert site.sections


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path):
    """A pipe that nobody writes to, a device without an end, a link that leads nowhere."""
    write(tmp_path)
    os.mkfifo(tmp_path / "sites" / "pipe.toml")
    (tmp_path / "sites" / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "sites" / "lost.toml").symlink_to("nowhere")
    told = "\n".join(problems(tmp_path))
    assert "pipe.toml: cannot be read: Not a regular file" in told
    assert "zero.toml: cannot be read: Not a regular file" in told
    assert "lost.toml: cannot be read: No such file or directory" in told
    assert "news" in [site.slug for site in config.load_usable(tmp_path).sites if site.sections]


def test_a_linked_folder_is_where_its_link_is(tmp_path):
    """`out` and the store lie beside the link, not beside what it leads to."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "here" / "config"
    folder.parent.mkdir()
    write(elsewhere)
    folder.symlink_to(elsewhere)
    settings, _ = config.load(folder)
    assert settings.out == str(tmp_path / "here" / "out")
    assert settings.store == str(tmp_path / "here" / ".feedmaker/store.sqlite")


@pytest.mark.parametrize(
    "main",
    [
        'store = "out/store.sqlite"',
        'store = "out/a/b.sqlite"',
        'store = "x/../out/s"',
        'store = "public/s.sqlite"\nout = "public"',
        'out = "."',
    ],
)
def test_a_store_inside_out_is_refused(tmp_path, main):
    """Whoever is served the feeds would be served the store, too."""
    folder = tmp_path / "config"
    folder.mkdir()
    write(folder, main=main)
    (line,) = problems(folder)
    assert line.startswith("feedmaker.toml: store: is ")
    assert str(tmp_path) in line


def test_a_store_inside_the_out_of_the_command_line_or_behind_a_link_is_refused(tmp_path):
    """`--out` counts, and so does where a link leads to."""
    folder = tmp_path / "config"
    folder.mkdir()
    write(folder)
    with pytest.raises(ConfigError, match="store: is "):
        config.load(folder, tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "out")
    write(folder, main='store = "linked/store.sqlite"')
    assert len(problems(folder)) == 1
