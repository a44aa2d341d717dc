"""From the store to `out/`: feeds, pages, archives and the health of all sections.

    section_files   the feeds, page and archives of one section, and how they are read back
    overview        the files that tell of all sections: index, status, list of feeds, health
    overview_parts  which of them are stale, site by site where there are many sections
    health          how each section fares, as rows for `status` and `health.json`
    thumbnails      small pictures for the pages
    explained       the page that `explain --html` writes

Import these modules from here; what is below them is nobody else's, but that the web app shows its
own pages by the environment of `pages`.
"""

__all__ = [
    "explained",
    "health",
    "overview",
    "section_files",
    "thumbnails",
]
