"""Words of other scripts in Latin letters, near enough for the name of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# A folded letter -> Latin ones.
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیٹڈڑںہےھةىאבגדהוזחטיכךלמםנןסעפףצץקרשת"
_LATIN: Final = """
    a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y p ch zh g k y t d r n h e h a a
    a b g d h v z h t y k k l m m n n s a p p ts ts q r sh t
    """
_LATIN_OF: Final = dict(zip(_LETTERS, _LATIN.split(), strict=True))
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"
_LATIN_CYRILLIC: Final = """
    a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g
    """
_LATIN_OF_CYRILLIC: Final = dict(zip(_CYRILLIC, _LATIN_CYRILLIC.split(), strict=True))
_VOWEL_OF: Final = {"w": "u", "y": "i", "v": "o"}  # of letters that are both
_VOWELS: Final = frozenset("aeiou")
_FEMININE: Final = "هةھ"  # at the end of a word
_ARTICLE: Final = "ال"
_WITH_ARTICLE: Final = 5  # letters of a word that begins with the article, at least


def to_latin(word: str) -> str:
    """Return a folded word in Latin letters that can be read: `aqalim` of «اقاليم».

    The scripts of Arabic and Hebrew leave short vowels out: an `a` stands for one where a syllable
    would begin with two consonants.
    """
    if word.startswith(_ARTICLE) and len(word) >= _WITH_ARTICLE:
        word = word.removeprefix(_ARTICLE)
    if not any(letter in _LATIN_OF for letter in word):
        return "".join(_LATIN_OF_CYRILLIC.get(letter, letter) for letter in word)
    sounds = [_LATIN_OF.get(letter, "") for letter in word]
    if word[-1] in _FEMININE:
        sounds[-1] = "a"
    return _with_vowels([sound for sound in sounds if sound])


def _with_vowels(sounds: Sequence[str]) -> str:
    """Return sounds as syllables of a consonant, a vowel, and at most one more consonant."""
    latin = ""
    for at, sound in enumerate(sounds):
        after = sounds[at + 1 :]
        begins = latin[-1:] not in _VOWELS  # a syllable, if it is a consonant
        vowel = _vowel(sound, after) if latin and begins else ""
        if sound in _VOWELS or vowel:
            latin = latin.removesuffix(sound) + (vowel or sound)
        else:
            latin += sound + _short_vowel(sounds[:at], after, begins=begins)
    return latin


def _vowel(sound: str, after: Sequence[str]) -> str:
    """Return the vowel that a letter stands for behind a consonant; '' of a consonant."""
    vowel = _VOWEL_OF.get(sound, "")
    if not vowel or after[:1] != ["a"]:
        return vowel
    return vowel + sound if len(after) == 1 else ""  # watniya, but hawarat


def _short_vowel(before: Sequence[str], after: Sequence[str], *, begins: bool) -> str:
    """Return the vowel that follows a consonant and is not written."""
    if not after or after[0] in _VOWELS:
        return ""
    if not begins:
        return "a" if len(after) == 1 and before[-1:] == ["a"] else ""
    is_vowel = after[0] in _VOWEL_OF and (after[1:2] != ["a"] or len(after) == 2)
    return "" if is_vowel else "a"
