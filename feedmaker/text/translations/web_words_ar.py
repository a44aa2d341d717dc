"""Arabic for the English words of the web app, and of what is said of a site that it looked at."""

from __future__ import annotations

from typing import Final

WEB_WORDS: Final[dict[str, str | dict[str, str]]] = {
    "Pages of the app": "صفحات التطبيق",
    "Add a site": "أضف موقعًا",
    "Add another site": "أضف موقعًا آخر",
    "Why?": "لماذا؟",
    "The feeds": "الخلاصات",
    "Address of a news site, of one of its sections, or of a feed": (
        "عنوان موقع أخبار، أو أحد أقسامه، أو خلاصة"
    ),
    "Look at it": "انظر فيه",
    (
        "The site is looked at: its sections, and three stories of each. Nothing is "
        "written before you say so."
    ): ("يُنظر في الموقع: أقسامه، وثلاثة أخبار من كل قسم. لا يُكتب شيء قبل أن تأمر."),
    "Many at once: import a list or OPML": "مواقع كثيرة معًا: استورد قائمة أو OPML",
    "Looked at lately": "نُظر فيها حديثًا",
    "nothing found": "لم يوجد شيء",
    "added": "أُضيف",
    "ready: choose sections": "جاهز: اختر الأقسام",
    "is looked at": "يُنظر فيه",
    "waits for its turn": "ينتظر دوره",
    "Import addresses": "استورد عناوين",
    "Addresses, one a line, or the text of an OPML file": "عناوين، واحد في كل سطر، أو نص ملف OPML",
    "Or a file: OPML, or a list": "أو ملف: OPML أو قائمة",
    "Look at all of them": "انظر فيها كلها",
    "Each is looked at in the background; choose its sections when it is ready.": (
        "يُنظر في كل واحد في الخلفية؛ اختر أقسامه حين يجهز."
    ),
    "no address was found in this": "لم يوجد هنا عنوان",
    "the first {count} addresses are looked at; give the others later": (
        "يُنظر في أول {count} من العناوين؛ أعطِ البقية لاحقًا"
    ),
    "Nothing was found": "لم يوجد شيء",
    "Looking at the site": "يُنظر في الموقع",
    "Progress": "التقدم",
    "{site}: {seen} of {count} sections were looked at": (
        "{site}: نُظر في {seen} من {count} من الأقسام"
    ),
    "The first page of {site} is read.": "تُقرأ الصفحة الأولى من {site}.",
    "It waits for its turn: two sites are looked at already.": "ينتظر دوره: يُنظر الآن في موقعين.",
    (
        "A polite look takes up to two minutes. This page follows it by itself; you may "
        "leave it and come back."
    ): ("النظر المهذب يأخذ حتى دقيقتين. تتابعه هذه الصفحة وحدها؛ ويمكنك تركها والعودة إليها."),
    "No longer known": "لم يعد معروفًا",
    "What was found here is no longer remembered. Look at the site again.": (
        "ما وُجد هنا لم يعد محفوظًا. انظر في الموقع من جديد."
    ),
    "Please check: ": "يُرجى التحقق: ",
    (
        "This site is there already, as {name}. What you tick is added to its file; all "
        "that stands in it stays."
    ): ("هذا الموقع موجود باسم {name}. يُضاف ما تختاره إلى ملفه، ويبقى كل ما فيه."),
    "The site": "الموقع",
    "Name": "الاسم",
    "Language": "اللغة",
    "Time zone": "المنطقة الزمنية",
    "Name in addresses": "الاسم في العناوين",
    "a-z, 0-9 and hyphens; it cannot be changed later without new addresses": (
        "a-z والأرقام 0 إلى 9 وشُرَط؛ لا يتغير لاحقًا دون أن تتغير العناوين"
    ),
    "In doubt: {why}": "موضع شك: {why}",
    "Title of the feed": "عنوان الخلاصة",
    "Name in its address": "الاسم في عنوانها",
    "Its feed will be at": "ستكون خلاصته في",
    "no date": "بلا تاريخ",
    "no text, its page's own description": "بلا نص، وهذا وصف صفحته نفسها",
    "no story: {why}": "لا خبر: {why}",
    "Write, and build the feeds": "اكتب، وابنِ الخلاصات",
    "All that is proposed of this site is there already.": "كل ما يُقترح من هذا الموقع موجود.",
    "Left out": "تُركت",
    "{n} more section": {
        "zero": "لا أقسام أخرى",
        "one": "قسم آخر",
        "two": "قسمان آخران",
        "few": "{n} أقسام أخرى",
        "many": "{n} قسمًا آخر",
        "other": "{n} قسم آخر",
    },
    "Look at the ticked ones too": "انظر في المختارة أيضًا",
    "The feeds are there. Give a reader these addresses:": (
        "الخلاصات جاهزة. أعطِ القارئ هذه العناوين:"
    ),
    "The site is written, and its feeds are being made. These are their addresses:": (
        "كُتب الموقع، وتُصنع خلاصاته. هذه عناوينها:"
    ),
    "its feed": "خلاصته",
    "its page": "صفحته",
    "is being made": "تُصنع",
    "See how it fares": "انظر كيف حاله",
    "the site needs a name": "يحتاج الموقع إلى اسم",
    "each section needs a title": "يحتاج كل قسم إلى عنوان",
    "no section is ticked": "لم يُختر أي قسم",
    "these sections are there already": "هذه الأقسام موجودة",
    "{value} is no language; expected one such as ar": "{value} ليس لغة؛ المنتظر مثل ar",
    "{value} is no time zone; expected one such as Asia/Riyadh": (
        "{value} ليس منطقة زمنية؛ المنتظر مثل Asia/Riyadh"
    ),
    "{value} is no name for files; expected a-z, 0-9 and hyphens, such as sport": (
        "{value} لا يصلح اسمًا للملفات؛ المنتظر a-z والأرقام 0 إلى 9 وشُرَط، مثل sport"
    ),
    "{value} is the name of two sections; choose another": "{value} اسم لقسمين؛ اختر غيره",
    "{name} is the folder of another site already; choose another name": (
        "{name} مجلد موقع آخر؛ اختر اسمًا غيره"
    ),
    "navigation": "من قائمة التنقل",
    "navigation, a part of another section": "من قائمة التنقل، وهو جزء من قسم آخر",
    "a category of its WordPress with {posts} posts": "تصنيف في ووردبريس له، منشوراته {posts}",
    "its REST API gives the same stories whole, {count} of {tried} tried": (
        "تعطي واجهة REST الأخبار نفسها كاملة، {count} من {tried} جُرّبت"
    ),
    "{found}; its page lists no stories, its {source} {address} gives {count}": (
        "{found}؛ لا تعرض صفحته أخبارًا، ويعطي مصدره {source} {address} {count}"
    ),
    (
        "{found}; its {source} {address} says more of the same stories than its page: {count},"
        " {dated} with dates"
    ): (
        "{found}؛ يعطي مصدره {source} {address} عن الأخبار نفسها أكثر من صفحته: {count}،"
        " منها {dated} بتاريخ"
    ),
    "{found}; its stories are in the page's state": "{found}؛ وأخباره في بيانات الصفحة",
    "{found}; its page gives most, of {count} sources": (
        "{found}؛ صفحته أغنى المصادر، وعددها {count}"
    ),
    "{found}; {better}": "{found}؛ {better}",
    "a block of the home page with {stories} stories": (
        "كتلة في الصفحة الرئيسية فيها {stories} من الأخبار"
    ),
    "a feed that the page names": "خلاصة تذكرها الصفحة",
    "a sitemap that robots.txt names": "خريطة موقع يذكرها robots.txt",
    "a usual address": "عنوان معتاد",
    "the URL you gave": "العنوان الذي أعطيته",
    "the feed or sitemap you gave": "الخلاصة أو خريطة الموقع التي أعطيتها",
    "the page you gave": "الصفحة التي أعطيتها",
    "the home page": "الصفحة الرئيسية",
    "under «{heading}» on the home page": "تحت «{heading}» في الصفحة الرئيسية",
    "the page's title": "عنوان الصفحة",
    "the page's title and its logo or foot": "عنوان الصفحة مع شعارها أو ذيلها",
    "its host: the page does not say": "اسم مضيفه: لا تقول الصفحة",
    "the words of its headlines": "كلمات عناوين أخباره",
    "the words of its headlines; the page says {stated}": (
        "كلمات عناوين أخباره؛ وتقول الصفحة {stated}"
    ),
    "a guess: nothing says it": "تخمين: لا شيء يقوله",
    "its meta elements": "عناصر meta فيه",
    "nothing says it: dates without a zone will be taken for UTC": (
        "لا شيء يقولها: ستُعد التواريخ بلا منطقة بتوقيت UTC"
    ),
    "dates of its pages with the offset {offset}, and {country}": (
        "تواريخ صفحاته بفارق {offset}، و{country}"
    ),
    "{country}: no date of its pages names an offset": "{country}: لا تاريخ في صفحاته يذكر فارقًا",
    "its host ends with .{domain}": "نهاية مضيفه .{domain}",
    "its language tag {tag}": "وسم لغته {tag}",
    "its telephone number +{code}": "رقم هاتفه +{code}",
    "its name or description speaks of {place}": "يذكر اسمه أو وصفه {place}",
    "its language and the offset of its dates": "لغته وفارق تواريخه",
    "its language": "لغته",
    "dates with the offset {offset}; other countries have it too": (
        "تواريخ بفارق {offset}؛ ولبلدان أخرى مثله"
    ),
    "the page has no body": "لا متن للصفحة",
    "scripts stand where the text should be": "في موضع النص برامج نصية",
    "its <noscript> asks for JavaScript": "يطلب <noscript> فيها JavaScript",
    "{characters} characters of text and {links} links of its own, and {why}": (
        "{characters} من حروف النص و{links} من روابطها، و{why}"
    ),
    "no story link was found": "لم يوجد رابط خبر",
    "only 1 story link was found": "لم يوجد إلا رابط خبر واحد",
    "only {found} story links were found": "لم يوجد من روابط الأخبار إلا {found}",
    "{count} of the {found} links are only just taken for stories": (
        "{count} من {found} رابطًا عُدّت أخبارًا بفارق ضئيل"
    ),
    "{count} of the {found} links have the title of another": (
        "{count} من {found} رابطًا لها عنوان رابط آخر"
    ),
    "none of the {found} links shows a date, and {count} others of the page do": (
        "لا يظهر تاريخ لأي من الروابط المأخوذة ({found})، وله {count} من غيرها في الصفحة"
    ),
    "about {count} stories may be among the links beside the {found} taken": (
        "قد يكون نحو {count} من الأخبار بين الروابط سوى المأخوذة وعددها {found}"
    ),
    "it holds the same links as «{section}»": "فيه روابط «{section}» نفسها",
    "none of {count} of its pages could be fetched": "لم يمكن جلب أي من {count} من صفحاته",
    "none of {count} of its pages gave a story": "لم تعطِ أي من {count} من صفحاته خبرًا",
    "{page} is an article; its site is looked at instead.": (
        "{page} مقال؛ يُنظر في موقعه بدلًا منه."
    ),
    "The home page {page} could not be fetched ({reason}); the page itself is used instead.": (
        "تعذّر جلب الصفحة الرئيسية {page} ({reason})؛ تُستعمل الصفحة نفسها بدلًا منها."
    ),
    (
        "{page} needs JavaScript ({why}), and no feed or sitemap was found; give the URL "
        "of one if you know it"
    ): (
        "تحتاج {page} إلى JavaScript ({why})، ولم توجد خلاصة ولا خريطة موقع؛ أعطِ عنوان "
        "إحداهما إن عرفته"
    ),
    "its pages lead nowhere": "لا تقود صفحاته إلى شيء",
    "{page}: no section with story links was found ({why}); give the URL of a section": (
        "{page}: لم يوجد قسم فيه روابط أخبار ({why})؛ أعطِ عنوان قسم"
    ),
    (
        "the site makes sure that a person is there, which no program passes: ask its "
        "owners to let feedmaker in, or give the URL of a feed or sitemap of it"
    ): (
        "يتحقق الموقع من وجود إنسان، ولا يجتاز ذلك برنامج: اطلب من أصحابه أن يسمحوا لـ "
        "feedmaker، أو أعطِ عنوان خلاصة أو خريطة موقع له"
    ),
    "the site asks for consent first; give the URL of a feed or sitemap of it": (
        "يطلب الموقع الموافقة أولًا؛ أعطِ عنوان خلاصة أو خريطة موقع له"
    ),
    "the site asks for a login first; give the URL of a public section": (
        "يطلب الموقع تسجيل الدخول أولًا؛ أعطِ عنوان قسم عام"
    ),
    "the site asks for a login; give the URL of a public section": (
        "يطلب الموقع تسجيل الدخول؛ أعطِ عنوان قسم عام"
    ),
    "the site is closed for works; try again later": "الموقع مغلق للصيانة؛ حاول لاحقًا",
    "the site does not want programs there; ask its owners": (
        "لا يريد الموقع برامج هناك؛ اسأل أصحابه"
    ),
    "the site seems to be down, as its robots.txt cannot be had; try again later": (
        "يبدو أن الموقع متوقف، إذ تعذّر جلب robots.txt؛ حاول لاحقًا"
    ),
    "is the address right? No such host is known": "هل العنوان صحيح؟ لا يُعرف مضيف كهذا",
    "is the network there? No name server answers": "هل الشبكة متصلة؟ لا يجيب أي خادم أسماء",
    "the site's certificate is not valid; is the address right?": (
        "شهادة الموقع غير صالحة؛ هل العنوان صحيح؟"
    ),
    "the site is down, or the address is not right; try again later": (
        "الموقع متوقف، أو العنوان غير صحيح؛ حاول لاحقًا"
    ),
    "the site is down, or does not answer from here; try again later": (
        "الموقع متوقف، أو لا يجيب من هنا؛ حاول لاحقًا"
    ),
    "the site is slow or down; try again later": "الموقع بطيء أو متوقف؛ حاول لاحقًا",
    "the site ends connections from here; try again later": (
        "يقطع الموقع الاتصالات من هنا؛ حاول لاحقًا"
    ),
    (
        "give an address of the open internet; private ones are asked only where the "
        "server was started with `--allow-private HOST`"
    ): (
        "أعطِ عنوانًا من الإنترنت العام؛ فالعناوين الخاصة لا تُطلب إلا إذا بدأ الخادم بـ "
        "`--allow-private HOST`"
    ),
    (
        "the site keeps programs out: set `contact` in feedmaker.toml and ask its owners, "
        "or give the URL of a feed or sitemap of it"
    ): (
        "يمنع الموقع البرامج: اضبط `contact` في feedmaker.toml واسأل أصحابه، أو أعطِ عنوان "
        "خلاصة أو خريطة موقع له"
    ),
    (
        "the site is down for a while, so try again later; if it stays so, the site keeps "
        "programs out: set `contact` in feedmaker.toml and ask its owners, or give the URL "
        "of a feed or sitemap of it"
    ): (
        "الموقع متوقف لبعض الوقت، فحاول لاحقًا؛ فإن بقي كذلك فهو يمنع البرامج: اضبط "
        "`contact` في feedmaker.toml واسأل أصحابه، أو أعطِ عنوان خلاصة أو خريطة موقع له"
    ),
    "the site was asked too often; try again in an hour": "طُلب الموقع مرات كثيرة؛ حاول بعد ساعة",
    "the site is not shown in the country that it was asked from": (
        "لا يُعرض الموقع في البلد الذي طُلب منه"
    ),
    "the site has an error of its own; try again later, and look at it in a browser": (
        "في الموقع نفسه خطأ؛ حاول لاحقًا، وانظر فيه بمتصفح"
    ),
    "look at the address in a browser": "انظر في العنوان بمتصفح",
    "is the address right, and the network there?": "هل العنوان صحيح، والشبكة متصلة؟",
    "paused": "متوقف مؤقتًا",
    "Rename": "غيّر الاسم",
    "Readers see the new name; the addresses stay.": "يرى القراء الاسم الجديد، وتبقى العناوين.",
    "There is no site yet. Paste the address of one above.": (
        "لا موقع بعد. ألصق عنوان موقع في الأعلى."
    ),
    "There is no site yet.": "لا موقع بعد.",
    "Build all now": "ابنِ الكل الآن",
    "Pause all": "أوقف الكل مؤقتًا",
    "Resume all": "استأنف الكل",
    "Remove the site": "أزل الموقع",
    "Name of the site": "اسم الموقع",
    "Stories": "الأخبار",
    "Last success": "آخر نجاح",
    "Next look": "النظرة التالية",
    "Feed": "الخلاصة",
    "not there yet": "ليست جاهزة بعد",
    "Resume": "استأنف",
    "Build now": "ابنِ الآن",
    "Accept the listing as it is": "اقبل القائمة كما هي",
    "Fetch its stories again": "اجلب أخباره من جديد",
    "Pause": "أوقف مؤقتًا",
    "Remove": "أزل",
    "Remove?": "إزالة؟",
    "The section {section} of {site} leaves the configuration.": (
        "يخرج القسم «{section}» من «{site}» من الإعدادات."
    ),
    "The site {site} leaves the configuration, with all its sections.": (
        "يخرج الموقع «{site}» من الإعدادات بأقسامه كلها."
    ),
    (
        "Whoever subscribes keeps the stories that they have. The feed's file stays where it "
        "is and gets nothing new. If its files are removed, too, readers are told that the "
        "feed is gone."
    ): (
        "يحتفظ المشتركون بما عندهم من أخبار. يبقى ملف الخلاصة في مكانه ولا يأتيه جديد. فإن "
        "أزيلت ملفاته أيضًا قيل للقراء إن الخلاصة لم تعد موجودة."
    ),
    "Remove its files, too": "أزل ملفاته أيضًا",
    "Keep it": "أبقه",
    "No such site": "لا موقع كهذا",
    "All sites": "كل المواقع",
    "Why this story?": "لماذا هذا الخبر؟",
    "Address of an article": "عنوان مقال",
    "Explain": "اشرح",
    "The page is read.": "تُقرأ الصفحة.",
    "The story as it is taken": "الخبر كما يؤخذ",
    "Its page: kept in green, dropped in grey": "صفحته: المأخوذ بالأخضر، والمتروك بالرمادي",
    "The page with what was kept and dropped": "الصفحة مع ما أُخذ وما تُرك",
    "Point at a text to see why.": "أشر إلى نص لترى السبب.",
    "there is no such site": "لا موقع كهذا",
    "a build is at work just now; try again in a minute": "يعمل بناء الآن؛ حاول بعد دقيقة",
    "{name}: no such site in {folder}": "{name}: لا موقع كهذا في {folder}",
    "{name}: no such section of {site}": "{name}: لا قسم كهذا في {site}",
    "this file is written in a way that only a person can change": (
        "هذا الملف مكتوب بطريقة لا يغيّرها إلا إنسان"
    ),
    "{name} is not in quarantine for its listing; there is nothing to accept": (
        "{name} ليس في الحجر بسبب قائمته؛ لا شيء يُقبل"
    ),
    "see, pause, rename and remove sites and their sections": (
        "اعرض المواقع وأقسامها، وأوقفها مؤقتًا، وسمّها، وأزلها"
    ),
    "what is to be done": "ما المطلوب",
    (
        "`import FOLDER` reads a copy of ftr-site-config (github.com/fivefilters/ftr-site-config,"
        " public\ndomain): for each configured site the file of its host. What a file names is"
        " tried on a few pages of\nthe site. It goes into `[rules]` of config/sites/NAME.toml where"
        " it agrees with what is found\nwithout it, or nothing is found without it; the rest is"
        " named, and so are lines that are not\nunderstood. What a site has of rules stays.\n"
    ): (
        "يقرأ `import FOLDER` نسخة من ftr-site-config (github.com/fivefilters/ftr-site-config، ملك"
        " عام):\nلكل موقع مضبوط ملف مضيفه. يُجرَّب ما يسميه الملف في صفحات قليلة من الموقع، ويُكتب في\n"
        "`[rules]` من config/sites/NAME.toml حيث يوافق ما يوجد بدونه، أو حيث لا يوجد شيء بدونه.\n"
        "ويُذكر الباقي، وكل سطر لم يُفهم. وما للموقع من قواعد يبقى.\n"
    ),
    "take rules for pages that others have written": "خذ قواعد للصفحات كتبها آخرون",
    "a copy of ftr-site-config": "نسخة من ftr-site-config",
    "sites; all without": "مواقع؛ وبدونها كلها",
    "{name}: {folder} has no file for it": "{name}: لا ملف له في {folder}",
    "{name}: no such site": "{name}: لا موقع بهذا الاسم",
    "none of its pages could be fetched, so nothing is taken": (
        "تعذّر جلب صفحاته كلها، فلا يؤخذ شيء"
    ),
    "taken, as on {count} pages without it: {key} = {selectors}": (
        "أُخذ، وهو كما يوجد بدونه في الصفحات المجرّبة ({count}): {key} = {selectors}"
    ),
    "not taken, since it says something else than is found without it: {keys}": (
        "لم يؤخذ، لأنه يقول غير ما يوجد بدونه: {keys}"
    ),
    "not taken, since it names nothing on the pages tried: {keys}": (
        "لم يؤخذ، لأنه لا يسمي شيئًا في الصفحات المجرّبة: {keys}"
    ),
    "not taken, since the site has a rule of its own: {keys}": (
        "لم يؤخذ، لأن للموقع قاعدته: {keys}"
    ),
    "it wants the header {header}: write it into `headers` if you do": (
        "يريد الترويسة {header}: اكتبها في `headers` إن شئت"
    ),
    "line {number} is not understood ({why}): {text}": ("السطر {number} غير مفهوم ({why}): {text}"),
    "SITE or SITE/SECTION": "موقع، أو موقع/قسم",
    "with rename: what it is called then": "مع rename: الاسم الجديد",
    "with remove: remove its files from `out`, too": "مع remove: أزل ملفاته من `out` أيضًا",
    "{name} is paused; its feed stays": "{name} متوقف مؤقتًا؛ تبقى خلاصته",
    "{name} is asked again, by the next run": "{name} يُطلب من جديد، في التشغيل التالي",
    "{name} is renamed; its addresses stay": "تغيّر اسم {name}؛ تبقى عناوينه",
    "{name} is removed": "أزيل {name}",
    "{name}: its listing is taken as it is, by the next run": (
        "{name}: تؤخذ قائمته كما هي، في التشغيل التالي"
    ),
    "{action}: of which? Expected SITE or SITE/SECTION": (
        "{action}: لأيها؟ المنتظر موقع أو موقع/قسم"
    ),
    "rename: expected a title behind {name}": "rename: المنتظر اسم بعد {name}",
    "accept: expected SITE/SECTION": "accept: المنتظر موقع/قسم",
    (
        "ACTION is `list`, `pause`, `resume`, `rename`, `remove` or `accept`; NAME is a site, "
        "such as\nalmadar, or a section of it, such as almadar/sport. What is paused is not "
        "asked any more, and its\nfeed stays. What is removed leaves the configuration: its "
        "feed's file stays and gets nothing new,\nwith --files it goes too, and readers are "
        "told that there is none. `accept` takes a listing that is\nin quarantine, since it "
        "lost most of its links, for the site's new way.\n"
    ): (
        "الأمر ACTION هو `list` أو `pause` أو `resume` أو `rename` أو `remove` أو `accept`؛ "
        "وNAME موقع مثل\nalmadar أو قسم منه مثل almadar/sport. ما أُوقف مؤقتًا لا يُطلب بعد، "
        "وتبقى خلاصته. وما أزيل يخرج من\nالإعدادات: يبقى ملف خلاصته ولا يأتيه جديد، ومع "
        "--files يزول أيضًا. و`accept` يقبل قائمة في الحجر،\nفقدت معظم روابطها، على أنها حال "
        "الموقع الجديدة.\n"
    ),
    "too much is looked at already; try again in some minutes": (
        "يُنظر في أشياء كثيرة الآن؛ حاول بعد دقائق"
    ),
    "it took longer than {seconds:.0f} seconds; try again later": (
        "استغرق أكثر من {seconds:.0f} ثانية؛ حاول لاحقًا"
    ),
    "the process that did the work ended too early; the log of the server may say why": (
        "انتهت العملية التي قامت بالعمل قبل أوانها؛ قد يقول سجل الخادم السبب"
    ),
    "{given}: no URL; expected the address of a site, such as https://example.org/": (
        "{given}: ليس عنوانًا؛ المنتظر عنوان موقع، مثل https://example.org/"
    ),
    "{n} more note": {
        "zero": "لا ملاحظات أخرى",
        "one": "ملاحظة أخرى",
        "two": "ملاحظتان أخريان",
        "few": "{n} ملاحظات أخرى",
        "many": "{n} ملاحظة أخرى",
        "other": "{n} ملاحظة أخرى",
    },
    "A rule against it": "قاعدة تصلحه",
    "A rule is looked for, and tried on the newest stories.": (
        "يُبحث عن قاعدة، وتُجرَّب على أحدث الأخبار."
    ),
    "Accept the rule": "اقبل القاعدة",
    "Add the site of this page first; then what is read wrongly can be mended here.": (
        "أضف موقع هذه الصفحة أولًا؛ عندئذ يمكن هنا إصلاح ما قُرئ خطأ."
    ),
    "After": "بعد",
    "Before": "قبل",
    "Choose a text that is wrong": "اختر نصًا ليس كما يجب",
    "Click one that is wrong.": "انقر نصًا ليس كما يجب.",
    "Find a rule and try it": "ابحث عن قاعدة وجرّبها",
    "In green: kept. In grey: dropped.": "بالأخضر: ما أُبقي. بالرمادي: ما أُسقط.",
    "It is": "هو",
    "Mend its headlines": "أصلح عناوينه",
    "No lasting name tells this from the rest of the page. Who knows CSS can type a selector.": (
        "لا اسم ثابت يميّز هذا من بقية الصفحة. من يعرف CSS يمكنه أن يكتب محددًا."
    ),
    "On the newest stories of the section": "في أحدث أخبار القسم",
    "On this page": "في هذه الصفحة",
    "Only after": "بعد فقط",
    "Only before": "قبل فقط",
    "Or:": "أو:",
    "Selector": "المحدد",
    "Selectors, one a line": "المحددات، واحد في كل سطر",
    "Stories tried: {done} of {all}.": "أخبار جُرّبت: {done} من {all}.",
    "The page is kept as a case, which `feedmaker check` reads:": (
        "حُفظت الصفحة حالةً مرجعية يقرؤها `feedmaker check`:"
    ),
    "Tick the headlines that are stories of this section": "علّم العناوين التي هي أخبار هذا القسم",
    "To the site": "إلى الموقع",
    "Try this one": "جرّب هذا",
    "What was pointed at is: {part}.": "ما أُشير إليه هو: {part}.",
    "Which headlines?": "أي العناوين؟",
    "Written. The section is built with it now; stories that its feed shows are read again.": (
        "كُتبت. يُبنى القسم بها الآن، وتُقرأ الأخبار التي في خلاصته من جديد."
    ),
    "changes": "يتغيّر",
    "choose a text of the page, and what it is": "اختر نصًا من الصفحة، وما هو",
    "not part of the story": "ليس من الخبر",
    "not to be had": "تعذّر الحصول عليه",
    "stays as it is": "يبقى كما هو",
    "the author": "الكاتب",
    "the date": "التاريخ",
    "the headlines of the section": "عناوين القسم",
    "the text": "النص",
    "the title": "العنوان",
    "there is no selector to try": "لا محدد يُجرَّب",
    "tick the headlines of stories": "علّم عناوين الأخبار",
    "tick what was missed, or untick what is no story": ("علّم ما فات، أو أزل العلامة عمّا ليس خبرًا"),
    "{changed} of {all} change.": "يتغيّر {changed} من {all}.",
    "{given}: no CSS selector, or too long": "{given}: ليس محدد CSS، أو طويل جدًا",
    "{n} comes": {
        "zero": "لا يأتي عنوان",
        "one": "يأتي عنوان واحد",
        "two": "يأتي عنوانان",
        "few": "تأتي {n} عناوين",
        "many": "يأتي {n} عنوانًا",
        "other": "يأتي {n} عنوان",
    },
    "{n} goes": {
        "zero": "لا يذهب عنوان",
        "one": "يذهب عنوان واحد",
        "two": "يذهب عنوانان",
        "few": "تذهب {n} عناوين",
        "many": "يذهب {n} عنوانًا",
        "other": "يذهب {n} عنوان",
    },
    "{n} headline stays": {
        "zero": "لا يبقى عنوان",
        "one": "يبقى عنوان واحد",
        "two": "يبقى عنوانان",
        "few": "تبقى {n} عناوين",
        "many": "يبقى {n} عنوانًا",
        "other": "يبقى {n} عنوان",
    },
    "{n} paragraph in both": {
        "zero": "لا فقرة في كليهما",
        "one": "فقرة واحدة في كليهما",
        "two": "فقرتان في كليهما",
        "few": "{n} فقرات في كليهما",
        "many": "{n} فقرة في كليهما",
        "other": "{n} فقرة في كليهما",
    },
    # Why a block or a link was kept or dropped.
    "reads like the story": "يُقرأ كالخبر",
    "does not read like the story": "لا يُقرأ كالخبر",
    "which reads like the story": "وهي تُقرأ كالخبر",
    "which does not read like the story": "وهي لا تُقرأ كالخبر",
    "of one kind with block {name}": "من نوع الفقرة {name}",
    "asks the reader for {name}": "تطلب من القارئ: {name}",
    "labelled {name}": "عليها عنوان: {name}",
    "in the page's {name}": "في جزء من الصفحة: {name}",
    "in a {name}": "في {name}",
    "in {name}": "في {name}",
    "away from the page's running text": "بعيدة عن نص الصفحة",
    "among what is not the story's": "بين ما ليس من الخبر",
    "mostly links": "معظمها روابط",
    " (by the rules)": " (بالقواعد)",
    "another story's": "من خبر آخر",
    "with a headline of its own": "له عنوان خاص به",
    "a heading with nothing under it": "عنوان لا شيء تحته",
    "verse at the end of the story": "شعر في آخر الخبر",
    "a list of facts at the end of the story": "قائمة حقائق في آخر الخبر",
    "a comment on the story": "تعليق على الخبر",
    "the excerpt in a card of another story": "مقتطف في بطاقة خبر آخر",
    "a link under a label of such": "رابط تحت عنوان لمثله",
    "in a card under a label of such": "في بطاقة تحت عنوان لمثلها",
    "over links that are not the story's": "فوق روابط ليست من الخبر",
    "links at the edge of the story": "روابط على طرف الخبر",
    "beside the picture above the text": "بجانب الصورة فوق النص",
    "a paragraph between title and text": "فقرة بين العنوان والنص",
    "stands above already": "وردت من قبل",
    "stands there again and again": "تتكرر هناك",
    "one of the page's own stories": "من أخبار الصفحة نفسها",
    "its URL is no story's": "عنوانه ليس عنوان خبر",
    "no words stand for it": "لا كلمات له",
    "its words": "كلماته",
    "its URL and its place are too unlike a story's": "وعنوانه ومكانه لا تشبه ما لخبر",
    "in the card of another story": "في بطاقة خبر آخر",
    "the same story under another URL": "الخبر نفسه بعنوان آخر",
    "in a list of goods with their prices": "في قائمة سلع بأسعارها",
    "one of the pictures of an album": "صورة من صور ألبوم",
    "in a list without stories that the section is known to have": (
        "في قائمة ليس فيها من أخبار القسم المعروفة"
    ),
    "between blocks of the story": "بين فقرات الخبر",
    "code between blocks of the story": "نص برمجي بين فقرات الخبر",
    "code at the end of the story": "نص برمجي في آخر الخبر",
    "beside a field for an address": "بجانب خانة لعنوان البريد",
    "a note at the end of the story": "ملاحظة في آخر الخبر",
    "table of the story": "جدول من الخبر",
    "ul of the story": "قائمة من الخبر",
    "ol of the story": "قائمة مرقمة من الخبر",
    "dl of the story": "قائمة حقائق من الخبر",
    "blockquote of the story": "اقتباس من الخبر",
    "a heading over text of the story": "عنوان فوق نص من الخبر",
    "above the headline": "فوق عنوان الخبر",
    "about the author": "تعريف بالكاتب",
    "a line of tools": "سطر أزرار",
    "a link to something else": "رابط إلى شيء آخر",
    "hardly more than an address": "لا يكاد يزيد على عنوان إلكتروني",
    "its first line is a label of furniture": "سطره الأول عنوان لما حول الخبر",
    "the clock of a player": "عدّاد وقت لمشغّل",
    "the numbers of lines of code": "أرقام أسطر برنامج",
    "the trail from the home page": "المسار من الصفحة الرئيسية",
    "title": "العنوان",
    "date or author": "تاريخ أو كاتب",
    "authors": "الكتّاب",
    "modified": "عُدّل",
    "category": "القسم",
    "image": "الصورة",
    "language": "اللغة",
    "text": "النص",
    "none found": "لم يوجد",
}
