"""Labels, bylines and datelines at their thresholds: the longest that is one, and one more."""

from __future__ import annotations

import pytest

from feedmaker.text.labels import (
    agency,
    byline,
    east_asian_names,
    label,
    place_and_source,
    requests,
    starts,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Read also".ljust(90), "related"),
        ("Read also".ljust(91), None),
        ("5 4 3 Read also", "related"),
        ("6 5 4 3 Read also", None),
        ("Print 5", "print"),
        ("5", None),
        ("Share" + " x" * 11, "share"),
        ("Share" + " x" * 12, None),
        ("Facebook x", "share"),
        ("x", None),
        ("Follow BBC News on Twitter", "follow"),
        ("Follow BBC on Twitter today", None),
        ("Photo: one two three", "photo-credit"),
        ("Photo: one two three four", None),
        ("Source: " + "a" * 59, "source"),
        ("Source: " + "a" * 60, None),
        ("Published May 3, 2024 a b c d e f", "published"),
        ("Published May 3, 2024 a b c d e f g", None),
        ("Updated 10:30", "updated"),
        ("© Foo", "copyright"),
        ("Foo ©", None),
        ("By John Smith", "byline"),
        ("By the time", None),
    ],
)
def test_a_label_is_short(text, kind):
    """So many characters, words and numbers, and not one more."""
    assert label(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Read also: x", "related"),
        ("Read also:", None),
        ("         Read also: x", "related"),
        ("Read also".ljust(59) + ": x", "related"),
        ("Read also".ljust(60) + ": x", None),
        ("Read more: x", "read-more"),
        ("Details: x", None),
    ],
)
def test_a_line_begins_with_a_label_before_its_separator(text, kind):
    """Within sixty characters; one word that means "details" heads anything."""
    assert starts(text) == kind


def test_an_agency_s_line_says_no_more():
    """Dashes and brackets around it are nothing."""
    lines = ["Reuters", " - Reuters - ", "(Reuters)"]
    assert all(agency(line) for line in lines)
    assert not any(agency(line) for line in ["", "Reuters says so", "Read also"])


def test_a_request_for_consent_has_less_than_600_characters():
    """What is longer is text about cookies."""
    request = "This site uses cookies. Accept all cookies"
    assert requests([request.ljust(599), "Other text"]) == {request.ljust(599): "consent"}
    assert requests([request.ljust(600)]) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By John Smith".ljust(200), ("John Smith",)),
        ("By John Smith".ljust(201), None),
        ("By: " + "a" * 60, ("a" * 60,)),
        ("By: " + "a" * 61, None),
        ("By: one two three four five", ("one two three four five",)),
        ("By: one two three four five six", None),
        ("By John", None),
        ("By A B C D", ("A B C D",)),
        ("By A B C D E", None),
        ("By the John Smith", None),
        ("x" * 33 + " By: John Smith", None),
        ("By: X", ()),
        ("By: Xy", ("Xy",)),
        ("By: Reuters", ()),
        ("By: John Smith, Berlin", ("John Smith",)),
        ("By: Berlin", None),
        ("By: John Smith, John Smith", ("John Smith",)),
        ("By: John Smith | Berlin", ("John Smith",)),
        ("By: John Smith (AFP)", ("John Smith",)),
    ],
)
def test_a_byline_gives_names(text, names):
    """A name has at most 60 characters and five words; without a separator two to four, and
    capitals.
    """
    assert byline(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("كتب: أحمد علي وسارة حسن", ("أحمد علي", "سارة حسن")),
        ("كتب: أحمد علي وسارة", ("أحمد علي وسارة",)),
        ("كتب: أحمد وسارة حسن", ("أحمد وسارة حسن",)),
        ("كتب: أحمد علي، وسارة", ("أحمد علي", "سارة")),
        ("كتب: أحمد علي، وليد سامي", ("أحمد علي", "وليد سامي")),
        ("كتب: وليد سامي", ("وليد سامي",)),
    ],
)
def test_waw_is_and_after_a_whole_name_and_before_one(text, names):
    """Or after a comma; names that begin with the letter stay whole."""
    assert byline(text) == names


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("دبي - one two three", ("دبي", "one two three")),
        ("دبي - one two three four", None),
        ("one two three - رويترز", ("one two three", "رويترز")),
        ("one two three four - رويترز", None),
        ("رويترز - أ ف ب", None),
        ("دبي - ", None),
        ("one - two", None),
        ("دبي - " + "ا" * 73, ("دبي", "ا" * 73)),
        ("دبي - " + "ا" * 74, None),
    ],
)
def test_a_dateline_has_a_place_and_a_source(text, parts):
    """Of three words each at most, a city or an agency among them, in less than 80 characters."""
    assert place_and_source(text) == parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("山田 太郎", ["山田 太郎"]),
        ("김민수 이지은", ["김민수", "이지은"]),
        ("山田 太郎、佐藤 花子", ["山田 太郎", "佐藤 花子"]),
        ("王明 李强 张伟", ["王明", "李强", "张伟"]),
    ],
)
def test_two_short_words_are_one_east_asian_name(text, names):
    """Family name and given name have two characters at most each, where a space parts them."""
    assert east_asian_names(text) == names
