"""Cities and countries as data: where datelines begin, and which zone a date text names by a place.

`_` stands within a name of several words. A zone may have several lines.
"""

from __future__ import annotations

from typing import Final

# A time zone (IANA), then the cities that date texts name it by; datelines begin with them too.
_CITIES_OF_ZONES: Final = """\
Asia/Riyadh مكة مكة_المكرمة المدينة_المنورة الرياض جدة makkah mecca riyadh
Asia/Dubai أبوظبي أبو_ظبي دبي الشارقة dubai abu_dhabi
Africa/Cairo القاهرة الإسكندرية cairo قاهره
Africa/Casablanca الرباط الدار_البيضاء rabat casablanca
Africa/Algiers الجزائر algiers alger
Africa/Tunis تونس tunis
Africa/Tripoli طرابلس بنغازي tripoli
Africa/Khartoum الخرطوم khartoum
Africa/Nouakchott نواكشوط nouakchott
Africa/Mogadishu مقديشو
Africa/Djibouti جيبوتي
Asia/Beirut بيروت beirut beyrouth
Asia/Damascus دمشق حلب damascus
Asia/Amman عمان amman
Asia/Baghdad بغداد أربيل baghdad
Asia/Kuwait الكويت
Asia/Qatar الدوحة doha
Asia/Bahrain المنامة manama
Asia/Muscat مسقط muscat
Asia/Aden صنعاء عدن sanaa aden
Asia/Jerusalem القدس القدس_المحتلة תל_אביב jerusalem tel_aviv
Asia/Gaza غزة gaza
Asia/Hebron رام_الله ramallah
Asia/Tehran طهران تهران tehran
Asia/Kabul كابول كابل کابل kabul
Asia/Karachi إسلام_آباد کراچی islamabad
Asia/Kolkata نيودلهي delhi
Europe/Istanbul إسطنبول اسطنبول أنقرة istanbul ankara
Europe/London لندن london
Europe/Paris باريس paris
Europe/Madrid مدريد madrid
Europe/Berlin برلين berlin
Europe/Rome روما rome
Europe/Brussels بروكسل brussels bruxelles
Europe/Athens أثينا athens
Europe/Moscow موسكو moscow
America/New_York نيويورك واشنطن new_york washington
America/Los_Angeles لوس_أنجلوس
Asia/Tokyo طوكيو tokyo
Asia/Shanghai بكين beijing بيجين
"""
# A time zone, then the countries, adjectives and regions that date texts name it by.
_REGIONS_OF_ZONES: Final = """\
UTC غرينتش_العالمي العالمي العالمي_المنسق العالمي_الموحد universal universel
Asia/Riyadh السعودية المملكة_العربية_السعودية السعودي saudi ksa
Asia/Dubai الإمارات الإماراتي uae
Africa/Cairo مصر المصري المصرية egypt
Africa/Casablanca المغرب المغربي morocco
Africa/Algiers الجزائري algeria
Africa/Tunis التونسي tunisia
Africa/Tripoli ليبيا الليبي libya
Africa/Khartoum السودان السوداني sudan
Africa/Nouakchott موريتانيا mauritania
Africa/Mogadishu الصومال
Asia/Beirut لبنان اللبناني lebanon
Asia/Damascus سوريا سورية السوري syria
Asia/Amman الأردن الأردني jordan
Asia/Baghdad العراق العراقي iraq
Asia/Kuwait الكويتي kuwait
Asia/Qatar قطر القطري qatar
Asia/Bahrain البحرين البحريني bahrain
Asia/Muscat سلطنة_عمان العماني oman
Asia/Aden اليمن اليمني yemen
Asia/Jerusalem إسرائيل ישראל israel
Asia/Gaza فلسطين palestine
Asia/Tehran إيران ایران iran
Asia/Kabul أفغانستان افغانستان
Asia/Karachi باكستان پاکستان pakistan
Asia/Kolkata الهند india
Europe/Istanbul تركيا turkey türkiye
Europe/London بريطانيا البريطاني uk
Europe/Paris فرنسا
Europe/Madrid إسبانيا
Europe/Berlin ألمانيا وسط_أوروبا أوروبا_الوسطى
Europe/Rome إيطاليا
Europe/Athens شرق_أوروبا
Europe/Moscow روسيا
America/New_York شرق_الولايات_المتحدة الشرق_الأمريكي شرق_أمريكا eastern
America/Los_Angeles pacific
Asia/Tokyo اليابان
Asia/Shanghai الصين
"""
# Other cities that datelines begin with.
_OTHER_CITIES: Final = """\
مراكش فاس طنجة أكادير مكناس وجدة تطوان العيون الداخلة القنيطرة سلا وهران قسنطينة عنابة صفاقس سوسة
مصراتة سبها الجيزة أسوان الأقصر السويس بورسعيد العريش أم_درمان بورتسودان الفاشر
جوبا أسمرة أديس_أبابا
الدمام الطائف تبوك أبها حائل نجران جازان عجمان صلالة تعز الحديدة مأرب المكلا البصرة الموصل كركوك
النجف كربلاء السليمانية حمص حماة اللاذقية درعا إدلب دير_الزور الرقة القامشلي صيدا صور بعلبك إربد
الزرقاء العقبة خان_يونس رفح نابلس الخليل جنين بيت_لحم حيفا الناصرة تل_أبيب
كراتشي لاهور نيو_دلهي مومباي دكا كولومبو كاتماندو
باكو يريفان تبليسي كييف مينسك وارسو براغ بودابست بوخارست صوفيا نيقوسيا بلغراد زغرب سراييفو تيرانا
فيينا جنيف زيورخ برن ميونخ فرانكفورت أمستردام لاهاي لوكسمبورغ مرسيليا ليون ستراسبورغ مانشستر دبلن
برشلونة لشبونة ميلانو الفاتيكان كوبنهاغن ستوكهولم أوسلو هلسنكي الأمم_المتحدة
شيكاغو ميامي أوتاوا مونتريال تورونتو مكسيكو هافانا كراكاس بوغوتا ليما سانتياغو بوينس_آيرس برازيليا
ريو_دي_جانيرو ساو_باولو
شنغهاي هونغ_كونغ سيول سيئول بيونغ_يانغ تايبيه بانكوك هانوي مانيلا جاكرتا كوالالمبور سنغافورة
سيدني كانبرا ويلينغتون داكار باماكو نيامي واغادوغو أبيدجان أكرا أبوجا لاغوس نجامينا كينشاسا نيروبي
كمبالا دار_السلام جوهانسبرغ بريتوريا كيب_تاون
مشهد اصفهان شیراز تبریز پشاور کوئٹہ راولپنڈی
ירושלים geneva vienna kyiv warsaw karachi new_delhi seoul genève rom wien
"""


def _by_zone(*tables: str) -> dict[str, tuple[str, ...]]:
    """Return the places of each zone, in the order of the tables."""
    found: dict[str, tuple[str, ...]] = {}
    for line in "".join(tables).splitlines():
        zone, *names = line.split()
        places = [name.replace("_", " ") for name in names]
        found[zone] = (*found.get(zone, ()), *places)
    return found


# Zone -> all names that date texts have for it.
PLACES_OF_ZONES: Final = _by_zone(_CITIES_OF_ZONES, _REGIONS_OF_ZONES)
# The places that datelines begin with.
DATELINE_CITIES: Final = tuple(
    name.replace("_", " ")
    for name in f"{_CITIES_OF_ZONES}{_OTHER_CITIES}".split()
    if "/" not in name
)
