"""The body of a story: which blocks of a page are the story, and their HTML and text.

PageBlocks --classifier--> scores --post-filters--> StoryBody --HTML writer--> Story
"""

from feedmaker.article.body.html_writer import render_story, stated_story, teaser_story
from feedmaker.article.body.page_audio import with_recording
from feedmaker.article.body.story_blocks import choose_story, is_cut_off

__all__ = [
    "choose_story",
    "is_cut_off",
    "render_story",
    "stated_story",
    "teaser_story",
    "with_recording",
]
