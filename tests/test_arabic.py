"""Arabic text: repaired, folded, told apart, and shown in its direction."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import feedmaker
from feedmaker.text import arabic
from feedmaker.text.arabic import digits, direction, first_strong, fold, guess_language, lead, tidy

if TYPE_CHECKING:
    from pathlib import Path

# Letters, marks and everything invisible that has made trouble, so that hypothesis meets it in
# every order.
WILD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "اأإآلمنيىیكکهةھـًّٔ \n\r\x0b\x00\x85\x92\xa0\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028"
        ),
        st.sampled_from(
            "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ue001\ud800\udfff\ufeff\ufffe\ufffd"
        ),
        st.sampled_from("ﺪﻳﺠﻟﺍﻻﷲﷺﹰﹱﱞﭖabÃØ§â€™é👨🏴\ufe0f٣۴5.«»:"),
        st.characters(),
    ),
    max_size=40,
)


# ---- tidy


@pytest.mark.parametrize(
    ("raw", "typed"),
    [
        # A windows page's quotes, kept as controls: «we\x92re», seen in an English page.
        ("Because we\x92re so used to", "Because we’re so used to"),
        ("read\x85 \x93more\x94", "read… “more”"),
        # Controls, halves of characters, noncharacters: each makes a whole feed unreadable.
        ("المغرب\x00 اليوم\x08\ud83d\ufffe\uffff", "المغرب اليوم"),
        # A byte order mark, soft hyphens, word joiners and icon letters in the middle of text, each
        # seen.
        ("ال.\ufeff ترحب", "ال. ترحب"),
        ("Gewerk\xadschafter", "Gewerkschafter"),
        ("Ed Hirs, \u2060an energy fellow", "Ed Hirs, an energy fellow"),
        ("\uf007\xa0LOGIN", "\xa0LOGIN"),
        # Line breaks of other kinds are line breaks.
        ("purpose.”\u2028If a\r\nregistered\x0bsudo\rok", "purpose.”\nIf a\nregistered\nsudo\nok"),
        # Embeddings and overrides go, closed or not.
        ("راه تهران-قم\u202c/بهسازی", "راه تهران-قم/بهسازی"),
        ("\u202aEnglish\u202c \u202eabc", "English abc"),
        # Isolates stay in pairs and inside; alone, or around everything, they go.
        ("قال \u2068CNN\u2069 إن", "قال \u2068CNN\u2069 إن"),
        ("\u2067المغرب اليوم\u2069", "المغرب اليوم"),
        ("\u2069قال \u2068CNN إن\nسطر\u2069", "قال CNN إن\nسطر"),
        # Direction marks before a letter of their own direction do nothing; others may.
        ("في سوريا \u200fيفرون", "في سوريا يفرون"),
        ("\u200fبحث \u200f", "بحث \u200f"),
        ("نعم!\u200f\u200f 5", "نعم!\u200f 5"),
        # Non-joiners: inside a Persian word they are its spelling; elsewhere debris.
        ("نمی\u200cدهد و خودرو\u200cهایی", "نمی\u200cدهد و خودرو\u200cهایی"),
        ("\u200cمی\u200c\u200cخواهد\u200c ،", "می\u200cخواهد ،"),
        ("energy supply \u200cand stabil\u200city", "energy supply and stability"),
        # Joiners: in emoji and for the Hijri heh; elsewhere debris.
        ("Partisans 🏴\u200d☠️ 👨\u200d👩\u200d👧", "Partisans 🏴\u200d☠️ 👨\u200d👩\u200d👧"),
        ("سال ۱۴۰۰ ه\u200d.ش", "سال ۱۴۰۰ ه\u200d.ش"),
        ("TL;DR\n\u200d\nWe \u200dintroduce", "TL;DR\n\nWe introduce"),
        # Zero width spaces, as between agencies' names; but Thai has no other spaces.
        ("Alba Pacheco/\u200bAgencia LOF/\u200bdpa", "Alba Pacheco/Agencia LOF/dpa"),
        ("สวัสดี\u200bครับ", "สวัสดี\u200bครับ"),
        # Presentation forms, one among letters and whole words; turned round where stored as seen
        # (yna.co.kr, 2020).
        ("اخر اﻷخبار", "اخر الأخبار"),
        ("قیمت 1پاﺅنڈ", "قیمت 1پاؤنڈ"),
        ("ﻓﻴﺮﻭﺱ ﻛﻮﺭﻭﻧﺎ ﺍﻟﺠﺪﻳﺪ", "فيروس كورونا الجديد"),
        ("ﺪﻳﺪﺠﻟﺍ ﺎﻧﻭﺭﻮﻛ ﺱﻭﺮﻴﻓ", "فيروس كورونا الجديد"),
        ("ﻋﺒﺪ ﷲ", "عبد الله"),
        ("ﻣﺤﻤّﺪﹰﺍ", "محمّدًا"),
        # What a person types stays: symbols of the same block.
        ("قال النبي ﷺ: ﴿آية﴾ بسعر 5000 ﷼ عبد ﷲ", "قال النبي ﷺ: ﴿آية﴾ بسعر 5000 ﷼ عبد ﷲ"),
        # Tatweel that stretches goes (assabah.com.tn, 2019; spa.gov.sa); after a prefix it is
        # typed.
        ('شــيـخ الحــبـيـب "المـــؤســـس" صعـدة', 'شيخ الحبيب "المؤسس" صعدة'),
        ("مُـحَـمَّـد", "مُحَمَّد"),
        (
            'لـ"الفيفا" الـ24 الـ 36 بـ10 1440/11/20 هـ',
            'لـ"الفيفا" الـ24 الـ 36 بـ10 1440/11/20 هـ',
        ),
        ("المصرية ــ الليبية ـــــ", "المصرية ـ الليبية ـ"),
        # Doubly encoded text.
        ("Ø§Ù„Ù…ØºØ±Ø¨ Ø§Ù„ÙŠÙˆÙ…", "المغرب اليوم"),
        ("ط§ظ„ظ…ط؛ط±ط¨ ط§ظ„ظٹظˆظ…", "المغرب اليوم"),
        # One spelling of what looks the same (NFC).
        ("cafe\u0301 ا\u0654", "café أ"),
    ],
)
def test_tidy(raw: str, typed: str) -> None:
    """Each repair, on a case that was met, gives what a person typed; twice gives the same as once."""
    wanted = unicodedata.normalize("NFC", typed)
    assert tidy(raw) == wanted
    assert tidy(wanted) == wanted


def test_keyboard_letters() -> None:
    """On an Arabic page Persian yeh and kaf are slips of the keyboard; final yeh is maksura where
    the word has it.
    """
    raw = "قال الرئیس الأمریکی فی طهران إنه علی استعداد لزیارة المستشفی ھذا الأسبوع"
    assert (
        tidy(raw, "ar")
        == "قال الرئيس الأمريكي في طهران إنه على استعداد لزيارة المستشفى هذا الأسبوع"
    )
    assert tidy(raw, "ar-MA") == tidy(raw, "ar")
    assert tidy(raw) == tidy(raw, "fa") == tidy(raw, "ur") == raw
    html = '<p dir="rtl">قالت وكالة الأنباء إن <a href="https://example.com/the-news">الرئیس</a> وصل</p>'
    assert tidy(html, "ar") == html.replace("الرئیس", "الرئيس")


def test_persian_on_an_arabic_page() -> None:
    """A Persian or Urdu text keeps its letters, also on a page that says it is Arabic."""
    for text in ("کاهش فروش جهانی حافظه‌های فلش", "پاکستان میں سونے کی قیمت بڑھ گئی ہے"):
        assert tidy(text, "ar") == text


def test_real_text_needs_no_repair(shared: Path) -> None:
    """The stories of the real pages, picked by hand, come through as they are, but for stretched
    and extra letters.
    """
    changed = total = 0
    for path in sorted((shared / "data/arabic/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for line in gold.get("body") or []:
            total += 1
            after = tidy(line, gold["lang"])
            if after != unicodedata.normalize("NFC", line):
                changed += 1
                assert fold(after) == fold(line)
    assert total > 100
    assert changed * 20 < total


@given(WILD, st.sampled_from([None, "ar", "fa", "en"]))
def test_tidy_is_stable_and_legal(text: str, language: str | None) -> None:
    """Whatever comes in: twice is as once, in NFC, without surrogates, and an XML writer and reader
    take it.
    """
    once = tidy(text, language)
    assert tidy(once, language) == once
    assert unicodedata.is_normalized("NFC", once)
    element = etree.Element("title")
    element.text = once
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == once


@given(WILD)
def test_tidy_keeps_the_words(text: str) -> None:
    """Repairs of invisible things and letter forms change nothing that is compared."""
    # Not of those that may be doubly encoded, or that stand for several letters.
    odd = re.compile("[\x80-\xff™€طظ\ufb50-\ufdff\ufe70-\ufefc]")
    plain = "".join(
        c for c in odd.sub("", text) if unicodedata.category(c) not in ("Cc", "Cn", "Co", "So")
    )
    plain = unicodedata.normalize("NFC", plain)
    assert fold(tidy(plain)).replace(" ", "") == fold(plain).replace(" ", "")


# ---- fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إقرأ أيضاً", "اقرا ايضا"),
        ("الأُمَّة العربيّة", "الامه العربية"),
        ("على مستوى", "علي مستوي"),
        ("شؤون", "شوون"),
        ("رئيس", "رييس"),
        ("هٰذا", "هذا"),
        ("ٱلْحَمْدُ", "الحمد"),
        ("المـــؤســس", "المؤسس"),
        ("کورونا در ایران", "كورونا در ايران"),
        ("اﻷخبار", "الأخبار"),
        ("عام ٢٠٢٤", "عام 2024"),
        ("۱۴۰۲", "1402"),
        ("می‌خواهد", "میخواهد"),
        ("«نعم»، قال!", "نعم قال"),
        ("CNN بالعربية", "cnn بالعربيه"),
        ("Straße ÉTÉ", "strasse été"),
        ("Actualités", "ACTUALITES"),
        ("Istanbul’da", "istanbul da"),
        ("  two \n words ", "two words"),
        ("\u200fبحث \u200f", "بحث"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_fold_makes_equal(one: str, other: str) -> None:
    """What readers take for the same word is the same."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بيت", "بنت"),
        ("باكستان", "پاکستان"),
        ("بیٹی", "بیٹے"),
        ("2024", "2025"),
        ("مال", "مالك"),
        ("a b", "ab"),
        ("ماء", "ما"),
    ],
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    """What makes another word stays another word."""
    assert fold(one) != fold(other)


def test_fold_is_the_same_beside_another_script() -> None:
    """Texts of frequent characters are folded by other tables than texts with any other one."""
    for code in range(0x2200):
        text = f"{chr(code)}ب{chr(code)}a{chr(code)} {chr(code)}"
        assert fold(f"日 {text}").removeprefix("日").strip() == fold(text)


@given(st.one_of(WILD, st.text(max_size=60)))
def test_fold_is_stable(text: str) -> None:
    """Folding what is folded changes nothing; neither case nor composition matter; no space at an
    end or twice.
    """
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert once == " ".join(once.split())


# ---- digits


def test_digits() -> None:
    """Both kinds of Arabic digits are ASCII digits; nothing else changes."""
    assert digits("٢٠٢٠/٠٨/٢٤ و۱۳۹۹") == "2020/08/24 و1399"
    assert digits("plain 12") == "plain 12"


# ---- direction


@pytest.mark.parametrize(
    ("language", "way"),
    [
        *(
            ("ar", "rtl"),
            ("AR-ma", "rtl"),
            ("fa_IR", "rtl"),
            ("he", "rtl"),
            ("iw", "rtl"),
            ("ur-PK", "rtl"),
            ("ckb", "rtl"),
        ),
        ("en", "ltr"),
        ("fr-MA", "ltr"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("", "ltr"),
        ("ara", "ltr"),
    ],
)
def test_direction(language: str, way: str) -> None:
    """A language goes the way of its script, which a tag may name."""
    assert direction(language) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("المغرب", "rtl"),
        ("CNN بالعربية", "ltr"),
        ("«2024» - المغرب", "rtl"),
        ("٥ خبر", "rtl"),
        ("123 – !", None),
        ("", None),
        *(
            ("\u200fCNN", "rtl"),
            ("\u200eالمغرب", "ltr"),
            ("שלום", "rtl"),
            ("_a", "ltr"),
            ("👍 ok", "ltr"),
            ("ّa", "ltr"),
        ),
    ],
)
def test_first_strong(text: str, way: str | None) -> None:
    """The first letter or mark with a direction decides; digits, signs and harakat have none."""
    assert first_strong(text) == way


@pytest.mark.parametrize(
    "text",
    ["المغرب اليوم", "«المغرب» CNN", "5 أخبار", "iPhone 15 Pro", "2024", "", "\u200fCNN بالعربية"],
)
def test_lead_adds_nothing_where_nothing_is_needed(text: str) -> None:
    """No mark where readers show it right: Arabic first, Latin alone, a mark there already."""
    assert lead(text, "rtl") == text


def test_lead() -> None:
    """One mark where a Latin word opens an Arabic title, or an Arabic one a Latin title; never two."""
    title = "CNN بالعربية: «أخبار»"
    assert lead(title, "rtl") == "\u200f" + title
    assert lead(lead(title, "rtl"), "rtl") == lead(title, "rtl")
    assert lead("«المغرب» in the news", "ltr") == "\u200e«المغرب» in the news"
    assert tidy(lead(title, "rtl")) == lead(title, "rtl")


@given(WILD, st.sampled_from(["rtl", "ltr"]))
def test_lead_does_what_it_is_for(text: str, way: str) -> None:
    """After it, a text that has any letter of the wanted direction begins in it, and the text
    itself is untouched.
    """
    led = lead(text, way)
    assert led in (text, "\u200f" + text, "\u200e" + text)
    if any(first_strong(c) == way for c in text):
        assert first_strong(led) == way
    else:
        assert led == text


# ---- language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("المغرب يفوز على البرتغال", "ar"),
        ("قتلى وجرحى إثر هجوم انتحاري", "ar"),
        ("کاهش فروش جهانی حافظه‌های فلش", "fa"),
        ("رئیس جمهور گفت که این قانون باید اجرا شود", "fa"),
        ("پاکستان میں سونے کی قیمت بڑھ گئی", "ur"),
        ("سەرۆکی هەرێم لەگەڵ وەزیر کۆبووەوە", "ckb"),
        ("ראש הממשלה אמר", "he"),
        ("The king is in the house", "en"),
        ("Le roi est dans la maison", "fr"),
        ("Der König ist nicht im Haus", "de"),
        ("El presidente de los Estados Unidos se reunió con las autoridades", "es"),
        ("Il presidente della Repubblica non è più in carica", "it"),
        ("O presidente não foi ao encontro dos ministros", "pt"),
        ("De koning is niet in het huis van de minister", "nl"),
        ("Prezydent nie był w domu, ale to nie jest ważne", "pl"),
        ("Cumhurbaşkanı bu konuda çok daha fazla bilgi için ne dedi", "tr"),
        ("Президент сообщил, что это не так", "ru"),
        ("Президент повідомив, що це не так", "uk"),
        ("东京今天宣布新的政策", "zh"),
        ("東京は今日、新しい政策を", "ja"),
    ],
)
def test_guess_language(text: str, language: str) -> None:
    """A headline is enough to tell a language by its letters and small words."""
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "2024", "Real Madrid", "CNN", "???", "\ud800", "a"])
def test_no_guess(text: str) -> None:
    """Names, numbers and scraps are of no language."""
    assert guess_language(text) is None


def test_languages_of_real_stories(shared: Path) -> None:
    """Every real Arabic and Persian story is told by its text, and nearly every news story has a
    language.
    """
    for path in sorted((shared / "data/arabic/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("body"):
            assert guess_language("\n".join(gold["body"])) == gold["lang"], path.name
    lines = (shared / "data/news/gold.jsonl").read_text(encoding="utf-8").splitlines()
    guesses = [guess_language("\n".join(json.loads(line)["body"])) for line in lines]
    assert guesses.count(None) * 20 < len(guesses)


# ---- hostile text


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "\u2067",
        "\u2067a\u2069",
        "ب ـ",
        "\u200d",
        "\u200fا",
        "ﺪ ",
        "Ø§",
        "یک",
        "a\u0301",
        "\r\x0b",
        "\ud800",
        "ا",
        "ّـ",
        "\u2068\n",
    ],
)
def test_hostile_text(piece: str) -> None:
    """A megabyte made to be slow takes one pass: were it its square, this test would not end."""
    text = piece * (1_000_000 // len(piece))
    assert tidy(text, "ar") is not None
    assert lead(text, "ltr").endswith(piece)
    assert fold(text) == fold(fold(text))
    assert guess_language(text) in (None, "ar", "fa", "en")


def test_a_letter_keeps_a_handful_of_its_marks():
    """Of whatever mark of Unicode; thousands of them cannot be normalized in time."""
    every = map(chr, range(sys.maxunicode + 1))
    marks = [one for one in every if unicodedata.category(one)[0] == "M"]
    assert len(marks) > 2000
    for mark in marks:
        for text in (f"ب{mark * 20}ت", f"ب{(mark + chr(0x301)) * 10}ت"):
            tidied = tidy(text)
            assert sum(unicodedata.category(one)[0] == "M" for one in tidied) <= 8, hex(ord(mark))
            assert tidied.startswith("ب")
            assert tidied.endswith("ت")
    kept = "بِسْمِ ٱللَّهِ", "הַמֶּ֥לֶךְ", "नमस्ते", "ཧྐྵྨླྺྼྻྂ"
    assert [unicodedata.normalize("NFC", text) for text in kept] == list(map(tidy, kept))


@pytest.mark.parametrize("marks", ["\u0300\u0327", "\u0651\u0650"])
def test_a_page_full_of_marks_is_read_at_once(marks):
    """Normalizing so many as they are takes very long."""
    text = f"ا{marks * 50_000}ب {'قالت البلدية أمس إن الحديقة ستفتح أبوابها. ' * 9}"
    story = feedmaker.extract(
        f"<article><h1>خبر</h1><p>{text}</p></article>", "https://n.example/1"
    )
    assert "ب " in story.text
    assert len(story.text) < 1000


def test_what_looks_simple_is_tidy(monkeypatch):
    """The quick look lets no text pass that the whole of tidying would change."""
    simple = arabic._SIMPLE
    letters = [chr(code) for code in range(0x3000) if simple.fullmatch(chr(code))]
    assert len(letters) > 300
    beyond = [letter for letter in letters if not letter.isascii()]
    texts = [first + second for first in beyond for second in (*beyond[::9], "a", "„", "ظ", " ")]
    passed = [text for text in texts if simple.fullmatch(text)]
    assert {f"{letter}a" for letter in beyond} <= set(passed)
    assert "ظ„" not in passed
    monkeypatch.setattr(arabic, "_SIMPLE", re.compile("(?!)"))
    changed = [text for text in passed if tidy(text, "ar") != text]
    assert changed == []
