"""Titles of feeds with the name of their site, which is in none of them twice."""

from __future__ import annotations

import pytest

from feedmaker.text.site_names import full_title


@pytest.mark.parametrize(
    ("title", "name", "shown"),
    [
        ("رياضة", "صحيفة المدار", "صحيفة المدار: رياضة"),
        ("المدار: رياضة", "صحيفة المدار", "المدار: رياضة"),
        ("مدار الرياضة", "صحيفة المدار", "مدار الرياضة"),
        ("أخبار", "موقع أخبار الخليج", "موقع أخبار الخليج: أخبار"),
        ("صحيفة", "صحيفة المدار", "صحيفة المدار: صحيفة"),
        ("رياضة الخليج", "أخبار الخليج", "رياضة الخليج"),
        ("World news", "The Daily Herald", "The Daily Herald: World news"),
        ("Herald: World", "The Daily Herald", "Herald: World"),
        ("HERALD sport", "The Daily Herald", "HERALD sport"),
        ("Sport", "Daily News", "Daily News: Sport"),
        ("Daily News: Sport", "Daily News", "Daily News: Sport"),
        ("Daily sport", "Daily News", "Daily News: Daily sport"),
        ("Actualités", "L’Actualité", "L’Actualité: Actualités"),
        ("رياضة", "", "رياضة"),
        ("رياضة", "!", "رياضة"),
    ],
)
def test_a_title_holds_its_sites_name_once(title, name, shown):
    """Words that many names have tell none from another, whatever their spelling and article."""
    assert full_title(title, name) == shown
