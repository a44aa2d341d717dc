"""The sample site: «صحيفة المدار», an Arabic news portal written for this project, and its server.

Everything in it is invented. The stories are data (`stories/*.toml`, one file a section), the
furniture around them is data too (`furniture.toml`), and `templates/` holds the page markups, from
tables with `<br><br>` to JSON-LD. So what a reader ought to see of each article is known exactly:
`articles()` is the truth that built feeds are compared with.
"""

from feedmaker.demo.content import BOILERPLATE, CONFIG, HOME, Article, articles, failures
from feedmaker.demo.server import serve

__all__ = [
    "BOILERPLATE",
    "CONFIG",
    "HOME",
    "Article",
    "articles",
    "failures",
    "serve",
]
