"""The body of a story: which blocks of a page are the story, and their HTML and text."""
