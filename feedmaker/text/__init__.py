"""Strings: character sets, URLs, Arabic and other letters, labels, dates."""
