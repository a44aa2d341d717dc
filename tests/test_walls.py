"""Pages in place of pages: challenges, consents, logins, errors, works, in many languages; and articles about them."""

from __future__ import annotations

import pytest

from feedmaker import walls

STORY = "أعلنت البلدية اليوم أنها أنهت أعمال الصيانة في الحديقة العامة قبل الموعد المحدد بأسبوعين كاملين. " * 4


def page(title: str = "", body: str = "", head: str = "") -> str:
    """A page of that title."""
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


CHALLENGE, CONSENT, LOGIN, WORKS, EMPTY, ERROR = (
    walls._kinds()[name].wall for name in ("challenge", "consent", "login", "works", "empty", "error")
)
TITLES = {
    CHALLENGE: (
        "Just a moment...", "Attention Required! | Cloudflare", "DDoS-Guard", "Please wait...", "Robot Check",
        "Verifying you are human. This may take a few seconds.", "Are you a robot?", "Security Checkpoint | المدار",
        "Pardon Our Interruption", "Access to this page has been denied", "Client Challenge", "Human Verification",
        "Making sure you're not a bot!", "Vercel Security Checkpoint", "Un instant…", "Einen Moment, bitte...",
        "Un momento…", "Bir dakika lütfen...", "لحظة من فضلك...", "يرجى الانتظار...", "جارٍ التحقق من المتصفح",
        "التحقق من أنك إنسان", "أنا لست روبوت", "لطفا صبر کنید", "در حال بررسی مرورگر", "רגע אחד...",
        "Vérification de sécurité", "Sicherheitsüberprüfung", "Подождите...",
    ),
    CONSENT: (
        "Before you continue", "We value your privacy", "Cookie consent - Example", "Nous respectons votre vie privée",
        "Votre vie privée", "Wir schätzen Ihre Privatsphäre", "Tu privacidad", "قبل المتابعة", "نحن نقدر خصوصيتك",
        "خصوصيتك تهمنا", "سياسة ملفات تعريف الارتباط", "إعدادات الخصوصية",
    ),
    LOGIN: (
        "Log in", "Sign in to continue", "Login | Example", "تسجيل الدخول", "تسجيل الدخول - صحيفة المدار",
        "يرجى تسجيل الدخول للمتابعة", "ورود به سایت", "כניסה למנויים", "התחברות", "Se connecter", "Anmelden",
        "Iniciar sesión", "Giriş yap",
    ),
    WORKS: (
        "Site under maintenance", "We'll be back soon!", "Maintenance mode", "الموقع تحت الصيانة", "الموقع قيد التطوير",
        "Site en maintenance", "سایت در حال بروزرسانی است", "האתר בתחזוקה", "Under construction", "Coming soon",
    ),
    EMPTY: (
        "Welcome to nginx!", "Apache2 Debian Default Page: It works", "It works!", "Index of /", "IIS Windows Server",
        "Account Suspended", "example.com is for sale", "Domain Default page", "الموقع موقوف مؤقتا",
    ),
    ERROR: (
        "404 Not Found", "Error 404", "404", "Page not found | Example", "Access Denied", "403 Forbidden",
        "500 Internal Server Error", "502 Bad Gateway", "503 Service Temporarily Unavailable", "Something went wrong",
        "Database Error", "Error establishing a database connection", "Page introuvable", "Erreur 404 – Le Site",
        "Seite nicht gefunden", "Página no encontrada", "Sayfa bulunamadı", "الصفحة غير موجودة", "خطأ 404",
        "خطأ ٤٠٤ - الصفحة غير موجودة | صحيفة المدار", "عذراً، الصفحة المطلوبة غير موجودة", "حدث خطأ ما", "عذرا!",
        "لم يتم العثور على الصفحة", "تم رفض الوصول", "الخدمة غير متاحة حاليا", "صفحه مورد نظر یافت نشد", "خطای ۴۰۴",
        "دسترسی غیرمجاز", "הדף לא נמצא", "שגיאה 404", "הגישה נדחתה", "Oops!",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wall", "title"), [(wall, title) for wall, titles in TITLES.items() for title in titles])
def test_a_title_that_says_nothing_else_tells_what_the_page_is(wall, title):
    """Alone or beside the site's name, also under the frame of a whole site, and with an article's headline known."""
    frame = "<nav>" + "<a href='/x'>خبر من أخبار الموقع</a>" * 300 + "</nav>"
    assert walls.at_sight(page(title, frame)) == wall
    assert walls.at_sight(page(title, frame), "افتتاح الحديقة العامة أمام الزوار") == wall


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
    assert walls.at_sight(page(title)) is None


def test_an_article_about_an_error_page_is_an_article():
    """Its link has the same words."""
    assert walls.at_sight(page("تسجيل الدخول | المدار"), "تسجيل الدخول: هكذا تحمي حسابك من السرقة") is None


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
    assert walls.at_sight(page("example.com", markup)) == CHALLENGE
    let_through = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert walls.at_sight(page("صحيفة المدار", let_through)) is None


SAID = {
    CHALLENGE: (
        "Enable JavaScript and cookies to continue", "Please verify you are a human by completing the check below.",
        "Our systems have detected unusual traffic from your computer network.", "تأكد من أنك لست روبوتا للمتابعة",
        "نحتاج إلى التحقق من أنك إنسان قبل عرض الصفحة", "يرجى تفعيل جافا سكريبت لمتابعة التصفح",
        "Confirmez que vous n'êtes pas un robot.",
    ),
    CONSENT: (
        "We and our 842 partners store personal data. Click Accept to agree to cookies.",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. اضغط موافق للمتابعة.",
        "Nous utilisons des cookies. Cliquez pour accepter ou refuser.",
    ),
    WORKS: ("نعمل حاليا على تحديث الموقع، سنعود قريبا", "Our site is currently undergoing scheduled maintenance."),
    ERROR: (
        "عذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها", "حدث خطأ غير متوقع، حاول لاحقا",
        "The page you are looking for could not be found.", "Something went wrong. Try again later.",
        "SQLSTATE[HY000] [2002] Connection refused", "Fatal error: Uncaught Exception in /var/www/index.php",
        "لم نتمكن من العثور على المحتوى المطلوب", "Erreur interne du serveur",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wall", "text"), [(wall, text) for wall, texts in SAID.items() for text in texts])
def test_a_page_of_a_few_lines_says_what_it_is(wall, text):
    """As the text that was taken for a story, and on a page where nothing was found."""
    assert walls.by_words(text, "افتتاح الحديقة العامة أمام الزوار") == wall
    assert walls.without_content(page("صحيفة المدار", f"<p>{text}</p>")) == wall


def test_a_story_is_no_wall_whatever_words_are_in_it():
    """A long text is a story; so is a short one that says what its headline does, and one of other words."""
    error = "حدث خطأ غير متوقع في الخادم، فحاول لاحقا."
    assert walls.by_words(error + STORY * 4) is None
    assert (
        walls.by_words("صيانة الحديقة العامة تنتهي قبل موعدها. " + error, "صيانة الحديقة العامة تنتهي قبل موعدها")
        is None
    )
    assert walls.by_words(STORY) is None


def test_a_page_with_a_password_field_and_no_story_is_a_login():
    """The field counts only where nothing was found: many sites have one on every page."""
    form = '<form><input name="user"><input type="password" name="p"></form>'
    assert walls.without_content(page("صحيفة المدار", form)) == LOGIN
    assert walls.at_sight(page("صحيفة المدار", form)) is None


def test_public_pages_are_no_walls(shared):
    """Not one of the Arabic articles is taken for one, with its headline unknown."""
    from feedmaker import charset

    pages = sorted((shared / "data" / "arabic" / "pages").glob("*.html"))
    assert len(pages) > 15
    told = {path.name: walls.at_sight(charset.decode(path.read_bytes())[0]) for path in pages}
    assert set(told.values()) == {None}
