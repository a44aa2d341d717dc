"""Small news sites in five languages for the tests of `add`: written for the project, each in a
markup of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from servers import Server, html


@dataclass(frozen=True)
class Press:
    """A site: its language, name, zone, sections, and the words that its headlines and stories are
    made of.
    """

    language: str
    name: str
    zone: str
    offset: str
    phone: str
    sections: tuple[str, ...]
    home: str
    about: str
    latest: str
    popular: str
    headlines: tuple[str, ...]
    text: tuple[str, ...]


PRESSES = (
    Press(
        "ar", "جريدة الشاطئ", "Africa/Tunis", "+01:00", "+21671000000", ("سياسة", "اقتصاد", "رياضة", "ثقافة وفن"),
        "الرئيسية", "من نحن", "آخر الأخبار", "الأكثر قراءة",
        ("الصيادون يعودون إلى الميناء بعد أسبوع من العواصف", "افتتاح جسر المشاة الجديد فوق الوادي الكبير",
         "مدرسة القرية تحتفل بمرور مئة عام على تأسيسها", "مزارعو الشمال يبدأون جني الزيتون قبل موعده",
         "البلدية تزرع ألف شجرة في الحي القديم هذا الشتاء"),
        ("أعلن المجلس المحلي صباح اليوم أن العمل في المشروع سيبدأ مع مطلع الشهر المقبل، بعد أن اكتملت الدراسات كلها.",
         "وقال رئيس المجلس إن الأهالي شاركوا في اختيار المكان، وإن التكلفة أقل مما كان متوقعا قبل عامين من الآن."),
    ),
    Press(
        "fa", "روزنامه ساحل", "Asia/Tehran", "+03:30", "+982100000000", ("سیاست", "اقتصاد", "ورزش", "فرهنگ و هنر"),
        "صفحه اصلی", "درباره ما", "آخرین اخبار", "پربازدیدترین",
        ("ماهیگیران پس از یک هفته توفان به بندر بازگشتند", "پل تازه عابران بر فراز رودخانه شهر گشایش یافت",
         "مدرسه روستا صدمین سال ساخت خود را جشن گرفت", "کشاورزان شمال برداشت زیتون را زودتر آغاز کردند",
         "شهرداری هزار درخت در محله قدیمی شهر می‌کارد"),
        ("شورای شهر امروز اعلام کرد که کار این طرح از آغاز ماه آینده شروع می‌شود و همه بررسی‌ها به پایان رسیده است.",
         "رئیس شورا گفت که مردم در گزینش جای آن همکاری کردند و هزینه آن از آنچه دو سال پیش گمان می‌رفت کمتر است."),
    ),
    Press(
        "ur", "روزنامہ ساحل", "Asia/Karachi", "+05:00", "+922100000000", ("پاکستان", "کاروبار", "کھیل", "صحت"),
        "ہوم", "ہمارے بارے میں", "تازہ ترین", "سب سے زیادہ پڑھی جانے والی",
        ("ماہی گیر ایک ہفتے کے طوفان کے بعد بندرگاہ واپس آ گئے", "دریا پر پیدل چلنے والوں کے لیے نیا پل کھول دیا گیا",
         "گاؤں کے سکول نے اپنے قیام کے سو سال مکمل کر لیے ہیں", "شمال کے کسانوں نے زیتون کی فصل جلد اتارنا شروع کر دی",
         "بلدیہ پرانے محلے میں ایک ہزار درخت لگائے گی اس سال"),
        ("مقامی کونسل نے آج صبح اعلان کیا کہ اس منصوبے پر کام اگلے مہینے کے آغاز سے شروع ہو گا اور جائزے مکمل ہیں۔",
         "کونسل کے سربراہ نے کہا کہ لوگوں نے جگہ کے انتخاب میں حصہ لیا اور اس کی لاگت دو سال پہلے کے اندازے سے کم ہے۔"),
    ),
    Press(
        "he", "עיתון החוף", "Asia/Jerusalem", "+02:00", "+97230000000", ("פוליטיקה", "כלכלה", "ספורט", "תרבות"),
        "ראשי", "אודות", "חדשות אחרונות", "הנקראות ביותר",
        ("הדייגים חזרו אל הנמל אחרי שבוע של סערות קשות", "גשר חדש להולכי רגל נפתח מעל הנחל הגדול",
         "בית הספר של הכפר חוגג מאה שנים להיווסדו השבוע", "החקלאים בצפון החלו במסיק הזיתים לפני הזמן",
         "העירייה תיטע אלף עצים בשכונה הישנה בחורף הזה"),
        ("המועצה המקומית הודיעה הבוקר כי העבודה על המיזם תתחיל בראשית החודש הבא, לאחר שכל הבדיקות הושלמו כנדרש.",
         "ראש המועצה אמר כי התושבים השתתפו בבחירת המקום, וכי העלות נמוכה ממה ששיערו לפני שנתיים ימים."),
    ),
    Press(
        "en", "The Shore Gazette", "Europe/London", "+00:00", "+442000000000",
        ("Politics", "Business", "Sport", "Culture"),
        "Home", "About us", "Latest news", "Most read",
        ("Fishermen return to the harbour after a week of storms",
         "New footbridge across the great valley opens at last",
         "Village school celebrates one hundred years of teaching",
         "Farmers of the north start the olive harvest early",
         "Town council to plant a thousand trees in the old quarter"),
        ("The local council announced this morning that work on the project will begin next month as planned.",
         "The head of the council said that residents had helped to choose the place, and that it costs less."),
    ),
)  # fmt: skip
_FOLDERS = ("politics", "business", "sport", "culture")
COUNT = 9  # stories of a section


def _date(number: int) -> str:
    return f"2026-01-{28 - number % 20:02}"


def story(press: Press, section: int, number: int) -> tuple[str, str]:
    """Path and headline of a story."""
    words = press.headlines[(section + number) % len(press.headlines)]
    return (
        f"/{('politics', 'business', 'sport', 'culture')[section]}/2026/01/{section}{number:04}",
        f"{words} {section}{number}",
    )


def _card(press: Press, section: int, number: int) -> str:
    """A card in the markup of the site."""
    path, title = story(press, section, number)
    deck = escape(press.text[number % 2][:60])
    link, image = f'<a href="{path}">{title}</a>', f'<img src="/i/{number}.jpg">'
    time = f'<time datetime="{_date(number)}">{_date(number)}</time>'
    markups = {
        "ar": f'<div class="news-item"><a href="{path}">{image}</a><h3>{link}</h3></div>',
        "fa": f"<li><h4>{link}</h4><p>{deck}</p>{time}</li>",
        "ur": f'<table><tr><td><a href="{path}">{image}</a></td><td>{link}</td></tr></table>',
        "he": f'<article><a href="{path}"><figure>{image}</figure><h2>{title}</h2><p>{deck}</p></a></article>',
        "en": f'<div class="css-{number}x"><a href="{path}"><span>{title}</span></a><span>{deck}</span></div>',
    }
    return markups[press.language]


def _page(press: Press, title: str, main: str, head: str = "") -> str:
    paths = ("/politics", "/business", "/sport", "/culture")
    items = "".join(
        f'<li><a href="{p}">{n}</a></li>' for p, n in zip(paths, press.sections, strict=True)
    )
    lang = {"ar": "ar-TN", "ur": "en-US"}.get(
        press.language, press.language
    )  # one of them lies, as sites do
    popular = "".join(
        f'<li><a href="{story(press, s, 1)[0]}">{story(press, s, 1)[1]}</a></li>' for s in range(4)
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | {press.name}</title>'
        f"{head}</head><body>"
        f'<header><a class="logo" href="/"><img alt="{press.name}" src="/logo.png"></a></header>'
        f'<nav><ul><li><a href="/">{press.home}</a></li>{items}<li><a href="/about">{press.about}</a></li></ul></nav>'
        f"<main>{main}</main><aside><h3>{press.popular}</h3><ol>{popular}</ol></aside>"
        f'<footer><a href="tel:{press.phone}">{press.phone}</a> <a href="/privacy">Privacy</a></footer></body></html>'
    )


def fill(server: Server, press: Press) -> None:
    """Put the whole site on a server."""
    blocks = "".join(_card(press, s, n) for n in range(1, 3) for s in range(4))
    server.page(
        "/",
        html(
            _page(
                press, press.home, f"<section><h2>{press.latest}</h2><div>{blocks}</div></section>"
            )
        ),
    )
    for section, name in enumerate(press.sections):
        cards = "".join(_card(press, section, number) for number in range(1, COUNT + 1))
        path = story(press, section, 1)[0].split("/")[1]
        server.page(f"/{path}", html(_page(press, name, f"<h1>{name}</h1><div>{cards}</div>")))
        for number in range(1, COUNT + 1):
            url, title = story(press, section, number)
            stamp = f"{_date(number)}T10:30:00{press.offset}"
            head = f'<meta property="og:type" content="article"><meta property="article:published_time" content="{stamp}">'
            text = "".join(f"<p>{press.text[k % 2]} ({number}.{k})</p>" for k in range(8))
            server.page(
                url,
                html(
                    _page(
                        press, title, f"<article><h1>{title}</h1><div>{text}</div></article>", head
                    )
                ),
            )
