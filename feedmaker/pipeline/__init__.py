"""The path of a story, in the order it happens: open `run` first.

Section --fetch--> Page --listing--> Link --fetch--> Page --article--> Story --store--> Feed
--output--> out/
"""

from feedmaker.pipeline.page_process import PageProcess
from feedmaker.pipeline.run import build_feeds
from feedmaker.pipeline.section import Progress

__all__ = ["PageProcess", "Progress", "build_feeds"]
