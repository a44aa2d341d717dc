"""The words that begin, end and part names in bylines, and those that are no person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from feedmaker.text.languages import FREQUENT_WORDS
from feedmaker.text.months import (
    ARABIC_WEEKDAYS,
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    GERMAN_MONTHS,
    URDU_WEEKDAYS,
)

# Where a byline goes on with something else: a date, a role in brackets, a reading time.
CUT: Final = re.compile(
    r"(?:(?<!\s)\s+)?(?:[|•·●▪–—(]|(?<![^\W\d_])\d|\s-\s"
    r"|\b(?:on behalf of|posted|published|updated|last|reviewed|edited|medically|ago|Stand"
    r"|envoyée?s? spécia\w+|publiée?|mis à jour|veröffentlicht|aktualisiert|publicad[oa]"
    r"|actualizad[oa]|pubblicato|aggiornato|atualizad[oa]|gepubliceerd|bijgewerkt|opublikowano|опубликовано|обновлено)\b"
    r"|\b(?:le|el|il|am|op|den|on|em)\s+(?=\d)|\bam\s+(?=\w+(?:tag|woch)\b)|\bon\s+(?=\w+\s?\d|\w+day|[A-Z][a-z]{2,8}\.?\s\d)|\b(?:for|in)\b(?=\s+[A-Z])).*$",
    re.IGNORECASE | re.DOTALL,
)
SPLIT: Final = re.compile(
    r"(?:(?<!\s)\s+)?(?:[;/|&،؛+\n]|,(?!\s*(?:Jr|Sr|I{2,3})\b\.?\s*(?:[,;]|$))"
    r"|\b(?:and|und|et|och|og|ja|ve|with|mit|avec|con)\b|\s[ye]\s)\s*",
    re.IGNORECASE,
)
# Without one of these signs or words, a text is one name, and nothing follows it.
PARTING_SIGN: Final = re.compile(r"[;/|&،؛+\n,•·●▪–—(\d-]")
_PARTING_WORD: Final = re.compile(
    r"and|und|et|och|og|ja|ve|with|mit|avec|con|y|e|on|envoyée?s?|posted|published|updated|last|reviewed|edited"
    r"|medically|ago|stand|publiée?|mis|veröffentlicht|aktualisiert|publicad[oa]|actualizad[oa]"
    r"|pubblicato|aggiornato|atualizad[oa]|gepubliceerd|bijgewerkt|opublikowano|опубликовано"
    r"|обновлено|le|el|il|am|op|den|em|for|in",
    re.IGNORECASE,
)
# Letters with the signs of names in between, the vowels of Thaana and of India, and a nickname in
# quotes between others: one to six words of together 2 to 60 characters.
NAME: Final = re.compile(
    r"(?=.{2,60}$)(?=\S+(?: \S+){0,5}$)"
    r"[^\W\d_](?:[^\W\d_]|(?<=[א-ת])[\"\u05f4](?=[א-ת])|[\s.'’‘`´/\-‐·&\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d"
    r"\u07a6-\u07b0\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7\u0bbe-\u0bcd"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|(?<=\s)[\"“][^\W\d_][\w .'’-]{0,20}[\"”](?=\s))*"
)
# Beside one given name: "Richard (RJ) Eskow".
NICKNAME: Final = re.compile(r"([^\W\d_]{2,20}) \([^\W\d_][\w .'’-]{0,30}\) (?=[^\W\d_])")

# Behind the name of whoever took the pictures.
PICTURED: Final = re.compile(r"\((?:photo|foto|bild|illustration|grafik|video)\w*\)", re.IGNORECASE)
# Mail addresses and the handles of networks.
EMAIL: Final = re.compile(r"(?:[(<]|(?<![\w.+-]))[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>]?|(?<![\w.@])@\w+")
# Addresses, and how the text of buttons and headings begins that stand beside a byline.
NO_NAME: Final = re.compile(
    r"https?:|www\.|^@|/{2}|\.(?:com|net|org|de|co)\b|תש[א-ת]?[\"״][א-ת]"
    r"|^(?:about|all|copied|copy|cookie|download|email|fact|follow|listen|meet|more|my|print"
    r"|privacy|read|see|share|subscribe|view|watch)\s",
    re.IGNORECASE,
)
CREDENTIAL: Final = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:-?[A-Z]\.?)*|[A-Z]\w?\.(?:[A-Z](?:(?![A-Z])\w)?\.?)+"
)
_ROLES: Final = (
    r"editor|writer|reporter|correspondent|director|manager|founder|ceo|cto|chief|senior|head"
    r"|lead|expert|specialist|analyst|consultant|professor|dietitian|contribut(?:or|ing)"
    r"|journalist|columnist|author|staff|president|partner|officer|coach|attorney|advisor"
    r"|strategist|engineer|marketing|member|producer|content|freelance|special to"
    r"|envoyée?|spéciale?|(?:chef)?redakteur(?:in)?|journaliste|korrespondent(?:in)?|reporterin|volontär(?:in)?|periodista"
    r"|giornalista|redacteur|redactrice|correspondant|correspondante|corresponsal|inviat[oa]"
    r"|correspondente|корреспондент|журналист|редактор|обозреватель|кореспондент|оглядач"
    r"|follow|bio|profile|about|view|more|posts|all|read"
)
ROLE: Final = re.compile(rf"\b(?:{_ROLES})\b", re.IGNORECASE)
# Roles, offices, and words of the page's labels.
_NOT_PERSON: Final = re.compile(
    rf"{_ROLES}|team|desk|newsroom|editorial|editors|redaktion|rédaction|redacci[oó]n"
    r"|redazione|redaksi|merkezi|admin|administrator|press|agency|agentur|agence|group|inc|ltd|llc|gmbh|company"
    r"|news|media|university|institute|center|centre|association|foundation|service|articles?"
    r"|share|tags?|copied|copy|under|takeaways?|table|contents?|our|this|in|on|of|the|to|with|how"
    r"|what|why|your|you|for|is|meet|download|print|email|link|category|blog|guide|best|newsletter"
    r"|summary|overview|introduction|video|photo|gallery|report|reviews?|listen|watch|new|top|my"
    r"|no|comments?|stories|words|and|politics|sports?|business|world|opinion|culture|technology"
    r"|science|health|travel|local|breaking|latest|national|international|economy|deportes"
    r"|pol[ií]tica|econom[ií]a|cultura|wirtschaft|politik|kultur|panorama|actualit[eé]s?|soci[eé]t[eé]"
    r"|monde|[eé]conomie|cronaca|street|avenue|road|boulevard|stra(?:ß|ss)e|calle|rue",
    re.IGNORECASE,
)
_DATE_WORDS: Final = (
    *[month[:3] for month in ENGLISH_MONTHS],
    *ENGLISH_MONTHS,
    *GERMAN_MONTHS,
    *ENGLISH_WEEKDAYS.split(),
    *ARABIC_WEEKDAYS.split(),
    *URDU_WEEKDAYS.split(),
    r"[\w\u200c]*شنبه",  # the Persian ones
)
_DATE_WORD: Final = re.compile(
    rf"(?:{'|'.join(_DATE_WORDS)}|sept|today|yesterday)\.?",
    re.IGNORECASE,
)
# Names have many words in common. Looked up word by word, they take a twentieth of the time of a
# search for all these words in a name.
WORD: Final = re.compile(r"\w+")
parts_names: Final = lru_cache(maxsize=4096)(_PARTING_WORD.fullmatch)
is_in_no_name: Final = lru_cache(maxsize=4096)(_NOT_PERSON.fullmatch)
is_date_word: Final = lru_cache(maxsize=4096)(_DATE_WORD.fullmatch)
NAMES_OF_MONTHS: Final = frozenset(("April", "August", "June", "March", "May"))  # and of persons
# Small words of running text, which no name has in it.
TEXT_WORDS: Final = frozenset(("by", "at", *FREQUENT_WORDS["ar"].split()))
# Small words between a name and a date or a place, which is no part of the text.
BEHIND_NAMES: Final = frozenset(
    ("at", "on", "under", "am", "um", "le", "il", "el", "em", "بتاريخ", "بتاریخ")
)
# Small words that a surname may begin with.
PARTICLES: Final = frozenset(
    (
        *("de", "del", "della", "der", "den", "di", "da", "do", "dos", "das", "du", "des", "van"),
        *("von", "vom", "zu", "zur", "ten", "ter", "te", "la", "le", "el", "al", "bin", "ibn"),
        *("ben", "abu", "af", "av", "d", "the"),
    )
)
# Words of Arabic names that are no names by themselves.
PARTS_OF_NAMES: Final = frozenset(
    ("بن", "ابن", "بنت", "ولد", "عبد", "أبو", "أبي", "آل", "الله", "الدين", "الرحمن")
)
ADMINS: Final = ("admin", "administrator")
NOBODY: Final = frozenset(
    (
        *ADMINS,
        *("super user", "superuser", "administrateur", "مدير الموقع", "المشرف العام"),
        *("undefined", "null", "none", "webmaster", "anonymous", "guest", "unknown", "root"),
        *("user", "default", "editor", "editors", "staff", "author", "authors", "about"),
        *("agencies", "article", "bio", "blog", "by", "categories", "category", "comments"),
        *("contact", "guide", "guides", "home", "insights", "login", "menu", "more", "news"),
        *("profile", "published", "quelle", "search", "share", "source", "subscribe", "tags"),
        *("uncategorized", "updated", "words", "publisher", "no author", "red", "redaktor"),
        *("wpadmin", "wordpressadmin", "news agencies", "wires"),
        *("redaktion", "die redaktion", "rédaction", "la rédaction", "redacción", "la redacción"),
        *("redazione", "la redazione", "redação", "da redação", "redactie", "redakcja"),
        *("редакция", "التحرير", "هيئة التحرير", "فريق التحرير", "قسم التحرير", "أسرة التحرير"),
        *("تحریریه", "מערכת", "编辑部", "編集部", "artikel", "beitrag", "datum"),
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    )
)
