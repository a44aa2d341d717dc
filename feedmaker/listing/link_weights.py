"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -8.628
WEIGHTS: Final = (
    0.485,  # words
    1.889,  # long
    -0.2927,  # heading
    0.2955,  # named
    -0.4254,  # attribute
    -0.6078,  # deck
    0.2759,  # picture
    -2.031,  # prose
    -1.827,  # label
    -1.388,  # repeated
    0.7718,  # twice
    0.3724,  # url
    -0.5538,  # url_word
    -0.6578,  # url_word_only
    -1.208,  # network
    -1.28,  # parameter
    -7.041,  # media
    1.608,  # own_site
    -2.462,  # menu
    -0.1614,  # header
    -2.546,  # side
    -2.094,  # others
    -4.943,  # junk
    -2.446,  # labelled
    -1.707,  # beside_main
    -0.1961,  # narrow_size
    1.339,  # narrow_words
    0.3091,  # narrow_url
    0.1708,  # narrow_headed
    0.9169,  # narrow_pictured
    -0.8092,  # narrow_share
    0.06318,  # wide_size
    0.2196,  # wide_words
    -0.3301,  # wide_url
    -0.4714,  # wide_headed
    0.411,  # wide_pictured
    3.759,  # wide_share
    0.1663,  # equal_size
    2.76,  # equal_words
    0.4008,  # equal_url
    -0.2227,  # equal_headed
    -0.5445,  # equal_pictured
    1.243,  # equal_share
    -0.07738,  # list_size
    0.2463,  # list_words
    0.9974,  # list_url
    1.135,  # list_headed
    -0.9203,  # list_pictured
    2.486,  # list_share
    0.962,  # narrow_and_equal
    -0.3471,  # words_and_url
    -0.2417,  # of_best
    -0.01455,  # usual_url
    -1.631,  # less_url
    1.09,  # headed_share
    -2.463,  # poorer
    -1.784,  # poorer_in_part
)
