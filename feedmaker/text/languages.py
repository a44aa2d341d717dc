"""Languages as data: their scripts, letters and frequent words, and those written right to left."""

from __future__ import annotations

from typing import Final

# Letters of a script -> the languages (ISO 639) that are written in it.
KANA: Final = "[\u3040-\u30ff]"
LANGUAGES_OF_SCRIPT: Final = {
    "[\u0620-\u06ff]": ("ar", "fa", "ur", "ckb", "ps"),
    "[A-Za-zÀ-ɏ]": ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "sv", "id"),
    "[\u0400-\u04ff]": ("ru", "uk", "bg"),
    "[\u05d0-\u05ea]": ("he",),
    "[\u0370-\u03ff]": ("el",),
    KANA: ("ja",),
    "[\u4e00-\u9fff]": ("zh",),
    "[\uac00-\ud7a3]": ("ko",),
}
# Letters that only one language of a script has, or nearly so.
OWN_LETTERS: Final = {
    "ur": "[ٹڈڑںےۓھ]",
    "fa": "[پچژگ]",
    "ckb": "[ەێۆڕڵ]",
    "ps": "[ښځډګړ]",
    "ar": "ة|\\bال|[أإ]|ى\\b",
    "uk": "[іїєґ]",
    "ru": "[ыэё]",
}
# Languages and scripts (ISO 15924) that are written from right to left.
_RTL_LANGUAGES: Final = "ar arc arz ckb dv fa he iw nqo pnb prs ps sd syr ug ur yi"
_RTL_SCRIPTS: Final = "adlm arab aran hebr nkoo rohg syrc thaa"
RTL_LANGUAGES: Final = frozenset(_RTL_LANGUAGES.split())
RTL_SCRIPTS: Final = frozenset(_RTL_SCRIPTS.split())
# Frequent small words of running text, in no order. Languages of one script are compared with one
# another.
FREQUENT_WORDS: Final = {
    "ar": (
        "في من على إلى أن إن التي الذي هذا هذه عن مع ما لا كان كما قال بعد بين وقد ولا الى لم "
        "هو هي أو ثم كل غير ذلك تم قد عبر ضد منذ عند"
    ),
    "fa": (
        "است این که از به را با برای آن شد می شود کرد خود تا هم بر در یک اند شده باید نیز اما "
        "یا دارد کند گفت وی بود"
    ),
    "ur": (
        "ہے کے کی میں سے کا کو اور نے پر ہیں نہیں اس یہ کہ بھی تھا گیا کر ہو وہ تھے لئے لیے ایک "
        "گئی رہے والے جو تو"
    ),
    "ckb": "لە بۆ بە کە ئەم لەگەڵ ئەو هەر بوو دەکات هەیە کرد لەسەر",
    "ps": "چې په د کې او سره دې يې دی ته وي نه له شوي هغه",
    "en": (
        "the of and to in is that for with was on are as by at from has have it be this an not "
        "his were will"
    ),
    "fr": (
        "le la les des et en un une du est que pour dans qui sur au par pas avec ce sont il aux "
        "plus elle ses"
    ),
    "de": (
        "der die und in den von das mit ist im des für auf dem ein eine sich nicht auch zu "
        "werden bei nach als wird"
    ),
    "es": (
        "el la de que en los y del las un por con una para es se al lo como más su pero sus fue ha"
    ),
    "it": (
        "il di che la per un in non del una con della si sono al dei nel gli le da come ha alla più"
    ),
    "pt": "o de que do da em um para é com uma os no se na por mais as dos não ao das foi sua à",
    "nl": (
        "de het een van en in is dat op te zijn voor met die niet aan er ook als om bij door "
        "naar wordt"
    ),
    "pl": (
        "w i z na do się nie że to jest o jak od po za przez dla co przy oraz są tym ale roku był"
    ),
    "tr": (
        "ve bir bu için da de ile olarak olan çok daha gibi ne sonra kadar en var değil ama "
        "göre yeni dedi oldu"
    ),
    "sv": "och i att det som en på är av för med till den har de inte om ett var jag",
    "id": (
        "yang dan di dari untuk ini dengan itu pada dalam tidak akan adalah oleh juga ke bisa telah"
    ),
    "ru": "и в не на что с по это как но он из за для от к его был все то так была при же",
    "uk": "і в не на що з та до як це у за але від його для про було по є",
    "bg": "и на да се от за в с не по че е са са до ще като това от",
}
