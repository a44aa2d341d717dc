"""What every stage knows of HTML: blocks of a page, class names, JSON-LD, pictures, block pages,
and the sanitizer.
"""
