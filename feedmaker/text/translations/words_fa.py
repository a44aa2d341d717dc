"""Persian for the English words of pages, feeds and the command line."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str | dict[str, str]]] = {
    # What went wrong, and what can be done: `model.reasons`
    "{text}": "{text}",
    "error in feedmaker, please report it: {text}": "خطایی در feedmaker، لطفاً گزارش دهید: {text}",
    "the site's {seconds:g} s were used up before it": (
        "زمان وب\u200cگاه ({seconds:g} ثانیه) پیش از رسیدن به آن تمام شد"
    ),
    "the file of its site has a mistake, see `feedmaker check`; its feeds stay": (
        "پرونده وب\u200cگاه آن اشتباهی دارد، `feedmaker check` را ببینید؛"
        " خوراک\u200cهایش می\u200cماند"
    ),
    "the listing holds {links} links instead of about {usual}": (
        "فهرست {links} پیوند دارد، به جای حدود {usual}"
    ),
    "left out of the feed": "از خوراک کنار گذاشته شد",
    "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`": (
        "صفحه پیوندی ندارد و شاید با اسکریپت ساخته می\u200cشود: نقشهٔ سایت یا خوراک آن را در "
        "`urls` امتحان کنید"
    ),
    (
        "none of its {links} links is one of a story; give selectors in `rules.links`, or another "
        "URL"
    ): (
        "هیچ\u200cیک از {links} پیوند آن پیوند خبر نیست؛ در `rules.links` گزینشگر بدهید یا نشانی "
        "دیگری"
    ),
    "no story links under the heading «{heading}»; the page's headings are {headings}": (
        "زیر عنوان «{heading}» پیوند خبری نیست؛ عنوان\u200cهای صفحه این\u200cها هستند: {headings}"
    ),
    (
        "the links under the heading «{heading}» are none of stories; name another heading, or the "
        "listing's own URL"
    ): (
        "پیوندهای زیر عنوان «{heading}» پیوند خبر نیستند؛ عنوان دیگری نام ببرید یا نشانی خود فهرست "
        "را"
    ),
    "no link is labelled «{label}»; the nearest labels are {nearest}": (
        "هیچ پیوندی برچسب «{label}» ندارد؛ نزدیک\u200cترین برچسب\u200cها: {nearest}"
    ),
    (
        "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories, an "
        "agreement of {agreement:.2f} where {needed} is needed: see `explain --links` "
        "({selectors})"
    ): (
        "`rules.links` با چیزی جور نیست؛ بهترین فهرست {agreed} تا از {recent} خبر آخر را دارد، "
        "هم\u200cخوانی {agreement:.2f} و لازم {needed}: `explain --links` را ببینید ({selectors})"
    ),
    "`links` holds what is no CSS selector: {selectors}": (
        "در `links` چیزی هست که گزینشگر CSS نیست: {selectors}"
    ),
    "the sitemap or feed names no pages; check the section's `urls`": (
        "نقشهٔ سایت یا خوراک صفحه\u200cای نام نمی\u200cبرد؛ `urls` بخش را بررسی کنید"
    ),
    "only {count} story links were found": "تنها {count} پیوند خبر پیدا شد",
    (
        "about {count} stories may be among the links beside the {found} that were taken; look at "
        "the page with `feedmaker explain --links`"
    ): (
        "شاید حدود {count} خبر در میان پیوندهایی جز {found} پیوند برداشته\u200cشده باشد؛ صفحه را "
        "با `feedmaker explain --links` ببینید"
    ),
    (
        "{count} of the {found} links have the title of another; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} پیوند از {found} عنوان پیوند دیگری را دارند؛ صفحه را با "
        "`feedmaker explain --links` ببینید"
    ),
    (
        "none of the {found} links shows a date, and {count} others of the page do; look at the "
        "page with `feedmaker explain --links`"
    ): (
        "هیچ\u200cیک از {found} پیوند تاریخی نشان نمی\u200cدهد و {count} پیوند دیگر صفحه "
        "می\u200cدهند؛ صفحه را با `feedmaker explain --links` ببینید"
    ),
    (
        "{count} of the {found} links are only just taken for stories; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} پیوند از {found} به\u200cزحمت خبر شمرده شد؛ صفحه را با `feedmaker explain "
        "--links` ببینید"
    ),
    "neither a sitemap nor a feed that can be read: {fault}": (
        "نه نقشهٔ سایت است و نه خوراکی خواندنی: {fault}"
    ),
    "a broken gzip file: {fault}": "پروندهٔ gzip خراب: {fault}",
    "lists no stories, but names a feed: try {feed} in `urls`": (
        "مطلبی فهرست نمی‌کند ولی خوراکی نام می‌برد: {feed} را در `urls` بیازمایید"
    ),
    "JSON that names no stories": "صفحه JSON است و هیچ مطلبی با نشانی در آن نیست",
    "a copy of {original}, and shown as one with it": (
        "رونوشت {original} است و با آن یکی نشان داده می\u200cشود"
    ),
    "not fetched within the site's {seconds:g} s; left for the next run": (
        "در زمان وب\u200cگاه ({seconds:g} ثانیه) گرفته نشد؛ به اجرای بعد ماند"
    ),
    "is no HTML page, so `source = {source}` finds nothing in it": (
        "صفحهٔ HTML نیست، پس `source = {source}` چیزی در آن نمی‌یابد"
    ),
    "carries no list of stories for its scripts: try another `source`": (
        "برای اسکریپت‌هایش فهرستی از خبرها ندارد: `source` دیگری را بیازمایید"
    ),
    "names no {source} with stories: give its address in `urls`, or try another `source`": (
        "منبعی از نوع {source} با خبر نام نمی‌برد: نشانی آن را در `urls` بنویسید"
        " یا `source` دیگری را بیازمایید"
    ),
    "no posts of WordPress's REST API": "نوشته‌ای از رابط REST وردپرس نیست",
    "`source = {source}` gives nothing, so the page itself is read": (
        "`source = {source}` چیزی نمی\u200cدهد و خود صفحه خوانده می\u200cشود"
    ),
    "the REST API gives nothing, so its pages are read": (
        "رابط REST چیزی نمی‌دهد و صفحه‌ها خوانده می‌شوند"
    ),
    "leads to another page": "به صفحهٔ دیگری می‌رود",
    "page {number} of a story failed, and it is shown up to there": (
        "صفحهٔ {number} از خبری خوانده نشد و خبر تا پیش از آن نشان داده می‌شود"
    ),
    "the story has more than the {count} pages that are joined": (
        "خبر بیش از {count} صفحه‌ای دارد که به هم می‌پیوندند"
    ),
    "raise `max_pages`": "`max_pages` را بیشتر کنید",
    "leads to the home page": "به صفحهٔ اصلی می\u200cرسد",
    "leads to a section's page": "به صفحهٔ یک بخش می\u200cرسد",
    "the page holds no story": "در صفحه خبری نیست",
    "the page says nothing of its headline, so it is not its story": (
        "صفحه چیزی از عنوانش نمی\u200cگوید، پس خبر آن نیست"
    ),
    "the text says nothing of its headline": "متن چیزی از عنوانش نمی\u200cگوید",
    "the page has lost its story": "صفحه خبرش را از دست داده است",
    "{count} articles have the same text": "{count} مقاله یک متن دارند",
    "all {count} articles have the same title": "هر {count} مقاله یک عنوان دارند",
    "a challenge for robots, not the page": "آزمونی برای ربات\u200cها، نه خود صفحه",
    "a question for consent, not the page": "درخواست رضایت، نه خود صفحه",
    "a login, not the page": "صفحهٔ ورود، نه خود صفحه",
    "the site is closed for works": "وب\u200cگاه برای تعمیر بسته است",
    "a server without a site: its default or parking page": (
        "کارسازی بی\u200cوب\u200cگاه: صفحهٔ پیش\u200cفرض یا پارک آن"
    ),
    "an error page with status 200": "صفحهٔ خطا با وضعیت 200",
    "a subscription or an app is asked for, not the page": (
        "اشتراک یا برنامه\u200cای خواسته می\u200cشود، نه خود صفحه"
    ),
    "a demand on the reader's browser, not the page": (
        "خواسته\u200cای از مرورگر خواننده، نه خود صفحه"
    ),
    "a page of the network between, not the page": "صفحه\u200cای از شبکهٔ میانی، نه خود صفحه",
    "a page that only its scripts would fill": (
        "صفحه\u200cای که تنها اسکریپت\u200cهایش پرش می\u200cکنند"
    ),
    "the page holds no HTML": "صفحه HTML ندارد",
    "the page has too many elements to be read (max_tags: {most:,})": (
        "عنصرهای صفحه بیش از آن است که خوانده شود (max_tags: {most:,})"
    ),
    "the page nests its elements too deeply to be read (max_depth: {most:,})": (
        "عنصرهای صفحه ژرف\u200cتر از آن در هم\u200cاند که خوانده شود (max_depth: {most:,})"
    ),
    "the page breaks its text into too many pieces to be read": (
        "متن صفحه به تکه\u200cهایی بیش از حد شکسته است"
    ),
    "the page has too many attributes to be read (max_attributes: {most:,})": (
        "ویژگی\u200cهای صفحه بیش از آن است که خوانده شود (max_attributes: {most:,})"
    ),
    "the page takes too much time to read": "خواندن صفحه بیش از حد زمان می\u200cبرد",
    "the page takes more than {size} MB of memory to read": (
        "خواندن صفحه بیش از {size} مگابایت حافظه می\u200cخواهد"
    ),
    "reading the page ended the process that reads pages (signal {signal})": (
        "خواندن صفحه فرایند خواندن صفحه\u200cها را پایان داد (سیگنال {signal})"
    ),
    "status {status}": "وضعیت {status}",
    "status {status} with a challenge for robots: the site keeps programs away": (
        "وضعیت {status} با آزمونی برای ربات\u200cها: وب\u200cگاه برنامه\u200cها را دور نگه "
        "می\u200cدارد"
    ),
    "its last {count} new articles failed": "{count} مقالهٔ تازهٔ آخر آن ناکام ماند",
    "not an http(s) URL": "نشانی http(s) نیست",
    "redirected to what is no http(s) URL": "به جایی هدایت شد که نشانی http(s) نیست",
    "redirect loop": "هدایت چرخه\u200cای",
    "status {status} without a Location": "وضعیت {status} بی Location",
    "too many redirects": "هدایت\u200cهای بیش از حد",
    "private address ({host})": "نشانی خصوصی ({host})",
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`": (
        "نشانی خصوصی ({host})؛ اگر وب\u200cگاه واقعاً آنجاست `connect_to` را تنظیم کنید"
    ),
    "closed by robots.txt": "robots.txt آن را بسته است",
    "robots.txt cannot be had, so nothing is asked": (
        "robots.txt به دست نیامد، پس چیزی خواسته نمی\u200cشود"
    ),
    "the host asks for a longer pause": "میزبان درنگ بیشتری می\u200cخواهد",
    "left for a later run: the host is to have {seconds:g} s between two requests": (
        "به اجرای بعدی ماند: میزبان میان دو درخواست {seconds:g} ثانیه می\u200cخواهد"
    ),
    "no whole answer within {seconds:g} s": "در {seconds:g} ثانیه پاسخ کاملی نرسید",
    "more than {size:,} bytes of headers": "سرآیندهای بیش از {size:,} بایت",
    "more than {size} kB of headers": "سرآیندهای بیش از {size} کیلوبایت",
    "more than {size:,} bytes on the wire": "بیش از {size:,} بایت در انتقال",
    "larger than {size:,} bytes": "بزرگ\u200cتر از {size:,} بایت",
    "sent in more than {count:,} pieces": "در بیش از {count:,} تکه فرستاده شد",
    "packed too many times": "بیش از حد فشرده شده",
    "broken {coding} body": "بدنهٔ {coding} خراب",
    "{coding} body cut off": "بدنهٔ {coding} بریده",
    "empty page": "صفحهٔ خالی",
    "not a page: {kind}": "صفحه نیست: {kind}",
    "no connection in time": "اتصال به\u200cموقع برقرار نشد",
    "TLS: certificate not accepted ({fault})": "TLS: گواهی پذیرفته نیست ({fault})",
    "TLS: {fault}": "TLS: {fault}",
    "the name server does not answer": "کارساز نام پاسخ نمی\u200cدهد",
    "no such host name": "چنین نام میزبانی نیست",
    "connection refused": "اتصال رد شد",
    "connection reset": "اتصال از آن سو قطع شد",
    "cannot connect": "نمی\u200cتوان وصل شد",
    "the connection broke off": "اتصال گسست",
    "the proxy refuses ({answer})": "پراکسی نمی\u200cپذیرد ({answer})",
    "through the proxy": "از راه پراکسی",
    "not a request that can be sent: see the site's headers and cookies": (
        "درخواستی نیست که بتوان فرستاد: headers و cookies وب\u200cگاه را ببینید"
    ),
    " ({more} more like it)": " (و {more} مانند آن)",
    "check the address; if the site has moved, give the new one": (
        "نشانی را بررسی کنید؛ اگر وب\u200cگاه جابه\u200cجا شده، نشانی تازه را بدهید"
    ),
    "check this machine's network": "شبکهٔ این دستگاه را بررسی کنید",
    "look whether the site is up": "ببینید وب\u200cگاه کار می\u200cکند یا نه",
    "open it in a browser: the site's certificate is wrong, or this clock is": (
        "آن را در مرورگر باز کنید: یا گواهی وب\u200cگاه نادرست است یا ساعت این دستگاه"
    ),
    "the site wants no program to read it: ask it, or take the section out": (
        "وب\u200cگاه نمی\u200cخواهد برنامه\u200cای آن را بخواند: از آن اجازه بگیرید یا بخش را "
        "بردارید"
    ),
    "if it is always slow, raise `timeout`": "اگر همیشه کند است `timeout` را بالا ببرید",
    "raise `max_bytes`, or name another address": (
        "`max_bytes` را بالا ببرید یا نشانی دیگری نام ببرید"
    ),
    "raise `budget`, or run more often": "`budget` را بالا ببرید یا بیشتر اجرا کنید",
    "ask the site to let programs in, or for a feed": (
        "از وب\u200cگاه بخواهید برنامه\u200cها را راه دهد یا خوراکی بدهد"
    ),
    "`cookies` may let it in": "شاید `cookies` راه بدهد",
    "a cookie of the consent, in `cookies`, may let it in": (
        "شاید کوکی رضایت، در `cookies`، راه بدهد"
    ),
    "if it is right, it is believed after two days": (
        "اگر درست باشد، پس از دو روز پذیرفته می\u200cشود"
    ),
    "open it in a browser, and give the address that it ends at": (
        "آن را در مرورگر باز کنید و نشانی پایانی را بدهید"
    ),
    "`headers` may let it in": "شاید `headers` راه بدهد",
    "`cookies` of a subscription may let it in": "شاید `cookies` یک اشتراک راه بدهد",
    "open it in a browser: it may want `headers` or `cookies`, or keep programs away": (
        "آن را در مرورگر باز کنید: شاید `headers` یا `cookies` بخواهد، یا برنامه\u200cها را دور "
        "نگه دارد"
    ),
    "open it in a browser, and give its new address": (
        "آن را در مرورگر باز کنید و نشانی تازه\u200cاش را بدهید"
    ),
    "raise `delay`, or run less often": "`delay` را بالا ببرید یا کمتر اجرا کنید",
    "the site may show it in other countries only": (
        "شاید وب\u200cگاه آن را تنها در کشورهای دیگر نشان دهد"
    ),
    "{words}: {cause}": "{words}: {cause}",
    # The pages and the health feed: `output`
    "{day}, {time}": "{day}، {time}",
    "Skip to content": "رفتن به محتوا",
    "Pages of the feeds": "صفحه\u200cهای خوراک\u200cها",
    "Sections": "بخش\u200cها",
    "Status": "وضعیت",
    "All feeds": "همهٔ خوراک\u200cها",
    "How do I subscribe?": "چگونه مشترک شوم؟",
    "Times are by the clock of each site. This page is made by {program}.": (
        "زمان\u200cها به ساعت هر وب\u200cگاه است. این صفحه با {program} ساخته شده است."
    ),
    "News feeds": "خوراک\u200cهای خبری",
    "Whole stories as they were published, section by section, in your reader.": (
        "خبرهای کامل، همان\u200cگونه که منتشر شده\u200cاند، بخش به بخش، در خبرخوان شما."
    ),
    "Choose a feed reader, such as {readers}.": "خبرخوانی برگزینید، مانند {readers}.",
    ", ": "، ",
    (
        "Open “Subscribe” below the section that you want, copy the address, and paste it into the "
        "reader where a feed is added."
    ): (
        "«اشتراک» را زیر بخشی که می\u200cخواهید باز کنید، نشانی را رونوشت کنید و در خبرخوان، آنجا "
        "که خوراک افزوده می\u200cشود، بچسبانید."
    ),
    "To have all sections at once, import {file} into the reader.": (
        "برای داشتن همهٔ بخش\u200cها یک\u200cجا، {file} را در خبرخوان درون\u200cریزی کنید."
    ),
    "paused": "متوقف",
    "Sites": "وب\u200cگاه\u200cها",
    "Filter sections and headlines": "جست\u200cوجو در بخش\u200cها و تیترها",
    "Nothing here matches.": "چیزی جور نیست.",
    "Subscribe": "اشتراک",
    "Subscribe: {section}": "اشتراک: {section}",
    "Address of the feed: {section}": "نشانی خوراک: {section}",
    "Copy": "رونوشت",
    "Copy the address: {section}": "رونوشت نشانی: {section}",
    "The address is copied.": "نشانی رونوشت شد.",
    "The address is selected: copy it with the keyboard or the menu.": (
        "نشانی برگزیده شده است: با صفحه\u200cکلید یا از منو رونوشت کنید."
    ),
    "Feed of {section} as {format}": "خوراک {section} به شکل {format}",
    "{n} story": {
        "one": "{n} خبر",
        "other": "{n} خبر",
    },
    "no stories yet": "هنوز خبری نیست",
    "no stories": "بی\u200cخبر",
    "last changed {when}": "آخرین تغییر {when}",
    "a story about every minute": {
        "one": "تقریباً هر {n} دقیقه یک خبر",
        "other": "تقریباً هر {n} دقیقه یک خبر",
    },
    "a story about every hour": {
        "one": "تقریباً هر {n} ساعت یک خبر",
        "other": "تقریباً هر {n} ساعت یک خبر",
    },
    "a story about every day": {
        "one": "تقریباً هر {n} روز یک خبر",
        "other": "تقریباً هر {n} روز یک خبر",
    },
    "{n} minute": {
        "one": "{n} دقیقه",
        "other": "{n} دقیقه",
    },
    "{n} hour": {
        "one": "{n} ساعت",
        "other": "{n} ساعت",
    },
    "{n} day": {
        "one": "{n} روز",
        "other": "{n} روز",
    },
    "longest pause: {span}": "درازترین سکوت: {span}",
    "Out of order for now.": "فعلاً از کار افتاده.",
    "What happened?": "چه شد؟",
    "Nothing has been read yet: the next run of {command} does it.": (
        "هنوز چیزی خوانده نشده: اجرای بعدی {command} این کار را می\u200cکند."
    ),
    (
        "Its page could be read, and no story of it is in the feed yet. See what the section's "
        "filters and {key} let through."
    ): (
        "صفحه\u200cاش خوانده شد و هنوز خبری از آن در خوراک نیست. ببینید پالایه\u200cهای بخش و "
        "{key} چه را می\u200cگذرانند."
    ),
    "What can be done: {remedy}": "چه می\u200cتوان کرد: {remedy}",
    "All {n} headlines": "همهٔ {n} تیتر",
    "Status of the feeds": "وضعیت خوراک\u200cها",
    "All sections work.": "همهٔ بخش\u200cها کار می\u200cکنند.",
    "{n} section is out of order.": {
        "one": "{n} بخش از کار افتاده.",
        "other": "{n} بخش از کار افتاده.",
    },
    "{n} section is out of order; its last good feed stays.": {
        "one": "{n} بخش از کار افتاده؛ آخرین خوراک سالم آن می\u200cماند.",
        "other": "{n} بخش از کار افتاده؛ آخرین خوراک سالم هر یک می\u200cماند.",
    },
    "What needs a look": "آنچه باید دید",
    "works": "کار می\u200cکند",
    "works since {when}": "از {when} کار می\u200cکند",
    "out of order": "از کار افتاده",
    "out of order since {when}": "از {when} از کار افتاده",
    "in quarantine": "در قرنطینه",
    "in quarantine since {when}": "از {when} در قرنطینه",
    "not run yet": "هنوز اجرا نشده",
    "last success {when}": "آخرین موفقیت {when}",
    "no success yet": "هنوز موفق نشده",
    "healed itself": "خود را درست کرد",
    "Stories a day in the thirty days to {day}: {stories}, at most {most} on a day": (
        "خبرهای روزانه در سی روز تا {day}: {stories}، بیشترین در یک روز {most}"
    ),
    "30 days before": "۳۰ روز پیش",
    "stories a day": "خبر در روز",
    "stories a day, at most {most}": "خبر در روز، بیشینه {most}",
    "date": "تاریخ",
    "author": "نویسنده",
    "picture": "تصویر",
    "full text": "متن کامل",
    "What happened, and when": "چه شد و کی",
    "What happened, and when: {section}": "چه شد و کی: {section}",
    "went out of order": "از کار افتاد",
    "works again": "باز کار می\u200cکند",
    "began to work": "به کار افتاد",
    "Full text": "متن کامل",
    "Full text: {title}": "متن کامل: {title}",
    "Earlier months": "ماه\u200cهای پیشین",
    (
        "This is a news feed for feed readers, not a web page. To subscribe, copy its address from "
        "the address bar into your reader. To read whole stories in a browser, open the page of "
        "its section from the page of all feeds."
    ): (
        "این خوراک خبری برای خبرخوان\u200cهاست، نه صفحهٔ وب. برای اشتراک، نشانی آن را از نوار "
        "نشانی در خبرخوان خود بچسبانید. برای خواندن خبرهای کامل در مرورگر، صفحهٔ بخش را از صفحهٔ "
        "خوراک\u200cها باز کنید."
    ),
    (
        "This is one month of a news feed, for feed readers. To subscribe, take the address of the "
        "feed from the page of its section; whole stories stand there, too."
    ): (
        "این یک ماه از خوراکی خبری برای خبرخوان\u200cهاست. برای اشتراک، نشانی خوراک را از صفحهٔ بخش "
        "آن بردارید؛ خبرهای کامل هم آنجاست."
    ),
    "feedmaker: how the feeds fare": "feedmaker: حال خوراک\u200cها",
    "{name} broke": "{name} از کار افتاد",
    "{name} is in quarantine": "{name} در قرنطینه است",
    "{name} recovered": "{name} باز کار می\u200cکند",
    "{name} healed itself": "{name} خود را درست کرد",
    "{name} is silent": "{name} خاموش است",
    "The last good feed stays.": "آخرین خوراک سالم می\u200cماند.",
    "There is no feed of it yet.": "هنوز خوراکی ندارد.",
    "It is read again.": "دوباره خوانده می\u200cشود.",
    "No new story since {since}. Usually {rhythm}; longest pause: {span}.": (
        "از {since} خبر تازه\u200cای نیست. معمولاً {rhythm}؛ درازترین سکوت: {span}."
    ),
    (
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement "
        "{confidence:.2f}. If that is right, write it into the configuration."
    ): (
        "{what}: «{before}» بود، اکنون «{after}» است: {agreed} خبر شناخته، هم\u200cخوانی "
        "{confidence:.2f}. اگر درست است، آن را در پیکربندی بنویسید."
    ),
    "the addresses are relative, so no reader can import them: set {key}": (
        "نشانی\u200cها نسبی\u200cاند و خبرخوانی نمی\u200cتواند آن\u200cها را درون\u200cریزی کند: "
        "{key} را تنظیم کنید"
    ),
    "feedmaker: a test. You will be told here when a feed breaks.": (
        "feedmaker: آزمایشی. اگر خوراکی از کار بیفتد، اینجا خبردار می‌شوید."
    ),
    "kept, {score}: {reason}": "برداشته شد، {score}: {reason}",
    "dropped, {score}: {reason}": "کنار گذاشته شد، {score}: {reason}",
    "what was kept": "آنچه برداشته شد",
    "what was dropped": "آنچه کنار گذاشته شد",
    "not looked at": "بررسی نشده",
    "not looked at: hidden, a menu's or a foot's": "بررسی نشده: پنهان، یا از فهرست یا پانویس",
    "point at a text, tap it, or reach it with the Tab key for its reason": (
        "برای دیدن دلیل، به متنی اشاره کنید، آن را لمس کنید یا با کلید Tab به آن برسید"
    ),
    "not {source}:": "نه {source}:",
    "from {source}": "از {source}",
}
