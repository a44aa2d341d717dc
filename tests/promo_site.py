"""A news site whose stories are read wrongly: an advert within each, and a list that is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from news_site import SENTENCES
from servers import Reply, Server, html

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 12
ADVERT = "تعلن مكتبة المدينة عن دورة في الخط العربي تبدأ مطلع الشهر المقبل، ويستمر التسجيل فيها حتى نهاية الأسبوع."
CONFIG = """\
# A person's own words.
name = "الموقع"  # why it is called so
home = "{home}"
language = "ar"

[[sections]]
slug = "all"   # in addresses
title = "كل الأخبار"
urls = ["{home}all"]

[fetch]
delay = 0  # a site of our own
retries = 0
"""


def title(number: int) -> str:
    """The headline of a story."""
    return f"افتتاح الحديقة رقم {number} أمام الزوار بعد أعمال صيانة طويلة"


def promo_article(number: int, advert: str = ADVERT) -> Reply:
    """A story with an advert that reads like a part of it."""
    body = "".join(f"<p>{sentence} {number}.</p>" for sentence in SENTENCES)
    return html(
        f'<html lang="ar"><head><title>{title(number)}</title></head><body><article class="entry">'
        f'<h1>{title(number)}</h1><p class="byline">بقلم <b class="writer">سارة النجار</b></p>'
        f'<div class="story-text">{body}<div class="library-line sc-bdVaJa"><p>{advert}</p></div>'
        f"<p>{SENTENCES[0]} {number}-2.</p></div></article></body></html>"
    )


def card(number: int, box: str = "item") -> str:
    """A card of the listing."""
    return f'<li class="{box}"><a href="/{number}-garden-opens-again.html"><h3>{title(number)}</h3></a></li>'


def listing_page(extra: str = "") -> Reply:
    """The listing, with something beside its list."""
    cards = "".join(map(card, range(COUNT)))
    return html(f'<main><h1>القسم</h1><ul class="list">{cards}</ul>{extra}</main>')


def fill_promo(server: Server, folder: Path) -> Path:
    """Put the site on a server, and its configuration into a folder; return the site's file."""
    server.page("/all", listing_page())
    for number in range(COUNT):
        server.page(f"/{number}-garden-opens-again.html", promo_article(number))
    path = folder / "config" / "sites" / "news.toml"
    path.parent.mkdir(parents=True)
    (folder / "config" / "feedmaker.toml").write_text("max_age = 0\n")
    path.write_text(CONFIG.format(home=server.url("/")), "utf-8")
    return path
