"""Urdu for the English words of pages, feeds and the command line."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str | dict[str, str]]] = {
    # What went wrong, and what can be done: `model.reasons`
    "{text}": "{text}",
    "error in feedmaker, please report it: {text}": (
        "feedmaker میں خرابی، براہِ کرم اطلاع دیں: {text}"
    ),
    "the site's {seconds:g} s were used up before it": (
        "اس سے پہلے ہی سائٹ کا وقت ({seconds:g} سیکنڈ) ختم ہو گیا"
    ),
    "the file of its site has a mistake, see `feedmaker check`; its feeds stay": (
        "اس کی سائٹ کی فائل میں غلطی ہے، `feedmaker check` دیکھیں؛ اس کی فیڈیں برقرار ہیں"
    ),
    "the listing holds {links} links instead of about {usual}": (
        "فہرست میں {links} روابط ہیں، جبکہ عموماً تقریباً {usual} ہوتے ہیں"
    ),
    "left out of the feed": "فیڈ سے باہر رکھا گیا",
    "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`": (
        "صفحے میں کوئی ربط نہیں؛ شاید اسے اسکرپٹ بناتی ہے: `urls` میں اس کا سائٹ میپ یا فیڈ آزمائیں"
    ),
    (
        "none of its {links} links is one of a story; give selectors in `rules.links`, or another "
        "URL"
    ): (
        "اس کے {links} روابط میں سے کوئی خبر کا نہیں؛ `rules.links` میں سلیکٹر دیں، یا کوئی اور پتا"
    ),
    "no story links under the heading «{heading}»; the page's headings are {headings}": (
        "سرخی «{heading}» کے نیچے خبروں کے روابط نہیں؛ صفحے کی سرخیاں یہ ہیں: {headings}"
    ),
    (
        "the links under the heading «{heading}» are none of stories; name another heading, or the "
        "listing's own URL"
    ): (
        "سرخی «{heading}» کے نیچے کے روابط خبروں کے نہیں؛ کوئی اور سرخی بتائیں، یا فہرست کا اپنا "
        "پتا"
    ),
    "no link is labelled «{label}»; the nearest labels are {nearest}": (
        "کسی ربط پر «{label}» نہیں لکھا؛ قریب ترین یہ ہیں: {nearest}"
    ),
    (
        "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories, an "
        "agreement of {agreement:.2f} where {needed} is needed: see `explain --links` "
        "({selectors})"
    ): (
        "`rules.links` کسی چیز سے نہیں ملتے؛ بہترین فہرست میں آخری {recent} میں سے {agreed} خبریں "
        "ہیں، مطابقت {agreement:.2f}، درکار {needed}: دیکھیں `explain --links` ({selectors})"
    ),
    "`links` holds what is no CSS selector: {selectors}": (
        "`links` میں ایسا کچھ ہے جو CSS سلیکٹر نہیں: {selectors}"
    ),
    "the sitemap or feed names no pages; check the section's `urls`": (
        "سائٹ میپ یا فیڈ میں کسی صفحے کا نام نہیں؛ سیکشن کے `urls` دیکھیں"
    ),
    "only {count} story links were found": "خبروں کے صرف {count} روابط ملے",
    (
        "about {count} stories may be among the links beside the {found} that were taken; look at "
        "the page with `feedmaker explain --links`"
    ): (
        "لیے گئے {found} روابط کے علاوہ روابط میں شاید تقریباً {count} خبریں ہوں؛ صفحہ "
        "`feedmaker explain --links` سے دیکھیں"
    ),
    (
        "{count} of the {found} links have the title of another; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{found} میں سے {count} روابط کا عنوان کسی دوسرے جیسا ہے؛ صفحہ "
        "`feedmaker explain --links` سے دیکھیں"
    ),
    (
        "none of the {found} links shows a date, and {count} others of the page do; look at the "
        "page with `feedmaker explain --links`"
    ): (
        "{found} روابط میں سے کسی پر تاریخ نہیں، اور صفحے کے {count} دوسروں پر ہے؛ صفحہ "
        "`feedmaker explain --links` سے دیکھیں"
    ),
    (
        "{count} of the {found} links are only just taken for stories; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{found} میں سے {count} روابط بمشکل خبر مانے گئے؛ صفحہ `feedmaker explain --links` سے "
        "دیکھیں"
    ),
    "neither a sitemap nor a feed that can be read: {fault}": (
        "نہ سائٹ میپ ہے نہ کوئی پڑھی جانے والی فیڈ: {fault}"
    ),
    "a broken gzip file: {fault}": "خراب gzip فائل: {fault}",
    "lists no stories, but names a feed: try {feed} in `urls`": (
        "خبروں کی فہرست نہیں، مگر فیڈ بتاتا ہے: `urls` میں {feed} آزمائیں"
    ),
    "JSON that names no stories": "صفحہ JSON ہے جس میں پتے کے ساتھ کوئی خبر نہیں",
    "a copy of {original}, and shown as one with it": (
        "{original} کی نقل ہے، اور اسی کے ساتھ ایک دکھائی جاتی ہے"
    ),
    "not fetched within the site's {seconds:g} s; left for the next run": (
        "سائٹ کے وقت ({seconds:g} سیکنڈ) میں حاصل نہ ہوا؛ اگلی بار کے لیے چھوڑ دیا"
    ),
    "is no HTML page, so `source = {source}` finds nothing in it": (
        "HTML صفحہ نہیں، اس لیے `source = {source}` اس میں کچھ نہیں پاتا"
    ),
    "carries no list of stories for its scripts: try another `source`": (
        "اپنے اسکرپٹ کے لیے خبروں کی کوئی فہرست نہیں رکھتا: کوئی اور `source` آزمائیں"
    ),
    "names no {source} with stories: give its address in `urls`, or try another `source`": (
        "{source} قسم کا کوئی خبروں والا ذریعہ نہیں بتاتا: اس کا پتا `urls` میں لکھیں"
        " یا کوئی اور `source` آزمائیں"
    ),
    "no posts of WordPress's REST API": "ورڈپریس کے REST سے کوئی تحریر نہیں",
    "`source = {source}` gives nothing, so the page itself is read": (
        "`source = {source}` کچھ نہیں دیتا، اس لیے خود صفحہ پڑھا جاتا ہے"
    ),
    "the REST API gives nothing, so its pages are read": (
        "REST کچھ نہیں دیتا، اس لیے صفحے پڑھے جاتے ہیں"
    ),
    "leads to another page": "دوسرے صفحے پر لے جاتا ہے",
    "page {number} of a story failed, and it is shown up to there": (
        "خبر کا صفحہ {number} نہ مل سکا، اور خبر وہیں تک دکھائی جاتی ہے"
    ),
    "the story has more than the {count} pages that are joined": (
        "خبر کے صفحے ان {count} سے زیادہ ہیں جو جوڑے جاتے ہیں"
    ),
    "raise `max_pages`": "`max_pages` بڑھائیں",
    "leads to the home page": "سرورق پر لے جاتا ہے",
    "leads to a section's page": "ایک سیکشن کے صفحے پر لے جاتا ہے",
    "the page holds no story": "صفحے میں کوئی خبر نہیں",
    "the page says nothing of its headline, so it is not its story": (
        "صفحہ اپنی سرخی کے بارے میں کچھ نہیں کہتا، سو یہ اس کی خبر نہیں"
    ),
    "the text says nothing of its headline": "متن اپنی سرخی کے بارے میں کچھ نہیں کہتا",
    "the page has lost its story": "صفحے سے خبر غائب ہو گئی",
    "{count} articles have the same text": "{count} مضامین کا متن ایک ہی ہے",
    "all {count} articles have the same title": "تمام {count} مضامین کا عنوان ایک ہی ہے",
    "a challenge for robots, not the page": "روبوٹ کا امتحان آیا، صفحہ نہیں",
    "a question for consent, not the page": "رضامندی کا سوال آیا، صفحہ نہیں",
    "a login, not the page": "لاگ اِن آیا، صفحہ نہیں",
    "the site is closed for works": "سائٹ مرمت کے لیے بند ہے",
    "a server without a site: its default or parking page": (
        "سائٹ کے بغیر سرور: اس کا طے شدہ یا پارکنگ صفحہ"
    ),
    "an error page with status 200": "خرابی کا صفحہ، حالت 200 کے ساتھ",
    "a subscription or an app is asked for, not the page": "رکنیت یا ایپ مانگی گئی، صفحہ نہیں آیا",
    "a demand on the reader's browser, not the page": "قاری کے براؤزر سے تقاضا آیا، صفحہ نہیں",
    "a page of the network between, not the page": "بیچ کے نیٹ ورک کا صفحہ آیا، اصل نہیں",
    "a page that only its scripts would fill": "ایسا صفحہ جسے صرف اس کی اسکرپٹ بھرتی ہے",
    "the page holds no HTML": "صفحے میں HTML نہیں",
    "the page has too many elements to be read (max_tags: {most:,})": (
        "صفحے میں اتنے عناصر ہیں کہ پڑھا نہیں جا سکتا (max_tags: {most:,})"
    ),
    "the page nests its elements too deeply to be read (max_depth: {most:,})": (
        "صفحے کے عناصر اتنے گہرے ہیں کہ پڑھا نہیں جا سکتا (max_depth: {most:,})"
    ),
    "the page breaks its text into too many pieces to be read": (
        "صفحے کا متن اتنے ٹکڑوں میں ہے کہ پڑھا نہیں جا سکتا"
    ),
    "the page has too many attributes to be read (max_attributes: {most:,})": (
        "صفحے میں اتنی صفات ہیں کہ پڑھا نہیں جا سکتا (max_attributes: {most:,})"
    ),
    "the page takes too much time to read": "صفحہ پڑھنے میں بہت زیادہ وقت لگتا ہے",
    "the page takes more than {size} MB of memory to read": (
        "صفحہ پڑھنے کو {size} MB سے زیادہ میموری چاہیے"
    ),
    "reading the page ended the process that reads pages (signal {signal})": (
        "صفحہ پڑھنے سے صفحات پڑھنے والا پروسیس ختم ہو گیا (سگنل {signal})"
    ),
    "status {status}": "حالت {status}",
    "status {status} with a challenge for robots: the site keeps programs away": (
        "حالت {status} اور روبوٹ کا امتحان: سائٹ پروگراموں کو دور رکھتی ہے"
    ),
    "its last {count} new articles failed": "اس کے آخری {count} نئے مضامین ناکام رہے",
    "not an http(s) URL": "http(s) پتا نہیں",
    "redirected to what is no http(s) URL": "ایسی جگہ بھیجا گیا جو http(s) پتا نہیں",
    "redirect loop": "ری ڈائریکٹ کا چکر",
    "status {status} without a Location": "حالت {status}، Location کے بغیر",
    "too many redirects": "بہت زیادہ ری ڈائریکٹ",
    "private address ({host})": "نجی پتا ({host})",
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`": (
        "نجی پتا ({host})؛ اگر سائٹ واقعی وہیں ہے تو `connect_to` لکھیں"
    ),
    "closed by robots.txt": "robots.txt نے منع کیا ہے",
    "robots.txt cannot be had, so nothing is asked": "robots.txt نہیں ملا، سو کچھ نہیں مانگا جاتا",
    "the host asks for a longer pause": "میزبان لمبا وقفہ مانگتا ہے",
    "left for a later run: the host is to have {seconds:g} s between two requests": (
        "بعد کے لیے چھوڑا: میزبان کو دو درخواستوں میں {seconds:g} سیکنڈ چاہییں"
    ),
    "no whole answer within {seconds:g} s": "{seconds:g} سیکنڈ میں پورا جواب نہیں آیا",
    "more than {size:,} bytes of headers": "{size:,} بائٹ سے زیادہ ہیڈر",
    "more than {size} kB of headers": "{size} kB سے زیادہ ہیڈر",
    "more than {size:,} bytes on the wire": "ترسیل میں {size:,} بائٹ سے زیادہ",
    "larger than {size:,} bytes": "{size:,} بائٹ سے بڑا",
    "sent in more than {count:,} pieces": "{count:,} سے زیادہ ٹکڑوں میں بھیجا گیا",
    "packed too many times": "بہت بار دبایا گیا",
    "broken {coding} body": "خراب {coding} مواد",
    "{coding} body cut off": "{coding} مواد ادھورا",
    "empty page": "خالی صفحہ",
    "not a page: {kind}": "صفحہ نہیں: {kind}",
    "no connection in time": "وقت پر رابطہ نہ ہوا",
    "TLS: certificate not accepted ({fault})": "TLS: سند قبول نہیں ({fault})",
    "TLS: {fault}": "TLS: {fault}",
    "the name server does not answer": "نیم سرور جواب نہیں دیتا",
    "no such host name": "اس نام کا کوئی میزبان نہیں",
    "connection refused": "رابطہ مسترد",
    "connection reset": "رابطہ دوسری طرف سے کٹ گیا",
    "cannot connect": "رابطہ نہیں ہو سکتا",
    "the connection broke off": "رابطہ ٹوٹ گیا",
    "the proxy refuses ({answer})": "پراکسی انکار کرتا ہے ({answer})",
    "through the proxy": "پراکسی کے ذریعے",
    "not a request that can be sent: see the site's headers and cookies": (
        "ایسی درخواست بھیجی نہیں جا سکتی: سائٹ کے headers اور cookies دیکھیں"
    ),
    " ({more} more like it)": " (اور ایسے {more})",
    "check the address; if the site has moved, give the new one": (
        "پتا دیکھیں؛ اگر سائٹ منتقل ہوئی ہے تو نیا پتا دیں"
    ),
    "check this machine's network": "اس مشین کا نیٹ ورک دیکھیں",
    "look whether the site is up": "دیکھیں کہ سائٹ چل رہی ہے یا نہیں",
    "open it in a browser: the site's certificate is wrong, or this clock is": (
        "براؤزر میں کھولیں: یا سائٹ کی سند غلط ہے یا اس مشین کی گھڑی"
    ),
    "the site wants no program to read it: ask it, or take the section out": (
        "سائٹ نہیں چاہتی کہ کوئی پروگرام اسے پڑھے: اس سے پوچھیں، یا سیکشن نکال دیں"
    ),
    "if it is always slow, raise `timeout`": "اگر ہمیشہ سست ہے تو `timeout` بڑھائیں",
    "raise `max_bytes`, or name another address": "`max_bytes` بڑھائیں، یا کوئی اور پتا دیں",
    "raise `budget`, or run more often": "`budget` بڑھائیں، یا زیادہ بار چلائیں",
    "ask the site to let programs in, or for a feed": (
        "سائٹ سے کہیں کہ پروگراموں کو آنے دے، یا فیڈ دے"
    ),
    "`cookies` may let it in": "شاید `cookies` راہ دے دیں",
    "a cookie of the consent, in `cookies`, may let it in": (
        "شاید رضامندی کی کوکی، `cookies` میں، راہ دے دے"
    ),
    "if it is right, it is believed after two days": "اگر درست ہے تو دو دن بعد مان لیا جائے گا",
    "open it in a browser, and give the address that it ends at": (
        "براؤزر میں کھولیں، اور جس پتے پر رکے وہ دیں"
    ),
    "`headers` may let it in": "شاید `headers` راہ دے دیں",
    "`cookies` of a subscription may let it in": "شاید رکنیت کی `cookies` راہ دے دیں",
    "open it in a browser: it may want `headers` or `cookies`, or keep programs away": (
        "براؤزر میں کھولیں: شاید `headers` یا `cookies` مانگتا ہے، یا پروگراموں کو دور رکھتا ہے"
    ),
    "open it in a browser, and give its new address": "براؤزر میں کھولیں، اور نیا پتا دیں",
    "raise `delay`, or run less often": "`delay` بڑھائیں، یا کم بار چلائیں",
    "the site may show it in other countries only": "شاید سائٹ اسے صرف دوسرے ملکوں میں دکھاتی ہے",
    "{words}: {cause}": "{words}: {cause}",
    # The pages and the health feed: `output`
    "{day}, {time}": "{day}، {time}",
    "Skip to content": "مواد پر جائیں",
    "Pages of the feeds": "فیڈ کے صفحات",
    "Sections": "سیکشن",
    "Status": "حالت",
    "All feeds": "تمام فیڈ",
    "How do I subscribe?": "میں سبسکرائب کیسے کروں؟",
    "Times are by the clock of each site. This page is made by {program}.": (
        "اوقات ہر سائٹ کی اپنی گھڑی کے ہیں۔ یہ صفحہ {program} نے بنایا ہے۔"
    ),
    "News feeds": "خبروں کی فیڈ",
    "Whole stories as they were published, section by section, in your reader.": (
        "پوری خبریں جیسی شائع ہوئیں، سیکشن بہ سیکشن، آپ کے ریڈر میں۔"
    ),
    "Choose a feed reader, such as {readers}.": "کوئی فیڈ ریڈر چنیں، جیسے {readers}۔",
    ", ": "، ",
    (
        "Open “Subscribe” below the section that you want, copy the address, and paste it into the "
        "reader where a feed is added."
    ): (
        "جو سیکشن چاہیے اس کے نیچے ”سبسکرائب“ کھولیں، پتا کاپی کریں، اور ریڈر میں جہاں فیڈ شامل کی "
        "جاتی ہے وہاں چسپاں کریں۔"
    ),
    "To have all sections at once, import {file} into the reader.": (
        "تمام سیکشن ایک ساتھ لینے کے لیے {file} کو ریڈر میں درآمد کریں۔"
    ),
    "paused": "روکا ہوا",
    "Sites": "سائٹیں",
    "Filter sections and headlines": "سیکشن اور سرخیوں میں تلاش",
    "Nothing here matches.": "یہاں کچھ نہیں ملتا۔",
    "Subscribe": "سبسکرائب",
    "Subscribe: {section}": "سبسکرائب: {section}",
    "Address of the feed: {section}": "فیڈ کا پتا: {section}",
    "Copy": "کاپی",
    "Copy the address: {section}": "پتا کاپی کریں: {section}",
    "The address is copied.": "پتا کاپی ہو گیا۔",
    "The address is selected: copy it with the keyboard or the menu.": (
        "پتا منتخب ہے: اسے کی بورڈ یا مینو سے کاپی کریں۔"
    ),
    "Feed of {section} as {format}": "{section} کی فیڈ بطور {format}",
    "{n} story": {
        "one": "{n} خبر",
        "other": "{n} خبریں",
    },
    "no stories yet": "ابھی کوئی خبر نہیں",
    "no stories": "کوئی خبر نہیں",
    "last changed {when}": "آخری تبدیلی {when}",
    "a story about every minute": {
        "one": "تقریباً ہر منٹ ایک خبر",
        "other": "تقریباً ہر {n} منٹ میں ایک خبر",
    },
    "a story about every hour": {
        "one": "تقریباً ہر گھنٹے ایک خبر",
        "other": "تقریباً ہر {n} گھنٹوں میں ایک خبر",
    },
    "a story about every day": {
        "one": "تقریباً ہر روز ایک خبر",
        "other": "تقریباً ہر {n} دن میں ایک خبر",
    },
    "{n} minute": {
        "one": "{n} منٹ",
        "other": "{n} منٹ",
    },
    "{n} hour": {
        "one": "{n} گھنٹہ",
        "other": "{n} گھنٹے",
    },
    "{n} day": {
        "one": "{n} دن",
        "other": "{n} دن",
    },
    "longest pause: {span}": "سب سے لمبا وقفہ: {span}",
    "Out of order for now.": "فی الحال بند ہے۔",
    "What happened?": "کیا ہوا؟",
    "Nothing has been read yet: the next run of {command} does it.": (
        "ابھی کچھ نہیں پڑھا گیا: {command} کی اگلی بار یہ ہو جائے گا۔"
    ),
    (
        "Its page could be read, and no story of it is in the feed yet. See what the section's "
        "filters and {key} let through."
    ): (
        "اس کا صفحہ پڑھا گیا، مگر فیڈ میں ابھی کوئی خبر نہیں۔ دیکھیں کہ سیکشن کے فلٹر اور {key} "
        "کیا گزرنے دیتے ہیں۔"
    ),
    "What can be done: {remedy}": "کیا کیا جا سکتا ہے: {remedy}",
    "All {n} headlines": "تمام {n} سرخیاں",
    "Status of the feeds": "فیڈ کی حالت",
    "All sections work.": "تمام سیکشن چل رہے ہیں۔",
    "{n} section is out of order.": {
        "one": "{n} سیکشن بند ہے۔",
        "other": "{n} سیکشن بند ہیں۔",
    },
    "{n} section is out of order; its last good feed stays.": {
        "one": "{n} سیکشن بند ہے؛ اس کی آخری اچھی فیڈ برقرار ہے۔",
        "other": "{n} سیکشن بند ہیں؛ ان کی آخری اچھی فیڈ برقرار ہے۔",
    },
    "What needs a look": "جو دیکھنا چاہیے",
    "works": "چل رہا ہے",
    "works since {when}": "{when} سے چل رہا ہے",
    "out of order": "بند",
    "out of order since {when}": "{when} سے بند ہے",
    "in quarantine": "قرنطینہ میں",
    "in quarantine since {when}": "{when} سے قرنطینہ میں",
    "not run yet": "ابھی نہیں چلا",
    "last success {when}": "آخری کامیابی {when}",
    "no success yet": "ابھی کامیاب نہیں ہوا",
    "healed itself": "خود ٹھیک ہوا",
    "Stories a day in the thirty days to {day}: {stories}, at most {most} on a day": (
        "{day} تک تیس دنوں میں روزانہ خبریں: {stories}، ایک دن میں زیادہ سے زیادہ {most}"
    ),
    "30 days before": "30 دن پہلے",
    "stories a day": "روزانہ خبریں",
    "stories a day, at most {most}": "روزانہ خبریں، زیادہ سے زیادہ {most}",
    "date": "تاریخ",
    "author": "مصنف",
    "picture": "تصویر",
    "full text": "پورا متن",
    "What happened, and when": "کیا ہوا اور کب",
    "What happened, and when: {section}": "کیا ہوا اور کب: {section}",
    "went out of order": "بند ہوا",
    "works again": "دوبارہ چل پڑا",
    "began to work": "چلنا شروع ہوا",
    "Full text": "پورا متن",
    "Full text: {title}": "پورا متن: {title}",
    "Earlier months": "پچھلے مہینے",
    (
        "This is a news feed for feed readers, not a web page. To subscribe, copy its address from "
        "the address bar into your reader. To read whole stories in a browser, open the page of "
        "its section from the page of all feeds."
    ): (
        "یہ فیڈ ریڈر کے لیے خبروں کی فیڈ ہے، ویب صفحہ نہیں۔ سبسکرائب کرنے کے لیے اس کا پتا ایڈریس "
        "بار سے اپنے ریڈر میں کاپی کریں۔ براؤزر میں پوری خبریں پڑھنے کے لیے فیڈ کے صفحے سے اس کے "
        "سیکشن کا صفحہ کھولیں۔"
    ),
    (
        "This is one month of a news feed, for feed readers. To subscribe, take the address of the "
        "feed from the page of its section; whole stories stand there, too."
    ): (
        "یہ فیڈ ریڈر کے لیے خبروں کی فیڈ کا ایک مہینا ہے۔ سبسکرائب کرنے کے لیے فیڈ کا پتا اس کے "
        "سیکشن کے صفحے سے لیں؛ پوری خبریں بھی وہیں ہیں۔"
    ),
    "feedmaker: how the feeds fare": "feedmaker: فیڈ کا حال",
    "{name} broke": "{name} بند ہو گیا",
    "{name} is in quarantine": "{name} قرنطینہ میں ہے",
    "{name} recovered": "{name} دوبارہ چل پڑا",
    "{name} healed itself": "{name} خود ٹھیک ہو گیا",
    "{name} is silent": "{name} خاموش ہے",
    "The last good feed stays.": "آخری اچھی فیڈ برقرار ہے۔",
    "There is no feed of it yet.": "ابھی اس کی کوئی فیڈ نہیں۔",
    "It is read again.": "یہ پھر پڑھا جا رہا ہے۔",
    "No new story since {since}. Usually {rhythm}; longest pause: {span}.": (
        "{since} سے کوئی نئی خبر نہیں۔ عموماً {rhythm}؛ سب سے لمبا وقفہ: {span}۔"
    ),
    (
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement "
        "{confidence:.2f}. If that is right, write it into the configuration."
    ): (
        "{what}: «{before}» تھا، اب «{after}» ہے: {agreed} معلوم خبریں، مطابقت {confidence:.2f}۔ "
        "اگر درست ہے تو اسے ترتیبات میں لکھ دیں۔"
    ),
    "the addresses are relative, so no reader can import them: set {key}": (
        "پتے نسبتی ہیں، کوئی ریڈر انہیں درآمد نہیں کر سکتا: {key} لکھیں"
    ),
    "feedmaker: a test. You will be told here when a feed breaks.": (
        "feedmaker: آزمائش۔ جب کوئی فیڈ خراب ہو گی تو آپ کو یہاں بتایا جائے گا۔"
    ),
    "kept, {score}: {reason}": "لیا گیا، {score}: {reason}",
    "dropped, {score}: {reason}": "چھوڑا گیا، {score}: {reason}",
    "what was kept": "جو لیا گیا",
    "what was dropped": "جو چھوڑا گیا",
    "not looked at": "جو نہیں دیکھا گیا",
    "not looked at: hidden, a menu's or a foot's": "نہیں دیکھا گیا: چھپا ہوا، یا مینو یا فٹر کا",
    "point at a text, tap it, or reach it with the Tab key for its reason": (
        "وجہ دیکھنے کے لیے متن کی طرف اشارہ کریں، اسے چھوئیں یا Tab سے اس تک پہنچیں"
    ),
    "not {source}:": "{source} نہیں:",
    "from {source}": "{source} سے",
}
