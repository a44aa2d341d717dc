"""Arabic for the English words of pages, feeds and the command line."""

from __future__ import annotations

from typing import Final

from feedmaker.text.translations.command_words_ar import COMMAND_WORDS
from feedmaker.text.translations.web_words_ar import WEB_WORDS

WORDS: Final[dict[str, str | dict[str, str]]] = {
    **WEB_WORDS,
    **COMMAND_WORDS,
    # What went wrong, and what can be done: `model.reasons`
    "{text}": "{text}",
    "error in feedmaker, please report it: {text}": "خطأ في feedmaker، نرجو الإبلاغ عنه: {text}",
    "the site's {seconds:g} s were used up before it": (
        "نفد وقت الموقع ({seconds:g} ثانية) قبل الوصول إليه"
    ),
    "the file of its site has a mistake, see `feedmaker check`; its feeds stay": (
        "في ملف موقعه خطأ، انظر `feedmaker check`؛ تبقى خلاصاته كما هي"
    ),
    "the listing holds {links} links instead of about {usual}": (
        "عدد الروابط في القائمة {links}، والمعتاد نحو {usual}"
    ),
    "left out of the feed": "تُرك خارج الخلاصة",
    "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`": (
        "لا روابط في الصفحة، ولعل برنامجًا نصيًا يصنعها: جرّب خريطة الموقع أو خلاصته في `urls`"
    ),
    (
        "none of its {links} links is one of a story; give selectors in `rules.links`, or another "
        "URL"
    ): ("ليس بين روابطها (وعددها {links}) رابط خبر؛ أعطِ محدِّدات في `rules.links` أو عنوانًا آخر"),
    "no story links under the heading «{heading}»; the page's headings are {headings}": (
        "لا روابط أخبار تحت العنوان «{heading}»؛ عناوين الصفحة هي {headings}"
    ),
    (
        "the links under the heading «{heading}» are none of stories; name another heading, or the "
        "listing's own URL"
    ): (
        "الروابط تحت العنوان «{heading}» ليست روابط أخبار؛ سمِّ عنوانًا آخر، أو أعطِ رابط القائمة نفسها"
    ),
    "no link is labelled «{label}»; the nearest labels are {nearest}": (
        "لا رابط اسمه «{label}»؛ وأقرب الأسماء إليه {nearest}"
    ),
    (
        "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories, an "
        "agreement of {agreement:.2f} where {needed} is needed: see `explain --links` "
        "({selectors})"
    ): (
        "لا يطابق `rules.links` شيئًا؛ في أفضل القوائم {agreed} من آخر {recent} من الأخبار، أي "
        "توافق {agreement:.2f} والمطلوب {needed}: انظر `explain --links` ({selectors})"
    ),
    "`links` holds what is no CSS selector: {selectors}": (
        "في `links` ما ليس محدِّد CSS: {selectors}"
    ),
    "the sitemap or feed names no pages; check the section's `urls`": (
        "لا تذكر خريطة الموقع أو الخلاصة أي صفحة؛ راجع `urls` في القسم"
    ),
    "only {count} story links were found": "لم يوجد من روابط الأخبار إلا {count}",
    (
        "about {count} stories may be among the links beside the {found} that were taken; look at "
        "the page with `feedmaker explain --links`"
    ): (
        "قد يكون نحو {count} من الأخبار بين الروابط سوى المأخوذة وعددها {found}؛ انظر في "
        "الصفحة بالأمر `feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links have the title of another; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} من {found} رابطًا لها عنوان رابط آخر؛ انظر في الصفحة بالأمر "
        "`feedmaker explain --links`"
    ),
    (
        "none of the {found} links shows a date, and {count} others of the page do; look at the "
        "page with `feedmaker explain --links`"
    ): (
        "لا يظهر تاريخ لأي من الروابط المأخوذة ({found})، وله {count} من غيرها في الصفحة؛ انظر "
        "فيها بالأمر `feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links are only just taken for stories; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} من {found} رابطًا عُدّت أخبارًا بفارق ضئيل؛ انظر في الصفحة بالأمر `feedmaker "
        "explain --links`"
    ),
    "neither a sitemap nor a feed that can be read: {fault}": (
        "لا خريطة موقع ولا خلاصة تمكن قراءتها: {fault}"
    ),
    "a broken gzip file: {fault}": "ملف gzip تالف: {fault}",
    "lists no stories, but names a feed: try {feed} in `urls`": (
        "لا تسرد أخبارا لكنها تذكر خلاصة: جرب {feed} في `urls`"
    ),
    "JSON that names no stories": "الصفحة JSON لا تذكر أخبارا لها عناوين",
    "a copy of {original}, and shown as one with it": "نسخة من {original}، وتُعرض معه خبرًا واحدًا",
    "not fetched within the site's {seconds:g} s; left for the next run": (
        "لم يُجلب في وقت الموقع ({seconds:g} ثانية)؛ تُرك للتشغيل التالي"
    ),
    "is no HTML page, so `source = {source}` finds nothing in it": (
        "ليست صفحة HTML، فلا يجد فيها `source = {source}` شيئًا"
    ),
    "carries no list of stories for its scripts: try another `source`": (
        "لا تحمل لبرامجها قائمة أخبار: جرب قيمة أخرى لـ `source`"
    ),
    "names no {source} with stories: give its address in `urls`, or try another `source`": (
        "لا تذكر مصدرًا من نوع {source} فيه أخبار: اكتب عنوانه في `urls`،"
        " أو جرب قيمة أخرى لـ `source`"
    ),
    "no posts of WordPress's REST API": "لا مقالات من واجهة REST في ووردبريس",
    "`source = {source}` gives nothing, so the page itself is read": (
        "`source = {source}` لا يعطي شيئًا، فتُقرأ الصفحة نفسها"
    ),
    "the REST API gives nothing, so its pages are read": "لا تعطي واجهة REST شيئًا، فتُقرأ الصفحات",
    "leads to another page": "يؤدي إلى صفحة أخرى",
    "page {number} of a story failed, and it is shown up to there": (
        "تعذّرت الصفحة {number} من خبر، فهو يُعرض إلى ما قبلها"
    ),
    "the story has more than the {count} pages that are joined": (
        "للخبر صفحات أكثر من الـ{count} التي تُضم"
    ),
    "raise `max_pages`": "ارفع `max_pages`",
    "leads to the home page": "يقود إلى الصفحة الرئيسة",
    "leads to a section's page": "يقود إلى صفحة قسم",
    "the page holds no story": "لا خبر في الصفحة",
    "the page says nothing of its headline, so it is not its story": (
        "لا تقول الصفحة شيئًا مما في عنوانها، فليست خبرَه"
    ),
    "the text says nothing of its headline": "لا يقول النص شيئًا مما في عنوانه",
    "the page has lost its story": "فقدت الصفحة خبرها",
    "{count} articles have the same text": "مقالات بنص واحد، عددها {count}",
    "all {count} articles have the same title": "كل المقالات بعنوان واحد، وعددها {count}",
    "a challenge for robots, not the page": "اختبار للبرامج الآلية، لا الصفحة",
    "a question for consent, not the page": "طلب موافقة، لا الصفحة",
    "a login, not the page": "صفحة تسجيل دخول، لا الصفحة المطلوبة",
    "the site is closed for works": "الموقع مغلق للصيانة",
    "a server without a site: its default or parking page": (
        "خادم بلا موقع: صفحته الأولى أو صفحة نطاق محجوز"
    ),
    "an error page with status 200": "صفحة خطأ بالحالة 200",
    "a subscription or an app is asked for, not the page": "يُطلب اشتراك أو تطبيق، لا الصفحة",
    "a demand on the reader's browser, not the page": "شرط على متصفح القارئ، لا الصفحة",
    "a page of the network between, not the page": "صفحة من الشبكة الوسيطة، لا الصفحة",
    "a page that only its scripts would fill": "صفحة لا تملؤها إلا برامجها النصية",
    "the page holds no HTML": "لا HTML في الصفحة",
    "the page has too many elements to be read (max_tags: {most:,})": (
        "عناصر الصفحة أكثر من أن تُقرأ (max_tags: {most:,})"
    ),
    "the page nests its elements too deeply to be read (max_depth: {most:,})": (
        "عناصر الصفحة متداخلة أعمق من أن تُقرأ (max_depth: {most:,})"
    ),
    "the page breaks its text into too many pieces to be read": (
        "نص الصفحة مقطّع إلى أجزاء أكثر من أن تُقرأ"
    ),
    "the page has too many attributes to be read (max_attributes: {most:,})": (
        "سمات الصفحة أكثر من أن تُقرأ (max_attributes: {most:,})"
    ),
    "the page takes too much time to read": "تستغرق قراءة الصفحة وقتًا أطول من اللازم",
    "the page takes more than {size} MB of memory to read": (
        "تحتاج قراءة الصفحة إلى ذاكرة أكبر من {size} ميغابايت"
    ),
    "reading the page ended the process that reads pages (signal {signal})": (
        "أنهت قراءةُ الصفحة العمليةَ التي تقرأ الصفحات (الإشارة {signal})"
    ),
    "status {status}": "الحالة {status}",
    "status {status} with a challenge for robots: the site keeps programs away": (
        "الحالة {status} مع اختبار للبرامج الآلية: الموقع يصدّ البرامج"
    ),
    "its last {count} new articles failed": "فشلت آخر المقالات الجديدة، وعددها {count}",
    "not an http(s) URL": "ليس عنوان http(s)",
    "redirected to what is no http(s) URL": "حُوّل إلى ما ليس عنوان http(s)",
    "redirect loop": "تحويل يدور على نفسه",
    "status {status} without a Location": "الحالة {status} بلا Location",
    "too many redirects": "تحويلات كثيرة جدًا",
    "private address ({host})": "عنوان شبكة خاصة ({host})",
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`": (
        "عنوان شبكة خاصة ({host})؛ إن كان الموقع هناك حقًا فاضبط `connect_to`"
    ),
    "closed by robots.txt": "يمنعه robots.txt",
    "robots.txt cannot be had, so nothing is asked": "تعذّر جلب robots.txt، فلا يُطلب شيء",
    "the host asks for a longer pause": "يطلب الخادم مهلة أطول",
    "left for a later run: the host is to have {seconds:g} s between two requests": (
        "تُرك لتشغيل لاحق: بين كل طلبين إلى الخادم {seconds:g} ثانية"
    ),
    "no whole answer within {seconds:g} s": "لا جواب كاملًا خلال {seconds:g} ثانية",
    "more than {size:,} bytes of headers": "ترويسات أكبر من {size:,} بايت",
    "more than {size} kB of headers": "ترويسات أكبر من {size} كيلوبايت",
    "more than {size:,} bytes on the wire": "نُقل أكثر من {size:,} بايت",
    "larger than {size:,} bytes": "أكبر من {size:,} بايت",
    "sent in more than {count:,} pieces": "أُرسل في أكثر من {count:,} قطعة",
    "packed too many times": "مضغوط مرات أكثر من اللازم",
    "broken {coding} body": "جسم {coding} تالف",
    "{coding} body cut off": "جسم {coding} مبتور",
    "empty page": "صفحة فارغة",
    "not a page: {kind}": "ليست صفحة: {kind}",
    "no connection in time": "تعذّر الاتصال في الوقت المحدد",
    "TLS: certificate not accepted ({fault})": "TLS: الشهادة غير مقبولة ({fault})",
    "TLS: {fault}": "TLS: {fault}",
    "the name server does not answer": "خادم الأسماء لا يجيب",
    "no such host name": "لا خادم بهذا الاسم",
    "connection refused": "رُفض الاتصال",
    "connection reset": "قُطع الاتصال من الطرف الآخر",
    "cannot connect": "تعذّر الاتصال",
    "the connection broke off": "انقطع الاتصال",
    "the proxy refuses ({answer})": "يرفض الوكيل ({answer})",
    "through the proxy": "عبر الوكيل",
    "not a request that can be sent: see the site's headers and cookies": (
        "طلب لا يمكن إرساله: انظر headers و cookies في إعداد الموقع"
    ),
    " ({more} more like it)": " (ومثلها {more})",
    "check the address; if the site has moved, give the new one": (
        "راجع العنوان؛ وإن انتقل الموقع فأعطِ عنوانه الجديد"
    ),
    "check this machine's network": "افحص شبكة هذا الجهاز",
    "look whether the site is up": "انظر هل الموقع يعمل",
    "open it in a browser: the site's certificate is wrong, or this clock is": (
        "افتحه في متصفح: إما شهادة الموقع خاطئة وإما ساعة هذا الجهاز"
    ),
    "the site wants no program to read it: ask it, or take the section out": (
        "لا يريد الموقع أن تقرأه البرامج: استأذنه، أو أخرج القسم"
    ),
    "if it is always slow, raise `timeout`": "إن كان بطيئًا دائمًا فارفع `timeout`",
    "raise `max_bytes`, or name another address": "ارفع `max_bytes`، أو سمِّ عنوانًا آخر",
    "raise `budget`, or run more often": "ارفع `budget`، أو شغّل مرات أكثر",
    "ask the site to let programs in, or for a feed": (
        "اطلب من الموقع أن يأذن للبرامج، أو أن تكون له خلاصة"
    ),
    "`cookies` may let it in": "لعل `cookies` تفتح الباب",
    "a cookie of the consent, in `cookies`, may let it in": (
        "لعل ملف تعريف الموافقة، في `cookies`، يفتح الباب"
    ),
    "if it is right, it is believed after two days": "إن كان ذلك صحيحًا فسيؤخذ به بعد يومين",
    "open it in a browser, and give the address that it ends at": (
        "افتحه في متصفح، وأعطِ العنوان الذي ينتهي إليه"
    ),
    "`headers` may let it in": "لعل `headers` تفتح الباب",
    "`cookies` of a subscription may let it in": "لعل `cookies` من اشتراك تفتح الباب",
    "open it in a browser: it may want `headers` or `cookies`, or keep programs away": (
        "افتحه في متصفح: لعله يريد `headers` أو `cookies`، أو يصدّ البرامج"
    ),
    "open it in a browser, and give its new address": "افتحه في متصفح، وأعطِ عنوانه الجديد",
    "raise `delay`, or run less often": "ارفع `delay`، أو شغّل مرات أقل",
    "the site may show it in other countries only": "لعل الموقع لا يعرضه إلا في بلدان أخرى",
    "{words}: {cause}": "{words}: {cause}",
    # The pages and the health feed: `output`
    "{day}, {time}": "{day}، {time}",
    "Skip to content": "إلى المحتوى",
    "Pages of the feeds": "صفحات الخلاصات",
    "Sections": "الأقسام",
    "Status": "الحالة",
    "All feeds": "كل الخلاصات",
    "How do I subscribe?": "كيف أشترك؟",
    "Times are by the clock of each site. This page is made by {program}.": (
        "الأوقات بتوقيت كل موقع. صُنعت هذه الصفحة ببرنامج {program}."
    ),
    "News feeds": "خلاصات الأخبار",
    "Whole stories as they were published, section by section, in your reader.": (
        "الأخبار كاملةً كما نُشرت، قسمًا قسمًا، في قارئك المفضّل."
    ),
    "Choose a feed reader, such as {readers}.": "اختر قارئ خلاصات، مثل {readers}.",
    ", ": "، ",
    (
        "Open “Subscribe” below the section that you want, copy the address, and paste it into the "
        "reader where a feed is added."
    ): (
        "افتح «اشترك» أسفل القسم الذي تريده، وانسخ العنوان، والصقه في القارئ حيث تضاف خلاصة جديدة."
    ),
    "To have all sections at once, import {file} into the reader.": (
        "للاشتراك في الأقسام كلها دفعةً واحدة، استورد {file} في القارئ."
    ),
    "Sites": "المواقع",
    "Log in": "تسجيل الدخول",
    "Log out": "تسجيل الخروج",
    "Password": "كلمة السر",
    "This is not the password.": "كلمة السر غير صحيحة.",
    "Too many wrong passwords: wait ten minutes.": "كلمات سر خاطئة كثيرة: انتظر عشر دقائق.",
    "Filter sections and headlines": "ابحث في الأقسام والعناوين",
    "Nothing here matches.": "لا شيء هنا يطابق.",
    "Subscribe": "اشترك",
    "Subscribe: {section}": "اشترك: {section}",
    "Address of the feed: {section}": "عنوان الخلاصة: {section}",
    "Copy": "انسخ",
    "Copy the address: {section}": "انسخ العنوان: {section}",
    "The address is copied.": "نُسخ العنوان.",
    "The address is selected: copy it with the keyboard or the menu.": (
        "العنوان محدَّد: انسخه بلوحة المفاتيح أو من القائمة."
    ),
    "Feed of {section} as {format}": "خلاصة {section} بصيغة {format}",
    "{n} story": {
        "zero": "لا أخبار",
        "one": "خبر واحد",
        "two": "خبران",
        "few": "{n} أخبار",
        "many": "{n} خبرًا",
        "other": "{n} خبر",
    },
    "no stories yet": "لا أخبار بعد",
    "no stories": "لا أخبار",
    "last changed {when}": "آخر تحديث {when}",
    "a story about every minute": {
        "one": "خبر كل دقيقة تقريبًا",
        "two": "خبر كل دقيقتين تقريبًا",
        "few": "خبر كل {n} دقائق تقريبًا",
        "many": "خبر كل {n} دقيقة تقريبًا",
        "other": "خبر كل {n} دقيقة تقريبًا",
    },
    "a story about every hour": {
        "one": "خبر كل ساعة تقريبًا",
        "two": "خبر كل ساعتين تقريبًا",
        "few": "خبر كل {n} ساعات تقريبًا",
        "many": "خبر كل {n} ساعة تقريبًا",
        "other": "خبر كل {n} ساعة تقريبًا",
    },
    "a story about every day": {
        "one": "خبر كل يوم تقريبًا",
        "two": "خبر كل يومين تقريبًا",
        "few": "خبر كل {n} أيام تقريبًا",
        "many": "خبر كل {n} يومًا تقريبًا",
        "other": "خبر كل {n} يوم تقريبًا",
    },
    "{n} minute": {
        "one": "دقيقة",
        "two": "دقيقتان",
        "few": "{n} دقائق",
        "many": "{n} دقيقة",
        "other": "{n} دقيقة",
    },
    "{n} hour": {
        "one": "ساعة",
        "two": "ساعتان",
        "few": "{n} ساعات",
        "many": "{n} ساعة",
        "other": "{n} ساعة",
    },
    "{n} day": {
        "one": "يوم",
        "two": "يومان",
        "few": "{n} أيام",
        "many": "{n} يومًا",
        "other": "{n} يوم",
    },
    "longest pause: {span}": "أطول صمت: {span}",
    "Out of order for now.": "متوقف مؤقتًا.",
    "What happened?": "ماذا حدث؟",
    "Nothing has been read yet: the next run of {command} does it.": (
        "لم يُقرأ شيء بعد: التشغيل التالي للأمر {command} يفعل ذلك."
    ),
    (
        "Its page could be read, and no story of it is in the feed yet. See what the section's "
        "filters and {key} let through."
    ): ("قُرئت صفحته، وليس في الخلاصة خبر منها بعد. انظر ما تسمح به مرشّحات القسم و{key}."),
    "What can be done: {remedy}": "ما العمل: {remedy}",
    "All {n} headlines": "كل العناوين ({n})",
    "Status of the feeds": "حالة الخلاصات",
    "All sections work.": "كل الأقسام تعمل.",
    "{n} section is out of order.": {
        "one": "قسم واحد متوقف.",
        "two": "قسمان متوقفان.",
        "few": "{n} أقسام متوقفة.",
        "many": "{n} قسمًا متوقفًا.",
        "other": "{n} قسم متوقف.",
    },
    "{n} section is out of order; its last good feed stays.": {
        "one": "قسم واحد متوقف؛ تبقى آخر خلاصة سليمة كما هي.",
        "two": "قسمان متوقفان؛ تبقى آخر خلاصة سليمة كما هي.",
        "few": "{n} أقسام متوقفة؛ تبقى آخر خلاصة سليمة كما هي.",
        "many": "{n} قسمًا متوقفًا؛ تبقى آخر خلاصة سليمة كما هي.",
        "other": "{n} قسم متوقف؛ تبقى آخر خلاصة سليمة كما هي.",
    },
    "What needs a look": "ما يحتاج إلى نظر",
    "works": "يعمل",
    "works since {when}": "يعمل منذ {when}",
    "out of order": "متوقف",
    "out of order since {when}": "متوقف منذ {when}",
    "in quarantine": "محجور",
    "in quarantine since {when}": "محجور منذ {when}",
    "not run yet": "لم يُشغَّل بعد",
    "last success {when}": "آخر نجاح {when}",
    "no success yet": "لم ينجح بعد",
    "healed itself": "عالج نفسه",
    "Stories a day in the thirty days to {day}: {stories}, at most {most} on a day": (
        "الأخبار يوميًا في ثلاثين يومًا حتى {day}: {stories}، وأكثرها في يوم {most}"
    ),
    "30 days before": "قبل ثلاثين يومًا",
    "stories a day": "أخبار كل يوم",
    "stories a day, at most {most}": "أخبار كل يوم، {most} على الأكثر",
    "date": "تاريخ",
    "author": "كاتب",
    "picture": "صورة",
    "full text": "نص كامل",
    "What happened, and when": "ماذا حدث ومتى",
    "What happened, and when: {section}": "ماذا حدث ومتى: {section}",
    "went out of order": "توقف",
    "works again": "عاد يعمل",
    "began to work": "بدأ يعمل",
    "Full text": "النص الكامل",
    "Full text: {title}": "النص الكامل: {title}",
    "Earlier months": "أشهر سابقة",
    (
        "This is a news feed for feed readers, not a web page. To subscribe, copy its address from "
        "the address bar into your reader. To read whole stories in a browser, open the page of "
        "its section from the page of all feeds."
    ): (
        "هذه خلاصة أخبار يقرؤها قارئ الخلاصات، لا صفحة ويب. للاشتراك انسخ عنوانها من شريط العنوان "
        "والصقه في قارئك، ولقراءة الأخبار كاملةً في المتصفح افتح صفحة القسم من صفحة الخلاصات."
    ),
    (
        "This is one month of a news feed, for feed readers. To subscribe, take the address of the "
        "feed from the page of its section; whole stories stand there, too."
    ): (
        "هذا شهر واحد من خلاصة أخبار، لقارئ الخلاصات. للاشتراك خذ عنوان الخلاصة من صفحة قسمها، "
        "وفيها أيضًا الأخبار كاملة."
    ),
    "feedmaker: how the feeds fare": "feedmaker: أحوال الخلاصات",
    "{name} broke": "{name}: توقف",
    "{name} is in quarantine": "{name}: في الحجر",
    "{name} recovered": "{name}: عاد يعمل",
    "{name} healed itself": "{name}: عالج نفسه",
    "{name} is silent": "{name}: صامت",
    "The last good feed stays.": "تبقى آخر خلاصة سليمة كما هي.",
    "There is no feed of it yet.": "لا خلاصة له بعد.",
    "It is read again.": "عادت قراءته.",
    "No new story since {since}. Usually {rhythm}; longest pause: {span}.": (
        "لا خبر جديد منذ {since}. المعتاد {rhythm}؛ أطول صمت: {span}."
    ),
    (
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement "
        "{confidence:.2f}. If that is right, write it into the configuration."
    ): (
        "{what}: كان «{before}» وصار «{after}»: أخبار معروفة {agreed}، توافق {confidence:.2f}. إن "
        "صحّ ذلك فاكتبه في الإعداد."
    ),
    "the addresses are relative, so no reader can import them: set {key}": (
        "عناوينها نسبية لا يستوردها قارئ: اضبط {key}"
    ),
    # The command line
    (
        "Turn news sites, Arabic ones first, into full-text feeds that readers show right.\n\nTry "
        "`feedmaker demo`. Then let `feedmaker add URL` write config/sites/NAME.toml, see\nwith "
        "`feedmaker check` that all is well, and let cron call `feedmaker build`: it writes\none "
        "Atom and one RSS file per section to out/.\n"
    ): (
        "حوّل مواقع الأخبار، والعربية أولًا، إلى خلاصات كاملة النص تعرضها القارئات كما "
        "ينبغي.\n\nجرّب `feedmaker demo`. ثم دع `feedmaker add URL` يكتب config/sites/NAME.toml، "
        "وتأكد بالأمر\n`feedmaker check` أن كل شيء سليم، واجعل cron يشغّل `feedmaker build`: يكتب "
        "لكل قسم\nخلاصة Atom وأخرى RSS في out/.\n"
    ),
    (
        "exit codes:\n  0  all sections are good (articles that failed are named, and tried again "
        "by later runs)\n  1  a section failed; its last good feed stays\n  2  the command line or "
        "the configuration is wrong, be it of one site while the others ran\n  3  another run is "
        "at work\n  130, 143  the run was ended by SIGINT or SIGTERM; what was done is "
        "kept\n\n`feedmaker COMMAND --help` tells of one command.\n"
    ): (
        "رموز الخروج:\n  0  كل الأقسام سليمة (والمقالات التي فشلت تُسمّى وتُعاد محاولتها)\n  1  "
        "فشل قسم؛ تبقى آخر خلاصة سليمة له\n  2  سطر الأوامر أو الإعداد خاطئ، ولو لموقع واحد وقد "
        "عملت البقية\n  3  تشغيل آخر يعمل الآن\n  130, 143  أُنهي التشغيل بإشارة SIGINT أو "
        "SIGTERM؛ وما أُنجز محفوظ\n\n`feedmaker COMMAND --help` يشرح أمرًا واحدًا.\n"
    ),
    (
        "Look at URL, the home page of a site or one of its sections, and propose a configuration: "
        "name,\nlanguage, time zone, and sections by navigation, headed blocks, feeds and "
        "sitemaps; show the story\nlinks found in each and three stories of it; ask, and write "
        "config/sites/NAME.toml. Further sections\nof a site that is configured already are "
        "written behind those that its file has. Nothing is\noverwritten without asking. In an "
        "empty folder `config/` is made.\n"
    ): (
        "انظر في URL، الصفحة الرئيسة لموقع أو أحد أقسامه، واقترح إعدادًا: الاسم واللغة والمنطقة "
        "الزمنية\nوالأقسام من قوائم التصفح والكتل المعنونة والخلاصات وخرائط المواقع؛ واعرض روابط "
        "الأخبار في كل منها\nوثلاثة أخبار منها؛ ثم اسأل، واكتب config/sites/NAME.toml. والأقسام "
        "الجديدة لموقع معدّ من قبل تُكتب\nبعد ما في ملفه. لا يُستبدل شيء بلا سؤال. وفي مجلد فارغ "
        "يُنشأ `config/`.\n"
    ),
    (
        "Bring the feeds up to date: ask each section's listing whether it changed, fetch the "
        "new\narticles, and rewrite the feed files that a new or corrected story changes. Nothing "
        "is printed\nwhen all is well, and nothing of a single failure; what failed twice or "
        "recovered is.\n"
    ): (
        "حدّث الخلاصات: اسأل قائمة كل قسم هل تغيّرت، واجلب المقالات الجديدة، وأعد كتابة ملفات "
        "الخلاصات\nالتي يغيّرها خبر جديد أو مصحَّح. لا يُطبع شيء ما دام كل شيء سليمًا، ولا عن فشل "
        "واحد؛ بل عمّا فشل مرتين أو عاد يعمل.\n"
    ),
    (
        "Build the feeds of a small Arabic news portal that feedmaker serves to itself, over real "
        "HTTP.\nWrites to out/demo and keeps its store in .feedmaker/demo. The first run makes all "
        "feeds; in the\nsecond one story has been corrected on the site and only its feeds change; "
        "a third run changes\nnothing. Articles that fail there (404, 500, closed by robots.txt) "
        "are planted.\n"
    ): (
        "ابنِ خلاصات بوابة أخبار عربية صغيرة يقدمها feedmaker لنفسه عبر HTTP حقيقي.\nيكتب إلى "
        "out/demo ويحفظ مخزنه في .feedmaker/demo. التشغيل الأول يصنع كل الخلاصات؛ وفي "
        "الثاني\nصُحّح خبر واحد في الموقع فلا تتغير إلا خلاصاته؛ والثالث لا يغيّر شيئًا. المقالات "
        "التي تفشل\nهناك (404 و500 وما يمنعه robots.txt) موضوعة قصدًا.\n"
    ),
    (
        "Read the configuration and name every problem in it, with file and key. Nothing is "
        "fetched, unless\nwith --live: then each section's listing is asked for once, "
        "conditionally and no article, and what\nchanged since it last worked is told. Nothing is "
        "kept of it. Golden cases that the app keeps in\ncases/SITE/NAME, beside sites/, are read "
        "by the rules of today; one that fails is named.\n"
    ): (
        "اقرأ الإعداد وسمِّ كل مشكلة فيه بملفها ومفتاحها. لا يُجلب شيء إلا مع --live: فعندئذ "
        "تُطلب\nقائمة كل قسم مرة واحدة، طلبًا مشروطًا وبلا مقالات، ويُقال ما تغيّر منذ عملت آخر "
        "مرة. ولا يُحفظ من ذلك شيء.\nوتُقرأ الحالات المرجعية التي يحفظها التطبيق في "
        "cases/SITE/NAME، بجانب sites/، بقواعد اليوم؛ وتُسمّى كل حالة لا تصحّ.\n"
    ),
    (
        "Show what feedmaker makes of PAGE, a URL or a saved file. Of an article: which rule gave "
        "title,\nauthors, date, picture and section, which candidates lost, and for each block its "
        "first words and\nwhy it was kept or dropped. With --links, of a listing: which links are "
        "stories', which not, and\nwhy. As text, as JSON, or as the page itself in colours. The "
        "rules of a configured site are used for\nits pages. --record writes a golden case, for "
        "you to review by hand.\n"
    ): (
        "اعرض ما يصنعه feedmaker من PAGE، وهي عنوان أو ملف محفوظ. في المقال: أي قاعدة أعطت "
        "العنوان\nوالكتّاب والتاريخ والصورة والقسم، وأي المرشحات خسرت، ولكل كتلة كلماتها الأولى "
        "ولماذا أُبقيت أو تُركت.\nومع --links في قائمة: أي الروابط أخبار وأيها لا، ولماذا. نصًا، "
        "أو JSON، أو الصفحة نفسها ملوّنة.\nتُستعمل قواعد الموقع المعدّ لصفحاته. ويكتب --record "
        "حالة اختبار لتراجعها بيدك.\n"
    ),
    (
        "Show each section's stories and rhythm, its last good run, since when it is broken or "
        "unusually\nsilent and why, what healed itself, and the articles that failed; of a "
        "PostgreSQL store also its\nworkers and what waits for them. Sections that left the "
        "configuration are orphans; `build --prune`\nremoves their files.\n"
    ): (
        "اعرض أخبار كل قسم وإيقاعه، وآخر تشغيل سليم له، ومنذ متى هو متوقف أو صامت على غير العادة "
        "ولماذا،\nوما عالج نفسه، والمقالات التي فشلت؛ ومع مخزن PostgreSQL أيضًا العمّال وما "
        "ينتظرهم. الأقسام التي\nخرجت من الإعداد يتيمة؛ ويزيل `build --prune` ملفاتها.\n"
    ),
    "propose the configuration of a site from its URL, and write it": (
        "اقترح إعداد موقع من عنوانه، واكتبه"
    ),
    "bring the feeds up to date": "حدّث الخلاصات",
    "build the feeds of the sample site, offline": "ابنِ خلاصات الموقع التجريبي بلا شبكة",
    "name every problem of the configuration": "سمِّ كل مشكلة في الإعداد",
    "show what is made of a page, and why": "اعرض ما يُصنع من صفحة، ولماذا",
    "show how every section fares": "اعرض حال كل قسم",
    "folder with feedmaker.toml and sites/*.toml (config)": (
        "المجلد الذي فيه feedmaker.toml و sites/*.toml (المعتاد config)"
    ),
    "folder to write to, instead of what the configuration says": (
        "المجلد الذي يُكتب إليه بدل ما في الإعداد"
    ),
    "how to log to standard error: text, or json with an object a line": (
        "كيف يُسجَّل في الخرج القياسي للأخطاء: text، أو json بكائن في كل سطر"
    ),
    "usage: ": "الاستعمال: ",
    "options": "الخيارات",
    "positional arguments": "المعاملات",
    "commands": "الأوامر",
    "show this help message and exit": "اعرض هذه المساعدة واخرج",
    "show program's version number and exit": "اعرض رقم إصدار البرنامج واخرج",
    "the site's home page, or one of its sections": "الصفحة الرئيسة للموقع، أو أحد أقسامه",
    "take what is proposed, without asking": "خذ ما يُقترح بلا سؤال",
    "take this section only: its name, its number or its URL; may be given again": (
        "خذ هذا القسم وحده: اسمه أو رقمه أو عنوانه؛ ويمكن تكراره"
    ),
    "show what the site offers, and write nothing": "اعرض ما في الموقع ولا تكتب شيئًا",
    "with --list: as JSON": "مع --list: بصيغة JSON",
    "name of the file and of the folder in `out`": "اسم الملف والمجلد في `out`",
    "connect there instead of what the host name resolves to (connect_to)": (
        "اتصل بهذا العنوان بدل ما يدل عليه اسم الخادم (connect_to)"
    ),
    "sites to run (files of config/sites/); all without": (
        "المواقع المطلوبة (ملفات config/sites/)؛ وكلها إن لم تُذكر"
    ),
    "a line for each section, also when all is well": "سطر لكل قسم، ولو كان كل شيء سليمًا",
    (
        "read the stories that feeds show again, though their pages have not changed: all, those "
        "of a site, or one article"
    ): (
        "أعد قراءة الأخبار التي تعرضها الخلاصات وإن لم تتغير صفحاتها: كلها، أو أخبار موقع، أو مقال "
        "واحد"
    ),
    "fetch nothing: write the feeds that changed in the store, and the pages": (
        "لا تجلب شيئًا: اكتب الخلاصات التي تغيّرت في المخزن، والصفحات"
    ),
    "remove files of what left the configuration": "أزل ملفات ما خرج من الإعداد",
    "ask each section's listing whether it still works": "اسأل قائمة كل قسم هل ما زالت تعمل",
    "write the JSON Schemas that editors complete and explain keys by (#:schema) into the folder": (
        "اكتب في المجلد مخططات JSON التي تكمل بها المحررات المفاتيح وتشرحها (#:schema)"
    ),
    "forget earlier runs and start over": "انسَ ما سبق وابدأ من جديد",
    "URL or file": "عنوان أو ملف",
    "the address of a page given as a file": "عنوان الصفحة المعطاة ملفًا",
    "take the page as a listing and show its story links": "خذ الصفحة قائمةً واعرض روابط أخبارها",
    "also the place and the measures of each block": "مع موضع كل كتلة ومقاييسها",
    "the same for programs": "الشيء نفسه للبرامج",
    "write the page, kept in green, dropped in grey": (
        "اكتب الصفحة: ما أُبقي بالأخضر وما تُرك بالرمادي"
    ),
    "write a golden case, as tests/golden/NAME": "اكتب حالة اختبار، مثل tests/golden/NAME",
    "No run yet: `feedmaker build` makes the first.": (
        "لا تشغيل بعد: `feedmaker build` يقوم بالأول."
    ),
    "an orphan, by `formats`; `feedmaker build --prune` removes it": (
        "يتيم بحسب `formats`؛ ويزيله `feedmaker build --prune`"
    ),
    "{count} workers": "العمّال: {count}",
    "{count} sites waiting": "مواقع تنتظر: {count}",
    ", the longest for {seconds} s": "، أطولها انتظارًا {seconds} ثانية",
    "{count} under way": "قيد العمل: {count}",
    " ({count} tried again)": " (أعيدت محاولتها: {count})",
    "{count} sections due": "أقسام حان وقتها: {count}",
    "not asked before {when}, as its host wishes": "لا يُسأل قبل {when}، كما يريد خادمه",
    "no longer in the configuration; `feedmaker build --prune` removes its files": (
        "لم يعد في الإعداد؛ ويزيل `feedmaker build --prune` ملفاته"
    ),
    "section": "القسم",
    "status": "الحالة",
    "stories": "الأخبار",
    "a story every": "خبر كل",
    "last good run (UTC)": "آخر تشغيل سليم (UTC)",
    "failed articles": "مقالات فشلت",
    "never": "أبدًا",
    "never run": "لم يُشغَّل",
    "unusable": "إعداد خاطئ",
    "orphan": "يتيم",
    "published": "نُشر",
    "unchanged": "لم يتغيّر",
    "kept": "بقي كما كان",
    "quarantined": "محجور",
    "broken": "متوقف",
    " since {when}": " منذ {when}",
    "since {when}": "منذ {when}",
    "its last good feed stays": "تبقى آخر خلاصة سليمة له",
    "there is no feed of it yet": "لا خلاصة له بعد",
    "what can be done: {remedy}": "ما العمل: {remedy}",
    "not asked before {when}; `feedmaker build {site}` asks at once": (
        "لا يُسأل قبل {when}؛ و`feedmaker build {site}` يسأل فورًا"
    ),
    "silent for {quiet}; its longest pause was {longest}": (
        "صامت منذ {quiet}؛ وأطول صمت له {longest}"
    ),
    "removed {path}": "أُزيل {path}",
    "no longer so": "لم يعد كذلك",
    "{count} sections ({sections})": "الأقسام {count} ({sections})",
    "recovered": "عاد يعمل",
    "listing not modified": "لم تتغيّر القائمة",
    "{count} links": "الروابط: {count}",
    "{count} new": "جديد: {count}",
    "{count} changed": "مصحَّح: {count}",
    "{count} failed": "فشل: {count}",
    "{count} waiting": "ينتظر: {count}",
    "wrote {path}": "كُتب {path}",
    "The configuration is right: {sites} sites, {sections} sections.": (
        "الإعداد صحيح: المواقع {sites}، الأقسام {sections}."
    ),
    (
        "base_url: not set; feeds are written without a self link, and the OPML with relative "
        "addresses"
    ): ("base_url: غير مضبوط؛ تُكتب الخلاصات بلا رابط إلى نفسها، و OPML بعناوين نسبية"),
    "contact: not set; site owners who see your requests cannot reach you": (
        "contact: غير مضبوط؛ لا يستطيع أصحاب المواقع الذين يرون طلباتك أن يصلوا إليك"
    ),
    "Open {page} in a browser, or give a reader one of the feeds beside it.": (
        "افتح {page} في متصفح، أو أعطِ قارئًا إحدى الخلاصات بجانبه."
    ),
    "dropped": "تُرك",
    "page {number}: {words} words, {url}": "الصفحة {number}، كلماتها {words}، {url}",
    "The story has {count} words.": "كلمات الخبر: {count}.",
    "Its teaser is shown instead.": "يُعرض مقتطفه بدلًا منه.",
    "No story: {reason}.": "لا خبر: {reason}.",
    "from {source}": "من {source}",
    "not {value}, from {source}": "لا {value}، من {source}",
    "set the password of `feedmaker serve`": "اضبط كلمة سر `feedmaker serve`",
    "port to listen at (8000)": "المنفذ الذي يُستمع عليه (8000)",
    "The password is set.": "ضُبطت كلمة السر.",
    "The same again": "مرة أخرى",
    "serve the feeds, keep them up to date, and look after them in a browser": (
        "قدّم الخلاصات، وحدّثها، واعتنِ بها في متصفح"
    ),
    (
        "Serve the files in `out/` at http://127.0.0.1:8000/, and below /app an app: "
        "paste the address of a\n"
        "site, choose its sections, and see how all of them fare. Where others can "
        "reach the server, it asks\n"
        "for a password (`feedmaker password`). Needs `pip install "
        '"feedmaker[serve]"`.\n'
    ): (
        "يقدّم الملفات في `out/` على http://127.0.0.1:8000/، وتحت /app تطبيقًا: ألصق "
        "عنوان موقع، واختر\n"
        "أقسامه، وانظر كيف حالها كلها. وحيث يصل آخرون إلى الخادم يطلب كلمة سر "
        "(`feedmaker password`).\n"
        'يحتاج إلى `pip install "feedmaker[serve]"`.\n'
    ),
    (
        "Set the password that the app asks for, by typing it twice; a program sends "
        "it as the only line of\n"
        "standard input. It is kept as a hash (Argon2id), beside the store. Whoever is "
        "logged in by another\n"
        "password is so no more.\n"
    ): (
        "يضبط كلمة السر التي يطلبها التطبيق، بكتابتها مرتين؛ ويرسلها البرنامج سطرًا "
        "وحيدًا في المدخل\n"
        "القياسي. تُحفظ بصمتها (Argon2id) بجانب المخزن. ومن دخل بكلمة سر أخرى يخرج.\n"
    ),
    "the same for monitors (OpenMetrics); needs `feedmaker[serve]`": (
        "الشيء نفسه لبرامج المراقبة (OpenMetrics)؛ يحتاج إلى `feedmaker[serve]`"
    ),
    "give out and revoke keys for feeds of any address": "أعطِ مفاتيح لخلاصات أي عنوان، وأبطلها",
    "whose key it is": "لمن المفتاح",
    "requests an hour (600)": "الطلبات في الساعة (600)",
    "new addresses a day (20)": "العناوين الجديدة في اليوم (20)",
    "The key is revoked.": "أُبطل المفتاح.",
    "{requests} requests an hour, {addresses} new addresses a day": (
        "الطلبات في الساعة: {requests}، العناوين الجديدة في اليوم: {addresses}"
    ),
    (
        "While there is a key, `/feed?url=ADDRESS&key=KEY` is the full-text feed of a "
        "page or a feed. `add`\n"
        "prints a new key, once; what is kept of it is a hash, beside the store. `list` "
        "shows whose there\n"
        "are, and `remove` revokes one at once.\n"
    ): (
        "ما دام هناك مفتاح يكون `/feed?url=ADDRESS&key=KEY` خلاصة النص الكامل لصفحة أو "
        "خلاصة. يطبع `add`\n"
        "مفتاحًا جديدًا مرة واحدة؛ وتُحفظ بصمته بجانب المخزن. ويعرض `list` أصحاب "
        "المفاتيح، ويبطل `remove`\n"
        "مفتاحًا في الحال.\n"
    ),
    "address to listen at (127.0.0.1: this machine alone)": (
        "العنوان الذي يُستمع عليه (127.0.0.1: هذا الجهاز وحده)"
    ),
    "a further name that the server answers to, beside that of `base_url`": (
        "اسم آخر يجيب الخادم إليه، إلى جانب اسم `base_url`"
    ),
    (
        "a proxy before it sets X-Forwarded-For and -Proto; it asks for a password where none"
        " is set here"
    ): "أمامه وكيل يضع X-Forwarded-For و-Proto، ويطلب هو كلمة سر إن لم تُضبط هنا واحدة",
    "let the app fetch from this host, though its address is private": (
        "اسمح للتطبيق بأن يجلب من هذا المضيف، وإن كان عنوانه خاصًا"
    ),
    "feedmaker: a test. You will be told here when a feed breaks.": (
        "feedmaker: تجربة. ستُخبَر هنا حين تتعطل خلاصة."
    ),
    "send a test by each channel": "أرسل تجربة عبر كل قناة",
    "try who is told when a feed breaks": "جرّب من يُخبَر حين تتعطل خلاصة",
    "not taken: {why}": "لم تُقبل: {why}",
    "sent": "أُرسلت",
    "notify: {channel}: not taken: {why}": "notify: {channel}: لم تُقبل: {why}",
    "Send a test by each channel of `[notify]` in feedmaker.toml, and say which of them took it. "
    "Runs\ntell by themselves what breaks, recovers, heals itself or falls silent.\n": (
        "أرسل تجربة عبر كل قناة في `[notify]` في feedmaker.toml، وقل أيها قبلها. "
        "يُخبِر التشغيل من نفسه بما يتعطل أو يعود أو يُصلح نفسه أو يصمت.\n"
    ),
    "keep the feeds up to date without cron, on one machine or many": (
        "أبقِ الخلاصات حديثة بلا cron، على جهاز واحد أو أجهزة كثيرة"
    ),
    ("end when standard input does, as the child of a program that holds its other end"): (
        "انتهِ حين ينتهي المدخل القياسي، ابنًا لبرنامج يمسك طرفه الآخر"
    ),
    (
        "Work through the sites whose time has come, each section by its own rhythm, "
        "until SIGTERM. On a\n"
        "store that is a file there is one, and `feedmaker build` can run between its "
        "sites. On a PostgreSQL\n"
        "store start one on each core of each machine; each takes what is next. That "
        "needs\n"
        '`pip install "feedmaker[postgres]"`.\n'
    ): (
        "يعمل على المواقع التي حان وقتها، كل قسم بإيقاعه، حتى SIGTERM. مع مخزن هو ملف "
        "يكون واحدًا، ويمكن\n"
        "أن يعمل `feedmaker build` بين مواقعه. ومع مخزن PostgreSQL شغّل واحدًا لكل "
        "نواة في كل جهاز؛ يأخذ كل\n"
        'منها ما يلي. ويحتاج ذلك إلى `pip install "feedmaker[postgres]"`.\n'
    ),
    "check, back up or move what is remembered": "افحص ما يُحفظ أو انسخه أو انقله",
    "what to do": "ما يُفعل",
    "the file of a backup; FROM and TO of a move": "ملف النسخة؛ وعند النقل FROM وTO",
    "The store is in {path}.": "المخزن في {path}.",
    "The store is sound.": "المخزن سليم.",
    "Copied {rows} rows, {stories} stories among them. Set `store` to {place} now.": (
        "نُسخ {rows} صفًا، منها {stories} خبرًا. اجعل `store` الآن {place}."
    ),
    "`check` looks through the whole store and names what is wrong with it. `backup "
    "FILE` writes it as it\nis now into a new SQLite file, beside a run too. `move FROM TO` "
    "copies it into an empty one, from a\n"
    "SQLite file to a PostgreSQL URL or back; FROM stays as it is.\n": (
        "`check` يفحص المخزن كله ويسمي ما به من خلل. `backup FILE` يكتبه كما هو الآن في ملف SQLite "
        "جديد، ولو أثناء تشغيل. `move FROM TO` ينسخه إلى مخزن فارغ، من ملف SQLite إلى عنوان "
        "PostgreSQL أو العكس؛ ويبقى FROM كما هو.\n"
    ),
    "kept, {score}: {reason}": "أُخذ، {score}: {reason}",
    "dropped, {score}: {reason}": "تُرك، {score}: {reason}",
    "what was kept": "ما أُخذ",
    "what was dropped": "ما تُرك",
    "not looked at": "ما لم يُنظر فيه",
    "not looked at: hidden, a menu's or a foot's": "لم يُنظر فيه: مخفي، أو من قائمة أو تذييل",
    "point at a text, tap it, or reach it with the Tab key for its reason": (
        "أشر إلى نص أو المسه أو صل إليه بمفتاح Tab لترى سببه"
    ),
    "not {source}:": "لا من {source}:",
}
