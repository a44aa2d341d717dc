"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -9.113
WEIGHTS: Final = (
    0.5317,  # words
    1.907,  # long
    0.05837,  # heading
    0.3826,  # named
    -0.2928,  # attribute
    -0.4237,  # deck
    0.1863,  # picture
    -2.229,  # prose
    -2.406,  # label
    -1.678,  # repeated
    0.6821,  # twice
    0.3956,  # url
    -0.6042,  # url_word
    -0.6594,  # url_word_only
    -1.304,  # network
    -1.251,  # parameter
    -6.6,  # media
    1.716,  # own_site
    -2.678,  # menu
    -0.1059,  # header
    -2.542,  # side
    -2.222,  # others
    0.1669,  # junk
    -2.632,  # labelled
    -2.147,  # beside_main
    -0.1495,  # narrow_size
    1.231,  # narrow_words
    0.3038,  # narrow_url
    0.4133,  # narrow_headed
    0.7381,  # narrow_pictured
    -0.56,  # narrow_share
    0.06055,  # wide_size
    0.3419,  # wide_words
    -0.2771,  # wide_url
    0.2435,  # wide_headed
    0.2147,  # wide_pictured
    3.715,  # wide_share
    0.2015,  # equal_size
    3.005,  # equal_words
    0.4265,  # equal_url
    0.1318,  # equal_headed
    -0.7245,  # equal_pictured
    1.414,  # equal_share
    -0.09368,  # list_size
    0.002048,  # list_words
    0.9241,  # list_url
    0.434,  # list_headed
    -0.5938,  # list_pictured
    2.463,  # list_share
    1.09,  # narrow_and_equal
    -0.3894,  # words_and_url
    -0.03451,  # of_best
    -0.0159,  # usual_url
    -1.601,  # less_url
    0.2269,  # headed_share
    -2.123,  # poorer
    -1.604,  # poorer_in_part
)
