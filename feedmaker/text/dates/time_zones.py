"""The names of time zones as data: words that say one follows, places, abbreviations."""

from __future__ import annotations

ZONE_WORDS = """
توقيت بتوقيت التوقيت بالتوقيت لتوقيت حسب_توقيت حسب_التوقيت بحسب_توقيت وفق_توقيت وفق_التوقيت به_وقت time heure_de
heure_d heure_locale hora_de hora_local ora_di ora_locale saati שעון
"""
GMT = "gmt utc غرينتش جرينتش غرينيتش جرينيتش غرينتشي كرينتش قرينتش ت_غ تغ ت_ج گرینویچ greenwich"
LOCAL = "المحلي محلي المحلية بالمحلي local locale محلی המקומי"
CITIES = """
UTC غرينتش_العالمي العالمي العالمي_المنسق العالمي_الموحد universal universel
Asia/Riyadh مكة مكة_المكرمة المدينة_المنورة السعودية المملكة_العربية_السعودية السعودي الرياض جدة makkah mecca
Asia/Riyadh riyadh saudi ksa
Asia/Dubai أبوظبي أبو_ظبي دبي الإمارات الإماراتي الشارقة dubai abu_dhabi uae
Africa/Cairo القاهرة مصر المصري المصرية الإسكندرية cairo egypt قاهره
Africa/Casablanca الرباط المغرب المغربي الدار_البيضاء rabat casablanca morocco
Africa/Algiers الجزائر الجزائري algiers algeria alger
Africa/Tunis تونس التونسي tunis tunisia
Africa/Tripoli طرابلس ليبيا الليبي بنغازي tripoli libya
Africa/Khartoum الخرطوم السودان السوداني khartoum sudan
Africa/Nouakchott نواكشوط موريتانيا nouakchott mauritania
Africa/Mogadishu مقديشو الصومال
Africa/Djibouti جيبوتي
Asia/Beirut بيروت لبنان اللبناني beirut lebanon beyrouth
Asia/Damascus دمشق سوريا سورية السوري حلب damascus syria
Asia/Amman عمان الأردن الأردني amman jordan
Asia/Baghdad بغداد العراق العراقي أربيل baghdad iraq
Asia/Kuwait الكويت الكويتي kuwait
Asia/Qatar الدوحة قطر القطري doha qatar
Asia/Bahrain المنامة البحرين البحريني manama bahrain
Asia/Muscat مسقط سلطنة_عمان العماني muscat oman
Asia/Aden صنعاء عدن اليمن اليمني sanaa aden yemen
Asia/Jerusalem القدس القدس_المحتلة إسرائيل תל_אביב ישראל jerusalem israel tel_aviv
Asia/Gaza غزة فلسطين gaza palestine
Asia/Hebron رام_الله ramallah
Asia/Tehran طهران إيران تهران ایران tehran iran
Asia/Kabul كابول كابل أفغانستان کابل kabul افغانستان
Asia/Karachi إسلام_آباد باكستان کراچی پاکستان islamabad pakistan
Asia/Kolkata نيودلهي الهند delhi india
Europe/Istanbul إسطنبول اسطنبول أنقرة تركيا istanbul ankara turkey türkiye
Europe/London لندن بريطانيا البريطاني london uk
Europe/Paris باريس فرنسا paris
Europe/Madrid مدريد إسبانيا madrid
Europe/Berlin برلين ألمانيا وسط_أوروبا أوروبا_الوسطى berlin
Europe/Rome روما إيطاليا rome
Europe/Brussels بروكسل brussels bruxelles
Europe/Athens أثينا شرق_أوروبا athens
Europe/Moscow موسكو روسيا moscow
America/New_York نيويورك واشنطن شرق_الولايات_المتحدة الشرق_الأمريكي شرق_أمريكا eastern new_york washington
America/Los_Angeles لوس_أنجلوس pacific
Asia/Tokyo طوكيو اليابان tokyo
Asia/Shanghai بكين بيجين الصين beijing
"""
# Minutes east of Greenwich. The American ones: RFC 5322, section 4.3; AST and GST as Arabic sites
# mean them. IST and others with several meanings are known only where the site's own zone goes by
# them.
ABBREVIATIONS = {
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "wet": 0, "west": 60, "bst": 60, "wat": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
    "cat": 120, "sast": 120, "idt": 180, "msk": 180, "trt": 180, "ast": 180, "eat": 180, "irst": 210, "gst": 240,
    "pkt": 300, "wib": 420, "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "ist": None,
}  # fmt: skip
