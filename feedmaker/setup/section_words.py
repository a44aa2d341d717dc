"""Words that name sections, and the site's editions in other languages, as data."""

from __future__ import annotations

from feedmaker.text.arabic import fold

# What a menu calls the site's editions in other languages, and its feeds.
_EDITIONS = """
    English|Français|Francais|Español|Deutsch|Русский|Türkçe|中文|日本語|فارسی|فارسي|اردو|العربية|عربي|عربی|עברית|Kurdî
    |کوردی|پښتو|Indonesian|Japanese|Hebrew|Arabic|Urdu|Persian|en|fr|ar|RSS|RSS Feed
    """
EDITIONS = frozenset(fold(name) for name in _EDITIONS.split("|"))

# A name for files -> what sections of that kind are called.
_SECTIONS = {
    "sport": "رياضة|الرياضة|أخبار الرياضة|رياضي|رياضية|ورزش|ورزشی|کھیل|کھیلوں|ספורט|sports",
    "economy": "اقتصاد|الاقتصاد|اقتصادية|مال وأعمال|مال|أعمال|اقتصادی|معیشت|کاروبار|תجارת|כלכלה|economy|business",
    "politics": "سياسة|السياسة|سياسية|سیاست|سیاسی|سياسي|פוליטיקה|politics",
    "culture": "ثقافة|الثقافة|ثقافية|ثقافة وفن|ثقافة وفنون|فرهنگ|فرهنگی|ثقافت|תרבות|culture",
    "health": "صحة|الصحة|صحية|طب وصحة|سلامت|بهداشت|صحت|בריאות|health",
    "technology": "تكنولوجيا|تقنية|التقنية|تقنيات|فناوری|ٹیکنالوجی|טכנולוגיה|technology|tech",
    "science": "علوم|العلوم|دانش|علم|سائنس|מדע|science",
    "world": "عالم|العالم|دولي|دولية|عربي ودولي|أخبار دولية|جهان|بین الملل|خارجی|دنیا|بین الاقوامی|עולם|world",
    "local": "محلي|محلية|محليات|أخبار محلية|داخلی|مقامی|חדשות מקומיות|local",
    "arab": "عربي|عربية|أخبار عربية|الوطن العربي",
    "nation": "وطنية|وطني|قومی|پاکستان|national|nation",
    "society": "مجتمع|المجتمع|اجتماعی|جامعه|معاشرہ|חברה|society",
    "opinion": "رأي|الرأي|آراء|مقالات|مقالات الرأي|یادداشت|کالم|דעות|opinion",
    "latest": "آخر الأخبار|أحدث الأخبار|أهم الأخبار|آخرین اخبار|تازہ ترین|חדשות|latest|latest news|news",
    "most-read": "الأكثر قراءة|الأخبار الأكثر قراءة|پربازدیدترین|پربیننده ترین|הנקראות ביותר|most read",
    "art": "فن|الفن|فنون|فن ومشاهير|مشاهير|هنر|شوبز|אמנות|art|arts|entertainment",
    "incidents": "حوادث|الحوادث|قضايا|حوادث وقضايا|جرائم",
    "cars": "سيارات|خودرو|רכב|cars",
    "women": "المرأة|امرأة|مرأة|زنان|خواتین",
    "religion": "دين|إسلاميات|دین و اندیشه|مذہب|יהדות|religion",
    "education": "تعليم|التعليم|آموزش|تعلیم|חינוך|education",
    "travel": "سفر|سياحة|السياحة|گردشگری|سیاحت|תיירות|travel",
    "food": "مطبخ|طعام|غذا|אוכל|food",
    "environment": "بيئة|البيئة|محیط زیست|ماحولیات|סביבה|environment",
    "investigations": "تحقيقات|تقارير|investigations",
}
ENGLISH = {fold(name): slug for slug, names in _SECTIONS.items() for name in names.split("|")}

# A letter, folded -> Latin ones, near enough for a file's name.
_LATIN = """
    a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y p ch zh g k y t d r n h e h a a
    a b g d h v z h t y k k l m m n n s a p p ts ts q r sh t
    """
LETTERS = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیٹڈڑںہےھةىאבגדהוזחטיכךלמםנןסעפףצץקרשת",
        _LATIN.split(),
        strict=True,
    )
)
