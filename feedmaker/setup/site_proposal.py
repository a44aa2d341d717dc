"""All that was found of a site, as what its file may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.setup.confidence import propose_body_rule
from feedmaker.setup.section_candidates import headlines
from feedmaker.setup.section_names import section_slugs
from feedmaker.setup.site_facts import find_language, find_name
from feedmaker.setup.site_file import SectionChoice, SiteProposal
from feedmaker.setup.site_look import SAMPLES
from feedmaker.setup.site_time_zone import find_time_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feedmaker.setup.confidence import SelectorProposal
    from feedmaker.setup.section_sources import SectionCandidate
    from feedmaker.setup.site_look import SectionSample, SiteHome


def propose_site(
    home: SiteHome,
    samples: Mapping[SectionCandidate, SectionSample],
    texts: Iterable[str],
    *,
    used_slugs: Sequence[str] = (),
    connect_to: str = "",
) -> SiteProposal:
    """Return what a site's file may say, with those of the sections that have links.

    `texts` are the site's pages, by which its time zone is found; `used_slugs` are those of
    sections that are configured already.
    """
    tree = home.links.tree
    language = find_language(tree, headlines(home.page.text, home.page.url))
    good = {one: sample for one, sample in samples.items() if sample.links}
    return SiteProposal(
        home=home.page.url,
        name=find_name(tree, home.page.url),
        language=language,
        time_zone=find_time_zone(home.links, list(texts), language.value),
        sections=_section_choices(good, used_slugs),
        body_rule=_body_rule(list(good.values())),
        connect_to=connect_to,
    )


def _section_choices(
    good: Mapping[SectionCandidate, SectionSample], used_slugs: Sequence[str]
) -> tuple[SectionChoice, ...]:
    slugs = section_slugs(list(good), used_slugs)
    choices = []
    for (candidate, sample), slug in zip(good.items(), slugs, strict=True):
        links, stories = len(sample.links), len(sample.stories)
        choice = SectionChoice(
            candidate=candidate,
            slug=slug,
            evidence=f"{links} story links and {stories} of {SAMPLES} stories were read.",
            doubt=sample.doubt,
            proposals=sample.proposals,
            rule=sample.rule,
        )
        choices.append(choice)
    return tuple(choices)


def _body_rule(samples: Sequence[SectionSample]) -> SelectorProposal | None:
    """Return a rule for the site's articles where as many gave no story as gave one."""
    storyless = [text for sample in samples for text in sample.storyless]
    read = sum(len(sample.stories) for sample in samples)
    if len(storyless) < 2 or len(storyless) < read:
        return None
    return propose_body_rule(storyless)
