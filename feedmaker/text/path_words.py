"""Words of URL paths that say what a page is, as data; a word stands in one group only.

They were collected from the URLs of the news sites that the project reads, in their languages, and
from WordPress. Words are casefolded path segments, percent-decoded, without file endings.
"""

from __future__ import annotations

from typing import Final

# Pages about the site or for its readers' accounts: no stories and no lists of any.
_SITE_PAGES = """
    about about-us account ads advertise advertising author authors contact contact-us contactus
    cookie cookies copyright donate e-paper epaper faq feed feeds horoscope join livescore login
    logout member members newsletter newsletters poll polls privacy privacy-policy profile
    register registration rss search sign-in sign-up signin signup sitemap subscribe
    subscription subscriptions tag tags terms terms-of-service user users wp-admin wp-login
    צור-קשר اتصل-بنا بحث تماس-با-ما درباره-ما سياسة-الخصوصية من-نحن
    """
# Pages that list stories, or belong to a person or a service: no stories, but maybe sections.
_LIST_PAGES = """
    auteur auteurs autor autore autoren autores bio blogger bloggers categorie categories
    category columnist columnists fixtures forgetpassword hashtag keyword keywords label match
    matches passwordreset print profiles schedule scores section sections share standings survey
    trend trending wp-json writer writers xmlrpc חיפוש כותב מחבר תגיות תגית أقسام اقسام الأقسام
    الكاتب الكتاب الوسوم برچسب تصنيف تصنيفات جستجو قسم كاتب نویسنده وسم وسوم
    """
# Pages beside the news: no lists of stories, and stories only where the rest of the URL says so.
_SERVICE_PAGES = """
    aboutus auth careers cart chat contacts corrections donations faqs forgot help jobs legal
    live livestream map membership pdf podcast podcasts policy prayer prayers privacypolicy
    radio shop staff store team terms-of-use tv weather who-we-are whoweare אודות תקנון
    """
# Pages that may list stories, or be one where the rest of the URL says so.
_TOPIC_PAGES = """
    archive archives channel event events issue live-stream page pages people person play
    popular product products services term topic topics كتاب موضوع
    """
# Pages that show videos or pictures: stories where they stand among stories, else none.
_MEDIA_PAGES = """
    galleries gallery infographic infographics photo photogallery photos pictures slideshow
    slideshows video videogallery videos וידאו ألبوم ألبومات الفيديو صور عکس فيديو فيديوهات
    معرض-الصور ویدیو
    """
# Query parameters that ask for a search, a list or a further page of one.
_LIST_PARAMETERS = """
    s q query search tag author cat category page paged galleryid replytocom
    """

LIST_PARAMETERS: Final = frozenset(_LIST_PARAMETERS.split())
MEDIA: Final = frozenset(_MEDIA_PAGES.split())
NO_STORY: Final = frozenset(_SITE_PAGES.split()) | frozenset(_LIST_PAGES.split())
RARELY_STORY: Final = frozenset(_SERVICE_PAGES.split()) | frozenset(_TOPIC_PAGES.split())
NO_SECTION: Final = frozenset(_SITE_PAGES.split()) | frozenset(_SERVICE_PAGES.split()) | MEDIA
