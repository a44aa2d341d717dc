"""From a site's URL to its configuration: what `feedmaker add` and the web app propose.

    home page --site_facts, site_time_zone--> name, language, time zone, each as a `SiteFact`
    home page --section_sources, section_candidates--> sections: of menus, headed blocks, feeds
                link_lists, menus, headed_blocks find them; section_labels, section_words name them
    section   --site_look--> its links and three of its stories, as a `SectionSample`
    listing   --confidence--> why its links may be wrong, and selectors to try
    all of it --corrections, site_file--> the text of config/sites/NAME.toml
    a file that is there --site_append--> the same with further sections
    a site that is there --site_edit--> paused, renamed, removed, with other rules
    what a person points at --mending--> rules --mend_trial--> before and after
    what was mended --site_cases--> golden cases that `check` reads
    a file of ftr-site-config --site_config_files, rules_import--> rules that agree with ours
    the whole way --site_survey, site_draft--> what the site offers, and the file that is written

Only `site_look` and `mend_trial` fetch, by the preview that they are given, and only `site_draft`,
`site_edit` and `site_cases` write. Nothing here prints or asks.
"""

from feedmaker.setup.confidence import (
    SelectorProposal,
    describe_doubts,
    propose_body_rule,
    propose_selectors,
)
from feedmaker.setup.corrections import correct, numbers_in
from feedmaker.setup.mend_trial import (
    TRIED_STORIES,
    ListingTrial,
    StoryTrial,
    list_twice,
    read_twice,
    try_rules,
)
from feedmaker.setup.mending import (
    LONGEST_SELECTOR,
    STORY_PARTS,
    Part,
    propose_links,
    propose_rules,
    with_rule,
)
from feedmaker.setup.one_feed import page_site_file
from feedmaker.setup.refusals import what_to_do
from feedmaker.setup.rules_import import RulesTrial, try_rule_file
from feedmaker.setup.section_candidates import (
    find_sections,
    headlines,
    match_candidates,
)
from feedmaker.setup.section_names import section_slugs
from feedmaker.setup.section_sources import (
    SectionCandidate,
)
from feedmaker.setup.site_append import (
    KnownSite,
    append_sections,
    find_known_site,
    read_known_site,
)
from feedmaker.setup.site_cases import case_faults, expected_story, write_case
from feedmaker.setup.site_config_files import (
    SiteConfigFile,
    list_rule_files,
    read_rule_file,
    rule_file_of,
)
from feedmaker.setup.site_draft import SiteDraft, write_site
from feedmaker.setup.site_edit import add_rules, remove, rename, set_paused, set_selectors
from feedmaker.setup.site_facts import (
    find_language,
    find_name,
    needs_script,
    site_slug,
)
from feedmaker.setup.site_file import SiteProposal, format_site_file
from feedmaker.setup.site_look import (
    SAMPLES,
    SectionSample,
    SiteHome,
    find_home,
    find_site_candidates,
    try_section,
    try_sections,
)
from feedmaker.setup.site_proposal import propose_site
from feedmaker.setup.site_survey import (
    MOST_SECTIONS,
    SiteSurvey,
    WantedSite,
    survey_site,
    typed_address,
    why_nothing,
)

__all__ = [
    "LONGEST_SELECTOR",
    "MOST_SECTIONS",
    "SAMPLES",
    "STORY_PARTS",
    "TRIED_STORIES",
    "KnownSite",
    "ListingTrial",
    "Part",
    "RulesTrial",
    "SectionCandidate",
    "SectionSample",
    "SelectorProposal",
    "SiteConfigFile",
    "SiteDraft",
    "SiteHome",
    "SiteProposal",
    "SiteSurvey",
    "StoryTrial",
    "WantedSite",
    "add_rules",
    "append_sections",
    "case_faults",
    "correct",
    "describe_doubts",
    "expected_story",
    "find_home",
    "find_known_site",
    "find_language",
    "find_name",
    "find_sections",
    "find_site_candidates",
    "format_site_file",
    "headlines",
    "list_rule_files",
    "list_twice",
    "match_candidates",
    "needs_script",
    "numbers_in",
    "page_site_file",
    "propose_body_rule",
    "propose_links",
    "propose_rules",
    "propose_selectors",
    "propose_site",
    "read_known_site",
    "read_rule_file",
    "read_twice",
    "remove",
    "rename",
    "rule_file_of",
    "section_slugs",
    "set_paused",
    "set_selectors",
    "site_slug",
    "survey_site",
    "try_rule_file",
    "try_rules",
    "try_section",
    "try_sections",
    "typed_address",
    "what_to_do",
    "why_nothing",
    "with_rule",
    "write_case",
    "write_site",
]
