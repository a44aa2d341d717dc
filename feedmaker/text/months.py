"""Names of months and weekdays as data.

A line of a table is a language, a region or a set of variants: its twelve names in the order of the
months. `.` stands where a variant has no name of its own, `_` within a name of two words.
"""

from __future__ import annotations

from typing import Final

# Lines that others of the package use by themselves, as tuples below.
_STANDARD_ARABIC: Final = (
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
_ENGLISH: Final = (
    "january february march april may june july august september october november december"
)
_GERMAN: Final = (
    "januar februar märz april mai juni juli august september oktober november dezember"
)
# The Gulf and Egypt, with common misspellings; the Levant and Iraq; Morocco; Mauritania; Algeria
# and Tunisia.
ARABIC_MONTHS: Final = f"""
{_STANDARD_ARABIC}
ينایر فبرابر مارت إبريل مايه يونيه يوليه اغسطوس سيبتمبر أكتوبير نوفمير ديسمبير
. فبرائر . ابرايل . يونيوه . اوغسطس سبتبمر أوكتوبر نوڤمبر دسمبر
كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
كانون_ثاني . آدار . مايس . . . . تشرين_أول تشرين_ثاني كانون_أول
كانون_الثان . . . . . . . . تشرين_1 تشرين_الثان كانون_1
كانون_ثان . . . . . . . . ت_1 تشرين_ثان ك_1
كانون_2 . . . . . . . . . تشرين_2 .
ك_2 . . . . . . . . . ت_2 .
. . . . ماي . يوليوز غشت شتنبر . نونبر دجنبر
. . . . . . . أغشت شتمبر . نوفنبر دجمبر
جانفي فيفري . أفريل . جوان جويلية أوت سبتنبر . . ديجمبر
جنفي فيڤري . . . جون جولية . . . . .
. فيفرييه . . . . جويليا . . . . .
"""
# Persian, Urdu, Kurdish, Hebrew. English, French, German, Spanish, Portuguese, Italian, Dutch,
# Turkish, Indonesian and Malay, the Nordic languages, Polish, Russian, Greek, Ukrainian.
_OTHER_MONTHS: Final = f"""
ژانویه فوریه مارس آوریل می ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
ژانویهٔ فوریهٔ مارچ اپریل مه جون جولای آگست سپتمبر اکتوبر نومبر دسمبر
. فبروری . . مهٔ . ژوئیهٔ آگوست . . . .
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەمووز ئاب ئەیلوول . . .
کانوونی_دووەمی شوباتی ئازاری نیسانی ئایاری حوزەیرانی تەمووزی ئابی ئەیلوولی تشرینی_یەکەم \
تشرینی_دووەم کانوونی_یەکەم
. . . . . . . . . تشرینی_یەکەمی تشرینی_دووەمی کانوونی_یەکەمی
يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر
جنوري فبروري مارچ اپریل مې جون جولای اګست سپټمبر اکتوبر نومبر دسمبر
ޖެނުއަރީ ފެބްރުއަރީ މާރިޗު އޭޕްރީލް މޭ ޖޫން ޖުލައި އޯގަސްޓު ސެޕްޓެންބަރު އޮކްޓޫބަރު ނޮވެންބަރު ޑިސެންބަރު
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
. . מרס . . . . . . . . .
{_ENGLISH}
jan feb . apr . jun jul aug sep oct nov dec
. . . . . . . . sept . . .
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr . avr . . juil aou . . . déc
. fév . . . . . . . . . .
{_GERMAN}
jänner . mär . . . . . . okt . dez
. . mrz . . . . . . . . .
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene . . abr . . . . setiembre . . dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
. fev . . . . . . set out . .
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen . . . mag giu lug . . ott . .
januari februari maart april mei juni juli augustus september oktober november december
. . mrt . . . . . . . . .
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
. . . . mayis . . . . . kasim aralik
januari februari maret april mei juni juli agustus september oktober november desember
. pebruari mac . . . julai ogos . . nopember disember
januar februar marts april maj juni juli august september oktober november desember
. . . . . . . augusti . . . des
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
янв фев мар апр . июн июл авг сен окт ноя дек
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου \
νοεμβρίου δεκεμβρίου
ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
. . μάρ . μάι . . . . . νοέ .
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
"""
ENGLISH_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun"
)
# Without the article some of them are names of persons, too.
ARABIC_WEEKDAYS: Final = (
    "السبت الأحد الاحد الاثنين الإثنين الأثنين الثلاثاء الثلاثا الأربعاء الاربعاء الاربعا الخميس "
    "الجمعة"
)
URDU_WEEKDAYS: Final = "پیر منگل بدھ جمعرات ہفتہ اتوار جمعہ"
STANDARD_ARABIC_MONTHS: Final = tuple(_STANDARD_ARABIC.split())  # as our own pages write them
ENGLISH_MONTHS: Final = tuple(_ENGLISH.split())
GERMAN_MONTHS: Final = tuple(_GERMAN.split())
GREGORIAN_MONTHS: Final = ARABIC_MONTHS + _OTHER_MONTHS
HIJRI_MONTHS: Final = """
محرم صفر ربيع_الأول ربيع_الثاني جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة
المحرم صفر_الخير ربيع_أول ربيع_الآخر جمادى_الأول جمادى_الثانية . . . . ذي_القعدة ذي_الحجة
محرم_الحرام صفر_المظفر ربيع_1 ربيع_ثاني جمادى_أولى جمادى_الآخر . . . شوال_المكرم ذا_القعدة ذا_الحجة
. . . ربيع_ثان جماد_الأول جمادى_الثاني . شعبان_المعظم رمضان_المبارك . ذو_قعدة ذو_حجة
. . . ربيع_الثان جماد_أول جمادى_ثانية . . . . ذي_قعدة ذي_حجة
. . . ربيع_2 جماد_الأولى جماد_الثاني . . . . ذوالقعدة ذوالحجة
. . . . . جماد_الآخر . . . . ذيقعدة ذيحجة
. . . . . جماد_ثاني . . . . . .
. . . . . جماد_الآخرة . . . . . .
"""
# Iran; Afghanistan in Dari and in Pashto.
SOLAR_MONTHS: Final = """
فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
فروردین_ماه . . تیرماه امرداد . مهرماه آبانماه آذرماه دیماه بهمنماه .
حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب
"""
