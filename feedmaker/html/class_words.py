"""What class names and ids say of a box: the words, for articles and listings alike.

`class_names` looks them up. A name is read in lower case.
"""

from __future__ import annotations

from typing import Final, Literal

Zone = Literal[
    "navigation",
    "footer",
    "header",
    "sidebar",
    "ticker",
    "related",
    "most-read",
    "social",
    "comments",
    "advert",
    "tags",
    "popup",
]

# Whole words of a name, with the zone that listings call the box, and the hint that articles take.
# `most-read` is `mostread`, `mostRead`, `most-read` or `most_read`.
WHOLE_WORDS: Final[tuple[tuple[Zone, str, str], ...]] = (
    (
        "navigation",
        "nav",
        (
            "nav navbar navi navigation menu menus submenu subnav topnav megamenu breadcrumb "
            "breadcrumbs pagination pager paging pagenavi"
        ),
    ),
    (
        "footer",
        "foot",
        "footer foot ftr colophon copyright copyrights",
    ),
    (
        "header",
        "head",
        "masthead site-header main-header page-header top-header top-bar",
    ),
    (
        "sidebar",
        "side",
        "sidebars aside rightbar leftbar sidecolumn side-bar",
    ),
    (
        "ticker",
        "related",
        "ticker newsticker tickerbox marquee marq breaking-news",
    ),
    (
        "related",
        "related",
        (
            "related relatednews relatedposts recommended recommendation recommendations "
            "youmaylike also-read read-also see-also"
        ),
    ),
    (
        "most-read",
        "related",
        (
            "popular trending most-read most-viewed most-view most-popular most-commented "
            "most-shared top-read more-read"
        ),
    ),
    (
        "social",
        "share",
        "social share sharing shares sharer addthis follow followus",
    ),
    (
        "comments",
        "comment",
        "comments disqus comment-list",
    ),
    (
        "advert",
        "promo",
        (
            "ad ads advert adverts advertise advertisement advertising adsense sponsor "
            "sponsored sponsors taboola outbrain mgid revcontent"
        ),
    ),
    # No hint for articles: `adv` is "advanced" in `kt-adv-heading`, and lost a heading of one of
    # 1,723 pages. The other words of listings changed no story of these.
    (
        "advert",
        "",
        "adv",
    ),
    (
        "tags",
        "tags",
        "tags hashtags hashtag tag-cloud tag-list tag-box",
    ),
    (
        "popup",
        "promo",
        "modal popup",
    ),
    (
        "popup",
        "consent",
        "cookie cookies consent gdpr",
    ),
    (
        "popup",
        "player",
        "lightbox",
    ),
)
# The whole name: a `left-side` may be the main column, a `card-header` is a card's.
WHOLE_NAMES: Final[dict[str, Zone]] = {"header": "header", "side": "sidebar"}

# Regular expressions of what stands anywhere in a name, by the hint that articles take. `<` is the
# beginning of a word, `>` its end. Listings do not read them: their F1 on 84 pages fell from 0.912
# to 0.866 with them, since the list itself may be called `latest-articles-teaser`.
PATTERNS: Final[dict[str, str]] = {
    "comment": r"comments?(?!ary) disqus <respond livefyre replies reactions?>",
    "related": (
        r"relat(?!iv) recommend read[-_]?(?:more|also|next) "
        r"more[-_]?(?:from|on|news|stor|article) trending popular most[-_] similar "
        r"next[-_]?(?:post|article|story) prev[-_]?(?:post|article|story) teaser outbrain "
        r"taboola latest recirc suggest see-?also promoted mgid crosslink inline-?link upnext "
        r"up-next further interlink zergnet listing"
    ),
    "share": (
        r"<shar(?:e|ing) social follow(?!ing) facebook twitter whatsapp addthis telegram <sns "
        r"bookmark"
    ),
    "caption": r"caption credit legend photo(?!n) figure image <img picture thumb media",
    "author": r"auth?or auteur byline <bio> writer contributor avatar reporter journalist kateb",
    "nav": (
        r"<nav> <navi <main-?nav> <main-?navi <sub-?nav> <sub-?navi <site-?nav> <site-?navi "
        r"<top-?nav> <top-?navi <page-?nav> <page-?navi <global-?nav> <global-?navi navbar "
        r"(?<!context)menu breadcrumb pagination <pager <toc> table-?of-?contents "
        r"skip-?(?:to|link|nav) topbar toolbar crumb"
    ),
    "foot": (
        r"<foot(?:er)?s?> sitefoot(?:er)?> pagefoot(?:er)?> postfoot(?:er)?> "
        r"articlefoot(?:er)?> entryfoot(?:er)?> legal disclaim colophon copyright imprint"
    ),
    "promo": (
        r"newsletter subscri sign-?up <promo advert(?!orial) <ads?> <ads?[0-9] sponsor <cta "
        r"banner donat modal popup pop-up overlay adslot adsense dfp <gpt marketing abo>"
    ),
    "side": r"side-?bar <rail aside complementary <secondary",
    "tags": r"<tags?> topics? keyword categor <label chips?> badge <pill taglist",
    "meta": r"<date <time(?!r) <meta publish posted stamp <views duration updated dateline",
    "body": (
        r"article-?_?-?(?:body|content|text|detail|main) entry post-?_?-?(?:body|content|text) "
        r"story content rich-?text prose body paragraph wysiwyg markdown text main detail "
        r"articlebody editor"
    ),
    "lead": (
        r"lead deck standfirst intro summary excerpt sub-?tit sub-?head abstract <dek chapo "
        r"strap description vorspann"
    ),
    "hidden": (
        r"(?<!label-)(?<!overflow-)hidden(?!-) <hide sr-only visually screen-?reader d-none "
        r"offscreen (?<!elementor-)invisible"
    ),
    "player": (
        r"video player audio galler carousel <slide slider swiper embed podcast listen iframe "
        r"lightbox"
    ),
    "card": r"<cards?> <tile grid <item <list thumb",
    "key": (
        r"key-?(?:take|point|fact) highlight tl-?dr takeaway faq accordion fact question "
        r"answer infobox info-?box bullet"
    ),
    "form": r"<forms?> search login <regist <poll vote quiz survey rating <button <btn",
    "head": r"<head title hero masthead",
    "shop": r"product <buy pric(?:e|ing) affiliate <shop <deal offer",
    "consent": (
        r"cookie consent gdpr onetrust <ot- didomi cmpbox cmpwrapper privacy usercentrics "
        r"sp_message"
    ),
    "box": r"widget <box notice alert callout block module panel <note",
    "wall": r"paywall piano premium premi subscriber locked",
}

# Words of names that pages give to the titles in their cards, and to the lesser texts beside those.
TITLE_WORDS: Final = "title titles headline headlines tit titre heading ttl hed caption"
DECK_WORDS: Final = (
    "sub subhead subheading deck dek desc description excerpt summary standfirst teaser intro "
    "introtext snippet abstract brief lead lede more readmore btn button author byline writer "
    "columnist opinionist reporter date time meta cat category tag label kicker prefix suffix "
    "preface pre when autor eyebrow overline rubric volanta bajada"
)

# Whole names of texts that only screen readers read.
UNSEEN_TEXTS: Final = (
    "sr-only visually-hidden visuallyhidden screen-reader-text u-visually-hidden element-invisible"
)

# What shows a box on screens of some width that is hidden on others (Bootstrap, Tailwind).
SHOWN_ON_SCREENS: Final = (
    r"d-(?:sm|md|lg|xl|xxl)-(?:block|flex|grid|inline\S*|table\S*) "
    r"(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline\S*|table\S*)"
)

# What begins names of the state of a box, of utility classes («md:hidden»), and of what a content
# management system says of the whole story («category-sport», «has-post-thumbnail»).
STATE_PREFIXES: Final = (
    "category tag type status has no format is not with without overflow position"
)
# What begins and ends names that say what a box has, does or stands beside, not what it is.
MODIFIERS: Final = "has is js no not with without"
SIDES: Final = "left right none on off hover active"
# What WordPress puts before a story's own tags and categories.
TERM_PREFIXES: Final = "tag category cat post_tag tax term author post type format status"

# Adverts are put right into sentences, in inline elements.
INLINE_ADVERTS: Final = (
    r"<adv?s?> <adv?s?[0-9] <adv?(?:box|block|slot|unit|space|area|zone|banner|container|wrap) "
    r"advert(?!orial) adsense adsbygoogle sponsor <dfp"
)
# Inline elements that are no text to read: words for screen readers, what shows a formula again
# that stands as MathML beside it (KaTeX, MathJax), and the numbers of lines of code.
INLINE_UNSEEN: Final = (
    "<sr-only> visually-?hidden screen-?reader <a11y-?hidden> <u-?hidden> assistive-?text "
    "<katex-html> assistive_mathml mathjax_preview <linenos?> <line-?numbers?>"
)
# The class of a quotation that is a post of a social network, by the network's own embed code.
POSTS: Final = (
    "twitter-(?:tweet|video) instagram-media tiktok-embed bluesky-embed mastodon-embed "
    "reddit-(?:embed-bq|card) text-post-media fb-xfbml-parse-ignore imgur-embed-pub"
)

# What names, rel and itemprop call an author's element; what surely is one; what may hold a name
# that is no author's; and what is another's story or comment, whatever else its names say.
AUTHORS: Final = r"auth?or(?!i[sz]|ity) auteur byline writer reporter journalist katib kateb"
SURE_AUTHORS: Final = r"byline \bauthor[-_]?(?:name|card|info)"
NO_AUTHORS: Final = r"credit photo caption figure card bio\b description avatar image social share"
OTHERS_AUTHORS: Final = "comment related teaser quote testimonial"

# What calls a box of a picture's text; boxes of other stories and of comments, whose dates are not
# the page's; and boxes in which only a labelled date is.
PICTURE_TEXTS: Final = "copyright credit photo caption"
OTHER_STORIES: Final = (
    "card teaser related recommend comment promo(?!ted) latest popular trending more- event slide "
    "carousel"
)
SIDE_BOXES: Final = "sidebar widget menu"

# What tags and roles say.
TAG_HINTS: Final = {
    "nav": "nav",
    "menu": "nav",
    "footer": "foot",
    "aside": "side",
    "form": "form",
    "button": "form",
    "figure": "caption",
    "figcaption": "caption",
    "noscript": "hidden",
    "dialog": "promo",
    "fieldset": "form",
    "header": "head",
    "address": "author",
}
ROLE_HINTS: Final = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "contentinfo": "foot",
    "complementary": "side",
    "search": "form",
    "dialog": "promo",
    "banner": "nav",
    "form": "form",
    "alertdialog": "promo",
    "button": "form",
}
TAG_ZONES: Final[dict[str, Zone]] = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "dialog": "popup",
    "marquee": "ticker",
}
ROLE_ZONES: Final[dict[str, Zone]] = {
    "navigation": "navigation",
    "menubar": "navigation",
    "menu": "navigation",
    "search": "navigation",
    "marquee": "ticker",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "sidebar",
    "dialog": "popup",
}
