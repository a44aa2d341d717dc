"""The version, at the bottom so that every module may tell it."""

__version__ = "0.1.0"
