"""The words of date texts as data: months of three calendars, weekdays, units, zones, and what
stands around dates.

Each table is text: words apart by spaces, `_` inside a phrase. `WORDS` and `PHRASES`, made from the
tables at the end, say for a folded word (or a phrase by its first word) what it can be: a kind that
`dates` knows, and its value.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from feedmaker.text import arabic
from feedmaker.text.months import GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS
from feedmaker.text.places import PLACES_OF_ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator

Token = tuple[str, Any]

# ---- the form in which words are compared; unlike `arabic.fold` it keeps what may stand inside a
# date

_KEPT = dict.fromkeys("0123456789+-/.,:|()", "") | {" ": " "}
_SAME = {
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("⁄∕⧸", "/"),
    **dict.fromkeys("،؛;、，", ","),
    **dict.fromkeys("：∶", ":"),
    **dict.fromkeys("[{（【", "("),
    **dict.fromkeys("]}）】", ")"),
    **dict.fromkeys("•·・●▪►¦«»‹›\n\r\x0b\x0c\x85\u2028\u2029", "|"),
    "٫": ".",
}
_DROPPED = '\u05f4\u05f3"“”„\u0640'  # quotation marks are part of Hebrew abbreviations; tatweel only stretches
_BAD = "\xa4"  # stands for what no date holds: signs of money, of addresses, digits that are no digits of dates


def _fold_character(character: str) -> str:
    if character in _KEPT:
        return character
    if character in _SAME:
        return _SAME[character]
    if character in _DROPPED:
        return ""
    category = unicodedata.category(character)
    if category == "Nd":
        digit = arabic.digits(character)
        return digit if digit.isascii() else _BAD
    if category[0] in "LM":
        return arabic.fold(character)
    if category in ("Cf", "Cs"):
        return ""
    return _BAD if category in ("Sc", "No", "Nl", "Co", "Cn") or character in "%#=&*^~<>_" else " "


class _DateFoldTable(dict[int, str]):
    """The table of `fold`, filled as characters are met; not beyond the Basic Multilingual Plane,
    to stay small.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if code < 0x10000:
            self[code] = folded
        return folded


_TABLE = _DateFoldTable()


def fold(text: str) -> str:
    """`text` with letters as `arabic.fold` has them, digits in ASCII, one sign for each kind of
    separator.
    """
    return text.translate(_TABLE)


# ---- other words of dates

_WEEKDAYS = """
السبت سبت الأحد احد الاحد الاثنين الإثنين الأثنين اثنين الثلاثاء ثلاثاء الثلاثا الأربعاء اربعاء الاربعا الخميس
خميس الجمعة جمعة جمعه
شنبه یکشنبه یک_شنبه دوشنبه دو_شنبه سه_شنبه سهشنبه چهارشنبه چهار_شنبه پنجشنبه پنج_شنبه جمعه آدینه
پیر منگل بدھ جمعرات ہفتہ اتوار جمعہ
شەممە یەکشەممە دووشەممە سێشەممە چوارشەممە پێنجشەممە هەینی
ראשון שני שלישי רביעי חמישי שישי שבת יום_ראשון יום_שני יום_שלישי יום_רביעי יום_חמישי יום_שישי יום_א יום_ב יום_ג
יום_ד יום_ה יום_ו
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
segunda_feira terça_feira quarta_feira quinta_feira sexta_feira segunda terça quarta quinta sexta feira
lunedì martedì mercoledì giovedì venerdì sabato gio
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
pazartesi salı sali çarşamba perşembe cuma cumartesi pazar
senin selasa rabu kamis jumat sabtu minggu
poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag
"""

# What units are called after a number; then without one: one of it, two of it, or next to nothing.
_UNITS = """
second ثانیه سیکنڈ second seconds sec secs seconde secondes sekunde sekunden segundo segundos secondo secondi saniye
second detik שניות секунд секунды секунду
minute دقائق دقايق دقیقه منٹ minute minutes min mins minuten minuto minutos minuti dakika dk menit דקות דק минут минуты
minute минуту
hour ساعات گھنٹہ گھنٹے hour hours hr ساعت saat ore stunde stunden std hora horas ora jam שעות час часа часов
day أيام يوما یوم روز دن day days jour jours tag tage tagen día días dia dias giorno giorni gün gun hari ימים день дня
day дней
week أسابيع اسبوعا هفته ہفتے week weeks semaine semaines woche wochen semana semanas settimana settimane hafta minggu
week שבועות неделю недели недель
month أشهر شهور شهرا ماه مہینے ماہ month months mois monat monate monaten mes meses mese mesi ay bulan חודשים месяц
month месяца месяцев
year سنوات أعوام عاما سنين سال year years yr yrs ans année jahr jahre jahren año años ano anos anno anni yıl yil tahun
year שנים год года лет
"""
_ALONE = {
    1: """
second ثانية שנייה שניה
minute دقيقة דקה
hour ساعة שעה
day يوم יום
week أسبوع שבוע
month شهر חודש
year سنة عام שנה
""",
    2: """
second ثانيتين ثانيتان
minute دقيقتين دقيقتان
hour ساعتين ساعتان שעתיים
day يومين يومان יומיים
week أسبوعين أسبوعان שבועיים
month شهرين شهران חודשיים
year سنتين سنتان عامين عامان שנתיים
""",
    0: """
second ثوان ثواني لحظات لحظة ثوان_معدودة ثوان_قليلة لحظات_قليلة moment moments a_few_seconds few_seconds
""",
}
_UNITS_ELSEWHERE = {
    "unit in date": "يوم شهر عام سنة ماه روز سال יום year",  # «يوم السبت», «لعام 2024»
    "unit clock": "ساعة ساعت saat ore",  # «ساعت ۱۱:۲۰»
}
_UNIT_OCLOCK = "h heure heures uhr hrs 時 时 点 시"

_NUMBERS = {
    1: "واحد واحدة یک ایک one uno אחת אחד",
    2: "اثنان اثنتين اثنتان دو two deux zwei dos due iki שתי",
    3: "ثلاث ثلاثة سه تین three trois drei tres tre üç שלוש שלושה",
    4: "أربع أربعة چهار چار four quatre vier cuatro quattro dört ארבע ארבעה",
    5: "خمس خمسة پنج پانچ five cinq fünf cinco cinque beş חמש חמישה",
    6: "ست ستة شش چھ six sechs seis altı שש שישה",
    7: "سبع سبعة هفت سات seven sieben siete sette yedi שבע שבעה",
    8: "ثمان ثماني ثمانية هشت آٹھ eight huit acht ocho otto sekiz שמונה",
    9: "تسع تسعة نه نو nine neuf neun nueve nove dokuz תשע תשעה",
    10: "عشر عشرة عشره ده دس ten dix zehn diez dieci עשר עשרה",
    11: "أحد_عشر إحدى_عشرة أحد_عشرة یازده eleven onze elf",
    12: "اثنا_عشر اثني_عشر اثنتا_عشرة اثنتي_عشرة دوازده twelve douze zwölf",
    20: "عشرين عشرون twenty vingt zwanzig",
    30: "ثلاثين ثلاثون thirty trente",
    40: "أربعين أربعون forty",
    50: "خمسين خمسون fifty",
    0.5: "نصف half نیم",
    0.25: "ربع",
    1 / 3: "ثلث",
}
_ARTICLES = (
    "a an un une una ein eine einer einem einen bir uma"  # one before a unit, nothing in a date
)
_AGO = "منذ مند قبل مضت پیش پہلے قبل_از_این ago hace vor fa ha önce atrás lalu yang_lalu il_y_a לפני назад geleden"
_NOW = "الآن للتو just_now right_now"
_DAYS = {
    0: "اليوم امروز آج today aujourd_hui heute hoy hoje oggi bugün היום сегодня",
    -1: "أمس الأمس البارحة امس دیروز yesterday hier gestern ayer ontem ieri dün אתמול вчера",
    -2: "أول_أمس أمس_الأول اول_البارحة أول_من_أمس قبل_أمس قبل_الأمس پریروز avant_hier vorgestern שלשום позавчера",
    1: "غدا غد الغد فردا tomorrow demain morgen mañana amanhã domani yarın מחר завтра",
}
_HALVES = """
am ص صباحا صباح الصباح صباحاً قبل_الظهر ضحى ق_ظ صبح قبل_از_ظهر am a_m du_matin matin de_la_mañana בבוקר לפנהצ öö
am vorm vormittags
pm مساء مساءا المساء مساءاً عصرا العصر عصر بعد_الظهر بعد_ظهر ب_ظ بعد_از_ظهر بعدازظهر شام pm p_m du_soir soir
pm de_l_après_midi après_midi de_la_tarde בערב אחהצ אחרי_הצהריים ös nachm nachmittags abends
noon ظهرا ظهر زوالا الظهيرة دوپہر בצהריים mittags
night ليلا الليل ليلة شب رات de_la_noche בלילה nachts بعد_منتصف_الليل
dawn فجرا الفجر فجر بامداد לפנות_בוקר
midday الظهر منتصف_النهار noon midday midi mediodía mittag
midnight منتصف_الليل منتصف_ليل نیمه_شب midnight minuit medianoche mitternacht חצות
"""
_CLOCK = "الساعة بالساعة سا س at בשעה klo kl godz"
_HIJRI_MARKS = "ه هجري هجرية هجريا للهجرة الهجري قمری قمري ق ah"
_SOLAR_MARKS = "ش شمسی شمسي خورشیدی خورشيدي ه_ش هجری_شمسی هجري_شمسي ه_ش هش"
_COMMON_MARKS = "ء عیسوی ميلادي ميلادية ميلاديا للميلاد الميلادي میلادی ad ce"
_RANGE = """
إلى حتى الى وحتى to until till through bis au hasta تا عد עד و_حتى y et and und from بين between since depuis
seit desde ابتداء بدءا
"""

# ---- zones: words that say one follows, words of two zones, abbreviations

ZONE_WORDS = """
توقيت بتوقيت التوقيت بالتوقيت لتوقيت حسب_توقيت حسب_التوقيت بحسب_توقيت وفق_توقيت وفق_التوقيت به_وقت time heure_de
heure_d heure_locale hora_de hora_local ora_di ora_locale saati שעון
"""
GMT = "gmt utc غرينتش جرينتش غرينيتش جرينيتش غرينتشي كرينتش قرينتش ت_غ تغ ت_ج گرینویچ greenwich"
LOCAL = "المحلي محلي المحلية بالمحلي local locale محلی המקומי"
# Minutes east of Greenwich. The American ones: RFC 5322, section 4.3; AST and GST as Arabic sites
# mean them. IST and others with several meanings are known only where the site's own zone goes by
# them.
ABBREVIATIONS = {
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "wet": 0, "west": 60, "bst": 60, "wat": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
    "cat": 120, "sast": 120, "idt": 180, "msk": 180, "trt": 180, "ast": 180, "eat": 180, "irst": 210, "gst": 240,
    "pkt": 300, "wib": 420, "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "ist": None,
}  # fmt: skip

# ---- what stands around dates

_LABELS = """
نشر نشره نشرت النشر نشرها ونشر منشور منشورة تحديث التحديث تحديثه تحديثها حدث حدثت محدث تعديل التعديل عدل عدلت أضيف
اضيفت الإضافة إضافة كتب كتبت كتبه حرر حررت تحرير أدرج
انتشار منتشر ارسال درج بروزرسانی به_روز_رسانی بروز_رسانی روزرسانی شائع اشاعت اپ_ڈیٹ اپڈیٹ
published publish updated update posted modified created released issued edited revised added
publié publiée mis_à_jour mise_à_jour modifié modifiée actualisé màj veröffentlicht aktualisiert erstellt stand
publicado publicada actualizado actualizada
atualizado pubblicato aggiornato yayınlanma yayın yayınlandı güncelleme güncellendi eklenme gepubliceerd
diterbitkan опубликовано обновлено
פורסם עודכן עדכון פרסום
"""
_FURNITURE = """
و في على علي عند تمام ال الموافق موافق الموافقة الواقع المصادف مصادف يصادف بتاريخ تاريخ التاريخ تاريخه لتاريخ
بتاريخه ليوم ليومه آخر أخر تم تمت جرى لعام لسنة الوقت وقت بوقت توقيتا
الجاري الحالي مدينة العاصمة تقريبا حوالي نحو أقل_من
تاریخ شده شد در به آخرین مورخ مورخه تاریخ_انتشار آخری بوقت کو زمان
on the of date dated last time first in about around almost ca st nd rd th o clock t d
le à du l er ère dernière date_de les environ den der vom um zuletzt datum
el de del las los última ultima fecha data às il alle ultimo em
tarihi tarih son tarihinde op om pukul tanggal в
年 日 分 년 일 분
ב ל תאריך לאחרונה אחרון ה
"""


def _keyed(table: str) -> Iterator[tuple[str, str]]:
    """The lines of a table: what the first word of a line is said of, and the others."""
    for line in table.strip().splitlines():
        first, _, others = line.partition(" ")
        yield first, others


def _said() -> Iterator[tuple[str, str, Any]]:
    """Words with the kind and value they stand for; what comes later holds where a word comes
    twice.
    """
    yield from ((words, kind, None) for kind, words in _PLAIN.items())
    units = [(None, _UNITS), *_ALONE.items()]
    for times, table in units:
        for unit, words in _keyed(table):
            yield words, "unit", (unit, times)
            for kind, some in _UNITS_ELSEWHERE.items():
                yield " ".join(set(words.split()) & set(some.split())), kind, (unit, times)
    yield _UNIT_OCLOCK, "oclock", ("hour", None)
    yield from ((words, "numeral", number) for number, words in _NUMBERS.items())
    yield from ((words, "day", day) for day, words in _DAYS.items())
    yield from ((words, "half", half) for half, words in _keyed(_HALVES))
    yield f"{GMT} z", "zone", ("utc", 0)
    yield from ((name, "zone", (name, minutes)) for name, minutes in ABBREVIATIONS.items())
    yield LOCAL, "place", None
    for zone, places in PLACES_OF_ZONES.items():
        yield from ((name.replace(" ", "_"), "place", zone) for name in places)
    for calendar, table in {
        "gregorian": GREGORIAN_MONTHS,
        "hijri": HIJRI_MONTHS,
        "solar": SOLAR_MONTHS,
    }.items():
        for line in table.strip().splitlines():
            yield from (
                (name, "month", (calendar, month))
                for month, name in enumerate(line.split(), 1)
                if name != "."
            )
    yield "ago", "ago", 8  # August in Spanish, Portuguese and Italian
    yield "mar", "weak month", 3  # or Tuesday in French, Spanish and Italian


_PLAIN = {
    "furniture": _FURNITURE,
    "label": _LABELS,
    "weekday": _WEEKDAYS,
    "article": _ARTICLES,
    "ago": _AGO,
    "now": _NOW,
    "clock": _CLOCK,
    "hijri": _HIJRI_MARKS,
    "solar": _SOLAR_MARKS,
    "common": _COMMON_MARKS,
    "range": _RANGE,
    "zone word": ZONE_WORDS,
    "of": "من",
    "m": "م",
    "month mark": "月 월",
    "first": "الأول أول الفاتح فاتح غرة",
}
# Words that take a one-letter word in front: «ونصف» and «בינואר» are written as one.
_PREFIXES = {"unit": "و", "numeral": "و", "unit clock": "و", "unit in date": "ول", "month": "ב"}


def _index() -> tuple[dict[str, Token], dict[str, list[tuple[list[str], Token]]]]:
    """Tokens by word, and by the first word of a phrase: the other words, the longest phrase first."""
    words: dict[str, Token] = {}
    phrases: dict[str, list[tuple[list[str], Token]]] = {}
    more: dict[str, Token] = {}
    for some, kind, value in _said():
        for text in some.split():
            first, *rest = fold(text.replace("_", " ")).split()
            if rest:
                phrases.setdefault(first, []).append((rest, (kind, value)))
                if len(first) > 2:  # a zero width non-joiner between the words leaves no trace
                    more["".join((first, *rest))] = (kind, value)
            else:
                words[first] = (kind, value)
                more.update((prefix + first, (kind, value)) for prefix in _PREFIXES.get(kind, ""))
    for found in phrases.values():
        found.sort(key=lambda one: -len(one[0]))
    return more | words, phrases


WORDS, PHRASES = _index()
