"""Dates as Arabic portals write them: Moroccan, Levantine, Gulf and Hijri forms."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

ZONE = ZoneInfo("Asia/Riyadh")

_WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
# October and November, the months of the sample site.
_GULF = {10: "أكتوبر", 11: "نوفمبر"}
_MOROCCAN = {10: "أكتوبر", 11: "نونبر"}
_LEVANTINE = {10: "تشرين الأول", 11: "تشرين الثاني"}
_FRENCH = {10: "octobre", 11: "novembre"}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _hijri(date: datetime) -> str:
    """The day in the Umm al-Qura calendar."""
    from hijridate import Gregorian

    day = Gregorian(date.year, date.month, date.day).to_hijri()
    return f"{day.day} {day.month_name('ar')} {day.year}هـ"


def written(date: datetime, form: str) -> str:
    """`date` as text in one of the forms; in the site's zone, but for the one form that names GMT."""
    d = date.astimezone(UTC if form == "gmt" else ZONE)
    weekday, time = _WEEKDAYS[d.weekday()], f"{d:%H:%M}"
    hour, half = d.hour % 12 or 12, "ص" if d.hour < 12 else "م"
    forms = {
        "gmt": f"GMT {time} {d.year} {weekday} ,{d.day:02} {_LEVANTINE[d.month]} / {_GULF[d.month]}",
        "moroccan": f"{weekday} {d.day} {_MOROCCAN[d.month]} {d.year} - {time}",
        "levantine": f"{d.day} {_LEVANTINE[d.month]} {d.year} الساعة {time}",
        "levantine-digits": f"{weekday} {d.day} {_LEVANTINE[d.month]}/{_GULF[d.month]} {d.year} - {time}".translate(
            _ARABIC_DIGITS
        ),
        "gulf": f"{weekday} {d.day} {_GULF[d.month]} {d.year} {hour}:{d:%M} {half}",
        "hijri": f"{weekday} {_hijri(d)} - {hour}:{d:%M} {half}",
        "hijri-gulf": f"{weekday} {_hijri(d)} - {d.day} {_GULF[d.month]} {d.year}م - {time}",
        "day": f"{d.day:02}/{d.month:02}/{d.year}",
        "french": f"Le {d.day} {_FRENCH[d.month]} {d.year} à {d:%H}h{d:%M}",
    }
    return forms[form]
