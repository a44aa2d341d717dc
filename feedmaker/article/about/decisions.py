"""How the fields of a page's metadata were decided, for `feedmaker explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.html.json_ld import Statement
from feedmaker.model.trace import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedmaker.article.about.authors import Authors
    from feedmaker.article.about.shown_titles import Title
    from feedmaker.article.about.stated_dates import DateRanking
    from feedmaker.html.page_head import Head


def explain_title(
    title: Title,
    authors: Authors,
    dates: DateRanking,
) -> Iterator[Choice]:
    """Give how title, authors and dates were decided."""
    names = Statement(authors.source, ", ".join(authors.names))
    losing_dates = [date.statement for date in dates.losers]
    yield _choice("title", Statement(title.source, title.text), title.losers)
    yield _choice("authors", names, authors.losers)
    yield _choice("published", dates.published.statement, losing_dates)
    yield _choice("modified", dates.modified.statement, losing_dates)


def explain_others(
    head: Head,
    chosen: dict[str, Statement | None],
) -> Iterator[Choice]:
    """Give how these fields were decided, each with what else the page states of it, once."""
    stated = {"category": head.sections, "image": tuple(head.pictures())}
    for name, value in chosen.items():
        others = [one for one in stated.get(name, ()) if one != value]
        yield _choice(name, value, dict.fromkeys(others))


def _choice(
    name: str,
    chosen: Statement | None,
    losers: Iterable[Statement],
) -> Choice:
    """Return how one field was decided."""
    source, value = chosen if chosen and chosen.source else ("none found", "")
    return Choice(
        name=name,
        value=value,
        source=source,
        losers=tuple(losers),
    )
