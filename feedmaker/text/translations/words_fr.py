"""French for the English words of pages, feeds and the command line."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str | dict[str, str]]] = {
    # What went wrong, and what can be done: `model.reasons`
    "{text}": "{text}",
    "error in feedmaker, please report it: {text}": (
        "erreur dans feedmaker, merci de la signaler : {text}"
    ),
    "the site's {seconds:g} s were used up before it": (
        "le temps du site ({seconds:g} s) était épuisé avant son tour"
    ),
    "the file of its site has a mistake, see `feedmaker check`; its feeds stay": (
        "le fichier de son site contient une erreur, voir `feedmaker check` ; ses flux restent"
    ),
    "the listing holds {links} links instead of about {usual}": (
        "la liste contient {links} liens au lieu d'environ {usual}"
    ),
    "left out of the feed": "laissé hors du flux",
    "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`": (
        "la page ne contient aucun lien ; un script la construit peut-être : essayez son plan de "
        "site ou son flux dans `urls`"
    ),
    (
        "none of its {links} links is one of a story; give selectors in `rules.links`, or another "
        "URL"
    ): (
        "aucun de ses {links} liens ne mène à un article ; donnez des sélecteurs dans "
        "`rules.links`, ou une autre adresse"
    ),
    "no story links under the heading «{heading}»; the page's headings are {headings}": (
        "aucun lien d'article sous le titre « {heading} » ; les titres de la page sont {headings}"
    ),
    (
        "the links under the heading «{heading}» are none of stories; name another heading, or the "
        "listing's own URL"
    ): (
        "les liens sous le titre « {heading} » ne mènent pas à des articles ; nommez un autre "
        "titre, ou l'adresse de la liste elle-même"
    ),
    "no link is labelled «{label}»; the nearest labels are {nearest}": (
        "aucun lien ne s'intitule « {label} » ; les intitulés les plus proches sont {nearest}"
    ),
    (
        "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories, an "
        "agreement of {agreement:.2f} where {needed} is needed: see `explain --links` "
        "({selectors})"
    ): (
        "`rules.links` ne correspond à rien ; la meilleure liste a {agreed} des {recent} derniers "
        "articles, un accord de {agreement:.2f} là où il faut {needed} : voir `explain --links` "
        "({selectors})"
    ),
    "`links` holds what is no CSS selector: {selectors}": (
        "`links` contient ce qui n'est pas un sélecteur CSS : {selectors}"
    ),
    "the sitemap or feed names no pages; check the section's `urls`": (
        "le plan de site ou le flux ne nomme aucune page ; vérifiez les `urls` de la rubrique"
    ),
    "only {count} story links were found": "seulement {count} liens d'articles ont été trouvés",
    (
        "about {count} stories may be among the links beside the {found} that were taken; look at "
        "the page with `feedmaker explain --links`"
    ): (
        "environ {count} articles se trouvent peut-être parmi les liens autres que les {found} "
        "retenus ; regardez la page avec `feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links have the title of another; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} des {found} liens ont le titre d'un autre ; regardez la page avec "
        "`feedmaker explain --links`"
    ),
    (
        "none of the {found} links shows a date, and {count} others of the page do; look at the "
        "page with `feedmaker explain --links`"
    ): (
        "aucun des {found} liens n'a de date, et {count} autres de la page en ont ; regardez la "
        "page avec `feedmaker explain --links`"
    ),
    (
        "{count} of the {found} links are only just taken for stories; look at the page with "
        "`feedmaker explain --links`"
    ): (
        "{count} des {found} liens passent de justesse pour des articles ; regardez la page avec "
        "`feedmaker explain --links`"
    ),
    "neither a sitemap nor a feed that can be read: {fault}": (
        "ni un plan de site ni un flux lisible : {fault}"
    ),
    "a broken gzip file: {fault}": "un fichier gzip abîmé : {fault}",
    "lists no stories, but names a feed: try {feed} in `urls`": (
        "ne liste aucun article, mais nomme un flux : essayez {feed} dans `urls`"
    ),
    "JSON that names no stories": "la page est du JSON qui ne nomme aucun article avec une adresse",
    "a copy of {original}, and shown as one with it": (
        "une copie de {original}, montrée avec lui comme un seul article"
    ),
    "not fetched within the site's {seconds:g} s; left for the next run": (
        "pas obtenu dans le temps du site ({seconds:g} s) ; laissé au prochain passage"
    ),
    "is no HTML page, so `source = {source}` finds nothing in it": (
        "n'est pas une page HTML, donc `source = {source}` n'y trouve rien"
    ),
    "carries no list of stories for its scripts: try another `source`": (
        "ne porte aucune liste d'articles pour ses scripts : essayez un autre `source`"
    ),
    "names no {source} with stories: give its address in `urls`, or try another `source`": (
        "ne nomme aucun {source} avec des articles : donnez son adresse dans `urls`,"
        " ou essayez un autre `source`"
    ),
    "no posts of WordPress's REST API": "aucun article de l'API REST de WordPress",
    "`source = {source}` gives nothing, so the page itself is read": (
        "`source = {source}` ne donne rien, la page elle-même est donc lue"
    ),
    "the REST API gives nothing, so its pages are read": (
        "l'API REST ne donne rien, les pages sont donc lues"
    ),
    "leads to another page": "mène à une autre page",
    "page {number} of a story failed, and it is shown up to there": (
        "la page {number} d'un article a échoué, il est montré jusque-là"
    ),
    "the story has more than the {count} pages that are joined": (
        "l'article a plus que les {count} pages qui sont réunies"
    ),
    "raise `max_pages`": "augmentez `max_pages`",
    "leads to the home page": "mène à la page d'accueil",
    "leads to a section's page": "mène à la page d'une rubrique",
    "the page holds no story": "la page ne contient pas d'article",
    "the page says nothing of its headline, so it is not its story": (
        "la page ne dit rien de son titre : ce n'est pas son article"
    ),
    "the text says nothing of its headline": "le texte ne dit rien de son titre",
    "the page has lost its story": "la page a perdu son article",
    "{count} articles have the same text": "{count} articles ont le même texte",
    "all {count} articles have the same title": "les {count} articles ont tous le même titre",
    "a challenge for robots, not the page": "une épreuve pour robots, pas la page",
    "a question for consent, not the page": "une demande de consentement, pas la page",
    "a login, not the page": "une page de connexion, pas la page",
    "the site is closed for works": "le site est fermé pour travaux",
    "a server without a site: its default or parking page": (
        "un serveur sans site : sa page par défaut ou de parking"
    ),
    "an error page with status 200": "une page d'erreur avec le statut 200",
    "a subscription or an app is asked for, not the page": (
        "un abonnement ou une application est demandé, pas la page"
    ),
    "a demand on the reader's browser, not the page": (
        "une exigence envers le navigateur du lecteur, pas la page"
    ),
    "a page of the network between, not the page": "une page du réseau intermédiaire, pas la page",
    "a page that only its scripts would fill": "une page que seuls ses scripts rempliraient",
    "the page holds no HTML": "la page ne contient pas de HTML",
    "the page has too many elements to be read (max_tags: {most:,})": (
        "la page a trop d'éléments pour être lue (max_tags: {most:,})"
    ),
    "the page nests its elements too deeply to be read (max_depth: {most:,})": (
        "la page imbrique trop ses éléments pour être lue (max_depth: {most:,})"
    ),
    "the page breaks its text into too many pieces to be read": (
        "la page coupe son texte en trop de morceaux pour être lue"
    ),
    "the page has too many attributes to be read (max_attributes: {most:,})": (
        "la page a trop d'attributs pour être lue (max_attributes: {most:,})"
    ),
    "the page takes too much time to read": "la page prend trop de temps à lire",
    "the page takes more than {size} MB of memory to read": (
        "la page demande plus de {size} Mo de mémoire pour être lue"
    ),
    "reading the page ended the process that reads pages (signal {signal})": (
        "lire la page a mis fin au processus qui lit les pages (signal {signal})"
    ),
    "status {status}": "statut {status}",
    "status {status} with a challenge for robots: the site keeps programs away": (
        "statut {status} avec une épreuve pour robots : le site écarte les programmes"
    ),
    "its last {count} new articles failed": "ses {count} derniers nouveaux articles ont échoué",
    "not an http(s) URL": "pas une adresse http(s)",
    "redirected to what is no http(s) URL": "redirigé vers ce qui n'est pas une adresse http(s)",
    "redirect loop": "redirection en boucle",
    "status {status} without a Location": "statut {status} sans Location",
    "too many redirects": "trop de redirections",
    "private address ({host})": "adresse privée ({host})",
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`": (
        "adresse privée ({host}) ; si le site doit bien s'y trouver, réglez son `connect_to`"
    ),
    "closed by robots.txt": "fermé par robots.txt",
    "robots.txt cannot be had, so nothing is asked": (
        "robots.txt ne peut être obtenu, donc rien n'est demandé"
    ),
    "the host asks for a longer pause": "l'hôte demande une pause plus longue",
    "left for a later run: the host is to have {seconds:g} s between two requests": (
        "laissé à un passage ultérieur : l'hôte veut {seconds:g} s entre deux requêtes"
    ),
    "no whole answer within {seconds:g} s": "pas de réponse entière en {seconds:g} s",
    "more than {size:,} bytes of headers": "plus de {size:,} octets d'en-têtes",
    "more than {size} kB of headers": "plus de {size} ko d'en-têtes",
    "more than {size:,} bytes on the wire": "plus de {size:,} octets transmis",
    "larger than {size:,} bytes": "plus grand que {size:,} octets",
    "sent in more than {count:,} pieces": "envoyé en plus de {count:,} morceaux",
    "packed too many times": "compressé trop de fois",
    "broken {coding} body": "corps {coding} abîmé",
    "{coding} body cut off": "corps {coding} coupé",
    "empty page": "page vide",
    "not a page: {kind}": "pas une page : {kind}",
    "no connection in time": "pas de connexion à temps",
    "TLS: certificate not accepted ({fault})": "TLS : certificat refusé ({fault})",
    "TLS: {fault}": "TLS : {fault}",
    "the name server does not answer": "le serveur de noms ne répond pas",
    "no such host name": "aucun hôte de ce nom",
    "connection refused": "connexion refusée",
    "connection reset": "connexion réinitialisée",
    "cannot connect": "connexion impossible",
    "the connection broke off": "la connexion s'est rompue",
    "the proxy refuses ({answer})": "le mandataire refuse ({answer})",
    "through the proxy": "à travers le mandataire",
    "not a request that can be sent: see the site's headers and cookies": (
        "pas une requête que l'on puisse envoyer : voir les headers et cookies du site"
    ),
    " ({more} more like it)": " (et {more} autres de même)",
    "check the address; if the site has moved, give the new one": (
        "vérifiez l'adresse ; si le site a déménagé, donnez la nouvelle"
    ),
    "check this machine's network": "vérifiez le réseau de cette machine",
    "look whether the site is up": "regardez si le site fonctionne",
    "open it in a browser: the site's certificate is wrong, or this clock is": (
        "ouvrez-le dans un navigateur : le certificat du site est faux, ou l'heure d'ici"
    ),
    "the site wants no program to read it: ask it, or take the section out": (
        "le site ne veut pas qu'un programme le lise : demandez-lui, ou retirez la rubrique"
    ),
    "if it is always slow, raise `timeout`": "s'il est toujours lent, augmentez `timeout`",
    "raise `max_bytes`, or name another address": (
        "augmentez `max_bytes`, ou nommez une autre adresse"
    ),
    "raise `budget`, or run more often": "augmentez `budget`, ou lancez plus souvent",
    "ask the site to let programs in, or for a feed": (
        "demandez au site de laisser entrer les programmes, ou un flux"
    ),
    "`cookies` may let it in": "des `cookies` peuvent le laisser entrer",
    "a cookie of the consent, in `cookies`, may let it in": (
        "un cookie de consentement, dans `cookies`, peut le laisser entrer"
    ),
    "if it is right, it is believed after two days": (
        "si c'est juste, on le croira après deux jours"
    ),
    "open it in a browser, and give the address that it ends at": (
        "ouvrez-le dans un navigateur, et donnez l'adresse où il aboutit"
    ),
    "`headers` may let it in": "des `headers` peuvent le laisser entrer",
    "`cookies` of a subscription may let it in": (
        "les `cookies` d'un abonnement peuvent le laisser entrer"
    ),
    "open it in a browser: it may want `headers` or `cookies`, or keep programs away": (
        "ouvrez-le dans un navigateur : il veut peut-être des `headers` ou `cookies`, ou écarte "
        "les programmes"
    ),
    "open it in a browser, and give its new address": (
        "ouvrez-le dans un navigateur, et donnez sa nouvelle adresse"
    ),
    "raise `delay`, or run less often": "augmentez `delay`, ou lancez moins souvent",
    "the site may show it in other countries only": (
        "le site ne le montre peut-être que dans d'autres pays"
    ),
    "{words}: {cause}": "{words} : {cause}",
    # The pages and the health feed: `output`
    "{day}, {time}": "{day} à {time}",
    "Skip to content": "Aller au contenu",
    "Pages of the feeds": "Pages des flux",
    "Sections": "Rubriques",
    "Status": "État",
    "All feeds": "Tous les flux",
    "How do I subscribe?": "Comment m'abonner ?",
    "Times are by the clock of each site. This page is made by {program}.": (
        "Les heures sont celles de chaque site. Cette page est faite par {program}."
    ),
    "News feeds": "Flux d'actualités",
    "Whole stories as they were published, section by section, in your reader.": (
        "Les articles entiers, tels que publiés, rubrique par rubrique, dans votre lecteur."
    ),
    "Choose a feed reader, such as {readers}.": "Choisissez un lecteur de flux, tel que {readers}.",
    ", ": ", ",
    (
        "Open “Subscribe” below the section that you want, copy the address, and paste it into the "
        "reader where a feed is added."
    ): (
        "Ouvrez « S'abonner » sous la rubrique voulue, copiez l'adresse et collez-la dans le "
        "lecteur, là où l'on ajoute un flux."
    ),
    "To have all sections at once, import {file} into the reader.": (
        "Pour avoir toutes les rubriques d'un coup, importez {file} dans le lecteur."
    ),
    "paused": "en pause",
    "Sites": "Sites",
    "Filter sections and headlines": "Filtrer les rubriques et les titres",
    "Nothing here matches.": "Rien ne correspond ici.",
    "Subscribe": "S'abonner",
    "Subscribe: {section}": "S'abonner : {section}",
    "Address of the feed: {section}": "Adresse du flux : {section}",
    "Copy": "Copier",
    "Copy the address: {section}": "Copier l'adresse : {section}",
    "The address is copied.": "L'adresse est copiée.",
    "The address is selected: copy it with the keyboard or the menu.": (
        "L'adresse est sélectionnée : copiez-la au clavier ou par le menu."
    ),
    "Feed of {section} as {format}": "Flux de {section} au format {format}",
    "{n} story": {
        "one": "{n} article",
        "other": "{n} articles",
    },
    "no stories yet": "pas encore d'articles",
    "no stories": "aucun article",
    "last changed {when}": "mis à jour le {when}",
    "a story about every minute": {
        "one": "un article environ chaque minute",
        "other": "un article environ toutes les {n} minutes",
    },
    "a story about every hour": {
        "one": "un article environ chaque heure",
        "other": "un article environ toutes les {n} heures",
    },
    "a story about every day": {
        "one": "un article environ chaque jour",
        "other": "un article environ tous les {n} jours",
    },
    "{n} minute": {
        "one": "{n} minute",
        "other": "{n} minutes",
    },
    "{n} hour": {
        "one": "{n} heure",
        "other": "{n} heures",
    },
    "{n} day": {
        "one": "{n} jour",
        "other": "{n} jours",
    },
    "longest pause: {span}": "plus longue pause : {span}",
    "Out of order for now.": "En panne pour l'instant.",
    "What happened?": "Que s'est-il passé ?",
    "Nothing has been read yet: the next run of {command} does it.": (
        "Rien n'a encore été lu : le prochain passage de {command} le fera."
    ),
    (
        "Its page could be read, and no story of it is in the feed yet. See what the section's "
        "filters and {key} let through."
    ): (
        "Sa page a été lue, et aucun de ses articles n'est encore dans le flux. Voyez ce que "
        "laissent passer les filtres de la rubrique et {key}."
    ),
    "What can be done: {remedy}": "Que faire : {remedy}",
    "All {n} headlines": "Les {n} titres",
    "Status of the feeds": "État des flux",
    "All sections work.": "Toutes les rubriques fonctionnent.",
    "{n} section is out of order.": {
        "one": "{n} rubrique en panne.",
        "other": "{n} rubriques en panne.",
    },
    "{n} section is out of order; its last good feed stays.": {
        "one": "{n} rubrique en panne ; son dernier bon flux reste.",
        "other": "{n} rubriques en panne ; leurs derniers bons flux restent.",
    },
    "What needs a look": "À regarder",
    "works": "fonctionne",
    "works since {when}": "fonctionne depuis le {when}",
    "out of order": "en panne",
    "out of order since {when}": "en panne depuis le {when}",
    "in quarantine": "en quarantaine",
    "in quarantine since {when}": "en quarantaine depuis le {when}",
    "not run yet": "pas encore lancé",
    "last success {when}": "dernier succès le {when}",
    "no success yet": "pas encore de succès",
    "healed itself": "s'est réparé",
    "Stories a day in the thirty days to {day}: {stories}, at most {most} on a day": (
        "Articles par jour sur trente jours jusqu'au {day} : {stories}, au plus {most} en un jour"
    ),
    "30 days before": "30 jours avant",
    "stories a day": "articles par jour",
    "stories a day, at most {most}": "articles par jour, au plus {most}",
    "date": "date",
    "author": "auteur",
    "picture": "image",
    "full text": "texte entier",
    "What happened, and when": "Ce qui s'est passé, et quand",
    "What happened, and when: {section}": "Ce qui s'est passé, et quand : {section}",
    "went out of order": "tombée en panne",
    "works again": "fonctionne à nouveau",
    "began to work": "a commencé à fonctionner",
    "Full text": "Texte entier",
    "Full text: {title}": "Texte entier : {title}",
    "Earlier months": "Mois précédents",
    (
        "This is a news feed for feed readers, not a web page. To subscribe, copy its address from "
        "the address bar into your reader. To read whole stories in a browser, open the page of "
        "its section from the page of all feeds."
    ): (
        "Ceci est un flux d'actualités pour lecteurs de flux, pas une page web. Pour vous abonner, "
        "copiez son adresse depuis la barre d'adresse dans votre lecteur. Pour lire les articles "
        "entiers dans un navigateur, ouvrez la page de sa rubrique depuis la page des flux."
    ),
    (
        "This is one month of a news feed, for feed readers. To subscribe, take the address of the "
        "feed from the page of its section; whole stories stand there, too."
    ): (
        "Ceci est un mois d'un flux d'actualités, pour lecteurs de flux. Pour vous abonner, prenez "
        "l'adresse du flux sur la page de sa rubrique ; les articles entiers s'y trouvent aussi."
    ),
    "feedmaker: how the feeds fare": "feedmaker : l'état des flux",
    "{name} broke": "{name} : en panne",
    "{name} is in quarantine": "{name} : en quarantaine",
    "{name} recovered": "{name} : fonctionne à nouveau",
    "{name} healed itself": "{name} : s'est réparée",
    "{name} is silent": "{name} : silencieuse",
    "The last good feed stays.": "Le dernier bon flux reste.",
    "There is no feed of it yet.": "Elle n'a pas encore de flux.",
    "It is read again.": "Elle est lue à nouveau.",
    "No new story since {since}. Usually {rhythm}; longest pause: {span}.": (
        "Aucun nouvel article depuis le {since}. D'ordinaire {rhythm} ; plus longue pause : {span}."
    ),
    (
        "{what} was «{before}», is now «{after}»: {agreed} known stories, agreement "
        "{confidence:.2f}. If that is right, write it into the configuration."
    ): (
        "{what} : était « {before} », est maintenant « {after} » : {agreed} articles connus, "
        "accord {confidence:.2f}. Si c'est juste, écrivez-le dans la configuration."
    ),
    "the addresses are relative, so no reader can import them: set {key}": (
        "les adresses sont relatives, aucun lecteur ne peut les importer : réglez {key}"
    ),
    "feedmaker: a test. You will be told here when a feed breaks.": (
        "feedmaker : essai. Vous serez prévenu ici quand un flux tombera en panne."
    ),
    "kept, {score}: {reason}": "gardé, {score} : {reason}",
    "dropped, {score}: {reason}": "écarté, {score} : {reason}",
    "what was kept": "ce qui est gardé",
    "what was dropped": "ce qui est écarté",
    "not looked at": "non examiné",
    "not looked at: hidden, a menu's or a foot's": (
        "non examiné : caché, d'un menu ou d'un pied de page"
    ),
    "point at a text, tap it, or reach it with the Tab key for its reason": (
        "pointez un texte, touchez-le ou atteignez-le avec la touche Tab pour en voir la raison"
    ),
    "not {source}:": "pas {source} :",
    "from {source}": "de {source}",
}
