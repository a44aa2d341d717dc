"""Labels of news pages, bylines and datelines, told apart from headlines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.text.arabic import fold, tidy
from feedmaker.text.label_words import (
    AGENCIES,
    BYLINES,
    DOUBTFUL_BYLINES,
    LABELS,
    NETWORKS,
    OFFICES,
    SMALL_WORDS,
    WAW_NAMES,
)
from feedmaker.text.labels import (
    agency,
    byline,
    credits_picture,
    has_sign,
    is_trail,
    label,
    may_name_agency,
    place_and_source,
    requests,
    starts,
)

if TYPE_CHECKING:
    from pathlib import Path


# Labels met on real pages, and their like in other languages and spellings.
SEEN_LABELS = {
    "related": """
        اقرأ أيضاً: | إقرأ أيضا .. | اقرا ايضا | طالع أيضاً | شاهد أيضا | قد يهمك أيضا | قد يهمك
        | قد يعجبك أيضاً | مواضيع ذات صلة | أخبار ذات صلة | مواضيع ذات علاقة | الموضوعات المتعلقة
        | مواضيع ساخنة اخرى | نرشح لك | بیشتر بخوانید: | مطالب مرتبط | یہ بھی پڑھیں | קראו גם
        | Related articles (5) | Read also | You may also like | Lire aussi : | À lire aussi
        | Lesen Sie auch: | Mehr zum Thema | Te puede interesar | Leggi anche | Leia também | Lees ook
        | Czytaj też | İlgili haberler | Читайте также""",
    "most-read": """
        الأكثر قراءة | الاخبار الأكثر قراءة | المواضيع الأكثر قراءة | الأكثر تصفحاً
        | أكثر الأخبار قراءة | الأكثر مشاهدة | پربازدیدترین ها | مقبول خبریں | Most Read | Trending
        | Les plus lus | Meistgelesen | Lo más leído""",
    "latest": """
        آخر الأخبار | أخر الأخبار | اخر اﻷخبار | أحدث الأخبار | عاجل | آخرین اخبار | تازہ ترین
        | Latest News""",
    "read-more": """
        اقرأ المزيد | إقرأ المزيد | المزيد ... | التفاصيل | للمزيد | ادامه مطلب | مزید | Read more »
        | Lire la suite""",
    "share": """
        شارك | مشاركة | شارك هذا الخبر : | مشاركه الخبر : | شارك على فيسبوك | شارك عبر واتساب
        | انسخ الرابط | Facebook | اشتراک گذاری | Share | Share on X | Share this: | SHARES 12
        | Partager sur Twitter | Teilen | Instagram and Facebook""",
    "print": """
        طباعة | اطبع الخبر | نسخه چاپی | کد خبر: 445120 | رقم الخبر: 33 | Print | Imprimer
        | Drucken""",
    "follow": """
        تابعونا على | تابعنا عبر | تابعوا RT على تليغرام | تابعوا آخر أخبارنا عبر غوغل نيوز | Follow us
        | Follow BBC News on Twitter""",
    "comments": """
        تعليقات (0) | 5 تعليقات | أضف تعليق | اضف تعليقاً | لا توجد تعليقات على الخبر | ارسال نظر
        | تبصرے | 12 Comments""",
    "tags": """
        الكلمات الدالة : | كلمات مفتاحية | وسوم | برچسب ها | Tags: | Mots clés""",
    "newsletter": """
        النشرة البريدية | اشترك في نشرتنا | خبرنامه | Newsletter | Sign up for our newsletter""",
    "advert": """
        إعلان | إعلانات | مساحة إعلانية | Advertisement | Publicité | Anzeige
        | Article continues below advertisement | Story continues below""",
    "copyright": """
        جميع الحقوق محفوظة © 2019 | © 2020 حقوق النشر محفوظة لـاليوم السابع | © 2021 ایکسپریس اردو
        | All rights reserved""",
    "login": """
        تسجيل الدخول | نسيت كلمة المرور | ورود | Log in | Anmelden""",
    "consent": """
        سياسة الخصوصية | شروط الاستخدام | Privacy Policy | Accept all cookies | Datenschutz""",
    "navigation": """
        الرئيسية | الصفحة الرئيسية | من نحن؟ | إتصل بنا | صفحه نخست | ہوم | Home | Skip to content""",
    "video": """
        فيديو | بالفيديو | ویدئو | Video | Watch now""",
    "gallery": """
        صور | معرض الصور | عکس | Photos | Bildergalerie""",
    "photo-credit": """
        تصوير: أحمد | الصورة: رويترز | Photo: AFP | Photo: AFP / Bo Ek | Image source: Getty | Getty Images | Foto: dpa""",
    "updated": """
        آخر تحديث: 12 مايو 2024 | آخر تحديث 12 مايو 2024 10:30 | Updated: 3 May 2024 | Last updated
        | Mis à jour le 3 mai 2024""",
    "published": """
        تاريخ النشر: 03.06.2020 | نشر في: 21/11/2024 | تاریخ انتشار: ۲۱ ارديبهشت ۱۳۹۹
        | Published May 3, 2024""",
    "source": """
        المصدر: رويترز | المصدر: "سانا" + RT | منبع: ایسنا | Source: NAIC""",
    "agency": """
        رويترز | --(بترا) | (أ.ف.ب) | أ ف ب | وكالات - رويترز | Reuters / AFP | ایسنا""",
    "reading-time": """
        قراءة 5 دقائق | 5 min read | Reading time: 8 minutes | 3 Min. Lesezeit
        | Temps de lecture : 3 min | زمان مطالعه: ۳ دقیقه | Lesedauer: 8 Min. | Tempo di lettura""",
    "end": "انتهای پیام/ | (انتهى)",
    "byline": """
        كتب: أحمد علي | كتبت أسماء نصار | بقلم | By John Smith | About the author""",
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text.strip()) for kind, texts in SEEN_LABELS.items() for text in texts.split("|")],
)
def test_label(kind: str, text: str) -> None:
    """Labels in their spellings, with counts, networks, dates and names, are what they are, also
    when repaired.
    """
    assert label(text) == kind
    assert label(f"  {tidy(text)}\n") == kind


@pytest.mark.parametrize(
    "text",
    [
        "شاهد أيضا كيف تمكن المغرب من الفوز على البرتغال في كأس العالم",
        "المزيد من الأمطار متوقعة في شمال المملكة",
        "كتب أحمد شوقي قصيدة جديدة في مدح الملك",
        "فيسبوك يطلق خدمة جديدة في المغرب",
        "انقطاع خدمات فيسبوك وواتساب حول العالم",
        "إعلان حالة الطوارئ في العاصمة",
        "عاجل.. المغرب يعلن عن إجراءات جديدة",
        "تعليق الدراسة في الرباط",
        "مشاركة واسعة في الانتخابات",
        "رئيس التحرير : جمال الشناوي",
        "Twitter buys a rival in Berlin",
        "By the time he arrived it was over",
        "Share prices fall in London",
        "Von München bis Aachen: Im Netz der Agenten",
        "Update the reviews in a 30-day period.",
        *(
            "أخبار الفن",
            "رياضة",
            "الفرقان",
            "2024",
            "",
            " ",
            "X",
            "...",
            "٪",
            "Conclusion",
            "Berlin",
        ),
        "a" * 1000,
    ],
)
def test_no_label(text: str) -> None:
    """Headlines that begin like a label, sections, sentences and scraps are no furniture."""
    assert label(text) is None


def test_labels_of_real_stories(shared: Path) -> None:
    """Of the headlines and paragraphs of real stories not two in a thousand are taken for a label."""
    lines = []
    for path in sorted((shared / "data/arabic/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        lines += [gold.get("title") or "", *(gold.get("body") or [])]
    for row in (shared / "data/news/gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(row)
        lines += [gold["title"], *gold["body"]]
    lines = [line for line in lines if line.strip()]
    wrong = [(line, label(line) or starts(line)) for line in lines if label(line) or starts(line)]
    assert len(lines) > 2000
    assert len(wrong) * 500 < len(lines), wrong


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (
            "An dieser Stelle finden Sie Inhalte von Dritten, die einen externen Inhalt zeigen.",
            True,
        ),
        ("Ich bin damit einverstanden, dass mir Beiträge von Netzwerken angezeigt werden.", True),
        ("Personenbezogene Daten können dabei an andere Anbieter übermittelt werden.", True),
        ("By signing up for our letter you agree to our terms.", True),
        ("We use cookies to make this page better.", True),
        (
            "Pour afficher ce contenu, acceptez. Les cookies sont nécessaires pour afficher la vidéo.",
            True,
        ),
        ("نستخدم في هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك", True),
        ("بالضغط على زر الاشتراك فإنك توافق على شروط الموقع", True),
        ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", True),
        ("Your email address will not be published. Required fields are marked *", True),
        ("La suite est réservée aux abonnés.", True),
        ("يرجى تفعيل جافا سكريبت لعرض هذه الصفحة", True),
        ("المقال يعبر عن رأي كاتبه ولا يعبر بالضرورة عن رأي الموقع", True),
        ("ما ينشر في هذه الزاوية يعبر عن رأي أصحابه", True),
        ("الخبر منقول، ولا يتحمل الموقع أي مسؤولية عنه", True),
        ("این مطلب صرفا نظر نویسنده است", True),
        ("ادارے کا مضمون نگار کی رائے سے متفق ہونا ضروری نہیں", True),
        ("Les opinions exprimées ici n'engagent que leur auteur", True),
        ("The views expressed in this piece are those of the author", True),
        ("قال النائب إن الوزير لا يتحمل وحده مسؤولية ما جرى", False),
        ("وأضاف أن البيان لا يعبر عن رأي الحكومة ولا يلزمها", False),
        ("We and our 842 partners store and access information on the device.", True),
        ("This summary was generated by a machine and read by the editor.", True),
        ("The partners store and access the grain of the village, she said.", False),
        ("Please do not call Java JavaScripting, he said.", False),
        (
            "The court ruled that the firm had used cookies without asking the visitors of its shop.",
            False,
        ),
        ("Der Minister ist einverstanden, die Länder sind es nicht.", False),
        ("توافق الطرفان على استئناف المفاوضات يوم الاثنين", False),
        ("Der Datenschutz bleibt Sache der Länder, sagte die Ministerin.", False),
    ],
)
def test_requests_for_consent(text: str, asks: bool) -> None:
    """What a site asks its reader for is told from what a story says of consent, cookies and data."""
    assert requests([text, "Another text."]) == ({text: "consent"} if asks else {})


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Article réservé aux abonnés. Il vous reste 80 % à lire.", True),
        ("Dieser Artikel ist nur für Abonnenten lesbar.", True),
        ("Dit artikel is alleen toegankelijk voor abonnees.", True),
        ("Artikkelen er kun for abonnenter.", True),
        ("Ten artykuł jest dostępny tylko dla prenumeratorów.", True),
        ("Contenido exclusivo para suscriptores.", True),
        ("Conteúdo exclusivo para assinantes.", True),
        ("Articolo riservato agli abbonati.", True),
        ("Článek je pouze pro předplatitele.", True),
        ("Статья доступна только для подписчиков.", True),
        ("Soutenez-nous : nous vivons de vos dons.", True),
        ("Steun ons vanaf 3 euro per maand.", True),
        ("Podpořte nás stokorunou měsíčně.", True),
        ("You are receiving this because you signed up on our site.", True),
        ("Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.", True),
        ("Recibes este correo porque te suscribiste.", True),
        ("Vous recevez cet e-mail car vous êtes inscrit.", True),
        ("If you enjoyed this story, consider supporting us on Patreon.", True),
        ("Thanks for reading! Subscribe for free to receive new posts.", True),
        ("Dir gefällt dieser Text? Dann werde jetzt Mitglied.", True),
        ("Das Journal lebt von seinen Lesern: faites un don.", True),
        ("Подпишитесь на рассылку, чтобы получать главное", True),
        ("إذا أعجبك هذا المقال ادعمنا بمبلغ صغير كل شهر", True),
        ("欢迎关注微信公众号,第一时间获取最新资讯", True),
        ("扫描二维码下载客户端", True),
        ("LINE公式アカウントを友だち追加して受け取ろう", True),
        ("メールマガジンの登録はこちら", True),
        ("乘客扫描二维码即可进站。", False),
        ("関係者は公式アカウントで謝罪した。", False),
        ("She enjoyed the story, and supported the school.", False),
        ("Die Zeitung hat in einem Jahr dreitausend Abonnenten verloren.", False),
        ("La revista perdió este año a la mitad de sus suscriptores.", False),
        ("Le train coûte 30 euros par mois, et la carte est réservée aux élèves.", False),
        ("She asked why she was receiving this letter at all.", False),
    ],
)
def test_requests_for_subscriptions(text: str, asks: bool) -> None:
    """A line says for whom the rest is, or asks for gifts; a story may tell of subscribers."""
    assert requests([text, "Another text."]) == ({text: "subscription"} if asks else {})


@pytest.mark.parametrize(
    ("request_", "beside", "is_found"),
    [
        ("Sie erhalten diese E-Mail, weil Sie dabei sind.", "The road, and the café.", True),
        ("Sie erhalten diese E-Mail, weil Sie dabei sind.", "The road, and the house.", False),
        ("Sie erhalten diese E-Mail, weil Sie dabei sind.", "Road closed.", True),
        ("Already a subscriber? Log in.", "Die Straße ist gesperrt.", False),
        ("Already a subscriber? Log in.", "الطريق مغلق", False),
        ("Already a subscriber? Log in.", "Die Str. ist gesperrt.", True),
        ("Already a subscriber? Log in.", "Straße: I told you so.", True),
        ("Already a subscriber? Log in.", "Straße: on the road.", True),
        ("Join our Telegram channel.", "Die Straße ist gesperrt.", True),
        ("Join our Telegram channel.", "The road, and the house.", True),
    ],
)
def test_requests_are_not_looked_for_in_a_language_that_a_story_is_not_in(
    request_, beside, is_found
):
    """English has its article or "you", and no letter beyond its own; other languages have some."""
    assert (request_ in requests([request_, beside])) is is_found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("اقرأ أيضاً: رئيس الحكومة يعلن عن إجراءات", "related"),
        ("اقرأ أيضا | خبر آخر", "related"),
        ("شاهد أيضا .. فيديو جديد", "related"),
        ("قد يهمك أيضا\nخبر آخر في سطر", "related"),
        ("اقرأ المزيد: تفاصيل الحادث", "read-more"),
        ("READ MORE: US actor dies", "read-more"),
        ("Lire aussi : le gouvernement annonce", "related"),
        ("Lesen Sie auch – Mehr aus Berlin", "related"),
        ("Les også: Ny bro over elva", "related"),
        ("Čtěte také: Nový most přes řeku", "related"),
        ("আরও পড়ুন: নদীর উপর নতুন সেতু", "related"),
        ("المصدر: رويترز ووكالات", "source"),
        ("آخر تحديث: 12 مايو", "updated"),
        ("شاهد أيضا كيف تمكن المغرب من الفوز", None),
        ("اقرأ أيضاً:", None),
        ("عاجل: انفجار في العاصمة", None),
        ("فيديو: انفجار في العاصمة", None),
        ("التفاصيل: قال المسؤول إن", None),
        ("Details: 114 W. Adams St.", None),
        ("الملك: المغرب بلد السلام", None),
        ("", None),
    ],
)
def test_starts(text: str, kind: str | None) -> None:
    """A lead-in before a separator tells that another story's headline follows; without one it is a
    headline itself.
    """
    assert starts(text) == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("كتب: أحمد علي", ("أحمد علي",)),
        ("كتب أحمد علي", ("أحمد علي",)),
        ("كتبت - سارة حسن", ("سارة حسن",)),
        ("كتبت أسماء نصار", ("أسماء نصار",)),
        ("بقلم/ د. محمد علي", ("د. محمد علي",)),
        ("إعداد: أحمد علي وسارة حسن", ("أحمد علي", "سارة حسن")),
        ("كتب: محمد علي ووليد حسن، سامي فهمي", ("محمد علي", "وليد حسن", "سامي فهمي")),
        ("تحرير: أحمد وليد", ("أحمد وليد",)),
        ("كتب: وليد وائل", ("وليد وائل",)),
        ("بقلم: أحمد الشرقاوي | 12 مايو 2024", ("أحمد الشرقاوي",)),
        ("حوار: آسيا العتروس", ("آسيا العتروس",)),
        ("كتب - محمود السعيد - رويترز", ("محمود السعيد",)),
        ("نویسنده: علی رضایی", ("علی رضایی",)),
        ("מאת: דוד כהן", ("דוד כהן",)),
        ("By John Smith and Jane Doe", ("John Smith", "Jane Doe")),
        ("BY JOHN SMITH", ("JOHN SMITH",)),
        ("By Maria de la Cruz, Senior Reporter", ("Maria de la Cruz",)),
        ("Written by: John Smith", ("John Smith",)),
        ("Par Jean Dupont et Anne Martin", ("Jean Dupont", "Anne Martin")),
        ("Von Anna Müller, Berlin", ("Anna Müller",)),
        ("Por Juan Pérez y Ana Gómez", ("Juan Pérez", "Ana Gómez")),
        ("تحرير: رويترز", ()),
        ("كتب: فريق التحرير", ()),
        ("بقلم: يورونيوز • آخر تحديث: 23/05/2020", ()),
        ("By Reuters Staff", ()),
    ],
)
def test_byline(text: str, names: tuple[str, ...]) -> None:
    """Bylines give their names as typed: several apart, without agencies, desks, dates and places."""
    assert byline(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "كتب أحمد شوقي قصيدة جديدة في مدح الملك",
        "مراسل اليوم السابع",
        "تقرير جديد عن الاقتصاد",
        "أحمد علي",
        "كتب:",
        "كتب",
        "",
        "By the time he arrived",
        "By car",
        "Von wegen Sommer",
        "Par ailleurs",
        "Por fin llega",
        "Bylaws: new rules",
        "🇵🇹 Por | 0.77 | 9.58",
    ],
)
def test_no_byline(text: str) -> None:
    """A sentence that opens with such a word, a name alone, or the word alone is none."""
    assert byline(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("الرباط - المغرب اليوم", ("الرباط", "المغرب اليوم")),
        ("القاهرة – أ ش أ", ("القاهرة", "أ ش أ")),
        ("طرابلس - فاطمة سعداوي", ("طرابلس", "فاطمة سعداوي")),
        ("مانيلا ـ عادل سلامه", ("مانيلا", "عادل سلامه")),
        ("الدار البيضاء : جميلة عمر", ("الدار البيضاء", "جميلة عمر")),
        ("بيروت (رويترز)", ("بيروت", "رويترز")),
        ("قرية بعيدة - وكالات", ("قرية بعيدة", "وكالات")),
        ("LONDON (Reuters) -", ("LONDON", "Reuters")),
        ("غزة - معا", ("غزة", "معا")),
    ],
)
def test_dateline(text: str, parts: tuple[str, str]) -> None:
    """Datelines of real pages are told, and parted into the place and whose word it is."""
    assert tuple(part.strip(" -)") for part in place_and_source(text) or ()) == parts


@pytest.mark.parametrize(
    "text",
    [
        "دمشق - اشتباكات عنيفة في الغوطة الشرقية اليوم",
        "رويترز",
        "وكالات - رويترز",
        "--(بترا)",
        "القاهرة",
        "سياسة - اقتصاد",
        "",
        "-",
        "الرباط -",
    ],
)
def test_no_dateline(text: str) -> None:
    """A headline behind a city, an agency alone, a city alone, a list of sections are none."""
    assert place_and_source(text) is None


# ---- the data

DATA = [
    *LABELS.values(),
    AGENCIES,
    BYLINES,
    DOUBTFUL_BYLINES,
    NETWORKS,
    OFFICES,
    SMALL_WORDS,
    WAW_NAMES,
]


@pytest.mark.parametrize("data", DATA)
def test_data_is_well_formed(data: str) -> None:
    """Braces are in pairs and not nested, no phrase is empty or has a digit, by which they are
    parsed.
    """
    depth = 0
    for character in data:
        depth += (character == "{") - (character == "}")
        assert depth in (0, 1)
        assert not character.isdigit()
    assert depth == 0
    assert all(fold(phrase.replace("{", " ").replace("}", " ")) for phrase in data.split("|"))


@given(st.text(max_size=100))
def test_anything(text: str) -> None:
    """Any string is taken, and what is a label stays one when repaired."""
    for function in (label, starts, byline, place_and_source):
        function(text)
    assert label(tidy(text)) == label(tidy(tidy(text)))


@given(st.lists(st.sampled_from(["رويترز", "AFP", "Reuters", "مدريد", " - ", "ـ", "/", " "])))
def test_only_what_may_name_an_agency_does(words: list[str]) -> None:
    """So that no other text need be taken apart."""
    text = "".join(words)
    dateline = place_and_source(text)
    source = dateline is not None and agency(dateline[1])
    assert may_name_agency(text) or not (agency(text) or source)


@pytest.mark.parametrize("piece", ["اقرأ أيضا: ", "كتب: ", "و", ": ", "- ", "\ud800", "Facebook "])
def test_hostile_text(piece: str) -> None:
    """A megabyte is no label, no byline and no dateline, and is looked at no further than need be."""
    text = piece * (1_000_000 // len(piece))
    assert (label(text), byline(text), place_and_source(text)) == (None, None, None)
    assert starts(text) in (None, "related")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("الرئيسية » أخبار محلية وعربية وعالمية", True),
        ("Startseite / Politik", True),
        ("رئيس الحكومة / وزير الداخلية", False),
        ("Search / Replace", False),
        ("الرئيسية", False),
    ],
)
def test_the_trail_from_the_home_page(text: str, is_one: bool) -> None:
    """It begins with what calls the home page, and goes on behind a sign."""
    assert is_trail(text) is is_one


def test_a_credit_begins_with_what_credits_pictures():
    """One word or several, with or without a name behind."""
    lines = ["Photo", "Photo: AFP", "Getty Images", "صورة من الأرشيف"]
    assert all(credits_picture(line) for line in lines)
    assert not any(credits_picture(line) for line in ["", "A photo of the road", "Getty"])


@given(st.text("ab :|»«›…–—ـ>/.\\\\-الرئيسية اقرأ أيضا", max_size=60).map(str.strip))
def test_only_a_text_with_a_sign_begins_with_a_label_or_is_a_trail(text: str) -> None:
    """So that no text without one need be asked either."""
    assert has_sign(text) or (starts(text) is None and not is_trail(text))


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("اقرأ أيضا: خبر", True),
        ("الرئيسية » رياضة", True),
        ("عنوان من كلمات", False),
        (": a", False),
    ],
)
def test_a_sign_stands_behind_something(text: str, has_one: bool) -> None:
    """What begins with it has nothing to part."""
    assert has_sign(text) is has_one
