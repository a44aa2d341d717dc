"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -8.629
WEIGHTS: Final = (
    0.4827,  # words
    1.889,  # long
    -0.2902,  # heading
    0.2963,  # named
    -0.406,  # attribute
    -0.5803,  # deck
    0.2746,  # picture
    -2.028,  # prose
    -1.83,  # label
    -1.377,  # repeated
    0.7752,  # twice
    0.3726,  # url
    -0.5456,  # url_word
    -0.6368,  # url_word_only
    -1.197,  # network
    -1.282,  # parameter
    -7.051,  # media
    1.614,  # own_site
    -2.472,  # menu
    -0.1618,  # header
    -2.546,  # side
    -2.095,  # others
    -4.944,  # junk
    -2.447,  # labelled
    -1.7,  # beside_main
    -0.196,  # narrow_size
    1.339,  # narrow_words
    0.3088,  # narrow_url
    0.1684,  # narrow_headed
    0.9186,  # narrow_pictured
    -0.8076,  # narrow_share
    0.06223,  # wide_size
    0.221,  # wide_words
    -0.3292,  # wide_url
    -0.4755,  # wide_headed
    0.4094,  # wide_pictured
    3.761,  # wide_share
    0.166,  # equal_size
    2.755,  # equal_words
    0.4035,  # equal_url
    -0.2205,  # equal_headed
    -0.5463,  # equal_pictured
    1.236,  # equal_share
    -0.07757,  # list_size
    0.2462,  # list_words
    1.001,  # list_url
    1.135,  # list_headed
    -0.9214,  # list_pictured
    2.495,  # list_share
    0.962,  # narrow_and_equal
    -0.3437,  # words_and_url
    -0.2398,  # of_best
    -0.02154,  # usual_url
    -1.627,  # less_url
    1.09,  # headed_share
    -2.469,  # poorer
    -1.773,  # poorer_in_part
)
