"""What sections are called, and the names of their files.

A file is named by what its section is about (`sport` of «رياضة»), else by a word of its URL, else
by its title in Latin letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from feedmaker.text.arabic import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.setup.section_sources import SectionCandidate

_LONGEST_SLUG: Final = 40  # characters
_SLUG_WORDS: Final = 4  # of a title
_PATH_WORD: Final = re.compile(r"[a-z][a-z0-9_-]{2,30}(?:\.html?)?")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
# Path words that say nothing of what a section is about.
_GENERIC: Final = re.compile(
    r"index|default|page|sections?|categor(?:y|ies)|channel|list|news|home|rss|feed|sitemap"
)
# Words of a title that say nothing of it either.
_FILLERS: Final = frozenset(
    map(fold, ("أخبار", "الأخبار", "اخبار", "قسم", "خبرهای", "news", "خبریں", "חדשות"))
)

# What menus call the site's editions in other languages, and its feeds.
_EDITIONS: Final = """
    English|Français|Francais|Español|Deutsch|Русский|Türkçe|中文|日本語|فارسی|فارسي|اردو|العربية|عربي|عربی|עברית|Kurdî
    |کوردی|پښتو|Indonesian|Japanese|Hebrew|Arabic|Urdu|Persian|en|fr|ar|RSS|RSS Feed
    """
EDITIONS: Final = frozenset(fold(name) for name in _EDITIONS.split("|"))

# A name for files -> what sections of that kind are called.
_SECTIONS: Final = {
    "sport": "رياضة|الرياضة|أخبار الرياضة|رياضي|رياضية|ورزش|ورزشی|کھیل|کھیلوں|ספורט|sports",
    "economy": (
        "اقتصاد|الاقتصاد|اقتصادية|مال وأعمال|مال|أعمال|"
        "اقتصادی|معیشت|کاروبار|תجارת|כלכלה|economy|business"
    ),
    "politics": "سياسة|السياسة|سياسية|سیاست|سیاسی|سياسي|פוליטיקה|politics",
    "culture": "ثقافة|الثقافة|ثقافية|ثقافة وفن|ثقافة وفنون|فرهنگ|فرهنگی|ثقافت|תרבות|culture",
    "health": "صحة|الصحة|صحية|طب وصحة|سلامت|بهداشت|صحت|בריאות|health",
    "technology": "تكنولوجيا|تقنية|التقنية|تقنيات|فناوری|ٹیکنالوجی|טכנולוגיה|technology|tech",
    "science": "علوم|العلوم|دانش|علم|سائنس|מדע|science",
    "world": (
        "عالم|العالم|دولي|دولية|عربي ودولي|أخبار دولية|"
        "جهان|بین الملل|خارجی|دنیا|بین الاقوامی|עולם|world"
    ),
    "local": "محلي|محلية|محليات|أخبار محلية|داخلی|مقامی|חדשות מקומיות|local",
    "arab": "عربي|عربية|أخبار عربية|الوطن العربي",
    "nation": "وطنية|وطني|قومی|پاکستان|national|nation",
    "society": "مجتمع|المجتمع|اجتماعی|جامعه|معاشرہ|חברה|society",
    "opinion": "رأي|الرأي|آراء|مقالات|مقالات الرأي|یادداشت|کالم|דעות|opinion",
    "latest": (
        "آخر الأخبار|أحدث الأخبار|أهم الأخبار|آخرین اخبار|تازہ ترین|חדשות|latest|latest news|news"
    ),
    "most-read": (
        "الأكثر قراءة|الأخبار الأكثر قراءة|پربازدیدترین|پربیننده ترین|הנקראות ביותר|most read"
    ),
    "art": "فن|الفن|فنون|فن ومشاهير|مشاهير|هنر|شوبز|אמנות|art|arts|entertainment",
    "incidents": "حوادث|الحوادث|قضايا|حوادث وقضايا|جرائم",
    "cars": "سيارات|خودرو|רכב|cars",
    "women": "المرأة|امرأة|مرأة|زنان|خواتین",
    "religion": "دين|إسلاميات|دین و اندیشه|مذہب|יהדות|religion",
    "education": "تعليم|التعليم|آموزش|تعلیم|חינוך|education",
    "travel": "سفر|سياحة|السياحة|گردشگری|سیاحت|תיירות|travel",
    "food": "مطبخ|طعام|غذا|אוכל|food",
    "environment": "بيئة|البيئة|محیط زیست|ماحولیات|סביבה|environment",
    "investigations": "تحقيقات|تقارير|investigations",
}


def _slugs_by_name() -> dict[str, str]:
    """Return the name for files of each folded title."""
    found = {}
    for slug, names in _SECTIONS.items():
        for name in names.split("|"):
            found[fold(name)] = slug
    return found


_SLUGS: Final = _slugs_by_name()

# A folded letter -> Latin ones, near enough for the name of a file.
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیٹڈڑںہےھةىאבגדהוזחטיכךלמםנןסעפףצץקרשת"
_LATIN: Final = """
    a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y p ch zh g k y t d r n h e h a a
    a b g d h v z h t y k k l m m n n s a p p ts ts q r sh t
    """
_LATIN_OF: Final = dict(zip(_LETTERS, _LATIN.split(), strict=True))


def section_slugs(sections: Sequence[SectionCandidate]) -> list[str]:
    """Return a name for the files of each section; no two are the same."""
    used: list[str] = []
    for number, section in enumerate(sections, start=1):
        name = _section_slug(section) or f"section-{number}"
        slug = name
        copies = 1
        while slug in used:
            copies += 1
            slug = f"{name}-{copies}"
        used.append(slug)
    return used


def _section_slug(section: SectionCandidate) -> str:
    title = fold(section.title)
    words = title.split()
    topic = " ".join(word for word in words if word not in _FILLERS)
    known = _SLUGS.get(title) or _SLUGS.get(topic)
    if known:
        return known
    if section.url:
        path = unquote(urlsplit(section.url).path, errors="replace")
        for segment in reversed(path.lower().split("/")):
            if _PATH_WORD.fullmatch(segment) and not _GENERIC.match(segment):
                word = segment.partition(".")[0]
                return _NOT_SLUG.sub("-", word).strip("-")
    latin = "-".join(map(_to_latin, words[:_SLUG_WORDS]))
    return _NOT_SLUG.sub("-", latin)[:_LONGEST_SLUG].strip("-")


def _to_latin(word: str) -> str:
    letters = ""
    for one in word:
        letters += one if one.isascii() else _LATIN_OF.get(one, "")
    return letters
