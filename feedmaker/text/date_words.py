"""The words of date texts as data: weekdays, units, zones, and what stands around dates.

Words are separated by spaces, `_` stands within a phrase. `tokens` folds them. Months are in
`text.months`, places in `text.places`.
"""

from __future__ import annotations

from typing import Any, Final

from feedmaker.text.months import ARABIC_WEEKDAYS, ENGLISH_WEEKDAYS, URDU_WEEKDAYS

# The days of a Persian month in words: «سی ام اسفند», «بیست و سوم مهر».
_PERSIAN_ORDINALS: Final = (
    "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم "
    "هفدهم هجدهم نوزدهم بیستم بیست_و_یکم بیست_و_دوم بیست_و_سوم بیست_و_چهارم بیست_و_پنجم "
    "بیست_و_ششم بیست_و_هفتم بیست_و_هشتم بیست_و_نهم سی_ام سی_و_یکم"
)
_PERSIAN_DAYS: Final = (
    *(("number", day, word) for day, word in enumerate(_PERSIAN_ORDINALS.split(), 1)),
    ("number", 30, "سیام سیاُم"),
)

# What a word can be: its kind and value, as `date_parts` knows them. Of a word that comes twice the
# last entry holds, after these the zones, places and months, then the ambiguous words.
WORDS_OF_DATES: Final[tuple[tuple[str, Any, str], ...]] = (
    # Before a date that is no story's: of an event, a member, a person, an end.
    (
        "label",
        "other",
        """
        الموعد_: موعد_: تاريخ_الميلاد تاريخ_التسجيل عضو_منذ عضو_من مسجل_منذ آخر_موعد تاریخ_تولد
        تاریخ_عضویت تاریخ_پیدائش תאריך_לידה חבר_מאז deadline_: event_date when_: joined_:
        joined_on registered_: registered_on member_since born_: date_of_birth expires_: expires_on
        valid_until due_date termin_: registriert_: registriert_seit mitglied_seit dabei_seit
        beitritt_: beigetreten_: geboren_: geburtsdatum gültig_bis inscrit_le membre_depuis né_le
        née_le date_limite fecha_límite miembro_desde fecha_de_nacimiento membro_dal membro_desde
        lid_sinds dołączył_: dołączyła_: зарегистрирован_: регистрация_: дата_регистрации
        дата_рождения зареєстрований_: kayıt_tarihi doğum_tarihi
        """,
    ),
    # What stands around dates: small words, and labels.
    (
        "furniture",
        None,
        """
        و في على علي عند تمام ال الموافق موافق الموافقة الواقع المصادف مصادف يصادف بتاريخ تاريخ
        التاريخ تاريخه لتاريخ بتاريخه ليوم ليومه آخر أخر تم تمت جرى لعام لسنة الوقت وقت بوقت توقيتا
        الجاري الحالي مدينة العاصمة تقريبا حوالي نحو أقل_من تاریخ شده شد در به آخرین مورخ مورخه
        تاریخ_انتشار آخری بوقت کو زمان on the of date dated last time first in about around almost
        ca st nd rd th o clock t d le à du l er ère dernière date_de les environ den der vom um
        zuletzt datum el de del las los última ultima fecha data às il alle ultimo em tarihi tarih
        son tarihinde op om v pukul tanggal в ב ל תאריך לאחרונה אחרון ה
        """,
    ),
    # Besides those of `label_words.LABELS` that say what is dated.
    (
        "label",
        None,
        """
        كتب كتبت كتبه حرر حررت تحرير أدرج ارسال درج 时间 日期 時間 배포
        """,
    ),
    # Weekdays, which are not trusted.
    (
        "weekday",
        None,
        f"""
        {ARABIC_WEEKDAYS} {ENGLISH_WEEKDAYS} {URDU_WEEKDAYS}
        سبت احد اثنين ثلاثاء اربعاء خميس جمعة جمعه شنبه یکشنبه یک_شنبه دوشنبه دو_شنبه سه_شنبه
        سهشنبه چهارشنبه چهار_شنبه پنجشنبه پنج_شنبه جمعه آدینه
        شەممە یەکشەممە دووشەممە سێشەممە چوارشەممە پێنجشەممە هەینی ראשון שני שלישי רביעי חמישי שישי
        שבת יום_ראשון יום_שני יום_שלישי יום_רביעי יום_חמישי יום_שישי יום_א יום_ב יום_ג יום_ד יום_ה
        יום_ו lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam
        dim montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa
        so lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom segunda_feira
        terça_feira quarta_feira quinta_feira sexta_feira segunda terça quarta quinta sexta feira
        lunedì martedì mercoledì giovedì venerdì sabato gio maandag dinsdag woensdag donderdag
        vrijdag zaterdag zondag pazartesi salı sali çarşamba perşembe cuma cumartesi pazar senin
        selasa rabu kamis jumat sabtu minggu poniedziałek wtorek środa czwartek piątek sobota
        niedziela понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
        mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag
        火 水 木 金 土 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四
        星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日
        週一 週二 週三 週四 週五 週六 週日
        화 수 목 금 토 월요일 화요일 수요일 목요일 금요일 토요일 일요일
        """,
    ),
    # One before a unit, nothing in a date.
    ("article", None, "a an un une una ein eine einer einem einen bir uma"),
    # What makes an amount of time one before now.
    (
        "ago",
        None,
        """
        منذ مند قبل مضت پیش پہلے قبل_از_این ago hace vor fa ha önce atrás lalu yang_lalu il_y_a לפני
        назад geleden 前 전
        """,
    ),
    ("now", None, "الآن للتو just_now right_now 刚刚 剛剛 たった今 방금 방금_전"),
    # Before a time of day.
    ("clock", None, "الساعة بالساعة سا س at בשעה klo kl godz"),
    # After a year: its calendar.
    ("hijri", None, "ه هجري هجرية هجريا للهجرة الهجري قمری قمري ق ah"),
    ("solar", None, "ش شمسی شمسي خورشیدی خورشيدي ه_ش هجری_شمسی هجري_شمسي ه_ش هش"),
    ("common", None, "ء عیسوی ميلادي ميلادية ميلاديا للميلاد الميلادي میلادی ad ce"),
    # From one time to another.
    (
        "range",
        None,
        """
        إلى حتى الى وحتى to until till through bis au hasta تا عد עד و_حتى y et and und from بين
        between since depuis seit desde ابتداء بدءا
        """,
    ),
    # Beside a place: its time zone.
    (
        "zone word",
        None,
        """
        توقيت بتوقيت التوقيت بالتوقيت لتوقيت حسب_توقيت حسب_التوقيت بحسب_توقيت وفق_توقيت وفق_التوقيت
        به_وقت time heure_de heure_d heure_locale hora_de hora_local ora_di ora_locale saati שעון
        """,
    ),
    # Between a day and its month, and the like.
    ("of", None, "من ی"),
    ("m", None, "م"),
    ("month mark", None, "月 월"),
    ("first", None, "الأول أول الفاتح فاتح غرة"),
    # Units of time after a number; then without one: one of it, two of it, or next to nothing.
    (
        "unit",
        ("second", None),
        """
        ثانیه سیکنڈ second seconds sec secs seconde secondes sekunde sekunden segundo segundos
        secondo secondi saniye detik שניות секунд секунды секунду сек
        """,
    ),
    (
        "unit",
        ("minute", None),
        """
        دقائق دقايق دقیقه منٹ minute minutes min mins minuten minuto minutos minuti dakika dk menit
        דקות דק минут минуты минуту мин 分 分钟 分鐘 分間 분
        """,
    ),
    (
        "unit",
        ("hour", None),
        """
        ساعات گھنٹہ گھنٹے hour hours hr ساعت saat ore stunde stunden std hora horas ora jam שעות час
        часа часов ч 小时 小時 時間 시간
        """,
    ),
    (
        "unit",
        ("day", None),
        """
        أيام يوما یوم روز دن day days jour jours tag tage tagen día días dia dias giorno giorni gün
        gun hari ימים день дня дней 天
        """,
    ),
    (
        "unit",
        ("week", None),
        """
        أسابيع اسبوعا ہفتے week weeks semaine semaines woche wochen semana semanas settimana
        settimane hafta minggu שבועות неделю недели недель 周 週 週間 주
        """,
    ),
    (
        "unit",
        ("month", None),
        """
        أشهر شهور شهرا ماه مہینے ماہ month months mois monat monate monaten mes meses mese mesi ay
        bulan חודשים месяц месяца месяцев
        """,
    ),
    (
        "unit",
        ("year", None),
        """
        سنوات أعوام عاما سنين سال year years yr yrs ans année jahr jahre jahren año años ano anos
        anno anni yıl yil tahun שנים год года лет
        """,
    ),
    ("unit", ("second", 1), "ثانية שנייה שניה"),
    ("unit", ("minute", 1), "دقيقة דקה"),
    ("unit", ("hour", 1), "ساعة שעה"),
    ("unit", ("day", 1), "يوم יום"),
    ("unit", ("week", 1), "أسبوع שבוע"),
    ("unit", ("month", 1), "شهر חודש"),
    ("unit", ("year", 1), "سنة عام שנה"),
    ("unit", ("second", 2), "ثانيتين ثانيتان"),
    ("unit", ("minute", 2), "دقيقتين دقيقتان"),
    ("unit", ("hour", 2), "ساعتين ساعتان שעתיים"),
    ("unit", ("day", 2), "يومين يومان יומיים"),
    ("unit", ("week", 2), "أسبوعين أسبوعان שבועיים"),
    ("unit", ("month", 2), "شهرين شهران חודשיים"),
    ("unit", ("year", 2), "سنتين سنتان عامين عامان שנתיים"),
    (
        "unit",
        ("second", 0),
        """
        ثوان ثواني لحظات لحظة ثوان_معدودة ثوان_قليلة لحظات_قليلة moment moments a_few_seconds
        few_seconds
        """,
    ),
    # Units that stand in a date («يوم السبت», «لعام 2024») or before a time («ساعت ۱۱:۲۰») as well.
    ("unit in date", ("day", None), "روز 日 일"),
    ("unit in date", ("week", None), "هفته"),  # in Urdu, Saturday
    ("unit in date", ("month", None), "ماه"),
    ("unit in date", ("year", None), "سال year 年 년"),
    ("unit in date", ("day", 1), "يوم יום"),
    ("unit in date", ("month", 1), "شهر"),
    ("unit in date", ("year", 1), "عام سنة"),
    ("unit clock", ("hour", None), "ساعت saat ore"),
    ("unit clock", ("hour", 1), "ساعة"),
    ("oclock", ("hour", None), "h heure heures uhr hrs 時 时 点 시"),
    *_PERSIAN_DAYS,
    # Numbers, which count units.
    ("numeral", 1, "واحد واحدة یک ایک one uno אחת אחד"),
    ("numeral", 2, "اثنان اثنتين اثنتان دو two deux zwei dos due iki שתי"),
    ("numeral", 3, "ثلاث ثلاثة سه تین three trois drei tres tre üç שלוש שלושה"),
    ("numeral", 4, "أربع أربعة چهار چار four quatre vier cuatro quattro dört ארבע ארבעה"),
    ("numeral", 5, "خمس خمسة پنج پانچ five cinq fünf cinco cinque beş חמש חמישה"),
    ("numeral", 6, "ست ستة شش چھ six sechs seis altı שש שישה"),
    ("numeral", 7, "سبع سبعة هفت سات seven sieben siete sette yedi שבע שבעה"),
    ("numeral", 8, "ثمان ثماني ثمانية هشت آٹھ eight huit acht ocho otto sekiz שמונה"),
    ("numeral", 9, "تسع تسعة نه نو nine neuf neun nueve nove dokuz תשע תשעה"),
    ("numeral", 10, "عشر عشرة عشره ده دس ten dix zehn diez dieci עשר עשרה"),
    ("numeral", 11, "أحد_عشر إحدى_عشرة أحد_عشرة یازده eleven onze elf"),
    ("numeral", 12, "اثنا_عشر اثني_عشر اثنتا_عشرة اثنتي_عشرة دوازده twelve douze zwölf"),
    ("numeral", 20, "عشرين عشرون twenty vingt zwanzig"),
    ("numeral", 30, "ثلاثين ثلاثون thirty trente"),
    ("numeral", 40, "أربعين أربعون forty"),
    ("numeral", 50, "خمسين خمسون fifty"),
    ("numeral", 0.5, "نصف half نیم"),
    ("numeral", 0.25, "ربع"),
    ("numeral", 1 / 3, "ثلث"),
    # Days from today.
    (
        "day",
        0,
        """
        اليوم امروز آج today aujourd_hui heute hoy hoje oggi bugün היום сегодня 今日 今天 오늘
        """,
    ),
    (
        "day",
        -1,
        """
        أمس الأمس البارحة امس دیروز yesterday hier gestern ayer ontem ieri dün אתמול вчера 昨日 昨天
        어제
        """,
    ),
    (
        "day",
        -2,
        """
        أول_أمس أمس_الأول اول_البارحة أول_من_أمس قبل_أمس قبل_الأمس پریروز avant_hier vorgestern
        שלשום позавчера
        """,
    ),
    ("day", 1, "غدا غد الغد فردا tomorrow demain morgen mañana amanhã domani yarın מחר завтра"),
    # Parts of the day.
    (
        "half",
        "am",
        """
        ص صباحا صباح الصباح صباحاً قبل_الظهر ضحى ق_ظ صبح قبل_از_ظهر am a_m du_matin matin
        de_la_mañana בבוקר לפנהצ öö vorm vormittags 午前 上午 早上 凌晨 오전
        """,
    ),
    (
        "half",
        "pm",
        """
        مساء مساءا المساء مساءاً عصرا العصر عصر بعد_الظهر بعد_ظهر ب_ظ بعد_از_ظهر بعدازظهر شام pm p_m
        du_soir soir de_l_après_midi après_midi de_la_tarde בערב אחהצ אחרי_הצהריים ös nachm
        nachmittags abends 午後 下午 晚上 오후
        """,
    ),
    ("half", "noon", "ظهرا ظهر زوالا الظهيرة دوپہر בצהריים mittags"),
    ("half", "night", "ليلا الليل ليلة شب رات de_la_noche בלילה nachts بعد_منتصف_الليل"),
    ("half", "dawn", "فجرا الفجر فجر بامداد לפנות_בוקר"),
    ("half", "midday", "الظهر منتصف_النهار noon midday midi mediodía mittag"),
    (
        "half",
        "midnight",
        """
        منتصف_الليل منتصف_ليل نیمه_شب midnight minuit medianoche mitternacht חצות
        """,
    ),
    # Zones: by name, the site's own.
    (
        "zone",
        ("utc", 0),
        """
        gmt utc غرينتش جرينتش غرينيتش جرينيتش غرينتشي كرينتش قرينتش ت_غ تغ ت_ج گرینویچ greenwich z
        """,
    ),
    ("zone", ("ist", None), "ist"),
    ("place", None, "المحلي محلي المحلية بالمحلي local locale محلی המקומי"),
)
# Words that are more than the months, zones and words they look like: August in Spanish, Portuguese
# and Italian; March, or Tuesday in French, Spanish and Italian.
AMBIGUOUS_WORDS: Final[tuple[tuple[str, Any, str], ...]] = (
    ("ago", 8, "ago"),
    ("weak month", 3, "mar"),
)
# Abbreviations of time zones by minutes east of Greenwich. The American ones: RFC 5322, section
# 4.3; AST and GST as Arabic sites mean them. IST (above) and others with several meanings are known
# only where the site's own zone goes by them.
ZONE_ABBREVIATIONS: Final[dict[int, str]] = {
    -480: "pst",
    -420: "mst pdt",
    -360: "cst mdt",
    -300: "est cdt",
    -240: "edt",
    0: "wet",
    60: "west bst wat cet mez",
    120: "cest mesz eet cat sast",
    180: "eest idt msk trt ast eat",
    210: "irst",
    240: "gst",
    300: "pkt",
    420: "wib",
    480: "sgt hkt",
    540: "jst kst",
}
# American zones in summer and winter; "et" joins words in French and Latin.
ZONES_AFTER_TIME: Final = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
# Kinds whose words take a one-letter word in front: «ونصف» and «בינואר» are written as one.
PREFIXES: Final = {
    "unit": "و",
    "numeral": "و",
    "unit clock": "و",
    "unit in date": "ول",
    "month": "ב",
    "weekday": "日",
    "half": "日",
}
