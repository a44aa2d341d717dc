"""Hebrew for the English words of pages, feeds and the command line."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str | dict[str, str]]] = {
    # What went wrong, and what can be done: `model.reasons`
    "{text}": "{text}",
    "error in feedmaker, please report it: {text}": "תקלה ב-feedmaker, נא לדווח עליה: {text}",
    "the site's {seconds:g} s were used up before it": (
        "הזמן שהוקצב לאתר ({seconds:g} שניות) נגמר לפני שהגיע תורו"
    ),
    "the file of its site has a mistake, see `feedmaker check`; its feeds stay": (
        "יש טעות בקובץ של האתר שלו, ראו `feedmaker check`; הפידים שלו נשארים"
    ),
    "the listing holds {links} links instead of about {usual}": (
        "ברשימה {links} קישורים במקום כ-{usual}"
    ),
    "left out of the feed": "הושמט מהפיד",
    "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`": (
        "אין קישורים בעמוד, ואולי סקריפט בונה אותו: נסו את מפת האתר או את הפיד שלו ב-`urls`"
    ),
    (
        "none of its {links} links is one of a story; give selectors in `rules.links`, or another "
        "URL"
    ): ("אף אחד מ-{links} הקישורים שבו אינו של ידיעה; תנו סלקטורים ב-`rules.links` או כתובת אחרת"),
    "no story links under the heading «{heading}»; the page's headings are {headings}": (
        "אין קישורי ידיעות תחת הכותרת «{heading}»; כותרות העמוד הן {headings}"
    ),
    (
        "the links under the heading «{heading}» are none of stories; name another heading, or the "
        "listing's own URL"
    ): (
        "הקישורים תחת הכותרת «{heading}» אינם של ידיעות; ציינו כותרת אחרת, או את כתובת הרשימה עצמה"
    ),
    "no link is labelled «{label}»; the nearest labels are {nearest}": (
        "אין קישור ששמו «{label}»; השמות הקרובים ביותר הם {nearest}"
    ),
    (
        "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories, an "
        "agreement of {agreement:.2f} where {needed} is needed: see `explain --links` "
        "({selectors})"
    ): (
        "`rules.links` אינם תואמים דבר; ברשימה הטובה ביותר {agreed} מ-{recent} הידיעות האחרונות, "
        "התאמה {agreement:.2f} כשנדרשת {needed}: ראו `explain --links` ({selectors})"
    ),
    "`links` holds what is no CSS selector: {selectors}": (
        "ב-`links` יש מה שאינו סלקטור CSS: {selectors}"
    ),
    "the sitemap or feed names no pages; check the section's `urls`": (
        "מפת האתר או הפיד אינם מונים עמודים; בדקו את `urls` של המדור"
    ),
    "only {count} story links were found": "נמצאו רק {count} קישורי ידיעות",
    (
        "about {count} stories may be among the links beside the {found} that were taken; look at "
        "the page with `feedmaker explain --links`"
    ): (
        "ייתכן שכ-{count} ידיעות נמצאות בין הקישורים שמלבד {found} שנבחרו; בדקו את העמוד "
        "בעזרת `feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links have the title of another; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "ל-{count} מתוך {found} הקישורים כותרת של קישור אחר; בדקו את העמוד בעזרת "
        "`feedmaker explain --links`"
    ),
    (
        "none of the {found} links shows a date, and {count} others of the page do; look at the "
        "page with `feedmaker explain --links`"
    ): (
        "לאף אחד מ-{found} הקישורים אין תאריך, ול-{count} אחרים בעמוד יש; בדקו את העמוד בעזרת "
        "`feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links are only just taken for stories; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} מתוך {found} הקישורים נחשבו לידיעות רק בקושי; בדקו את העמוד בעזרת `feedmaker "
        "explain --links`"
    ),
    "neither a sitemap nor a feed that can be read: {fault}": (
        "לא מפת אתר ולא פיד שאפשר לקרוא: {fault}"
    ),
    "a broken gzip file: {fault}": "קובץ gzip פגום: {fault}",
    "lists no stories, but names a feed: try {feed} in `urls`": (
        "אין בו רשימת כתבות, אך הוא מפנה לפיד: נסו {feed} ב-`urls`"
    ),
    "JSON that names no stories": "העמוד הוא JSON שאין בו כתבות עם כתובת",
    "a copy of {original}, and shown as one with it": "עותק של {original}, ומוצג יחד איתו כאחד",
    "not fetched within the site's {seconds:g} s; left for the next run": (
        "לא הובא בזמן שהוקצב לאתר ({seconds:g} שניות); נשאר להרצה הבאה"
    ),
    "is no HTML page, so `source = {source}` finds nothing in it": (
        "אינו עמוד HTML, ולכן `source = {source}` אינו מוצא בו דבר"
    ),
    "carries no list of stories for its scripts: try another `source`": (
        "אינו נושא רשימת כתבות לסקריפטים שלו: נסו `source` אחר"
    ),
    "names no {source} with stories: give its address in `urls`, or try another `source`": (
        "אינו מציין {source} עם כתבות: כתבו את כתובתו ב־`urls`, או נסו `source` אחר"
    ),
    "no posts of WordPress's REST API": "אין פוסטים מממשק REST של וורדפרס",
    "`source = {source}` gives nothing, so the page itself is read": (
        "`source = {source}` אינו נותן דבר, ולכן נקרא הדף עצמו"
    ),
    "the REST API gives nothing, so its pages are read": (
        "ממשק REST אינו נותן דבר, ולכן נקראים הדפים"
    ),
    "leads to another page": "מוביל לדף אחר",
    "page {number} of a story failed, and it is shown up to there": (
        "עמוד {number} של כתבה נכשל, והיא מוצגת עד אליו"
    ),
    "the story has more than the {count} pages that are joined": (
        "לכתבה יש יותר מ־{count} העמודים שמצורפים"
    ),
    "raise `max_pages`": "הגדילו את `max_pages`",
    "leads to the home page": "מוביל לעמוד הבית",
    "leads to a section's page": "מוביל לעמוד של מדור",
    "the page holds no story": "אין בעמוד ידיעה",
    "the page says nothing of its headline, so it is not its story": (
        "העמוד אינו אומר דבר על כותרתו, ולכן אינו הידיעה שלה"
    ),
    "the text says nothing of its headline": "הטקסט אינו אומר דבר על כותרתו",
    "the page has lost its story": "הידיעה נעלמה מהעמוד",
    "{count} articles have the same text": "ל-{count} כתבות אותו טקסט",
    "all {count} articles have the same title": "לכל {count} הכתבות אותה כותרת",
    "a challenge for robots, not the page": "מבחן לרובוטים, לא העמוד",
    "a question for consent, not the page": "בקשת הסכמה, לא העמוד",
    "a login, not the page": "דף כניסה, לא העמוד",
    "the site is closed for works": "האתר סגור לתחזוקה",
    "a server without a site: its default or parking page": (
        "שרת בלי אתר: דף ברירת המחדל או החניה שלו"
    ),
    "an error page with status 200": "דף שגיאה עם סטטוס 200",
    "a subscription or an app is asked for, not the page": "נדרש מינוי או יישומון, לא העמוד",
    "a demand on the reader's browser, not the page": "דרישה מהדפדפן של הקורא, לא העמוד",
    "a page of the network between, not the page": "דף של הרשת שבדרך, לא העמוד",
    "a page that only its scripts would fill": "עמוד שרק הסקריפטים שלו ממלאים",
    "the page holds no HTML": "אין HTML בעמוד",
    "the page has too many elements to be read (max_tags: {most:,})": (
        "בעמוד יותר מדי רכיבים לקריאה (max_tags: {most:,})"
    ),
    "the page nests its elements too deeply to be read (max_depth: {most:,})": (
        "רכיבי העמוד מקוננים עמוק מכדי לקרוא אותו (max_depth: {most:,})"
    ),
    "the page breaks its text into too many pieces to be read": (
        "הטקסט בעמוד מפורק ליותר מדי חלקים לקריאה"
    ),
    "the page has too many attributes to be read (max_attributes: {most:,})": (
        "בעמוד יותר מדי מאפיינים לקריאה (max_attributes: {most:,})"
    ),
    "the page takes too much time to read": "קריאת העמוד אורכת זמן רב מדי",
    "the page takes more than {size} MB of memory to read": (
        "קריאת העמוד דורשת יותר מ-{size} מ״ב זיכרון"
    ),
    "reading the page ended the process that reads pages (signal {signal})": (
        "קריאת העמוד סיימה את התהליך שקורא עמודים (אות {signal})"
    ),
    "status {status}": "סטטוס {status}",
    "status {status} with a challenge for robots: the site keeps programs away": (
        "סטטוס {status} עם מבחן לרובוטים: האתר מרחיק תוכנות"
    ),
    "its last {count} new articles failed": "{count} הכתבות החדשות האחרונות נכשלו",
    "not an http(s) URL": "לא כתובת http(s)",
    "redirected to what is no http(s) URL": "הופנה למה שאינו כתובת http(s)",
    "redirect loop": "הפניה מעגלית",
    "status {status} without a Location": "סטטוס {status} בלי Location",
    "too many redirects": "יותר מדי הפניות",
    "private address ({host})": "כתובת פרטית ({host})",
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`": (
        "כתובת פרטית ({host}); אם האתר אמור לשכון שם, הגדירו את `connect_to`"
    ),
    "closed by robots.txt": "חסום על ידי robots.txt",
    "robots.txt cannot be had, so nothing is asked": (
        "אי אפשר להשיג את robots.txt, ולכן לא מבקשים דבר"
    ),
    "the host asks for a longer pause": "השרת מבקש הפסקה ארוכה יותר",
    "left for a later run: the host is to have {seconds:g} s between two requests": (
        "נשאר להרצה מאוחרת: לשרת נדרשות {seconds:g} שניות בין שתי בקשות"
    ),
    "no whole answer within {seconds:g} s": "אין תשובה שלמה בתוך {seconds:g} שניות",
    "more than {size:,} bytes of headers": "יותר מ-{size:,} בתים של כותרות",
    "more than {size} kB of headers": "יותר מ-{size} ק״ב של כותרות",
    "more than {size:,} bytes on the wire": "יותר מ-{size:,} בתים בהעברה",
    "larger than {size:,} bytes": "גדול מ-{size:,} בתים",
    "sent in more than {count:,} pieces": "נשלח ביותר מ-{count:,} חלקים",
    "packed too many times": "נדחס יותר מדי פעמים",
    "broken {coding} body": "גוף {coding} פגום",
    "{coding} body cut off": "גוף {coding} קטוע",
    "empty page": "עמוד ריק",
    "not a page: {kind}": "לא עמוד: {kind}",
    "no connection in time": "לא נוצר חיבור בזמן",
    "TLS: certificate not accepted ({fault})": "TLS: האישור לא התקבל ({fault})",
    "TLS: {fault}": "TLS: {fault}",
    "the name server does not answer": "שרת השמות אינו עונה",
    "no such host name": "אין שרת בשם הזה",
    "connection refused": "החיבור נדחה",
    "connection reset": "החיבור אופס",
    "cannot connect": "אי אפשר להתחבר",
    "the connection broke off": "החיבור נקטע",
    "the proxy refuses ({answer})": "הפרוקסי מסרב ({answer})",
    "through the proxy": "דרך הפרוקסי",
    "not a request that can be sent: see the site's headers and cookies": (
        "לא בקשה שאפשר לשלוח: ראו את headers ו-cookies של האתר"
    ),
    " ({more} more like it)": " (ועוד {more} כמוהו)",
    "check the address; if the site has moved, give the new one": (
        "בדקו את הכתובת; אם האתר עבר, תנו את החדשה"
    ),
    "check this machine's network": "בדקו את הרשת של המחשב הזה",
    "look whether the site is up": "בדקו אם האתר פעיל",
    "open it in a browser: the site's certificate is wrong, or this clock is": (
        "פתחו בדפדפן: או שאישור האתר שגוי, או שהשעון כאן"
    ),
    "the site wants no program to read it: ask it, or take the section out": (
        "האתר אינו רוצה שתוכנה תקרא אותו: בקשו רשות, או הוציאו את המדור"
    ),
    "if it is always slow, raise `timeout`": "אם הוא תמיד איטי, הגדילו את `timeout`",
    "raise `max_bytes`, or name another address": "הגדילו את `max_bytes`, או ציינו כתובת אחרת",
    "raise `budget`, or run more often": "הגדילו את `budget`, או הריצו לעתים קרובות יותר",
    "ask the site to let programs in, or for a feed": "בקשו מהאתר להכניס תוכנות, או פיד",
    "`cookies` may let it in": "ייתכן ש-`cookies` יכניסו אותו",
    "a cookie of the consent, in `cookies`, may let it in": (
        "ייתכן שעוגיית ההסכמה, ב-`cookies`, תכניס אותו"
    ),
    "if it is right, it is believed after two days": "אם זה נכון, הדבר יתקבל אחרי יומיים",
    "open it in a browser, and give the address that it ends at": (
        "פתחו בדפדפן, ותנו את הכתובת שבה הוא מסתיים"
    ),
    "`headers` may let it in": "ייתכן ש-`headers` יכניסו אותו",
    "`cookies` of a subscription may let it in": "ייתכן ש-`cookies` של מינוי יכניסו אותו",
    "open it in a browser: it may want `headers` or `cookies`, or keep programs away": (
        "פתחו בדפדפן: ייתכן שנדרשים `headers` או `cookies`, או שתוכנות מורחקות"
    ),
    "open it in a browser, and give its new address": "פתחו בדפדפן, ותנו את הכתובת החדשה",
    "raise `delay`, or run less often": "הגדילו את `delay`, או הריצו פחות",
    "the site may show it in other countries only": "ייתכן שהאתר מציג זאת רק בארצות אחרות",
    "{words}: {cause}": "{words}: {cause}",
    # The pages and the health feed: `output`
    "{day}, {time}": "{day}, {time}",
    "Skip to content": "דלגו לתוכן",
    "Pages of the feeds": "עמודי הפידים",
    "Sections": "מדורים",
    "Status": "מצב",
    "All feeds": "כל הפידים",
    "How do I subscribe?": "איך נרשמים?",
    "Times are by the clock of each site. This page is made by {program}.": (
        "השעות לפי השעון של כל אתר. העמוד נוצר בתוכנה {program}."
    ),
    "News feeds": "פידים של חדשות",
    "Whole stories as they were published, section by section, in your reader.": (
        "ידיעות שלמות כפי שפורסמו, מדור אחר מדור, בקורא שלכם."
    ),
    "Choose a feed reader, such as {readers}.": "בחרו קורא פידים, למשל {readers}.",
    ", ": ", ",
    (
        "Open “Subscribe” below the section that you want, copy the address, and paste it into the "
        "reader where a feed is added."
    ): (
        "פתחו ”הרשמה“ מתחת למדור הרצוי, העתיקו את הכתובת, והדביקו אותה בקורא במקום שבו מוסיפים פיד."
    ),
    "To have all sections at once, import {file} into the reader.": (
        "כדי לקבל את כל המדורים בבת אחת, ייבאו את {file} לקורא."
    ),
    "paused": "מושהה",
    "Sites": "אתרים",
    "Filter sections and headlines": "סינון מדורים וכותרות",
    "Nothing here matches.": "אין כאן התאמה.",
    "Subscribe": "הרשמה",
    "Subscribe: {section}": "הרשמה: {section}",
    "Address of the feed: {section}": "כתובת הפיד: {section}",
    "Copy": "העתקה",
    "Copy the address: {section}": "העתקת הכתובת: {section}",
    "The address is copied.": "הכתובת הועתקה.",
    "The address is selected: copy it with the keyboard or the menu.": (
        "הכתובת מסומנת: העתיקו אותה במקלדת או מהתפריט."
    ),
    "Feed of {section} as {format}": "הפיד של {section} בתבנית {format}",
    "{n} story": {
        "one": "ידיעה אחת",
        "two": "שתי ידיעות",
        "other": "{n} ידיעות",
    },
    "no stories yet": "עדיין אין ידיעות",
    "no stories": "אין ידיעות",
    "last changed {when}": "עודכן לאחרונה {when}",
    "a story about every minute": {
        "one": "ידיעה בערך כל דקה",
        "two": "ידיעה בערך כל שתי דקות",
        "other": "ידיעה בערך כל {n} דקות",
    },
    "a story about every hour": {
        "one": "ידיעה בערך כל שעה",
        "two": "ידיעה בערך כל שעתיים",
        "other": "ידיעה בערך כל {n} שעות",
    },
    "a story about every day": {
        "one": "ידיעה בערך כל יום",
        "two": "ידיעה בערך כל יומיים",
        "other": "ידיעה בערך כל {n} ימים",
    },
    "{n} minute": {
        "one": "דקה",
        "two": "שתי דקות",
        "other": "{n} דקות",
    },
    "{n} hour": {
        "one": "שעה",
        "two": "שעתיים",
        "other": "{n} שעות",
    },
    "{n} day": {
        "one": "יום",
        "two": "יומיים",
        "other": "{n} ימים",
    },
    "longest pause: {span}": "ההפסקה הארוכה ביותר: {span}",
    "Out of order for now.": "מושבת לעת עתה.",
    "What happened?": "מה קרה?",
    "Nothing has been read yet: the next run of {command} does it.": (
        "עדיין לא נקרא דבר: ההרצה הבאה של {command} תעשה זאת."
    ),
    (
        "Its page could be read, and no story of it is in the feed yet. See what the section's "
        "filters and {key} let through."
    ): ("העמוד נקרא, ועדיין אין ממנו ידיעה בפיד. בדקו מה מעבירים המסננים של המדור ו-{key}."),
    "What can be done: {remedy}": "מה אפשר לעשות: {remedy}",
    "All {n} headlines": "כל {n} הכותרות",
    "Status of the feeds": "מצב הפידים",
    "All sections work.": "כל המדורים פועלים.",
    "{n} section is out of order.": {
        "one": "מדור אחד מושבת.",
        "two": "שני מדורים מושבתים.",
        "other": "{n} מדורים מושבתים.",
    },
    "{n} section is out of order; its last good feed stays.": {
        "one": "מדור אחד מושבת; הפיד התקין האחרון שלו נשאר.",
        "two": "שני מדורים מושבתים; הפידים התקינים האחרונים נשארים.",
        "other": "{n} מדורים מושבתים; הפידים התקינים האחרונים נשארים.",
    },
    "What needs a look": "מה דורש מבט",
    "works": "פועל",
    "works since {when}": "פועל מאז {when}",
    "out of order": "מושבת",
    "out of order since {when}": "מושבת מאז {when}",
    "in quarantine": "בהסגר",
    "in quarantine since {when}": "בהסגר מאז {when}",
    "not run yet": "עוד לא הורץ",
    "last success {when}": "הצלחה אחרונה {when}",
    "no success yet": "עוד לא הצליח",
    "healed itself": "תיקן את עצמו",
    "Stories a day in the thirty days to {day}: {stories}, at most {most} on a day": (
        "ידיעות ליום בשלושים הימים עד {day}: {stories}, לכל היותר {most} ביום"
    ),
    "30 days before": "30 יום קודם",
    "stories a day": "ידיעות ליום",
    "stories a day, at most {most}": "ידיעות ליום, לכל היותר {most}",
    "date": "תאריך",
    "author": "מחבר",
    "picture": "תמונה",
    "full text": "טקסט מלא",
    "What happened, and when": "מה קרה ומתי",
    "What happened, and when: {section}": "מה קרה ומתי: {section}",
    "went out of order": "הושבת",
    "works again": "שב לפעול",
    "began to work": "החל לפעול",
    "Full text": "הטקסט המלא",
    "Full text: {title}": "הטקסט המלא: {title}",
    "Earlier months": "חודשים קודמים",
    (
        "This is a news feed for feed readers, not a web page. To subscribe, copy its address from "
        "the address bar into your reader. To read whole stories in a browser, open the page of "
        "its section from the page of all feeds."
    ): (
        "זהו פיד חדשות לקוראי פידים, לא דף אינטרנט. כדי להירשם, העתיקו את כתובתו משורת הכתובת אל "
        "הקורא שלכם. כדי לקרוא ידיעות שלמות בדפדפן, פתחו את עמוד המדור מתוך עמוד הפידים."
    ),
    (
        "This is one month of a news feed, for feed readers. To subscribe, take the address of the "
        "feed from the page of its section; whole stories stand there, too."
    ): (
        "זהו חודש אחד של פיד חדשות, לקוראי פידים. כדי להירשם, קחו את כתובת הפיד מעמוד המדור שלו; "
        "גם הידיעות המלאות נמצאות שם."
    ),
    "feedmaker: how the feeds fare": "feedmaker: מצב הפידים",
    "{name} broke": "{name}: הושבת",
    "{name} is in quarantine": "{name}: בהסגר",
    "{name} recovered": "{name}: שב לפעול",
    "{name} healed itself": "{name}: תיקן את עצמו",
    "{name} is silent": "{name}: שותק",
    "The last good feed stays.": "הפיד התקין האחרון נשאר.",
    "There is no feed of it yet.": "עדיין אין לו פיד.",
    "It is read again.": "הוא נקרא שוב.",
    "No new story since {since}. Usually {rhythm}; longest pause: {span}.": (
        "אין ידיעה חדשה מאז {since}. בדרך כלל {rhythm}; ההפסקה הארוכה ביותר: {span}."
    ),
    (
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement "
        "{confidence:.2f}. If that is right, write it into the configuration."
    ): (
        "{what}: היה «{before}», עכשיו «{after}»: {agreed} ידיעות מוכרות, התאמה {confidence:.2f}. "
        "אם זה נכון, כתבו זאת בהגדרות."
    ),
    "the addresses are relative, so no reader can import them: set {key}": (
        "הכתובות יחסיות, ואף קורא אינו יכול לייבא אותן: הגדירו את {key}"
    ),
    "feedmaker: a test. You will be told here when a feed breaks.": (
        "feedmaker: ניסיון. כאן תקבלו הודעה כשהזנה תתקלקל."
    ),
    "kept, {score}: {reason}": "נלקח, {score}: {reason}",
    "dropped, {score}: {reason}": "הושמט, {score}: {reason}",
    "what was kept": "מה שנלקח",
    "what was dropped": "מה שהושמט",
    "not looked at": "לא נבדק",
    "not looked at: hidden, a menu's or a foot's": "לא נבדק: מוסתר, או של תפריט או כותרת תחתונה",
    "point at a text, tap it, or reach it with the Tab key for its reason": (
        "הצביעו על טקסט, הקישו עליו או הגיעו אליו במקש Tab כדי לראות את סיבתו"
    ),
    "not {source}:": "לא {source}:",
    "from {source}": "מתוך {source}",
}
