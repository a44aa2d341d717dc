"""What every stage knows of HTML.

Parsing within limits, blocks, class names, page heads and JSON-LD, pictures, block pages and the
sanitizer.
"""
