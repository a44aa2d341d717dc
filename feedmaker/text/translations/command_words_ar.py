"""Arabic for the English words of the command line: what is wrong, asked and shown there."""

from __future__ import annotations

from typing import Final

COMMAND_WORDS: Final[dict[str, str | dict[str, str]]] = {
    # ---- the command line itself
    "still wanted: {names}": "ينقص: {names}",
    "not understood: {names}": "غير مفهوم: {names}",
    "{name}: may be {names}": "{name}: قد يكون {names}",
    "{name}: wants a value behind it": "{name}: يلزم أن تتبعه قيمة",
    "{name}: takes no value": "{name}: لا يأخذ قيمة",
    "{name}: is {value}; expected one of {names}": (
        "{name}: القيمة {value}؛ المتوقع واحد من {names}"
    ),
    "{name}: {value} is none": "{name}: القيمة {value} لا تصلح له",
    "interrupted; what was done is kept": "قوطع العمل؛ ما أُنجز محفوظ",
    "interrupted; nothing is written": "قوطع العمل؛ لم يُكتب شيء",
    "told to end (SIGTERM) and ended at once; what was kept stays": (
        "طُلب الإنهاء (SIGTERM) فانتهى في الحال؛ ما حُفظ باقٍ"
    ),
    "told to end (SIGTERM); what was done is kept, the next run goes on from it": (
        "طُلب الإنهاء (SIGTERM)؛ ما أُنجز محفوظ، ومنه يكمل التشغيل التالي"
    ),
    # ---- config/: files and keys
    (
        "no such folder; run where `config/` is, name it with --config, or begin with"
        " `feedmaker add URL`"
    ): (
        "لا يوجد مجلد كهذا؛ شغّل الأمر حيث يوجد `config/`، أو سمِّه بالخيار --config، أو ابدأ بـ "
        "`feedmaker add URL`"
    ),
    "no site; `feedmaker add URL` writes one, or write sites/NAME.toml": (
        "لا موقع فيه؛ `feedmaker add URL` يكتب واحدًا، أو اكتب sites/NAME.toml"
    ),
    'needs Pillow; install it with `pip install "feedmaker[thumbnails]"`': (
        'يحتاج إلى Pillow؛ ثبّتها بـ `pip install "feedmaker[thumbnails]"`'
    ),
    "is {value!r}, which lies in {folder}; expected a place outside of what is served": (
        "القيمة {value!r} تقع داخل {folder}؛ المتوقع مكان خارج ما يُنشر"
    ),
    "not UTF-8 (byte {byte}); save it as UTF-8": (
        "ليس بترميز UTF-8 (البايت {byte})؛ احفظه بترميز UTF-8"
    ),
    "not TOML: {why}": "ليس بصيغة TOML: {why}",
    "cannot be read: {why}": "لا يمكن قراءته: {why}",
    "cannot be read: a number is too long, or tables or lists lie too deep in each other": (
        "لا يمكن قراءته: فيه عدد أطول من اللازم، أو جداول أو قوائم متداخلة أكثر من اللازم"
    ),
    "the file's name: must end in .toml; rename it": ("اسم الملف: يجب أن ينتهي بـ .toml؛ غيّر اسمه"),
    "slug: a site is named by its file's name; take the key out": (
        "slug: يُسمّى الموقع باسم ملفه؛ احذف هذا المفتاح"
    ),
    (
        "the file's name: is {name!r}; expected a-z, 0-9 and hyphens, and no name of feedmaker's"
        " own in `out`; choose another"
    ): (
        "اسم الملف: القيمة {name!r}؛ المتوقع a-z والأرقام 0 إلى 9 وشرطات، وألا يكون من أسماء"
        " feedmaker نفسه في `out`؛ اختر غيره"
    ),
    "{slug!r} is already the slug of {key}": "القيمة {slug!r} مستعملة في {key}",
    "unknown key; {hint}": "مفتاح غير معروف؛ {hint}",
    "did you mean {name}?": "هل تقصد {name}؟",
    "it is a key of the site, so it stands above the first [[sections]] and other tables": (
        "هو من مفاتيح الموقع، فمكانه فوق أول [[sections]] وفوق الجداول الأخرى"
    ),
    "known are {names}": "المعروف: {names}",
    "missing; expected {what}": "مفقود؛ المتوقع {what}",
    "is {value}; expected {what}": "القيمة {value}؛ المتوقع {what}",
    "expected {what}": "المتوقع {what}",
    "at most {most} characters ({what})": "{most} حرفًا على الأكثر ({what})",
    "{what}, without quotes around it": "{what}، بلا علامتي تنصيص حوله",
    "each of them under [[sections]], in two brackets": ("كل قسم تحت [[sections]] بقوسين مزدوجين"),
    'a list, such as ["..."]': 'قائمة، مثل ["..."]',
    'a table, such as {{name = "..."}}': 'جدول، مثل {{name = "..."}}',
    "a valid string": "نص",
    "a valid boolean": "true أو false",
    "a valid integer": "عدد صحيح",
    "a valid number": "عدد",
    "{least:g} to {most:g} ({what})": "من {least:g} إلى {most:g} ({what})",
    "{least:g} or more ({what})": "{least:g} أو أكثر ({what})",
    "one at least ({what})": "واحد على الأقل ({what})",
    "{what}, such as {those}": "{what}، مثل {those}",
    "has a user name before its @, which is never sent; give an Authorization in headers instead": (
        "فيه اسم مستخدم قبل @، وهو لا يُرسل أبدًا؛ ضع Authorization في headers بدلًا منه"
    ),
    "is {value!r}; expected a URL such as https://example.org/news": (
        "القيمة {value!r}؛ المتوقع عنوان مثل https://example.org/news"
    ),
    "is {value!r}; expected a CSS selector": "القيمة {value!r}؛ المتوقع محدِّد CSS",
    "is {value!r}; expected an IANA name such as Africa/Casablanca": (
        "القيمة {value!r}؛ المتوقع اسم منطقة زمنية من IANA مثل Africa/Casablanca"
    ),
    "is {value!r}; expected a topic of a server, such as https://ntfy.sh/my-feeds": (
        "القيمة {value!r}؛ المتوقع موضوع على خادم، مثل https://ntfy.sh/my-feeds"
    ),
    "is {value!r}; expected an address such as me@example.org": (
        "القيمة {value!r}؛ المتوقع عنوان بريد مثل me@example.org"
    ),
    "expected the path of a file, or a URL that begins with postgresql://": (
        "المتوقع مسار ملف، أو عنوان يبدأ بـ postgresql://"
    ),
    "expected smtp://HOST or smtps://USER:PASSWORD@HOST": (
        "المتوقع smtp://HOST أو smtps://USER:PASSWORD@HOST"
    ),
    "expected ASCII text without blanks": "المتوقع نص ASCII بلا فراغات",
    "is {value!r}; expected a name such as windows-1256": (
        "القيمة {value!r}؛ المتوقع اسم ترميز مثل windows-1256"
    ),
    "is {value!r}; expected a host such as old.example.org": (
        "القيمة {value!r}؛ المتوقع اسم مضيف مثل old.example.org"
    ),
    "is {value!r}; expected host:port": "القيمة {value!r}؛ المتوقع host:port",
    "expected a header name and a line of ASCII text": "المتوقع اسم ترويسة وسطر من نص ASCII",
    "expected a cookie name and ASCII text without semicolons": (
        "المتوقع اسم كعكة ونص ASCII بلا فواصل منقوطة"
    ),
    "{value!r} is no regular expression ({error})": "القيمة {value!r} ليست تعبيرًا نمطيًا ({error})",
    "is {value!r}; expected site/section, by their slugs": (
        "القيمة {value!r}؛ المتوقع site/section باسميهما في الملفات"
    ),
    "is {value}; expected each format once": "القيمة {value}؛ المتوقع كل صيغة مرة واحدة",
    "a hub needs a base_url, since it is told the addresses of the feeds": (
        "يحتاج hub إلى base_url، لأنه يُبلَّغ بعناوين الخلاصات"
    ),
    "expected one of them to say where the section's links are": (
        "المتوقع واحد منها يقول أين روابط القسم"
    ),
    "goes with heading or nav, not with urls or sections_of": (
        "يأتي مع heading أو nav، لا مع urls أو sections_of"
    ),
    "goes with urls, heading or nav, not with sections_of": (
        "يأتي مع urls أو heading أو nav، لا مع sections_of"
    ),
    "is {value!r}; it goes with one address in urls: the home page or a section's": (
        "القيمة {value!r}؛ تأتي مع عنوان واحد في urls: الصفحة الرئيسة أو صفحة قسم"
    ),
    "a section of other sections has no source of its own": (
        "القسم المؤلف من أقسام أخرى لا مصدر له من عنده"
    ),
    "is {value}; expected hours in growing order, 0 to 10000": (
        "القيمة {value}؛ المتوقع ساعات بترتيب متصاعد، من 0 إلى 10000"
    ),
    "names itself: {circle}; take one of them out": "يسمّي نفسه: {circle}؛ احذف واحدًا منها",
    "lies more than {most} sections deep; join fewer": (
        "تداخله أعمق من {most} قسمًا؛ اجمع أقسامًا أقل"
    ),
    "{name!r} is no section; there are {known}": "لا قسم باسم {name!r}؛ الموجود: {known}",
    # ---- config/: what a key is
    "the story links of a listing, or the boxes that hold one each": (
        "روابط الأخبار في قائمة، أو الصناديق التي في كل منها رابط"
    ),
    "the elements whose content is the story": "العناصر التي محتواها هو الخبر",
    "elements never part of a story": "عناصر ليست من الخبر أبدًا",
    "the story's title": "عنوان الخبر",
    "the element with the publication date, as text or attribute": (
        "العنصر الذي فيه تاريخ النشر، نصًا أو سمة"
    ),
    "the authors' names": "أسماء الكتّاب",
    "the lead picture": "الصورة الرئيسة",
    "requests under way to one host at a time": "عدد الطلبات الجارية إلى مضيف واحد في آن",
    "seconds between the starts of two requests to one host": (
        "الثواني بين بدء طلبين إلى مضيف واحد"
    ),
    "seconds one page may take in all, redirects and further tries included": (
        "أقصى ثوانٍ لصفحة واحدة، مع التحويلات وإعادات المحاولة"
    ),
    "seconds one site may take in a run; what is left is done by the next": (
        "أقصى ثوانٍ لموقع واحد في تشغيل؛ ما بقي يُنجز في التالي"
    ),
    "further tries after a connection error or a status 5xx but 503": (
        "محاولات أخرى بعد خطأ في الاتصال أو حالة 5xx غير 503"
    ),
    "bytes of a page after decompression": "بايتات الصفحة بعد فك ضغطها",
    "tags of a page, opening and closing ones": "وسوم الصفحة، الفاتحة والمغلقة",
    "elements within each other, on average over a page of max_tags; a shorter one may be deeper": (
        "عمق تداخل العناصر في متوسط صفحة قدرها max_tags؛ والأقصر قد تكون أعمق"
    ),
    "attributes of one element; the others are not read": ("سمات العنصر الواحد؛ وما زاد لا يُقرأ"),
    "redirects followed for one page": "التحويلات المتبعة لصفحة واحدة",
    "links of one section that are looked at, the first of its listing": (
        "روابط القسم التي يُنظر فيها، وهي الأولى في قائمته"
    ),
    "pages of one listing that are read where all it shows is new": (
        "صفحات القائمة التي تُقرأ حين يكون كل ما تعرضه جديدًا"
    ),
    "pages of one story that are joined; 1: its first alone": (
        "صفحات الخبر التي تُضم معًا؛ 1: الأولى وحدها"
    ),
    "new articles of one site fetched in one run": "المقالات الجديدة التي تُجلب من موقع في تشغيل",
    "minutes at least between two runs of a section by workers": (
        "أقل دقائق بين تشغيلين لقسم واحد"
    ),
    "ages in hours at which a known article is asked again": (
        "الأعمار بالساعات التي يُسأل عندها عن مقال معروف من جديد"
    ),
    "name in file names: a-z, 0-9 and hyphens": "اسم في أسماء الملفات: a-z والأرقام 0 إلى 9 وشرطات",
    "what readers see as the feed's title": "ما يراه القراء عنوانًا للخلاصة",
    "listing pages, (news) sitemaps or feeds that name the section's stories": (
        "صفحات قوائم أو خرائط مواقع أو خلاصات تسمّي أخبار القسم"
    ),
    "a heading on `page`; the block of headlines under it is the section": (
        "عنوان في `page`؛ كتلة العناوين تحته هي القسم"
    ),
    "the page that `heading` or `nav` stands on; without it the site's home": (
        "الصفحة التي فيها `heading` أو `nav`؛ وبدونها الصفحة الرئيسة"
    ),
    "the label of a navigation link on `page` that leads to the listing": (
        "تسمية رابط تصفح في `page` يؤدي إلى القائمة"
    ),
    (
        "sections, as site/section, whose stories it takes from the store, those that pass its own"
        " filters; nothing is fetched"
    ): (
        "أقسام بصيغة site/section تؤخذ أخبارها من المخزن، ما اجتاز منها مرشحات هذا القسم؛ ولا"
        " يُجلب شيء"
    ),
    (
        "CSS selectors of the section's story links, or of boxes that hold one each; they take the"
        " place of those in `rules`"
    ): "محدِّدات CSS لروابط أخبار القسم، أو لصناديقها؛ وتحل محل ما في `rules`",
    (
        "where its stories are had from: the list that its page shows, the data (state) that it"
        " carries for its scripts, or the REST API of WordPress, the feed or the sitemaps that it"
        " or its site names; auto: what there is, found anew where the section stops working"
    ): (
        "من أين تؤخذ أخباره: من القائمة التي تعرضها صفحته، أو من البيانات (state) التي تحملها"
        " لبرامجها، أو من واجهة WordPress أو الخلاصة أو خرائط الموقع التي تسمّيها؛ auto: ما يوجد"
        " منها، ويُبحث عنه من جديد إذا توقف القسم"
    ),
    "keep only stories with one of these words in the title": (
        "أبقِ الأخبار التي في عنوانها إحدى هذه الكلمات"
    ),
    "drop stories with one of these words in the title": (
        "احذف الأخبار التي في عنوانها إحدى هذه الكلمات"
    ),
    "keep only links whose URL this regular expression finds something in": (
        "أبقِ الروابط التي يجد هذا التعبير النمطي شيئًا في عناوينها"
    ),
    "keep only stories of one of these categories of the site": (
        "أبقِ أخبار إحدى هذه الفئات في الموقع"
    ),
    "language tag (BCP 47) of the section, where it is not the site's": (
        "رمز لغة القسم (BCP 47) حين تختلف عن لغة الموقع"
    ),
    "whether it is left alone: it is not asked, and its feed stays": (
        "هل يُترك: لا يُسأل عنه، وتبقى خلاصته"
    ),
    "stories in the feed": "عدد الأخبار في الخلاصة",
    "days; links dated older are noted, not fetched; 0: no limit": (
        "أيام؛ الروابط الأقدم تُسجَّل ولا تُجلب؛ 0: بلا حد"
    ),
    "days that stories are remembered that neither feed nor listing shows; 0: for ever": (
        "أيام حفظ الأخبار التي لا تظهر في خلاصة ولا قائمة؛ 0: دائمًا"
    ),
    "feed files to write": "ملفات الخلاصة التي تُكتب",
    "taken from the file's name: a-z, 0-9 and hyphens": (
        "يؤخذ من اسم الملف: a-z والأرقام 0 إلى 9 وشرطات"
    ),
    "the site's own name": "اسم الموقع نفسه",
    "URL of its home page": "عنوان صفحته الرئيسة",
    "its sections, one `[[sections]]` table each": "أقسامه، لكل منها جدول `[[sections]]`",
    "language tag (BCP 47); plain `ar` is what readers understand": (
        "رمز اللغة (BCP 47)؛ والقارئات تفهم `ar` وحدها"
    ),
    "IANA zone of dates that name none": "المنطقة الزمنية (IANA) للتواريخ التي لا تذكر واحدة",
    "character set of pages that declare none and are not UTF-8": (
        "ترميز الصفحات التي لا تعلن ترميزًا وليست UTF-8"
    ),
    "request headers for this site": "ترويسات الطلبات إلى هذا الموقع",
    "cookies for this site": "كعكات هذا الموقع",
    "hosts that the site was at before, the first one first; its stories keep their ids": (
        "المضيفات التي كان عليها الموقع، الأقدم أولًا؛ وتبقى معرّفات أخباره"
    ),
    "`host:port` to connect to instead of what the home's host name resolves to": (
        "`host:port` يُتصل به بدلًا مما يدل عليه اسم مضيف الموقع"
    ),
    "selectors": "محدِّدات",
    "politeness and limits, where they differ from feedmaker.toml": (
        "اللباقة والحدود حيث تختلف عما في feedmaker.toml"
    ),
    "what is told": "ما يُبلَّغ عنه",
    "a program with its arguments; JSON is its input": "برنامج مع معاملاته؛ ومُدخله JSON",
    "URL that JSON is posted to": "عنوان يُرسل إليه JSON",
    "signs what is posted: `X-Feedmaker-Signature: sha256=` and the HMAC of the body": (
        "يوقّع ما يُرسل: `X-Feedmaker-Signature: sha256=` وبعده HMAC للمحتوى"
    ),
    "URL of a topic of an ntfy server": "عنوان موضوع على خادم ntfy",
    "access token of that server": "رمز الدخول إلى ذلك الخادم",
    "mail addresses": "عناوين بريد",
    "the sender of mails; without it the first of `mail`": ("مُرسل البريد؛ وبدونه أول ما في `mail`"),
    "`smtp://` (STARTTLS where a user is named) or `smtps://` URL of the mail server": (
        "عنوان خادم البريد `smtp://` (مع STARTTLS حين يُسمّى مستخدم) أو `smtps://`"
    ),
    "nothing is sent in these; it goes out by the next run after them": (
        "لا يُرسل فيها شيء؛ ويُرسل في أول تشغيل بعدها"
    ),
    "IANA zone of `quiet_hours`": "المنطقة الزمنية (IANA) لـ `quiet_hours`",
    "URL that `out` is served at; without it feeds have no self link": (
        "العنوان الذي يُنشر عليه `out`؛ وبدونه لا تذكر الخلاصات عنوانها"
    ),
    "URL of a WebSub hub to tell of changed feeds; needs `base_url`": (
        "عنوان مركز WebSub يُبلَّغ بتغير الخلاصات؛ يحتاج إلى `base_url`"
    ),
    "URL or mail address sent with each request, for site owners to reach you": (
        "عنوان صفحة أو بريد يُرسل مع كل طلب، ليصل إليك أصحاب المواقع"
    ),
    "folder to write feeds and pages to": "المجلد الذي تُكتب فيه الخلاصات والصفحات",
    "language of the pages and the health feed; without it that of most sites": (
        "لغة الصفحات وخلاصة الحالة؛ وبدونها لغة أكثر المواقع"
    ),
    "whether the pages show small pictures; needs `feedmaker[thumbnails]`": (
        "هل تعرض الصفحات صورًا صغيرة؛ يحتاج إلى `feedmaker[thumbnails]`"
    ),
    "whether `serve` gives files only to who has a key (`feedmaker key`) or is logged in": (
        "هل لا يعطي `serve` الملفات إلا لمن معه مفتاح (`feedmaker key`) أو سجّل دخوله"
    ),
    "file of the store, or a PostgreSQL URL": "ملف المخزن، أو عنوان PostgreSQL",
    "sites worked on side by side": "عدد المواقع التي يُعمل عليها معًا",
    "as in a section, for all of them": "كما في القسم، للأقسام كلها",
    "politeness and limits for all sites": "اللباقة والحدود للمواقع كلها",
    "who is told when a feed breaks": "من يُبلَّغ حين تتعطل خلاصة",
    # ---- the store and the files
    "the store is corrupt ({why})": "المخزن تالف ({why})",
    "the store is corrupt (its version is lost)": "المخزن تالف (ضاع رقم إصداره)",
    "another run has this store open; this one ends": "يفتح تشغيل آخر هذا المخزن؛ فينتهي هذا",
    "another run is at work on this store; this one ends": (
        "يعمل تشغيل آخر على هذا المخزن؛ فينتهي هذا"
    ),
    "another run is at work on this site; it is left to that one": (
        "يعمل تشغيل آخر على هذا الموقع؛ فيُترك له"
    ),
    "cannot be locked ({why}); is its folder writable?": (
        "لا يمكن قفله ({why})؛ هل يُسمح بالكتابة في مجلده؟"
    ),
    "cannot be locked ({why}); free some space": "لا يمكن قفله ({why})؛ أفرغ بعض المساحة",
    "corrupt, and cannot be moved away ({why}); remove it": (
        "تالف ولا يمكن نقله جانبًا ({why})؛ احذفه"
    ),
    "the store has a damaged row ({why}); `feedmaker build` sets it aside": (
        "في المخزن صف تالف ({why})؛ `feedmaker build` يضعه جانبًا"
    ),
    "another program is writing to the store ({why}); run again when it has ended": (
        "برنامج آخر يكتب في المخزن ({why})؛ أعد التشغيل بعد انتهائه"
    ),
    "the store cannot be written ({why}); free some space": (
        "لا يمكن الكتابة في المخزن ({why})؛ أفرغ بعض المساحة"
    ),
    "the store cannot be written ({why}); the disk may be full: free some space": (
        "لا يمكن الكتابة في المخزن ({why})؛ لعل القرص ممتلئ: أفرغ بعض المساحة"
    ),
    (
        "cannot be used as a store ({why}); is it writable, and has its disk room? else set another"
        " `store`"
    ): ("لا يصلح مخزنًا ({why})؛ هل يُسمح بالكتابة فيه وفي قرصه متسع؟ وإلا فسمِّ `store` آخر"),
    "rows refer to others that are gone": "فيه صفوف تشير إلى أخرى لم تعد موجودة",
    "{count} damaged rows": "صفوف تالفة: {count}",
    "is there already; name another file": "موجود من قبل؛ سمِّ ملفًا آخر",
    "cannot be written: {why}": "لا يمكن كتابته: {why}",
    "is a database, but no store of feedmaker; move it away, or set another `store`": (
        "قاعدة بيانات، لكنها ليست مخزنًا لـ feedmaker؛ انقلها، أو سمِّ `store` آخر"
    ),
    (
        "written by a later feedmaker (store version {version}, this one reads {own}); upgrade"
        " feedmaker or set another `store`"
    ): (
        "كتبه إصدار أحدث من feedmaker (إصدار المخزن {version}، وهذا يقرأ {own})؛ حدّث feedmaker أو"
        " سمِّ `store` آخر"
    ),
    "holds stories already; name a store that is empty": "فيه أخبار من قبل؛ سمِّ مخزنًا فارغًا",
    "{count} rows of {held} are in {table}": "في {table} من الصفوف {count} من {held}",
    "a PostgreSQL store needs more packages ({why}): pip install 'feedmaker[postgres]'": (
        "يحتاج مخزن PostgreSQL إلى حزم أخرى ({why}): pip install 'feedmaker[postgres]'"
    ),
    (
        "store: no PostgreSQL URL, like postgresql://user@host/name; in a password write % as %25,"
        " @ as %40, / as %2F and a blank as %20"
    ): (
        "store: ليس عنوان PostgreSQL مثل postgresql://user@host/name؛ اكتب في كلمة السر %25 بدل %"
        " و%40 بدل @ و%2F بدل / و%20 بدل الفراغ"
    ),
    "the database cannot be reached ({why}); is it up, and `store` right?": (
        "تعذّر الوصول إلى قاعدة البيانات ({why})؛ هل تعمل، و`store` صحيح؟"
    ),
    "the store cannot be read or written ({why})": (
        "لا يمكن القراءة من المخزن أو الكتابة فيه ({why})"
    ),
    (
        "the store cannot be read or written ({why}); another session holds a lock, or the server"
        " is too busy: run again later"
    ): (
        "لا يمكن القراءة من المخزن أو الكتابة فيه ({why})؛ تقفله جلسة أخرى، أو الخادم مشغول: أعد"
        " التشغيل لاحقًا"
    ),
    "store: damaged rows set aside: {rows}": "store: صفوف تالفة وُضعت جانبًا: {rows}",
    "{why}; it is now {file}, and a new one is begun": "{why}؛ صار الآن {file}، وبُدئ مخزن جديد",
    "free some space": "أفرغ بعض المساحة",
    "let this user write there, or choose another folder with --out": (
        "اسمح لهذا المستخدم بالكتابة هناك، أو اختر مجلدًا آخر بالخيار --out"
    ),
    "choose another folder with --out": "اختر مجلدًا آخر بالخيار --out",
    "remove the folder of that name": "احذف المجلد الذي بهذا الاسم",
    "remove the file that stands where a folder must be": (
        "احذف الملف القائم حيث يجب أن يكون مجلد"
    ),
    # ---- runs, the network and the server
    "`worker` needs more packages ({why}): pip install 'feedmaker[postgres]'": (
        "يحتاج `worker` إلى حزم أخرى ({why}): pip install 'feedmaker[postgres]'"
    ),
    "procrastinate's tables cannot be made; may this user create tables and types?": (
        "تعذّر إنشاء جداول procrastinate؛ هل يحق لهذا المستخدم إنشاء جداول وأنواع؟"
    ),
    "this system cannot limit a process: a page may take any time and memory": (
        "لا يستطيع هذا النظام تقييد عملية: قد تأخذ صفحة أي وقت وذاكرة"
    ),
    "{page} is there again, and is used again": "عاد {page} إلى الوجود، ويُستعمل من جديد",
    "{page} lists stories again, and is used again": "عاد {page} يسرد الأخبار، ويُستعمل من جديد",
    "not the URL of a proxy, like http://host:port": "ليس عنوان وكيل مثل http://host:port",
    "a SOCKS proxy needs one more package: pip install socksio": (
        "يحتاج وكيل SOCKS إلى حزمة أخرى: pip install socksio"
    ),
    "SSL_CERT_FILE or SSL_CERT_DIR cannot be used: {why}": (
        "لا يمكن استعمال SSL_CERT_FILE أو SSL_CERT_DIR: {why}"
    ),
    "`serve` needs more packages ({why}): pip install 'feedmaker[serve]'": (
        "يحتاج `serve` إلى حزم أخرى ({why}): pip install 'feedmaker[serve]'"
    ),
    "cannot listen at {host}, port {port}: {why}; name another by --port or --host": (
        "تعذّر الاستماع على {host}، المنفذ {port}: {why}؛ سمِّ غيره بالخيار --port أو --host"
    ),
    (
        "{host} can be reached by others: set a password by `feedmaker password`, or say by"
        " --behind-proxy that a proxy asks for one"
    ): (
        "يستطيع آخرون الوصول إلى {host}: ضع كلمة سر بـ `feedmaker password`، أو قل بالخيار"
        " --behind-proxy إن وكيلًا يطلبها"
    ),
    "it is not what `feedmaker password` writes": "ليس مما يكتبه `feedmaker password`",
    "cannot be used ({why}); make it readable, or remove it": (
        "لا يمكن استعماله ({why})؛ اسمح بقراءته، أو احذفه"
    ),
    # ---- `add`
    "there is no terminal to ask at; take all with --yes, or name sections with --section": (
        "لا طرفية يُسأل عندها؛ خذ الكل بالخيار --yes، أو سمِّ أقسامًا بالخيار --section"
    ),
    "--connect-to: is {value!r}; expected host:port, such as 127.0.0.1:8000": (
        "--connect-to: القيمة {value!r}؛ المتوقع host:port مثل 127.0.0.1:8000"
    ),
    "--json: goes with --list": "--json: يأتي مع --list",
    "--name: is {name!r}; expected a-z, 0-9 and hyphens, and no name of feedmaker's own in `out`": (
        "--name: القيمة {name!r}؛ المتوقع a-z والأرقام 0 إلى 9 وشرطات، وألا يكون من أسماء"
        " feedmaker نفسه في `out`"
    ),
    "{path} exists, and is not of this site. Replace it?": (
        "الملف {path} موجود، وليس لهذا الموقع. أيُستبدل؟"
    ),
    "{path} exists and is left as it is; choose another name with --name": (
        "الملف {path} موجود ويُترك كما هو؛ اختر اسمًا آخر بالخيار --name"
    ),
    "--section: no section is called «{words}»; there are {names}": (
        "--section: لا قسم اسمه «{words}»؛ الموجود: {names}"
    ),
    "Nothing is written.": "لم يُكتب شيء.",
    "Wrote {path} with {count} sections. `feedmaker build {site} -v` makes the feeds.": (
        "كُتب {path} بعدد من الأقسام: {count}. يصنع `feedmaker build {site} -v` الخلاصات."
    ),
    "{path} has what is proposed already.": "في {path} كل ما يُقترح.",
    "; {count} more could be had with --section": "؛ ويمكن أخذ غيرها ({count}) بالخيار --section",
    "{count} sections are looked at": "يُنظر في الأقسام، وعددها {count}",
    "None of them; what the home page itself shows is looked at.": (
        "لا شيء منها؛ يُنظر فيما تعرضه الصفحة الرئيسة نفسها."
    ),
    "{page} needs JavaScript: {why}.": "تحتاج {page} إلى JavaScript: {why}.",
    "feedmaker reads what the server sends, so it looks for feeds and sitemaps.": (
        "يقرأ feedmaker ما يرسله الخادم، فيبحث عن خلاصات وخرائط للموقع."
    ),
    "Sections (* is proposed):": "الأقسام (المقترح عليه *):",
    "left out: {why}": "تُرك: {why}",
    "; IN DOUBT: {why}": "؛ مشكوك فيه: {why}",
    "{count} story links": "روابط أخبار: {count}",
    "no story: {why}": "لا خبر: {why}",
    "list {number} that could be meant": "القائمة {number} قد تكون المقصودة",
    "{section} is in doubt: {why}. It could be one of these lists:": (
        "«{section}» مشكوك فيه: {why}. قد يكون إحدى هذه القوائم:"
    ),
    "Which? 1 to {most}, or Enter to leave it as it was found: ": (
        "أيها؟ من 1 إلى {most}، أو Enter لتركه كما وُجد: "
    ),
    "no date": "بلا تاريخ",
    "{count} words": "الكلمات: {count}",
    "no text, its page's own description": "بلا نص، وصف الصفحة نفسها",
    "Which? Numbers or names, Enter for those with *, ? for help: ": (
        "أيها؟ أرقام أو أسماء، Enter لما عليه *، و? للمساعدة: "
    ),
    (
        "Numbers (1,4), ranges (1-3), names, URLs, or several of them with commas between; `all`"
        " for all.\nEnter takes those with *. q, or Ctrl-D, leaves, and nothing is written."
    ): (
        "أرقام (1,4) أو مدى (1-3) أو أسماء أو عناوين، أو عدة منها بفواصل بينها؛ `all` للكل.\n"
        "Enter يأخذ ما عليه *. وبـ q أو Ctrl-D تخرج ولا يُكتب شيء."
    ),
    "None of the sections is called «{words}»; ? says what can be answered.": (
        "لا قسم اسمه «{words}»؛ تقول ? بمَ يُجاب."
    ),
    "name": "الاسم",
    "language": "اللغة",
    "time zone": "التوقيت",
    "PLEASE CHECK: ": "تحقق منه: ",
    "Write {count} sections to {path}? [Y/n/e/?] or a correction: ": (
        "أتُكتب الأقسام ({count}) في {path}؟ [Y/n/e/?] أو تصحيح: "
    ),
    (
        "Enter or y   writes the file\n"
        "e            opens its text in your editor first ($VISUAL or $EDITOR)\n"
        "n, q         leaves, and nothing is written; so do Ctrl-D and Ctrl-C\n"
        "name NAME, zone Asia/Riyadh, language ar     corrects what the file says of the site\n"
        "title 2 TITLE, slug 2 NAME, drop 2 or 3-5    corrects sections, by their numbers"
    ): (
        "Enter أو y   يكتب الملف\n"
        "e            يفتح نصه في محررك أولًا ($VISUAL أو $EDITOR)\n"
        "n, q         يخرج ولا يُكتب شيء؛ وكذلك Ctrl-D وCtrl-C\n"
        "name NAME, zone Asia/Riyadh, language ar     يصحح ما يقوله الملف عن الموقع\n"
        "title 2 TITLE, slug 2 NAME, drop 2 أو 3-5    يصحح الأقسام بأرقامها"
    ),
    "The text was edited by hand; e opens it again.": "حُرّر النص باليد؛ e يفتحه من جديد.",
    "«{words}» is no correction; ? says what can be answered.": (
        "«{words}» ليس تصحيحًا؛ تقول ? بمَ يُجاب."
    ),
    "The editor {name} could not be used ({why}); set $EDITOR to another.": (
        "تعذّر استعمال المحرر {name} ({why})؛ اجعل $EDITOR غيره."
    ),
    "The editor ended with code {code}; the text is as before.": (
        "انتهى المحرر بالرمز {code}؛ النص كما كان."
    ),
    # ---- `build`, `explain`, `check --live`
    "{page}: no section has this article; see its listing": (
        "{page}: ليس هذا المقال في أي قسم؛ انظر قائمته"
    ),
    "Wrote {path}; open it in a browser.": "كُتب {path}؛ افتحه في متصفح.",
    (
        "--links of a file: say with --url which address it is of, since links are relative to it"
    ): "--links لملف: قل بالخيار --url ما عنوانه، فالروابط تُقرأ نسبةً إليه",
    "{given}: neither a file nor a URL; expected one such as https://example.org/news/1": (
        "{given}: ليس ملفًا ولا عنوانًا؛ المتوقع مثل https://example.org/news/1"
    ),
    "{count} story links on {page}": "روابط الأخبار في {page}: {count}",
    "{page} is a sitemap index of {count} sitemaps": "{page} فهرس خرائط، عددها {count}",
    "(no title)": "(بلا عنوان)",
    "{folder}: is there already and is left as it is; name another folder": (
        "{folder}: موجود من قبل ويُترك كما هو؛ سمِّ مجلدًا آخر"
    ),
    (
        "Wrote {folder}: put right in expected.json what is not as a person would have it, then"
        " take out `reviewed`."
    ): "كُتب {folder}: صحّح في expected.json ما لا يراه إنسان صحيحًا، ثم احذف `reviewed`.",
    "paused, not asked": "موقوف مؤقتًا، لم يُسأل",
    "{count} stories of {sections}; nothing is to be asked": (
        "أخبار من {sections} عددها {count}؛ لا شيء يُسأل عنه"
    ),
    "; it last worked {when}": "؛ عمل آخر مرة في {when}",
    "does not work: {why}": "لا يعمل: {why}",
    "unchanged since the last run, {count} links": "لم يتغير منذ آخر تشغيل، الروابط {count}",
    "works: a sitemap index of {count} sitemaps": "يعمل: فهرس خرائط عددها {count}",
    "works: {count} links": "يعمل: الروابط {count}",
    "{count} new since the last run": "الجديد منذ آخر تشغيل {count}",
    "usually there are {count}": "والمعتاد {count}",
    "CHANGED: {what}": "تغيّر: {what}",
    # ---- cases
    "cannot be read; put it right, or remove its folder": "لا يمكن قراءتها؛ صححها أو احذف مجلدها",
    "{fault} (and {count} more)": "{fault} (وغيره: {count})",
    "is {got}, expected {wanted}": "القيمة {got}، والمتوقع {wanted}",
    "{value} is missing": "ينقص {value}",
    "{value} is too much": "يزيد {value}",
    "in another order, or not as often": "بترتيب آخر، أو بعدد آخر",
    # ---- `key`, `notify`, `password`, `store`
    "key {what}: a name of letters and digits is missing": ("key {what}: ينقص اسم من حروف وأرقام"),
    "{name}: nobody of that name has a key": "{name}: لا مفتاح لأحد بهذا الاسم",
    "--requests, --addresses: expected 0 or more": "--requests, --addresses: المتوقع 0 أو أكثر",
    "{file}: notify: names no channel: command, webhook, ntfy or mail": (
        "{file}: notify: لا يسمّي قناة: command أو webhook أو ntfy أو mail"
    ),
    "a password has {least} to {most} characters; nothing was changed": (
        "كلمة السر من {least} إلى {most} حرفًا؛ لم يتغير شيء"
    ),
    "the two are not the same; nothing was changed": "الاثنتان مختلفتان؛ لم يتغير شيء",
    "store {action}: takes {count} places; see `--help`": (
        "store {action}: عدد الأماكن المطلوبة {count}؛ انظر `--help`"
    ),
    "{store}: no store yet; `feedmaker build` makes it": (
        "{store}: لا مخزن بعد؛ `feedmaker build` يصنعه"
    ),
    "{store}: no such store": "{store}: لا مخزن كهذا",
    "{store}: FROM and TO are the same": "{store}: المصدر والهدف واحد",
    # ---- `rules import`
    "no such folder; expected a copy of ftr-site-config": (
        "لا يوجد مجلد كهذا؛ المتوقع نسخة من ftr-site-config"
    ),
    "too long": "أطول من اللازم",
    "at {text}": "عند {text}",
    "attributes of any element": "سمات أي عنصر",
    "a way up within a predicate": "صعود داخل شرط",
    "a position among other elements": "موضع بين عناصر أخرى",
    "predicates too deep in each other": "شروط متداخلة أكثر من اللازم",
    "a part of several classes": "جزء من عدة أصناف",
    "an empty text": "نص فارغ",
    "too many ways": "طرق أكثر من اللازم",
    "no path": "بلا مسار",
    "a path from another root": "مسار من أصل آخر",
    "a way up from a longer path": "صعود من مسار أطول",
}
