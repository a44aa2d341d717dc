"""What is said in English now and may be said in another language later."""

from __future__ import annotations

from typing import Any, Self

__all__ = ["Saying", "placed"]


class Saying(str):
    """English words with their values: a text as any other, that knows how it was made.

        Saying("only {count} story links were found", count=2)

    `english` are the words, which `Translation.tell` takes, with `values` (other sayings, too).
    """

    __slots__ = ("english", "values")
    english: str
    values: dict[str, Any]

    def __new__(cls, english: str, **values: Any) -> Self:
        """Put the values into the words."""
        saying = super().__new__(cls, english.format(**values))
        saying.english = english
        saying.values = values
        return saying

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Pickle how it was made."""
        return (self.english,), self.values


def placed(place: object, problem: str) -> Saying:
    """Return what is wrong behind the file, key or address that it is wrong with."""
    return Saying("{place}: {problem}", place=place, problem=problem)
