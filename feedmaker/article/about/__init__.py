"""What a page says about its story: title, authors, dates, picture, topics."""

from feedmaker.article.about.metadata import Metadata, read_metadata

__all__ = ["Metadata", "read_metadata"]
