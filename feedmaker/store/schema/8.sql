-- The step from version 7 to version 8: the articles that failed, without the other links of a section.

CREATE INDEX section_links_tried ON section_links (site, section) WHERE tried = 1;
