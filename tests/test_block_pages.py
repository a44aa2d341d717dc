"""Pages in place of pages: challenges, consents, logins, errors, works, in many languages; and
articles about them.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker.html import block_pages
from feedmaker.model.errors import ExtractError
from feedmaker.text import arabic

_TOLD = tomllib.loads((files("feedmaker.html") / "block_pages.toml").read_text("utf-8"))
STORY = (
    "أعلنت البلدية اليوم أنها أنهت أعمال الصيانة في الحديقة العامة قبل الموعد المحدد بأسبوعين كاملين. "
    * 4
)


def page(title: str = "", body: str = "", head: str = "") -> str:
    """A page of that title."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


CHALLENGE, CONSENT, LOGIN, WORKS, EMPTY, ERROR, SUBSCRIPTION, BROWSER, NETWORK = (
    block_pages._known_pages().pages[name]
    for name in (
        "challenge",
        "consent",
        "login",
        "works",
        "empty",
        "error",
        "subscription",
        "browser",
        "network",
    )
)
TITLES = {
    CHALLENGE: (
        "Just a moment...", "Attention Required! | Cloudflare", "DDoS-Guard", "Please wait...", "Robot Check",
        "Verifying you are human. This may take a few seconds.", "Are you a robot?", "Security Checkpoint | المدار",
        "Pardon Our Interruption", "Access to this page has been denied", "Client Challenge", "Human Verification",
        "Making sure you're not a bot!", "Vercel Security Checkpoint", "Un instant…", "Einen Moment, bitte...",
        "Un momento…", "Bir dakika lütfen...", "لحظة من فضلك...", "يرجى الانتظار...", "جارٍ التحقق من المتصفح",
        "التحقق من أنك إنسان", "أنا لست روبوت", "لطفا صبر کنید", "در حال بررسی مرورگر", "רגע אחד...",
        "Vérification de sécurité", "Sicherheitsüberprüfung", "Подождите...", "You are being redirected...",
        "Waiting room", "Accès bloqué", "فحص الأمان", "تأكيد أمني", "تم رفض طلبك", "عذرا، تم حجب وصولك",
    ),
    CONSENT: (
        "Before you continue", "We value your privacy", "Cookie consent - Example", "Nous respectons votre vie privée",
        "Votre vie privée", "Wir schätzen Ihre Privatsphäre", "Tu privacidad", "قبل المتابعة", "نحن نقدر خصوصيتك",
        "خصوصيتك تهمنا", "سياسة ملفات تعريف الارتباط", "إعدادات الخصوصية", "موافقتك مطلوبة",
        "Votre choix concernant les traceurs",
    ),
    LOGIN: (
        "Log in", "Sign in to continue", "Login | Example", "تسجيل الدخول", "تسجيل الدخول - صحيفة المدار",
        "يرجى تسجيل الدخول للمتابعة", "ورود به سایت", "כניסה למנויים", "התחברות", "Se connecter", "Anmelden",
        "Iniciar sesión", "Giriş yap",
    ),
    WORKS: (
        "Site under maintenance", "We'll be back soon!", "Maintenance mode", "الموقع تحت الصيانة", "الموقع قيد التطوير",
        "Site en maintenance", "سایت در حال بروزرسانی است", "האתר בתחזוקה", "Under construction", "Coming soon",
        "أعمال صيانة مجدولة", "الموقع متوقف مؤقتا لأعمال الصيانة الدورية", "نعود إليكم بعد قليل",
    ),
    EMPTY: (
        "Welcome to nginx!", "Apache2 Debian Default Page: It works", "It works!", "Index of /", "IIS Windows Server",
        "Account Suspended", "example.com is for sale", "Domain Default page", "الموقع موقوف مؤقتا", "Site suspendu",
        "Ce nom de domaine est à vendre", "هذا النطاق معروض للبيع", "هذا الحساب موقوف",
    ),
    ERROR: (
        "404 Not Found", "Error 404", "404", "Page not found | Example", "Access Denied", "403 Forbidden",
        "500 Internal Server Error", "502 Bad Gateway", "503 Service Temporarily Unavailable", "Something went wrong",
        "Database Error", "Error establishing a database connection", "Page introuvable", "Erreur 404 – Le Site",
        "Seite nicht gefunden", "Página no encontrada", "Sayfa bulunamadı", "الصفحة غير موجودة", "خطأ 404",
        "خطأ ٤٠٤ - الصفحة غير موجودة | صحيفة المدار", "عذراً، الصفحة المطلوبة غير موجودة", "حدث خطأ ما", "عذرا!",
        "لم يتم العثور على الصفحة", "تم رفض الوصول", "الخدمة غير متاحة حاليا", "صفحه مورد نظر یافت نشد", "خطای ۴۰۴",
        "دسترسی غیرمجاز", "הדף לא נמצא", "שגיאה 404", "הגישה נדחתה", "Oops!", "Gone", "Not here - The Gazette",
        "عفواً، لا يمكننا إيجاد ما طلبته", "الصفحة المطلوبة ليست هنا | صحيفة المدار", "تم حذف هذا الخبر",
        "خلل تقني مؤقت", "المحتوى غير متاح في بلدك", "لا توجد نتائج", "Une erreur est survenue",
        "Page non disponible", "Website error",
        "Unavailable in your region",
    ),
    SUBSCRIPTION: ("هذا المقال للمشتركين فقط", "Article réservé aux abonnés", "This story is for subscribers only"),
    BROWSER: ("Ad blocker detected", "Update your browser", "متصفح غير مدعوم", "يبدو أنك تستخدم مانع إعلانات",
              "تأكيد العمر"),
    NETWORK: ("Guest Wi-Fi", "Captive portal", "شبكة الفندق اللاسلكية", "Web Filter Violation",
              "ERROR: The requested URL could not be retrieved"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("block", "title"), [(block, title) for block, titles in TITLES.items() for title in titles]
)
def test_a_title_that_says_nothing_else_tells_what_the_page_is(block, title):
    """Alone or beside the site's name, also under the frame of a whole site, and with an article's
    headline known.
    """
    frame = "<nav>" + "<a href='/x'>خبر من أخبار الموقع</a>" * 300 + "</nav>"
    assert block_pages.at_sight(page(title, frame)) == block
    assert block_pages.at_sight(page(title, frame), "افتتاح الحديقة العامة أمام الزوار") == block
    assert block_pages.at_sight(
        page("صحيفة المدار", f"{frame}<h1>{title.partition(' | ')[0]}</h1>")
    ) in (block, None)


@pytest.mark.parametrize(
    "title",
    [
        "خطأ في التحكيم يحرم الفريق من الفوز بالكأس", "Access denied: inside the fight over public records",
        "الصفحة الأولى من الصحيفة قبل مئة عام", "404 days at sea: a diary", "Login trouble costs bank millions",
        "لم يتم العثور على الناجين بعد ثلاثة أيام من البحث في الجبال", "صحيفة المدار | آخر الأخبار", "كرة القدم", "",
        "Just a moment in history: how the bridge was built", "الموقع الأثري يفتح أبوابه بعد الترميم",
    ],
)  # fmt: skip
def test_headlines_with_the_same_words_are_headlines(title):
    """What stands in a longer title is news; so is a title of which the link said the same."""
    assert block_pages.at_sight(page(title)) is None


def test_an_article_about_an_error_page_is_an_article():
    """Its link has the same words."""
    assert (
        block_pages.at_sight(
            page("تسجيل الدخول | المدار"), "تسجيل الدخول: هكذا تحمي حسابك من السرقة"
        )
        is None
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<script>window._cf_chl_opt = {cvId: "3"};</script>', '<div class="cf-error-details">x</div>',
        '<div id="px-captcha"></div>', "<script src='https://geo.captcha-delivery.com/captcha/'></script>",
        "Request unsuccessful. Incapsula incident ID: 22-33", "<script>window.gokuProps = {}</script>",
        '<script id="anubis_challenge" type="application/json">{}</script>', "Reference &#35;18 errors.edgesuite.net",
        "The requested URL was rejected. Please consult with your administrator. Your support ID is: 1",
    ],
)  # fmt: skip
def test_vendors_are_known_by_their_marks(markup):
    """Whatever the title says; but not by the script that they put into the pages they let through."""
    assert block_pages.at_sight(page("example.com", markup)) == CHALLENGE
    let_through = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert block_pages.at_sight(page("صحيفة المدار", let_through)) is None


SAID = {
    CHALLENGE: (
        "Enable JavaScript and cookies to continue", "Please verify you are a human by completing the check below.",
        "Our systems have detected unusual traffic from your computer network.", "تأكد من أنك لست روبوتا للمتابعة",
        "نحتاج إلى التحقق من أنك إنسان قبل عرض الصفحة", "يرجى تفعيل جافا سكريبت لمتابعة التصفح",
        "Confirmez que vous n'êtes pas un robot.", "Please enable JS and disable any ad blocker",
        "تم حجب عنوان الآي بي الخاص بك من طرف جدار الحماية", "نتحقق من اتصالك قبل السماح لك بالمرور",
        "Prouvez que vous n'êtes pas un programme automatisé en cochant la case", "Votre adresse IP a été bloquée",
        "You're sending requests too quickly.", "You are now in line. Your estimated wait time is 4 minutes.",
    ),
    CONSENT: (
        "We and our 842 partners store personal data. Click Accept to agree to cookies.",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. اضغط موافق للمتابعة.",
        "Nous utilisons des cookies. Cliquez pour accepter ou refuser.",
        "Avec votre accord, nos 214 partenaires et nous utilisons des traceurs pour lire des données personnelles.",
        "نقوم نحن وشركاؤنا بتخزين معلومات على جهازك لمعالجة البيانات الشخصية",
    ),
    LOGIN: (
        "سجل دخولك لمتابعة القراءة", "هذا القسم للأعضاء المسجلين فقط", "Sign in to continue. Don't have an account?",
        "Identifiez-vous. Pas encore de compte ?",
    ),
    SUBSCRIPTION: (
        "هذا المقال متاح للمشتركين فقط", "اشترك الآن في المدار بلس ابتداء من 3 دولارات شهريا",
        "لمواصلة القراءة اختر باقتك", "You've read your last free article. Already a subscriber?",
        "Pour lire la suite, abonnez-vous à partir de 1 euro.", "Il vous reste 85 % de cet article à lire.",
        "للاطلاع على هذا الخبر حمل تطبيق المدار مجانا",
    ),
    BROWSER: (
        "المرجو تعطيل مانع الإعلانات ثم تحديث الصفحة", "Turn off your ad blocker and reload.", "JavaScript is disabled",
        "Your browser is not supported. Please upgrade.", "المتصفح الذي تستعمله لم يعد مدعوما",
    ),
    NETWORK: (
        "Welcome to our Wi-Fi. To get online, accept the terms of use.", "شبكة الواي فاي: أدخل رقم غرفتك واقبل الشروط",
        "Your visit is in violation of your Internet usage policy.",
    ),
    EMPTY: (
        "The domain news.example is available for purchase.", "تم إيقاف استضافة هذا الموقع",
        "Félicitations ! Votre domaine a bien été créé", "If you are the owner, contact your hosting provider.",
    ),
    WORKS: (
        "نعمل حاليا على تحديث الموقع، سنعود قريبا", "Our site is currently undergoing scheduled maintenance.",
        "نجري حاليا بعض التحسينات التقنية", "Une opération de maintenance est en cours",
        "The site is temporarily offline while we carry out planned work.",
    ),
    ERROR: (
        "عذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها", "حدث خطأ غير متوقع، حاول لاحقا",
        "The page you are looking for could not be found.", "Something went wrong. Try again later.",
        "SQLSTATE[HY000] [2002] Connection refused", "Fatal error: Uncaught Exception in /var/www/index.php",
        "لم نتمكن من العثور على المحتوى المطلوب", "Erreur interne du serveur", "تعذر الاتصال بقاعدة البيانات",
        "تم حذف هذا المحتوى من قبل إدارة التحرير", "واجه الخادم مشكلة أثناء معالجة طلبكم",
        "يبدو أن هذه الصفحة لم تعد متوفرة على موقعنا", "نأسف، هذا المحتوى غير متاح في منطقتك",
        "Warning: mysqli_connect(): (HY000/2002): No such file or directory in /home/u/db.php on line 7",
        "We can't seem to find the page you're looking for.", "There has been a critical error on this website.",
        "L'article que vous cherchez a été déplacé", "Le contenu demandé n'existe plus",
        "our website is currently unavailable in most European countries for legal reasons",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("block", "text"), [(block, text) for block, texts in SAID.items() for text in texts]
)
def test_a_page_of_a_few_lines_says_what_it_is(block, text):
    """As the text that was taken for a story, and on a page where nothing was found."""
    assert block_pages.by_words(text, "افتتاح الحديقة العامة أمام الزوار") == block
    assert block_pages.without_content(page("صحيفة المدار", f"<p>{text}</p>")) == block


def test_a_story_is_no_block_page_whatever_words_are_in_it():
    """A long text is a story; so is a short one that says what its headline does, and one of other
    words.
    """
    error = "حدث خطأ غير متوقع في الخادم، فحاول لاحقا."
    assert block_pages.by_words(error + STORY * 4) is None
    assert (
        block_pages.by_words(
            "صيانة الحديقة العامة تنتهي قبل موعدها. " + error,
            "صيانة الحديقة العامة تنتهي قبل موعدها",
        )
        is None
    )
    assert block_pages.by_words(STORY) is None


@pytest.mark.parametrize(
    "text",
    [
        "La policía dijo que una persona murió y que volveremos en mayo a tener trabajos de mantenimiento en la vía.",
        "Yol kısa sürede yeniden açıldı; bakım çalışması nedeniyle trafik başka yöne verildi.",
        "ضبط الرادار سائقا تجاوز الحد المسموح من السرعة، وأظهر استطلاع قبل أن يصدر القرار أن الناس معه.",
        "דובר העירייה אמר כי אירעה תקלה ברכבת והאתר סגור למבקרים.", "Доступ к саиту ограничен по решению суда.",
    ],
)  # fmt: skip
def test_short_news_with_words_that_servers_use_is_news(text):
    """What no word tells apart is told by the headline, see `quarantine`."""
    assert block_pages.by_words(text, "عنوان آخر لا شيء منه في النص") is None


def test_a_page_with_a_password_field_and_no_story_is_a_login():
    """The field counts only where nothing was found: many sites have one on every page."""
    form = '<form><input name="user"><input type="password" name="p"></form>'
    assert block_pages.without_content(page("صحيفة المدار", form)) == LOGIN
    assert block_pages.at_sight(page("صحيفة المدار", form)) is None


@pytest.mark.parametrize("form", ["<h1>{}</h1>", "<h1><a href='/'>المدار</a></h1><h1 class='t'><span>{}</span></h1>",
                                  "<title>{} | المدار</title>"])  # fmt: skip
@pytest.mark.parametrize(
    "said",
    [
        "عفوا، لا يمكننا إيجاد ما طلبته", "صفحة غير موجودة", "القسم غير موجود", "التصنيف المطلوب غير متاح حاليا",
        "نأسف، الصفحة التي طلبتها غير موجودة", "الرابط غير صحيح", "صفحة الخطأ 404", "صفحة 404",
        "عفوا! هذه الصفحة لا يمكن العثور عليها.", "Nothing found", "Sorry, page not found", "Category not found",
        "That page can’t be found", "We couldn't find that page", "This page doesn't exist",
        "The page you requested could not be found", "This page isn't available", "Cette page n'existe pas",
        "La page demandée est introuvable", "Rubrique introuvable", "לא נמצא הדף",
    ],
)  # fmt: skip
def test_an_error_in_the_frame_of_the_site_is_no_listing(said, form):
    """Title or heading say it, though the latest news of other sections stand below, whatever
    markup is in it.
    """
    latest = (
        "<aside><ul>"
        + "<li><a href='/x-1'>خبر من أخبار الموقع لهذا اليوم</a></li>" * 9
        + "</ul></aside>"
    )
    framed = form.format(said)
    html = page("", latest, framed) if "title" in form else page("صحيفة المدار", framed + latest)
    assert block_pages.at_sight(html.replace("<title></title>", "")) == ERROR


@pytest.mark.parametrize(
    "title",
    [
        "الصفحة غير موجودة: كيف تصير روابط الصحف عناوين ميتة", "Page not found: how the web forgets",
        "الخبر غير صحيح", "الوزارة: القسم الذي أغلق غير موجود في الخطة الجديدة للمستشفى", "Nothing found but ruins",
        "الصفحة 2", "Lost and found", "The section is open again", "Une page d'histoire introuvable ailleurs",
    ],
)  # fmt: skip
def test_news_about_what_is_not_found_is_news(title):
    """What the title says besides makes it a story's."""
    assert block_pages.at_sight(page("صحيفة المدار", f"<h1><span>{title}</span></h1>")) is None
    assert block_pages.at_sight(page(f"{title} | صحيفة المدار")) is None


def test_a_page_without_words_that_scripts_would_fill_is_told():
    """The shell of an application; a page without scripts is just empty."""
    shell = "<noscript>You need JavaScript.</noscript><div id='root'></div>"
    assert (
        block_pages.without_content(page("صحيفة", shell + "<script src='/app.js'></script>"))
        == block_pages._UNFILLED
    )
    assert block_pages.without_content(page("صحيفة", shell)) is None


def test_words_are_written_as_they_are_compared():
    """A letter that folding changes would never be found."""
    patterns = [
        pattern
        for kind in _TOLD.values()
        for key in ("titles", "text")
        for pattern in kind.get(key, ())
    ]
    words = [
        word
        for pattern in patterns
        for word in re.findall(r"[^\W\d_]+", re.sub(r"\\.", " ", pattern))
    ]
    assert len(words) > 1500
    assert [word for word in words if arabic.fold(word) != word] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("block", "key"), [(block, key) for block in _TOLD for key in ("titles", "text")]
)
@given(data=st.data())
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_whatever_a_pattern_matches_has_a_word_of_it(block, key, data):
    """Or it would not be looked for."""
    expression = data.draw(st.sampled_from(_TOLD[block][key]))
    text = data.draw(st.from_regex(expression, fullmatch=True))
    known = block_pages._known_pages()
    patterns = {
        (pattern.page, pattern.expression): pattern
        for pattern in (known.titles if key == "titles" else known.texts)
    }
    page = known.pages[block]
    whole = rf"\A(?:{expression})\Z" if key == "titles" else expression
    assert block_pages._matched_page(text, [patterns[page, whole]]) == page


def test_public_pages_are_no_block_pages(shared):
    """Not one of the Arabic pages is taken for one, with its headline unknown; nor is the beginning
    of a story.
    """
    from feedmaker import extract
    from feedmaker.text import charset

    pages = sorted((shared / "data" / "arabic").glob("*/*.html"))
    assert len(pages) > 25
    for path in pages:
        html = charset.decode(path.read_bytes())[0]
        assert block_pages.at_sight(html) is None, path.name
        if path.parent.name == "pages":
            with suppress(ExtractError):  # a few hold a film
                story = extract(html)
                for text in (story.text, story.text[:1000], story.text[:300]):
                    assert block_pages.by_words(text, story.title) is None, path.name
