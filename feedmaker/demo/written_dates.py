"""Dates as Arabic portals write them: Moroccan, Levantine, Gulf and Hijri forms."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hijridate import Gregorian

if TYPE_CHECKING:
    from datetime import datetime

ZONE = ZoneInfo("Asia/Riyadh")

_WEEKDAYS = (
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
)
# October and November, the months of the sample site.
_GULF = {
    10: "أكتوبر",
    11: "نوفمبر",
}
_MOROCCAN = {
    10: "أكتوبر",
    11: "نونبر",
}
_LEVANTINE = {
    10: "تشرين الأول",
    11: "تشرين الثاني",
}
_FRENCH = {
    10: "octobre",
    11: "novembre",
}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def write_date(date: datetime, form: str) -> str:
    """Return `date` as text in one of the forms, in the site's zone; the form "gmt" is in GMT."""
    d = date.astimezone(UTC if form == "gmt" else ZONE)
    weekday = _WEEKDAYS[d.weekday()]
    gulf, levantine = _GULF[d.month], _LEVANTINE[d.month]
    time = f"{d:%H:%M}"
    half = "ص" if d.hour < 12 else "م"
    time_of_12 = f"{d.hour % 12 or 12}:{d:%M} {half}"
    digits = f"{weekday} {d.day} {levantine}/{gulf} {d.year} - {time}"
    forms = {
        "gmt": f"GMT {time} {d.year} {weekday} ,{d.day:02} {levantine} / {gulf}",
        "moroccan": f"{weekday} {d.day} {_MOROCCAN[d.month]} {d.year} - {time}",
        "levantine": f"{d.day} {levantine} {d.year} الساعة {time}",
        "levantine-digits": digits.translate(_ARABIC_DIGITS),
        "gulf": f"{weekday} {d.day} {gulf} {d.year} {time_of_12}",
        "hijri": f"{weekday} {_hijri(d)} - {time_of_12}",
        "hijri-gulf": f"{weekday} {_hijri(d)} - {d.day} {gulf} {d.year}م - {time}",
        "day": f"{d.day:02}/{d.month:02}/{d.year}",
        "french": f"Le {d.day} {_FRENCH[d.month]} {d.year} à {d:%H}h{d:%M}",
    }
    return forms[form]


def _hijri(date: datetime) -> str:
    """Return the day in the Umm al-Qura calendar."""
    day = Gregorian(date.year, date.month, date.day).to_hijri()
    return f"{day.day} {day.month_name('ar')} {day.year}هـ"
