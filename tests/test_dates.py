"""Date texts: what they mean, and that nothing else is taken for one."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.text.dates import find_date, parse_date
from feedmaker.text.dates.tokens import may_have, tokens_of

NOW = datetime(2025, 3, 18, 12, 40, tzinfo=UTC)  # a Tuesday; 14:40 in Cairo, 15:40 in Riyadh


WORDS = ["منذ", "أول", "أمس", "من", "just", "now", "ago", "updated", "آخر", "تحديث", "3", " ", "-"]


@given(st.lists(st.sampled_from(WORDS)))
def test_a_text_without_the_words_of_a_kind_has_no_token_of_it(words):
    """So that its tokens need not be made."""
    text = "".join(words)
    found = {token.kind for token in tokens_of(text)}
    assert all(may_have(text, kind) for kind in found.intersection(("ago", "now", "day", "label")))


def at(text):
    """An expected instant as it is written below: ISO 8601 with an offset, or none."""
    return None if text == "none" else datetime.fromisoformat(text)


def table(rows):
    """The rows of a table: text, zone, expected; parted by bars with two spaces around."""
    return [
        pytest.param(*row.strip().split("  ¦  "), id=row.strip())
        for row in rows.splitlines()
        if row.strip()
    ]


def test_every_shared_row_holds(shared):
    """Each of the date texts gathered from Arabic sites means what was written down for it."""
    wrong = []
    for row in (shared / "data" / "dates-ar.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        text, zone, now, expected = row.split("\t")
        found = parse_date(text, timezone=zone, now=datetime.fromisoformat(now))
        if found != at(expected):
            wrong.append((text, found, expected))
    assert wrong == []


ABSOLUTE = """
    الثلاثاء، 18 مارس 2025 07:30 م  ¦  Africa/Cairo  ¦  2025-03-18T19:30:00+02:00
    الثلاثاء 18 آذار / مارس 2025 11:05 صباحاً  ¦  Asia/Amman  ¦  2025-03-18T11:05:00+03:00
    2 غشت 2024  ¦  Africa/Casablanca  ¦  2024-08-02T00:00:00+01:00
    الأحد 9 شتنبر 2018 - 21:40  ¦  Africa/Casablanca  ¦  2018-09-09T21:40:00+01:00
    30 يوليوز 2023 على الساعة 08:00  ¦  Africa/Casablanca  ¦  2023-07-30T08:00:00+01:00
    الفاتح من نونبر 2024  ¦  Africa/Algiers  ¦  2024-11-01T00:00:00+01:00
    21 جويلية 2022 الساعة 16:10  ¦  Africa/Tunis  ¦  2022-07-21T16:10:00+01:00
    6 أفريل 2024 18سا30  ¦  Africa/Algiers  ¦  2024-04-06T18:30:00+01:00
    28 نوفمبر 2024 بتوقيت الجزائر 10:20  ¦  UTC  ¦  2024-11-28T10:20:00+01:00
    11 دجمبر 2023  ¦  Africa/Nouakchott  ¦  2023-12-11T00:00:00+00:00
    ٩ أيلول ٢٠١٩  ¦  Asia/Damascus  ¦  2019-09-09T00:00:00+03:00
    تشرين الأول 14, 2020  ¦  Asia/Beirut  ¦  2020-10-14T00:00:00+03:00
    14 ت1 2020  ¦  Asia/Beirut  ¦  2020-10-14T00:00:00+03:00
    8 (فبراير) شباط 2021 الساعة 7 مساء  ¦  Asia/Beirut  ¦  2021-02-08T19:00:00+02:00
    ہفتہ، 11 مئی 2024 22:56  ¦  Asia/Karachi  ¦  2024-05-11T22:56:00+05:00
    17 مايس 2022 | 13:45  ¦  Asia/Baghdad  ¦  2022-05-17T13:45:00+03:00
    03-يونيو-2020  ¦  Asia/Riyadh  ¦  2020-06-03T00:00:00+03:00
    3 - حزيران - 2020  ¦  Asia/Amman  ¦  2020-06-03T00:00:00+03:00
    07:04 م | الأربعاء 03 يونيو 2020  ¦  Africa/Cairo  ¦  2020-06-03T19:04:00+02:00
    GMT 15:30 2020 الأربعاء ,03 حزيران / يونيو  ¦  Africa/Casablanca  ¦  2020-06-03T15:30:00+00:00
    2020 الأربعاء 3 حزيران 15:30  ¦  UTC  ¦  2020-06-03T15:30:00+00:00
    ٢٠١٩/١٢/٠١ ٠٨:١٥  ¦  Asia/Kuwait  ¦  2019-12-01T08:15:00+03:00
    01.12.2019 | 20:15  ¦  Asia/Kuwait  ¦  2019-12-01T20:15:00+03:00
    20:15-01/12/2019  ¦  Asia/Kuwait  ¦  2019-12-01T20:15:00+03:00
    05/06/2024  ¦  UTC  ¦  2024-06-05T00:00:00+00:00
    2024/05/06  ¦  UTC  ¦  2024-05-06T00:00:00+00:00
    ٢٤/٨/٢٠٢٠، ٩:٢٣:٠٥ ص  ¦  Africa/Cairo  ¦  2020-08-24T09:23:05+02:00
    السبت 5 مارس 2024  ¦  UTC  ¦  2024-03-05T00:00:00+00:00
    29 فبراير 2024  ¦  UTC  ¦  2024-02-29T00:00:00+00:00
    سی ام اسفند ۱۴۰۳  ¦  Asia/Tehran  ¦  2025-03-20T00:00:00+03:30
    دوشنبه بیست و پنجم دی ۱۴۰۲ ساعت ۱۰:۰۵  ¦  Asia/Tehran  ¦  2024-01-15T10:05:00+03:30
    2019年3月15日（金）10時05分  ¦  Asia/Tokyo  ¦  2019-03-15T10:05:00+09:00
    2019年3月15日 午後3時20分 公開  ¦  Asia/Tokyo  ¦  2019-03-15T15:20:00+09:00
    2019年3月15日星期五 下午3:20  ¦  Asia/Shanghai  ¦  2019-03-15T15:20:00+08:00
    发布时间：2019年03月15日10:05  ¦  Asia/Shanghai  ¦  2019-03-15T10:05:00+08:00
    2019. 3. 15.  ¦  Asia/Seoul  ¦  2019-03-15T00:00:00+09:00
    기사입력 2019년 3월 15일 오후 3:20  ¦  Asia/Seoul  ¦  2019-03-15T15:20:00+09:00
    15 Μαρ 2019, 10:05  ¦  Europe/Athens  ¦  2019-03-15T10:05:00+02:00
    mardi 3 déc. 2024  ¦  UTC  ¦  2024-12-03T00:00:00+00:00
    mar. 3 déc. 2024 à 14h05  ¦  Europe/Paris  ¦  2024-12-03T14:05:00+01:00
    Le 1er août 2024 à 14 heures 30  ¦  Europe/Paris  ¦  2024-08-01T14:30:00+02:00
    November 23, 2024 at 2:05 pm EST  ¦  UTC  ¦  2024-11-23T14:05:00-05:00
    Nov 23,2024  ¦  UTC  ¦  2024-11-23T00:00:00+00:00
    3rd March 2024, 10.15am  ¦  Europe/London  ¦  2024-03-03T10:15:00+00:00
    Sun 3 Mar 2024 10.15 GMT  ¦  Africa/Casablanca  ¦  2024-03-03T10:15:00+00:00
    3 Mar 2024, 10.15  ¦  Europe/London  ¦  2024-03-03T10:15:00+00:00
    3 Mar 2024 10.75  ¦  Europe/London  ¦  none
    Mar. 3, 2024 10:15 a.m. ET  ¦  UTC  ¦  2024-03-03T10:15:00-05:00
    July 3, 2024, 10:15 PM PT  ¦  UTC  ¦  2024-07-03T22:15:00-07:00
    3 mars 2024 10:15 et 11:30  ¦  Europe/Paris  ¦  none
    3. března 2024 v 10:15  ¦  Europe/Prague  ¦  2024-03-03T10:15:00+01:00
    3. März 2024, 14.05 Uhr  ¦  Europe/Berlin  ¦  2024-03-03T14:05:00+01:00
    Veröffentlicht am 3. März 2024 um 14:05  ¦  Europe/Berlin  ¦  2024-03-03T14:05:00+01:00
    am Sonntag, 3. März 2024, 14:05 Uhr  ¦  Europe/Berlin  ¦  2024-03-03T14:05:00+01:00
    Aktualisiert am 03.03.2024 - 14:05  ¦  Europe/Berlin  ¦  2024-03-03T14:05:00+01:00
    10:15 am 3 March 2024  ¦  Europe/London  ¦  2024-03-03T10:15:00+00:00
    3 de marzo de 2024  ¦  Europe/Madrid  ¦  2024-03-03T00:00:00+01:00
    3 ago 2024  ¦  Europe/Madrid  ¦  2024-08-03T00:00:00+02:00
    3 AĞUSTOS 2024 Cumartesi 09:00  ¦  Europe/Istanbul  ¦  2024-08-03T09:00:00+03:00
    פורסם ב-3 במרץ 2024, 10:15  ¦  Asia/Jerusalem  ¦  2024-03-03T10:15:00+02:00
    14 جولائی 2021ء  ¦  Asia/Karachi  ¦  2021-07-14T00:00:00+05:00
    3 марта 2024, 10:15  ¦  Europe/Moscow  ¦  2024-03-03T10:15:00+03:00
    2024年3月3日 10:15  ¦  Asia/Tokyo  ¦  2024-03-03T10:15:00+09:00
"""
TIMES = """
    4 مايو 2024 12:20 ص  ¦  UTC  ¦  2024-05-04T00:20:00+00:00
    4 مايو 2024 12:20 م  ¦  UTC  ¦  2024-05-04T12:20:00+00:00
    4 مايو 2024 12:20 مساءً  ¦  UTC  ¦  2024-05-04T12:20:00+00:00
    4 مايو 2024 12:20 ظهراً  ¦  UTC  ¦  2024-05-04T12:20:00+00:00
    4 مايو 2024 11:20 ظهرا  ¦  UTC  ¦  2024-05-04T11:20:00+00:00
    4 مايو 2024 1:20 ظهرا  ¦  UTC  ¦  2024-05-04T13:20:00+00:00
    4 مايو 2024 8:20 ظهرا  ¦  UTC  ¦  none
    4 مايو 2024 2:20 بعد الظهر  ¦  UTC  ¦  2024-05-04T14:20:00+00:00
    4 مايو 2024 5:20 عصراً  ¦  UTC  ¦  2024-05-04T17:20:00+00:00
    4 مايو 2024 10:20 ليلاً  ¦  UTC  ¦  2024-05-04T22:20:00+00:00
    4 مايو 2024 1:20 ليلاً  ¦  UTC  ¦  2024-05-04T01:20:00+00:00
    4 مايو 2024 12:20 بعد منتصف الليل  ¦  UTC  ¦  2024-05-04T00:20:00+00:00
    4 مايو 2024 5:20 فجراً  ¦  UTC  ¦  2024-05-04T05:20:00+00:00
    4 مايو 2024 منتصف الليل  ¦  UTC  ¦  2024-05-04T00:00:00+00:00
    4 مايو 2024 الساعة 9 صباحا  ¦  UTC  ¦  2024-05-04T09:00:00+00:00
    4 مايو 2024 الساعة 9 و15 دقيقة مساء  ¦  UTC  ¦  2024-05-04T21:15:00+00:00
    4 مايو 2024م الساعة 21:15  ¦  UTC  ¦  2024-05-04T21:15:00+00:00
    ص 09:23 04/05/2024  ¦  UTC  ¦  2024-05-04T09:23:00+00:00
    4 مايو 2024 21:15 م  ¦  UTC  ¦  2024-05-04T21:15:00+00:00
    4 مايو 2024 24:00  ¦  UTC  ¦  2024-05-05T00:00:00+00:00
    4 مايو 2024 13:20 ص  ¦  UTC  ¦  none
    4 مايو 2024 10:75  ¦  UTC  ¦  none
    4 مايو 2024 25:10  ¦  UTC  ¦  none
    4 مايو 2024 10:15 - 11:30  ¦  UTC  ¦  none
    4 مايو 2024 10:15-11:30  ¦  UTC  ¦  none
    04.05.2024 | 2:03 min  ¦  UTC  ¦  2024-05-04T00:00:00+00:00
"""
ZONES = """
    4 مايو 2024 الساعة 10:15 بتوقيت غرينتش  ¦  Asia/Riyadh  ¦  2024-05-04T10:15:00+00:00
    4 مايو 2024 10:15 ت.غ  ¦  Asia/Riyadh  ¦  2024-05-04T10:15:00+00:00
    4 مايو 2024 10:15 (ت غ +2)  ¦  Asia/Riyadh  ¦  2024-05-04T10:15:00+02:00
    4 مايو 2024 10:15 GMT+3  ¦  UTC  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024 10:15 UTC-04:30  ¦  UTC  ¦  2024-05-04T10:15:00-04:30
    4 مايو 2024 10:15 +03:00  ¦  UTC  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024 10:15 (مكة المكرمة)  ¦  Africa/Cairo  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024، في تمام الساعة 10:15 صباحاً بتوقيت مكة المكرمة  ¦  Africa/Cairo  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024 10:15 بتوقيت أبو ظبي  ¦  Africa/Cairo  ¦  2024-05-04T10:15:00+04:00
    4 مايو 2024 10:15 توقيت القاهرة  ¦  UTC  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024 10:15 بالتوقيت المحلي  ¦  Asia/Amman  ¦  2024-05-04T10:15:00+03:00
    4 مايو 2024 الساعة 10:15 (07:15 ت غ)  ¦  Asia/Riyadh  ¦  2024-05-04T07:15:00+00:00
    4 May 2024 10:15 IST  ¦  Asia/Kolkata  ¦  2024-05-04T10:15:00+05:30
    4 May 2024 10:15 IST  ¦  Asia/Riyadh  ¦  none
    4 May 2024 10:15:30 (-05:00)  ¦  UTC  ¦  2024-05-04T10:15:30-05:00
    4 مايو 2024 10:15 +18  ¦  UTC  ¦  none
    March 2020 (2020-03)  ¦  UTC  ¦  none
    15 March 2020 (2020-03-15)  ¦  UTC  ¦  2020-03-15T00:00:00+00:00
"""
STANDARD = """
    2024-11-21T10:15:00+01:00  ¦  UTC  ¦  2024-11-21T10:15:00+01:00
    2024-11-21T10:15:00.250Z  ¦  Asia/Riyadh  ¦  2024-11-21T10:15:00.250+00:00
    2024-11-21T10:15:00-0330  ¦  UTC  ¦  2024-11-21T10:15:00-03:30
    2024-11-21T10:15-05  ¦  UTC  ¦  2024-11-21T10:15:00-05:00
    2024-11-21T10:15  ¦  Asia/Riyadh  ¦  2024-11-21T10:15:00+03:00
    2024-11-21 10:15:00 -0500  ¦  UTC  ¦  2024-11-21T10:15:00-05:00
    20241121T101500Z  ¦  Asia/Riyadh  ¦  2024-11-21T10:15:00+00:00
    2024-326T10:15Z  ¦  UTC  ¦  2024-11-21T10:15:00+00:00
    2023-366T10:15Z  ¦  UTC  ¦  none
    2024-W47-4  ¦  Asia/Riyadh  ¦  2024-11-21T00:00:00+03:00
    2024-W60-4  ¦  Asia/Riyadh  ¦  none
    2024-11-21T24:00Z  ¦  UTC  ¦  2024-11-22T00:00:00+00:00
    2024-02-30T10:15:00Z  ¦  UTC  ¦  none
    0001-01-01T00:00:00Z  ¦  UTC  ¦  none
    Thu, 21 Nov 2024 10:15:00 +0100  ¦  UTC  ¦  2024-11-21T10:15:00+01:00
    Sun, 21 Nov 2024 10:15:00 GMT  ¦  UTC  ¦  2024-11-21T10:15:00+00:00
    Thu Nov 21 10:15:00 UTC 2024  ¦  UTC  ¦  2024-11-21T10:15:00+00:00
    Thu Nov 21 2024 10:15:00 GMT+0300 (Arabian Standard Time)  ¦  UTC  ¦  2024-11-21T10:15:00+03:00
    Sunday, 06-Nov-94 08:49:37 GMT  ¦  UTC  ¦  none
"""
CALENDARS = """
    ہفتہ، 22 نومبر، 2025  ¦  Asia/Karachi  ¦  2025-11-22T00:00:00+05:00
    13ی تشرینی یەکەمی 2025  ¦  Asia/Baghdad  ¦  2025-10-13T00:00:00+03:00
    7 ސެޕްޓެންބަރު 2025  ¦  Indian/Maldives  ¦  2025-09-07T00:00:00+05:00
    1 شوال 1445 هـ  ¦  Asia/Riyadh  ¦  2024-04-10T00:00:00+03:00
    الخميس 1 رمضان 1444هـ - 9:15 م  ¦  Asia/Riyadh  ¦  2023-03-23T21:15:00+03:00
    ١٠ ذو الحجة ١٤٤٥  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    10 ذي الحجّة 1445هجرية  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    10/12/1445 هـ  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    1445/12/10  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    الأحد 10 ذو الحجة 1445 هـ الموافق 16 يونيو 2024  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    16 يونيو 2024 م ـ 9 ذو الحجة 1445 هـ  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    الأحد 1445/12/10 هـ الموافق 2024/06/16 م  ¦  Asia/Riyadh  ¦  2024-06-16T00:00:00+03:00
    غرة محرم 1446هـ  ¦  Asia/Riyadh  ¦  2024-07-07T00:00:00+03:00
    فاتح ماي 2023  ¦  Africa/Casablanca  ¦  2023-05-01T00:00:00+01:00
    31 محرم 1445  ¦  Asia/Riyadh  ¦  none
    1 محرم 1600 هـ  ¦  Asia/Riyadh  ¦  none
    ۲۲ بهمن ۱۳۵۷  ¦  Asia/Tehran  ¦  1979-02-11T00:00:00+03:30
    ۱ فروردین ۱۳۷۵  ¦  Asia/Tehran  ¦  1996-03-20T00:00:00+03:30
    ۱ فروردین ۱۳۷۶  ¦  Asia/Tehran  ¦  1997-03-21T00:00:00+03:30
    ۱ فروردین ۱۴۰۳  ¦  Asia/Tehran  ¦  2024-03-20T00:00:00+03:30
    ۱ فروردین ۱۴۰۴  ¦  Asia/Tehran  ¦  2025-03-21T00:00:00+03:30
    ۱ فروردین ۱۴۰۹  ¦  Asia/Tehran  ¦  2030-03-21T00:00:00+03:30
    ۳۰ اسفند ۱۴۰۳  ¦  Asia/Tehran  ¦  2025-03-20T00:00:00+03:30
    ۳۰ اسفند ۱۴۰۲  ¦  Asia/Tehran  ¦  none
    ۳۱ مهر ۱۴۰۲  ¦  Asia/Tehran  ¦  none
    پنج‌شنبه ۱ آذر ۱۴۰۳ ساعت ۱۱:۲۰  ¦  Asia/Tehran  ¦  2024-11-21T11:20:00+03:30
    ۱۴۰۳/۰۹/۰۱ - ۱۱:۲۰  ¦  Asia/Tehran  ¦  2024-11-21T11:20:00+03:30
    1403-02-31T10:15:00+03:30  ¦  UTC  ¦  2024-05-20T10:15:00+03:30
    1 قوس 1403  ¦  Asia/Kabul  ¦  2024-11-21T00:00:00+04:30
"""
BESIDE = """
    نُشر في: 18/03/2025  ¦  Africa/Casablanca  ¦  2025-03-18T00:00:00+00:00
    آخر تحديث: الثلاثاء 18 مارس 2025، 11:20 م  ¦  Africa/Cairo  ¦  2025-03-18T23:20:00+02:00
    تم التحديث في 18 مارس 2025 على الساعة 11:20  ¦  Africa/Cairo  ¦  2025-03-18T11:20:00+02:00
    حرر بتاريخ : 18-03-2025  ¦  UTC  ¦  2025-03-18T00:00:00+00:00
    أُرسل من المحرر: 18 مارس 2025  ¦  UTC  ¦  2025-03-18T00:00:00+00:00
    كتبت: منى السيد - 18 مارس 2025  ¦  UTC  ¦  2025-03-18T00:00:00+00:00
    18 مارس 2025 - قراءة 3 دقائق  ¦  UTC  ¦  2025-03-18T00:00:00+00:00
    18 مارس 2025 - 10:15 (منذ ساعتين)  ¦  UTC  ¦  2025-03-18T10:15:00+00:00
    نشر في: 18 مارس 2025 10:15 آخر تحديث: 19 مارس 2025 11:00  ¦  UTC  ¦  2025-03-18T10:15:00+00:00
    Publié le : 18/03/2025 - 10:15  ¦  Europe/Paris  ¦  2025-03-18T10:15:00+01:00
    تاریخ انتشار: ۲۸ اسفند ۱۴۰۳  ¦  Asia/Tehran  ¦  2025-03-18T00:00:00+03:30
"""


@pytest.mark.parametrize(
    ("text", "zone", "expected"), table(ABSOLUTE + TIMES + ZONES + STANDARD + CALENDARS + BESIDE)
)
def test_a_date_means_its_instant(text, zone, expected):
    """A date that is printed in full means this instant, whatever the order and the words; `now`
    has no part in it.
    """
    assert parse_date(text, timezone=zone, now=None) == at(expected)


RELATIVE = """
    ایک ہفتہ پہلے  ¦  UTC  ¦  2025-03-11T12:40:00+00:00
    منذ 4 ساعات  ¦  Africa/Cairo  ¦  2025-03-18T10:40:00+02:00
    منذ ٢٠ دقيقة  ¦  UTC  ¦  2025-03-18T12:20:00+00:00
    منذ دقيقتين  ¦  UTC  ¦  2025-03-18T12:38:00+00:00
    قبل ساعة  ¦  UTC  ¦  2025-03-18T11:40:00+00:00
    قبل ساعة واحدة  ¦  UTC  ¦  2025-03-18T11:40:00+00:00
    منذ ساعة ونصف  ¦  UTC  ¦  2025-03-18T11:10:00+00:00
    منذ نصف ساعة  ¦  UTC  ¦  2025-03-18T12:10:00+00:00
    منذ ساعة و10 دقائق  ¦  UTC  ¦  2025-03-18T11:30:00+00:00
    منذ خمس ساعات  ¦  UTC  ¦  2025-03-18T07:40:00+00:00
    منذ خمس وعشرين دقيقة  ¦  UTC  ¦  2025-03-18T12:15:00+00:00
    منذ أحد عشر يوماً  ¦  UTC  ¦  2025-03-07T12:40:00+00:00
    قبل 11 يوماً  ¦  UTC  ¦  2025-03-07T12:40:00+00:00
    قبل أسبوعين  ¦  UTC  ¦  2025-03-04T12:40:00+00:00
    3時間前  ¦  UTC  ¦  2025-03-18T09:40:00+00:00
    5分钟前  ¦  UTC  ¦  2025-03-18T12:35:00+00:00
    2일 전  ¦  UTC  ¦  2025-03-16T12:40:00+00:00
    昨天 10:05  ¦  UTC  ¦  2025-03-17T10:05:00+00:00
    منذ شهرين  ¦  UTC  ¦  2025-01-18T12:40:00+00:00
    منذ ثلاثة أشهر  ¦  UTC  ¦  2024-12-18T12:40:00+00:00
    قبل سنتين  ¦  UTC  ¦  2023-03-18T12:40:00+00:00
    3 أيام مضت  ¦  UTC  ¦  2025-03-15T12:40:00+00:00
    نشر منذ يوم واحد  ¦  UTC  ¦  2025-03-17T12:40:00+00:00
    منذ لحظات  ¦  UTC  ¦  2025-03-18T12:40:00+00:00
    الآن  ¦  UTC  ¦  2025-03-18T12:40:00+00:00
    أمس  ¦  Asia/Riyadh  ¦  2025-03-17T00:00:00+03:00
    أمس 22:10  ¦  Asia/Riyadh  ¦  2025-03-17T22:10:00+03:00
    أمس الساعة 9 مساءً  ¦  Asia/Riyadh  ¦  2025-03-17T21:00:00+03:00
    أول أمس 08:00  ¦  Asia/Riyadh  ¦  2025-03-16T08:00:00+03:00
    اليوم، 10:05 صباحاً  ¦  Asia/Riyadh  ¦  2025-03-18T10:05:00+03:00
    اليوم 08:00 بتوقيت غرينتش  ¦  Asia/Riyadh  ¦  2025-03-18T08:00:00+00:00
    غداً 20:00  ¦  Asia/Riyadh  ¦  2025-03-19T20:00:00+03:00
    ۳ ساعت پیش  ¦  Asia/Tehran  ¦  2025-03-18T13:10:00+03:30
    دیروز ساعت ۱۱:۲۰  ¦  Asia/Tehran  ¦  2025-03-17T11:20:00+03:30
    3 گھنٹے پہلے  ¦  Asia/Karachi  ¦  2025-03-18T14:40:00+05:00
    ایک ہفتہ پہلے  ¦  Asia/Karachi  ¦  2025-03-11T17:40:00+05:00
    ۲ هفته پیش  ¦  Asia/Tehran  ¦  2025-03-04T16:10:00+03:30
    5 ч. назад  ¦  UTC  ¦  2025-03-18T07:40:00+00:00
    לפני שעתיים  ¦  UTC  ¦  2025-03-18T10:40:00+00:00
    3 hours ago  ¦  UTC  ¦  2025-03-18T09:40:00+00:00
    an hour ago  ¦  UTC  ¦  2025-03-18T11:40:00+00:00
    yesterday at 22:10  ¦  UTC  ¦  2025-03-17T22:10:00+00:00
    il y a 3 heures  ¦  UTC  ¦  2025-03-18T09:40:00+00:00
    vor einer Stunde  ¦  UTC  ¦  2025-03-18T11:40:00+00:00
    hace 2 días  ¦  UTC  ¦  2025-03-16T12:40:00+00:00
    2 saat önce  ¦  UTC  ¦  2025-03-18T10:40:00+00:00
"""


@pytest.mark.parametrize(("text", "zone", "expected"), table(RELATIVE))
def test_a_relative_date_counts_from_now(text, zone, expected):
    """Amounts of time and days of speech count from `now`, days by the site's calendar; without
    `now` they are none.
    """
    assert parse_date(text, timezone=zone, now=NOW) == at(expected)
    assert parse_date(text, timezone=zone, now=None) is None


def test_a_month_ago_ends_with_its_month():
    """A month before 31 March is the last day of February."""
    now = datetime(2025, 3, 31, 9, tzinfo=UTC)
    assert parse_date("منذ شهر", now=now) == datetime(2025, 2, 28, 9, tzinfo=UTC)


def test_marks_of_direction_are_nothing():
    """Browsers write dates in Arabic with a mark of direction before each slash."""
    assert parse_date("٢٤\u200f/٨\u200f/٢٠٢٠، ٩:٢٣:٠٥ ص", now=None) == datetime(
        2020, 8, 24, 9, 23, 5, tzinfo=UTC
    )


NO_DATES = """
قراءة 5 دقائق
مدة القراءة: 3 دقائق
كتب: محمود حسن
هاتف: 0522-123456
+212 522 12 34 56
32 يناير 2024
29 فبراير 2023
31 نوفمبر 2024
0 مارس 2024
31/04/2024
12/25/2024
2024/13/05
5/3/24
٢٤/٨/٢٠
24 أغسطس 20
نوفمبر 2024
3 نوفمبر
2024
20241121
1732184100
10:15
الجمعة 10:15
3-2
النتيجة: 3 - 2
1,500 درهم
$5 مارس 2024
الإصدار 10.12.2024.3
1.5.2
192.168.1.2024
2019-2024
3 من 12
من 3 إلى 5 مارس 2024
3-5 مارس 2024
3 و5 مارس 2024
5 مارس 2024 - 7 مارس 2024
من 5 مارس 2024 إلى 7 مارس 2024
ولد في 5 مارس 1970 في القاهرة
5 مارس 9999
5 مارس 20245
²⁴/⁰⁸/²⁰²⁰
२४/०८/२०२०
منذ ساعات
منذ أيام
منذ قليل
منذ عام 2015
منذ يوم الجمعة
منذ 5 مارس 2024
منذ 999 سنة 999 سنة 999 سنة
3 ساعات
بعد 3 أيام
قبل الساعة 10
قبل 3 مباريات
المغرب اليوم
المغرب - اليوم
Top 10 films 2024
iPhone 15 Pro 2023
5 min read
© 2024
"""


@pytest.mark.parametrize("text", ["", *NO_DATES.strip().splitlines()])
def test_what_is_not_a_date_is_none(text):
    """Numbers of other kinds, impossible days, spans, names and vague words are no dates, never a
    guess.
    """
    assert parse_date(text, timezone="Africa/Cairo", now=NOW) is None


FOUND = """
    الرباط - المغرب اليوم | السبت 23 نوفمبر 2024 - 10:15  ¦  Africa/Casablanca  ¦  2024-11-23T10:15:00+01:00
    واشنطن (رويترز) 3 مارس 2024  ¦  UTC  ¦  2024-03-03T00:00:00+00:00
    الأربعاء 11 من شوال 1441 هــ 3 يونيو 2020 السنة 144 العدد 48756  ¦  UTC  ¦  2020-06-03T00:00:00+00:00
    كأس العالم 2022 | 3 مارس 2024  ¦  UTC  ¦  2024-03-03T00:00:00+00:00
    نشر: 3 مارس 2024 10:15 - حدث: 5 مارس 2024 11:00  ¦  UTC  ¦  2024-03-03T10:15:00+00:00
    By Jane Doe, Published 3 March 2024  ¦  UTC  ¦  2024-03-03T00:00:00+00:00
    3 March 2024 by Jane Doe · 5 min read  ¦  UTC  ¦  2024-03-03T00:00:00+00:00
    كتب محمود حسن | منذ 3 ساعات  ¦  UTC  ¦  2025-03-18T09:40:00+00:00
    محمود حسن - أمس 22:10  ¦  UTC  ¦  2025-03-17T22:10:00+00:00
    الرباط - المغرب اليوم  ¦  UTC  ¦  none
    الرباط - المغرب اليوم 10:15  ¦  UTC  ¦  none
    المعارك مستمرة منذ 3 أيام  ¦  UTC  ¦  none
    منذ 3 أيام والمعارك مستمرة  ¦  UTC  ¦  none
    Vor fünf Jahren, im September 2020, versprach er viel  ¦  UTC  ¦  none
    المعرض من 3 إلى 5 مارس 2024  ¦  UTC  ¦  none
    المعرض من 3 مارس 2024 إلى 5 مارس 2024  ¦  UTC  ¦  none
    ابتداء من 3 مارس 2024  ¦  UTC  ¦  none
    النتيجة 3-2 والإصدار 2.1.2024.7  ¦  UTC  ¦  none
"""


@pytest.mark.parametrize(("text", "zone", "expected"), table(FOUND))
def test_a_date_is_found_among_other_words(text, zone, expected):
    """The date of a dateline is found beside names and numbers; spans, sentences and names of
    papers hold none.
    """
    assert find_date(text, timezone=zone, now=NOW) == at(expected)


# ---- clocks that are put forward and back


def test_a_time_that_comes_twice_is_the_first():
    """The hour that is repeated in autumn means its first pass, and equals that instant in any
    zone.
    """
    assert parse_date("27 أكتوبر 2024 02:30", timezone="Europe/Paris", now=None) == at(
        "2024-10-27T00:30:00+00:00"
    )


def test_a_time_that_is_skipped_keeps_its_offset():
    """The hour that is skipped in spring means what a clock not put forward shows."""
    assert parse_date("31 مارس 2024 02:30", timezone="Europe/Paris", now=None) == at(
        "2024-03-31T01:30:00+00:00"
    )


def test_days_ago_keep_the_hour():
    """Two days before are two days of the calendar, also where the clock was changed between."""
    now = datetime(2024, 4, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))
    assert parse_date("منذ يومين", timezone="Europe/Paris", now=now) == at(
        "2024-03-30T09:00:00+01:00"
    )
    assert parse_date("منذ 48 ساعة", timezone="Europe/Paris", now=now) == at(
        "2024-03-30T08:00:00+01:00"
    )


def test_an_unknown_zone_is_an_error():
    """A zone that does not exist is the caller's mistake and is not passed over."""
    with pytest.raises(ZoneInfoNotFoundError):
        parse_date("2024-11-21", timezone="Mars/Olympus", now=None)


# ---- the grammar, made by hand and combined by hypothesis

MONTHS = """
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
يناير فبراير مارس إبريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
كانون_ثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين_اول تشرين_الثانى كانون_الاول
يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر
جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
January February March April May June July August September October November December
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
Januar Februar März April Mai Juni Juli August September Oktober November Dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
"""
NAMES = [
    (number, name.replace("_", " "))
    for line in MONTHS.strip().splitlines()
    for number, name in enumerate(line.split(), 1)
]
ORDERS = [
    "{d} {m} {y}",
    "{d} {m}، {y}",
    "{m} {d}, {y}",
    "{y} {m} {d}",
    "{y} ,{d} {m}",
    "{d}-{m}-{y}",
    "{d} | {m} | {y}",
]
WEEKDAYS = ["", "السبت ", "الاثنين، ", "الإثنين ", "الثلاثاء | ", "الأربعاء - ", "Friday, "]
LABELS = ["", "نُشر في: ", "آخر تحديث: ", "تاريخ النشر : ", "Updated: "]
CLOCKS = [
    ("", None), (" - {h:02}:{n:02}", 24), (" | {h}:{n:02}", 24), (" الساعة {h:02}:{n:02}", 24),
    ("، {t}:{n:02} {am}", 12), (" {t:02}:{n:02} {AM}", 12), (" على الساعة {h:02}:{n:02}", 24),
    (" {h:02}:{n:02}:00", 24),
]  # fmt: skip
PLACES = [
    ("", None), (" بتوقيت غرينتش", "UTC"), (" GMT", "UTC"), (" بتوقيت مكة المكرمة", "Asia/Riyadh"),
    (" (توقيت القاهرة)", "Africa/Cairo"), (" GMT+4", "Asia/Dubai"), (" بالتوقيت المحلي", None),
]  # fmt: skip
DIGITS = [
    str.maketrans("0123456789", digits) for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
]
SITES = [
    "UTC",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Riyadh",
    "Asia/Tehran",
    "America/New_York",
]


@given(st.data())
def test_a_written_date_is_read_back(data):
    """Each month name in any order, with any digits, label, weekday, time and zone is read as it
    was written.
    """

    def pick(options):
        return data.draw(st.sampled_from(options))

    number, name = pick(NAMES)
    other = pick([name, *(n for month, n in NAMES if month == number)])
    day, year = data.draw(st.integers(1, 28)), data.draw(st.integers(1995, 2099))
    hour, minute = data.draw(st.integers(0, 23)), data.draw(st.integers(0, 59))
    site, (clock, hours), (place, zone) = pick(SITES), pick(CLOCKS), pick(PLACES)
    if hours is None:
        hour = minute = 0
        place, zone = "", None
    month = name if other == name else f"{name} / {other}"
    text = pick(LABELS) + pick(WEEKDAYS) + pick(ORDERS).format(d=day, m=month, y=year)
    text += clock.format(
        h=hour,
        n=minute,
        t=hour % 12 or 12,
        am="ص" if hour < 12 else "م",
        AM="صباحاً" if hour < 12 else "مساءً",
    )
    text = (text + place).translate(pick(DIGITS))
    expected = datetime(year, number, day, hour, minute, tzinfo=ZoneInfo(zone or site))
    found = parse_date(text, timezone=site, now=None)
    assert found is not None, text
    assert found.timestamp() == expected.timestamp(), text


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)), st.sampled_from("/-."), st.booleans())
def test_bare_numbers_are_read_back(day, sign, first):
    """Day, month, year, or year, month, day: in numbers the month is always in the middle."""
    parts = [f"{day.day:02}", f"{day.month:02}", str(day.year)]
    found = parse_date(sign.join(parts[::-1] if first else parts), now=None)
    assert found == datetime(day.year, day.month, day.day, tzinfo=UTC)


@given(
    st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2150-01-01")),
    st.integers(-24, 28),
)
def test_iso_8601_is_read_back(moment, quarters):
    """What Python writes as ISO 8601 is the same instant, to the microsecond."""
    moment = moment.replace(tzinfo=timezone(timedelta(minutes=30 * quarters)))
    assert parse_date(moment.isoformat(), timezone="Asia/Riyadh", now=None) == moment


_WORDS = """5 31 2024 1446 10:15 - | / . : , ( ) + مارس تشرين الثاني رمضان آذر منذ قبل ساعة ساعتين أيام نصف أمس اليوم
ص م هـ بتوقيت غرينتش GMT UTC من إلى الساعة 2024-11-21 T Z +03:00 999 ² ٣ ۳ ago mar sept 5. 𝟓 ½
12/25/2024 1e5 २ مكة المكرمة -05:00 -0500 10:15:00 10.15 min h st Uhr 月 24:00 ه ش"""
_PIECES = st.sampled_from([*_WORDS.split(), "\u200f", "\u0640", "\ud800", "\x00", "\u2028"])
_SPACED, _JOINED = (
    st.lists(_PIECES, max_size=14).map(" ".join),
    st.lists(_PIECES, max_size=8).map("".join),
)


@given(st.one_of(st.text(max_size=300), _SPACED, _JOINED))
def test_no_text_is_an_error(text):
    """Any text gives an aware datetime or none, read alone or searched; the zone is known to be
    there.
    """
    for read in (parse_date, find_date):
        found = read(text, timezone="Africa/Cairo", now=NOW)
        assert found is None or found.utcoffset() is not None


@pytest.mark.parametrize(
    "text", ["1" * 10**6, "5 مارس 2024 " * 10**5, " " * 10**6, "منذ 3 " * 10**5, "(" * 10**6]
)
def test_a_huge_text_is_none(text):
    """A text of a megabyte is no date, and is not read through."""
    assert parse_date(text, now=NOW) is None
    assert find_date(text, now=NOW) is None


# ---- the fallback, and what is imported when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. kesäkuuta 2020 klo 10.15", "2020-06-03T10:15:00+00:00"),
        ("3. června 2020", "2020-06-03T00:00:00+00:00"),
        ("3 Ιουνίου 2020", "2020-06-03T00:00:00+00:00"),
        ("3 มิถุนายน 2020", "2020-06-03T00:00:00+00:00"),
        ("Közzétéve: 2020. június 3.", "2020-06-03T00:00:00+00:00"),
        ("31. června 2020", "none"),
        ("3 qwertz 2020", "none"),
    ],
)
def test_months_of_other_languages(text, expected):
    """Month names that are not ours are known to the fallback; what they make a date is decided as
    ever.
    """
    assert parse_date(text, now=NOW) == at(expected)


def test_calendars_and_fallback_are_imported_only_when_met():
    """Ordinary dates and texts that are none import neither the Islamic calendar nor the fallback
    library.
    """
    script = """
import sys
from datetime import UTC, datetime
from feedmaker.text.dates import find_date, parse_date
for text in ["12 دجنبر 2024 - 14:05", "منذ ساعتين", "قراءة 5 دقائق", "كأس العالم 2022", "10 things to know about 2024"]:
    parse_date(text, now=datetime.now(UTC)); find_date(text, now=None)
print([name for name in ("dateparser", "hijridate") if name in sys.modules])
parse_date("1 شوال 1445 هـ", now=None)
print([name for name in ("dateparser", "hijridate") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "['hijridate']"]


@pytest.mark.parametrize(
    "text",
    [
        "February 4, 2025 - 11 minutes",
        "4 minute read February 4, 2025",
        "February 4, 2025 ・ 3 min read",
        "Ann Lee February 4, 2025 12 Comments",
        "4 فبراير 2025 - 3 دقائق قراءة",
        "4 فبراير 2025 12 تعليقا",
    ],
)
def test_counts_beside_a_date_are_no_part_of_it(text):
    """How long a text takes to read, and how many have commented on it."""
    assert find_date(text, now=None) == datetime(2025, 2, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["Acer Nitro 16 (2023)", "Costs 12 / 2025", "455 N. 3rd St. Unit 1205", "Top 10 in 2024"],
)
def test_lines_without_a_date_do_not_load_the_reader_of_other_languages(line):
    """It takes most of a second to import, and is asked only where a day, a word and a year stand
    as in a date.
    """
    code = f"""
import sys
from feedmaker.text.dates import find_date
assert find_date({line!r}, now=None) is None
assert "dateparser" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
