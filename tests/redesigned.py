"""A section of a press before and after a redesign."""

from __future__ import annotations

from pressroom import COUNT, PRESSES, story
from servers import Reply, html

PRESS = PRESSES[0]
OTHERS = "".join(
    f'<p class="t"><a href="/wire/9{n}000">{PRESS.headlines[n % 5]} من مكان آخر {n}</a></p>'
    for n in range(8)
)


def page(cards: str, *, nav: str = "رياضة", heading: str = "أخبار الملاعب") -> Reply:
    """A listing with a menu, another list, and the section's."""
    menu = f'<nav><a href="/sport">{nav}</a><a href="/economy">اقتصاد</a><a href="/x">سفر</a></nav>'
    return html(
        f"{menu}<section><h2>من الوكالات</h2>{OTHERS}</section><section><h2>{heading}</h2>{cards}</section>"
    )


def listed(
    form: str = '<div class="old-card"><h3><a href="{}">{}</a></h3></div>', start: int = 1
) -> str:
    """The section's stories in a markup."""
    return "".join(form.format(*story(PRESS, 2, number)) for number in range(start, COUNT + 1))


NEW = '<tr><td class="zq-{0}"><a class="k7" href="{0}"><span>{1}</span></a></td></tr>'
