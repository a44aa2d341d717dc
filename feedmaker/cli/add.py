"""`feedmaker add`: a site from nothing but its URL.

Look at URL, the home page of a site or one of its sections, and propose a configuration: name,
language, time zone, and sections by navigation, headed blocks, feeds and sitemaps; show the story
links found in each and three stories of it; ask, and write config/sites/NAME.toml. Nothing is
overwritten without asking. In an empty folder `config/` is made.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.cli import add_shared
from feedmaker.model.errors import ConfigError, FeedmakerError, FetchError
from feedmaker.setup import site_look as setup_site_look

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from feedmaker.listing import PageLinks
    from feedmaker.model import Settings, Site
    from feedmaker.setup import Chosen, Offer, Said
    from feedmaker.setup.site_look import SectionSample

_MOST = 12  # sections taken when nobody is asked


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("url", metavar="URL", help="the site's home page, or one of its sections")
    parser.add_argument(
        "--yes", "-y", action="store_true", help="take what is proposed, without asking"
    )
    parser.add_argument("--section", "-s", action="append", default=[], metavar="SECTION",
                        help="take this section only: its name, its number or its URL; may be given again")  # fmt: skip
    parser.add_argument(
        "--name", default="", metavar="NAME", help="name of the file and of the folder in `out`"
    )
    text = "connect there instead of what the host name resolves to (connect_to)"
    parser.add_argument("--connect-to", default="", metavar="HOST:PORT", help=text)
    add_shared(parser, "--config")


def run(options: Namespace) -> int:
    """Look, propose, ask, write."""
    from feedmaker import setup
    from feedmaker.config import is_address, is_slug, load_settings
    from feedmaker.model import Site
    from feedmaker.text import urls

    given = options.url if "://" in options.url else f"https://{options.url}"
    address = urls.canonical(given)
    host = urlsplit(address or "").hostname or ""
    if address is None or not ("." in host or ":" in host or host == "localhost"):
        raise ConfigError(
            [f"{options.url}: no URL; expected the address of a site, such as https://example.org/"]
        )
    if options.connect_to and not is_address(options.connect_to):
        raise ConfigError(
            [f"--connect-to: is {options.connect_to!r}; expected host:port, such as 127.0.0.1:8000"]
        )
    name = options.name or setup.site_slug(address)
    if not is_slug(name):
        raise ConfigError(
            [
                f"--name: is {name!r}; expected a-z, 0-9 and hyphens, and no name of feedmaker's own in `out`"
            ]
        )
    asked = not options.yes and not options.section
    if asked and not sys.stdin.isatty():
        raise ConfigError(
            ["there is no terminal to ask at; take all with --yes, or name sections with --section"]
        )
    path = options.config / "sites" / f"{name}.toml"
    if path.exists() and not (asked and _agreed(f"{path} exists. Replace it?", usual=False)):
        raise ConfigError([f"{path} exists and is left as it is; choose another name with --name"])
    root = urls.canonical("/", address) or address
    usual = load_settings(options.config)
    site = Site(
        slug=name,
        name=name,
        home=root,
        sections=(),
        connect_to=options.connect_to,
        fetch=usual.fetch,
    )
    try:
        return asyncio.run(_add(options, usual, site, address, path))
    except FetchError as error:
        raise FeedmakerError(
            f"{error.url}: {error.reason}; {_hint(error)}, and nothing is written"
        ) from None


def _hint(error: FetchError) -> str:
    """What a person can do about a page that was not had."""
    if error.status in (401, 403, 429, 503):
        return "the site seems to keep programs out"
    if error.status:
        return "look at the address in a browser"
    if "robots.txt" in str(error.reason):
        return "the site does not want programs there; ask its owners"
    return "is the address right, and the network there?"


async def _add(options: Namespace, settings: Settings, site: Site, address: str, path: Path) -> int:
    from feedmaker.fetch import Fetcher

    robots: dict[str, tuple[str, float]] = {}
    async with Fetcher(settings, robots) as fetcher:
        site_look = setup_site_look.Look(fetcher, site)
        home, tree, first = await setup_site_look.home(site_look, address)
        offers = await setup_site_look.offers(site_look, tree, first, robots)
        headlines = setup_site_look.headlines(home.text, home.url)
        from feedmaker import setup

        name, language = setup.site_name(tree.tree, home.url), setup.language(tree.tree, headlines)
        site_look.site = replace(site, language=language.value, home=home.url)
        print(f"{home.url}: «{name.value}»\n")
        wanted = _wanted(options, offers)
        seen = await _look_at(site_look, wanted, tree)
        good = {offer: one for offer, one in seen.items() if one.links}
        if not good and not options.section:
            # What the home page itself holds costs no further listing.
            here = [
                one
                for one in offers
                if one not in seen and (one.heading or one.urls == (home.url,))
            ]
            print("None of them; what the home page itself shows is looked at.\n")
            seen |= await _look_at(
                site_look, [one for one in here if one.usual or not one.heading][:_MOST], tree
            )
            good = {offer: one for offer, one in seen.items() if one.links}
        zone = setup.time_zone(tree, site_look.texts(), language.value)
        for title, said in (("name", name), ("language", language), ("time zone", zone)):
            print(f"{title:10} {said.value}   ({'' if said.sure else 'PLEASE CHECK: '}{said.why})")
        if not good:
            raise FeedmakerError(_nothing(home.url, tree, seen))
        if not (options.yes or options.section) and not _agreed(
            f"\nWrite {len(good)} sections to {path}?", usual=True
        ):
            print("Nothing is written.")
            return 0
        _write(options, path, site_look.site, (name, language, zone), good)
    _after(options.config, path, len(good))
    return 0


def _wanted(options: Namespace, offers: list[Offer]) -> list[Offer]:
    """The sections to look at: those named on the command line, the usual ones, or what a person
    says.
    """
    from feedmaker import setup

    if options.section:
        wanted: dict[Offer, None] = {}
        for words in options.section:
            meant = setup.by_words(offers, words)
            if not meant and "://" in words:
                meant = [
                    setup.Offer(words.rstrip("/").rpartition("/")[2], "the URL you gave", (words,))
                ]
            if not meant:
                names = ", ".join(f"«{one.title}»" for one in offers[:20])
                raise ConfigError([f"--section: no section is called «{words}»; there are {names}"])
            wanted |= dict.fromkeys(meant)
        return list(wanted)
    usual = [one for one in offers if one.usual][:_MOST]
    if options.yes:
        left = len(offers) - len(usual)
        print(
            f"{len(usual)} sections are looked at"
            + (f"; {left} more could be had with --section" if left else "")
        )
        return usual
    print("Sections (* is proposed):")
    for number, one in enumerate(offers, 1):
        print(f" {number:3} {'*' if one in usual else ' '} {one.title}   {one.where}   {one.why}")
    while True:
        answer = input(
            "\nWhich? Numbers or names parted by commas, or Enter for those with *: "
        ).strip()
        words = [word for word in answer.replace("،", ",").split(",") if word.strip()]
        wanted = dict.fromkeys(
            one for word in words for one in setup.by_words(offers, word.strip())
        )
        if wanted or not words:
            return list(wanted) or usual
        print(f"None of the sections is called {answer}.")


async def _look_at(
    site_look: setup_site_look.Look, wanted: list[Offer], home: PageLinks
) -> dict[Offer, SectionSample]:
    """Look at each section, and say at once what was seen."""
    seen = {}
    for one in wanted:
        seen[one] = found = await setup_site_look.section(site_look, one, home)
        print(f"{one.title}   {one.where}")
        if not found.links:
            print(f"    left out: {found.doubt}\n")
            continue
        print(
            f"    {len(found.links)} story links"
            + (f"; IN DOUBT: {found.doubt}" if found.doubt else "")
        )
        for selector, why in found.proposals:
            print(f"      a selector that could be meant: {selector}   {why}")
        for story in found.stories:
            when = story.published.isoformat(" ", "minutes") if story.published else "no date"
            by = f", {', '.join(story.authors)}" if story.authors else ""
            words = (
                "no text, its page's own description"
                if story.teaser
                else f"{len(story.text.split())} words"
            )
            begins = " ".join((story.text or story.summary)[:200].split())[:100]
            print(f"    - {story.title}\n      {when}{by}, {words}: {begins}")
        for failure in found.failures:
            print(f"    - no story: {failure}")
        print()
    return seen


def _nothing(url: str, tree: PageLinks, seen: dict[Offer, SectionSample]) -> str:
    """Why no section could be had, and what to do."""
    from feedmaker import setup

    if script := setup.needs_script(tree):
        return f"{url} needs JavaScript ({script}), and no feed or sitemap was found; give the URL of one if you know it"
    tried = "; ".join(f"{one.title}: {found.doubt}" for one, found in list(seen.items())[:3])
    return f"{url}: no section with story links was found ({tried or 'its pages lead nowhere'}); give the URL of a section"


def _write(
    options: Namespace,
    path: Path,
    site: Site,
    about: tuple[Said, Said, Said],
    good: dict[Offer, SectionSample],
) -> None:
    from datetime import UTC, datetime

    from feedmaker import config as configuration
    from feedmaker import setup

    name, language, zone = about
    sections: list[Chosen] = []
    for (offer, seen), slug in zip(good.items(), setup.slugs(list(good)), strict=True):
        says = f"{len(seen.links)} story links and {len(seen.stories)} of {setup_site_look.SAMPLES} stories were read."
        sections.append(setup.Chosen(offer, slug, says, seen.doubt, seen.proposals))
    bare = [text for seen in good.values() for text in seen.bare]
    told = sum(len(seen.stories) for seen in good.values())
    body = setup.article_rule(bare) if len(bare) >= 2 and len(bare) >= told else None
    text = setup.write(
        home=site.home, name=name, language=language, zone=zone, sections=sections, body=body,
        connect_to=options.connect_to, today=datetime.now(UTC).date().isoformat(),
    )  # fmt: skip
    main = options.config / "feedmaker.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not main.exists():
        main.write_text(_MAIN, "utf-8")
        configuration.write_schemas(options.config)
    path.write_text(text, "utf-8")


def _after(config: Path, path: Path, sections: int) -> None:
    """Say what is there now; the file is read as `check` would, so that nobody finds a mistake of
    ours later.
    """
    from feedmaker import config as configuration

    configuration.load(config)
    print(
        f"Wrote {path} with {sections} sections. `feedmaker build {path.stem} -v` makes the feeds."
    )


_MAIN = """\
#:schema ./feedmaker.schema.json
# What holds for all sites; every key is optional, the README has them all.
# base_url = "https://example.org/feeds"  # where `out` is served: feeds then have a self link
# contact = "mailto:you@example.org"      # sent with each request, for site owners to reach you
"""


def _agreed(question: str, *, usual: bool) -> bool:
    answer = input(f"{question} [{'Y/n' if usual else 'y/N'}] ").strip().lower()
    return answer in ("y", "yes", "نعم", "ن") or (usual and not answer)
