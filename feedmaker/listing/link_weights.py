"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -7.897
WEIGHTS: Final = (
    0.6929,  # words
    1.971,  # long
    -0.4989,  # heading
    0.05719,  # named
    -0.4178,  # attribute
    -0.7873,  # deck
    0.3408,  # picture
    -2.053,  # prose
    -1.193,  # label
    0.7931,  # twice
    0.3554,  # url
    -0.6024,  # url_word
    -0.9775,  # url_word_only
    -2.062,  # network
    -0.9897,  # parameter
    -7.095,  # media
    1.145,  # own_site
    -2.77,  # menu
    -3.242,  # header
    -2.552,  # side
    -1.934,  # others
    -4.009,  # junk
    -2.256,  # labelled
    -1.101,  # beside_main
    -0.1974,  # narrow_size
    1.524,  # narrow_words
    0.3144,  # narrow_url
    0.3639,  # narrow_headed
    1.123,  # narrow_pictured
    -1.307,  # narrow_share
    0.03206,  # wide_size
    0.1324,  # wide_words
    -0.4228,  # wide_url
    -0.4346,  # wide_headed
    0.5029,  # wide_pictured
    4.261,  # wide_share
    0.1271,  # equal_size
    2.845,  # equal_words
    0.383,  # equal_url
    -0.04776,  # equal_headed
    -0.5986,  # equal_pictured
    1.86,  # equal_share
    -0.1937,  # list_size
    0.2084,  # list_words
    0.6686,  # list_url
    0.7603,  # list_headed
    -1.094,  # list_pictured
    1.785,  # list_share
    0.7931,  # narrow_and_equal
    -0.255,  # words_and_url
    -0.7469,  # of_best
    0.3701,  # usual_url
    -1.787,  # less_url
    1.18,  # headed_share
    -3.217,  # poorer
    -1.655,  # poorer_in_part
)
