"""The lists in a site's own data, as the page of HTML that its scripts would make of them.

Page state, JSON-LD and JSON from an API name the stories of a listing as objects with a headline
and an address, or what stands for them in one. They are written as cards in boxes that are named as
the data's own keys are, so that what chooses links on a page chooses them here too.

    values -> items, by the list that holds them -> addresses -> HTML
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote, urlsplit

from feedmaker.html import class_names, state_objects
from feedmaker.listing import url_shape
from feedmaker.text import urls
from feedmaker.text.dates import read_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedmaker.html.state_objects import Object

_MOST_NODES: Final = 300_000  # values that are walked through
_MOST_ITEMS: Final = 3_000
_MOST_ADDRESSES: Final = 3_000
_PATH: Final = 3  # keys around a list that name its box
_LIST: Final = 3  # items of a list under a heading
_LONGEST_ADDRESS: Final = 1_000
_LONGEST_HEADLINE: Final = 500
_LONGEST_HTML: Final = 400_000  # characters of markup within JSON
_HTML_LINK: Final = re.compile(r"<a\s[^<>]{0,1000}href", re.IGNORECASE)
_HUMP: Final = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_NO_NAME: Final = re.compile(r"[^\w-]+")
# Types of JSON-LD that name no stories.
_NO_LISTS: Final = frozenset(
    ("breadcrumblist", "sitenavigationelement", "faqpage", "organization", "person", "website")
)
_ADDRESS_TEXT: Final = re.compile(r"(?:https?:/)?/[^\s<>\"'{}|\\^`]{2,400}")


@dataclass(slots=True)
class _Place:
    """A value on the walk through the data: the box that it stands in, and the box's heading.

    The value of what may be a story is an object by plain keys.
    `is_stored` says that lists elsewhere may refer to it by its key (Apollo's store).
    """

    value: Any
    box: int
    names: tuple[str, ...] = ()
    heading: str = ""
    is_stored: bool = False


@dataclass(slots=True)
class _Found:
    """What the walk through the data found.

    `references` are objects that others name by a key (Apollo's `__ref`), `addresses` all texts
    that are addresses, `markup` are texts that hold links.
    """

    items: list[_Place] = field(default_factory=list)
    references: dict[str, Object] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)


def page_of_values(
    values: Sequence[Any],
    url: str,
    addresses: Iterable[str] = (),
) -> str:
    """Return the HTML of a page at `url` with the stories that some values name; "" for none.

    `addresses` are others of the site's, by which the address of an object is made that states none
    but has a slug or a number.
    """
    found = _walk(values)
    # A store has all objects of all lists; what refers to them are the lists.
    listed = [item for item in found.items if not item.is_stored]
    items = listed if len(listed) >= _LIST else found.items
    known = [*addresses, *found.addresses]
    templates = _Templates(found.items, known, url)
    parts = _boxes(items, templates, url) + found.markup
    if not parts:
        return ""
    return f"<!DOCTYPE html><html><body><div>{''.join(parts)}</div></body></html>"


def listed_addresses(values: Sequence[Any], url: str) -> list[str]:
    """Return the addresses that an `ItemList` of JSON-LD names without headlines, in its order.

    That is the form of a summary page (schema.org ItemList): each item has an address and nothing
    else. They are of the page's own site and look like stories'.
    """
    found: dict[str, str] = {}
    for node in state_objects.objects_below(list(values), _MOST_NODES):
        if not _is_item_list(node):
            continue
        items = node.get("itemListElement")
        for item in items[:_MOST_ITEMS] if isinstance(items, list) else []:
            address = urls.canonical(_listed_address(item), url) or ""
            is_story = bool(address) and url_shape.shape(address) > 0
            if is_story and urls.same_site(address, url):
                found.setdefault(urls.key(address), address)
    found.pop(urls.key(url), None)
    return list(found.values())


def _is_item_list(node: Object) -> bool:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any("itemlist" in state_objects.word(kind).lower() for kind in named)


def _listed_address(item: Any) -> str:
    """The address that an item of a list is or has; "" for none."""
    for _ in range(_PATH):
        if isinstance(item, str):
            return item if _ADDRESS_TEXT.fullmatch(item) else ""
        if not isinstance(item, dict):
            return ""
        item = item.get("url") or item.get("item") or item.get("@id")
    return ""


def _boxes(items: Sequence[_Place], templates: _Templates, url: str) -> list[str]:
    """The HTML of each list that has stories with addresses.

    Its keys say what a list is: one of others' stories counts where there is no other.
    """
    boxes: dict[int, list[str]] = defaultdict(list)
    first: dict[int, _Place] = {}
    for item in items:
        card = _card(item.value, templates, url)
        if card:
            first.setdefault(item.box, item)
            boxes[item.box].append(card)
    own = {key for key, item in first.items() if not _is_beside(item)} or set(boxes)
    return [_box(first[key], cards) for key, cards in boxes.items() if key in own]


def _is_beside(item: _Place) -> bool:
    """Whether an item stands in a list that its keys call another part of the page: `mostRead`."""
    return class_names.page_zone("div", "", _class_names(item), in_card=False) is not None


def _class_names(item: _Place) -> str:
    return " ".join(_class_name(name) for name in item.names[-_PATH:])


def _box(item: _Place, cards: Sequence[str]) -> str:
    """The HTML of a list, with its heading."""
    names = _class_names(item)
    heading = f"<h2>{escape(item.heading[:_LONGEST_HEADLINE])}</h2>" if item.heading else ""
    return f'<div class="{names}">{heading}<ul>{"".join(cards)}</ul></div>'


def _class_name(key: str) -> str:
    """A key as a class name: `most-read` of `mostRead`."""
    return _NO_NAME.sub("-", _HUMP.sub("-", key[:60])).strip("-").lower()


def _card(values: Object, templates: _Templates, base: str) -> str:
    """The HTML of a story's card; "" of an object without an address or a headline."""
    address = templates.address(values)
    headline = state_objects.headline_of(values)[:_LONGEST_HEADLINE]
    if not address or not headline:
        return ""
    picture = urls.absolute(state_objects.picture_of(values), base) or ""
    image = f'<img src="{escape(picture)}" alt="">' if picture else ""
    date = state_objects.date_of(values)
    stamp = read_timestamp(date)
    shown = stamp.isoformat() if stamp else date
    time = f'<time datetime="{escape(shown)}">{escape(shown)}</time>' if shown else ""
    link = f'<a href="{escape(address)}">{escape(headline, quote=False)}</a>'
    return f"<li><article>{image}<h3>{link}</h3>{time}</article></li>"


# ---- the walk


def _walk(values: Sequence[Any]) -> _Found:
    """Find the objects that may be stories, in the order of the data."""
    found = _Found()
    stack = [_Place(value, id(value)) for value in reversed(values)]
    seen: set[int] = set()
    for _ in range(_MOST_NODES):
        if not stack or len(found.items) >= _MOST_ITEMS:
            break
        place = stack.pop()
        node = place.value
        if isinstance(node, str):
            _note_text(found, node)
        elif isinstance(node, (dict, list)) and id(node) not in seen:
            seen.add(id(node))
            inner = _inner_places(found, place)
            stack += reversed(inner)
    return found


def _note_text(found: _Found, text: str) -> None:
    """Keep a text that is an address, or the HTML of a list."""
    if len(text) <= _LONGEST_ADDRESS:
        if len(found.addresses) < _MOST_ADDRESSES and _ADDRESS_TEXT.fullmatch(text):
            found.addresses.append(text)
    elif (
        len(text) <= _LONGEST_HTML and len(list(islice(_HTML_LINK.finditer(text), _LIST))) == _LIST
    ):
        found.markup.append(f"<div>{text}</div>")


def _inner_places(found: _Found, place: _Place) -> list[_Place]:
    """Return what is to be looked at within a value; note the value where it may be a story."""
    node = place.value
    if isinstance(node, list):
        return [_Place(one, id(node), place.names, place.heading) for one in node]
    node = found.references.get(state_objects.word(node.get("__ref")), node)
    if state_objects.word(node.get("@type")).lower() in _NO_LISTS:
        return []
    found.references |= _stored_objects(node)
    values = _with_inner_item(state_objects.by_plain_key(node))
    heading = state_objects.headline_of(values)
    if heading and _may_be_story(values):
        found.items.append(replace(place, value=values))
        if state_objects.date_of(values) or state_objects.picture_of(values):
            return _texts_within(values, place)
    within = _Place(node, id(node), place.names[-_PATH:], heading or place.heading)
    return [_under_key(within, key) for key in node]


def _stored_objects(node: Object) -> Object:
    """The objects that others refer to by their keys (`Article:12`)."""
    return {key: one for key, one in node.items() if ":" in key and isinstance(one, dict)}


def _texts_within(values: Object, place: _Place) -> list[_Place]:
    """The texts of a story; its objects are its authors, topics and related stories."""
    return [_Place(one, place.box) for one in values.values() if isinstance(one, str)]


def _under_key(place: _Place, key: str) -> _Place:
    """What an object has under a key, in the box that the object is."""
    names = (*place.names, key)
    return _Place(place.value[key], place.box, names, place.heading, ":" in key)


def _with_inner_item(values: Object) -> Object:
    """An object with what it wraps: the `item` of a ListItem, the `node` of an edge."""
    for name in ("item", "node", "attributes", "source", "article", "post"):
        inner = values.get(name)
        if isinstance(inner, dict) and not state_objects.headline_of(values):
            return {**values, **state_objects.by_plain_key(inner)}
    return values


def _may_be_story(values: Object) -> bool:
    """Whether an object with a headline has an address, and is no section with its own stories."""
    stands_for = (state_objects.address_of, state_objects.slug_of, state_objects.number_of)
    if not any(part(values) for part in stands_for):
        return False
    for one in values.values():
        if isinstance(one, list) and len(one) >= _LIST and _are_items(one):
            return False
    return True


def _are_items(ones: Sequence[Any]) -> bool:
    """Whether a list holds objects with addresses and headlines of several words."""
    found = 0
    for one in ones[:_LIST]:
        if isinstance(one, dict):
            values = state_objects.by_plain_key(one)
            named = " " in state_objects.headline_of(values)
            found += named and bool(
                state_objects.address_of(values) or state_objects.slug_of(values)
            )
    return found == _LIST


# ---- addresses


class _Templates:
    """How the objects of a site stand for their addresses: by a slug or a number in a path.

    The site's other addresses tell. A template is a path with `{slug}` and `{id}` in it.
    """

    def __init__(self, items: Sequence[_Place], addresses: Iterable[str], base: str) -> None:
        self.base = base
        self._own_key = urls.key(base)
        parts = urlsplit(base)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._template = ""
        objects = [one.value for one in items]
        if not all(map(self.stated, objects)):
            self._learn(objects, list(addresses))

    def stated(self, values: Object) -> str:
        """The address that an object states itself; "" for none."""
        address = state_objects.address_of(values)
        if not address:
            return ""
        if not address.startswith(("http://", "https://", "/")):
            address = f"/{address}"
        whole = urls.absolute(address, self.base) or ""
        return "" if urls.key(whole) == self._own_key else whole

    def address(self, values: Object) -> str:
        """The address of an object: the stated one, or by the template; "" for none."""
        stated = self.stated(values)
        if stated or not self._template:
            return stated
        path = self._template
        for name, part in _parts_of(values).items():
            path = path.replace(f"{{{name}}}", quote(unquote(part), safe="-._~"))
        return "" if "{" in path else self._origin + path

    def _learn(self, items: Sequence[Object], addresses: Sequence[str]) -> None:
        """Find the template that most addresses of known objects have; else by their forms."""
        by_part: dict[str, Object] = {}
        for values in items:
            for part in _parts_of(values).values():
                by_part.setdefault(part, values)
        votes: Counter[str] = Counter()
        paths = [self._path(address) for address in addresses[:_MOST_ADDRESSES]]
        for path in filter(None, paths):
            named = [by_part[one] for one in _pieces(path) if one in by_part]
            if named:
                votes[_template_of(path, named[0])] += 1
        votes.pop("", None)
        if not votes:
            votes = self._votes_by_form(items, paths)
        if votes:
            self._template = votes.most_common(1)[0][0]

    def _path(self, address: str) -> str:
        """The path of an address of this site; "" of others."""
        whole = urls.absolute(address, self.base) or ""
        if not urls.same_site(whole, self.base):
            return ""
        return unquote(urlsplit(whole).path)

    def _votes_by_form(self, items: Sequence[Object], paths: Sequence[str]) -> Counter[str]:
        """Templates by the addresses of other stories, which end like a slug or a number."""
        slugs = any("-" in state_objects.slug_of(values) for values in items)
        votes: Counter[str] = Counter()
        for path in paths:
            folder, _, last = path.rstrip("/").rpartition("/")
            if url_shape.shape(self._origin + quote(path)) <= 0:
                continue
            end = "/" if path.endswith("/") else ""
            if last.isdigit():
                votes[f"{folder}/{{id}}{end}"] += 1
            elif slugs and "-" in last:
                votes[f"{folder}/{{slug}}{end}"] += 1
        return votes


def _parts_of(values: Object) -> dict[str, str]:
    """What stands for an object in an address: its slug and its number."""
    parts = {"slug": state_objects.slug_of(values), "id": state_objects.number_of(values)}
    parts["slug"] = unquote(parts["slug"])
    return {name: part for name, part in parts.items() if part}


def _pieces(path: str) -> Iterator[str]:
    """The parts of a path that may stand for an object, the last first."""
    for segment in reversed(path.strip("/").split("/")[-3:]):
        stem = segment.partition(".")[0]
        yield segment
        yield stem
        head, _, tail = stem.partition("-")
        yield tail
        yield head
        yield stem.rpartition("-")[2]


def _template_of(path: str, values: Object) -> str:
    """The path with its object's slug and number left open; "" where it has neither as a whole."""
    parts = _parts_of(values)
    slug, number = parts.get("slug", ""), parts.get("id", "")
    template = path
    if slug and slug in template:
        template = template.replace(slug, "{slug}", 1)
    if number:
        template = re.sub(rf"(?<![\w{{]){re.escape(number)}(?!\w)", "{id}", template, count=1)
    return template if template != path else ""
