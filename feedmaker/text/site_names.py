"""The name of a site before the title of one of its sections, as readers list it among many."""

from __future__ import annotations

from typing import Final

from feedmaker.text import arabic


def full_title(title: str, site_name: str) -> str:
    """Return the title of a section with its site's name before it: «صحيفة المدار: رياضة».

    A title that holds a word of the name already, one that tells the site from others, stays as it
    is; so does one beside an empty name.
    """
    of_name = _keys(site_name)
    of_title = _keys(title)
    telling = of_name - _OF_MANY
    # Of a name like "Daily News" it takes all words.
    is_named = bool(telling & of_title) if telling else of_name <= of_title
    return title if is_named else f"{site_name}: {title}"


def _keys(text: str) -> frozenset[str]:
    """The words of a text in one spelling, Arabic ones without their article."""
    return frozenset(map(_key, arabic.fold(text).split()))


def _key(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


# Words that names of many sites have: they tell none from another.
_OF_MANY: Final = _keys(
    """
    صحيفة جريدة موقع مجلة وكالة شبكة قناة بوابة دار إذاعة تلفزيون منصة نشرة يومية أسبوعية إلكترونية
    إلكتروني رقمية رسمية رسمي مستقلة شاملة أخبار خبر خبرية إخبارية إخباري أنباء نيوز أونلاين أون
    لاين تي في من على إلى عن و
    روزنامه خبرگزاری پایگاه خبری سایت وب رسانه اخبارات خبریں ویب
    חדשות עיתון אתר ערוץ עדכונים
    the a an of for and in on at to de du des la le les l el los las y et und der die das
    news newspaper paper daily weekly magazine journal gazette press site website web portal online
    agency network channel tv radio media post times official com net org
    actualités actualité actu infos info nouvelles quotidien presse agence revue chaîne
    noticias nachrichten zeitung diario periódico
    """
)
