"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -8.509
WEIGHTS: Final = (
    0.6804,  # words
    2.97,  # long
    -0.3119,  # heading
    0.3914,  # named
    -0.2574,  # attribute
    -1.039,  # deck
    0.4715,  # picture
    -1.681,  # prose
    -1.419,  # label
    0.7297,  # twice
    0.4002,  # url
    -0.6631,  # url_word
    -0.7811,  # url_word_only
    -1.848,  # network
    -0.8828,  # parameter
    -5.936,  # media
    1.089,  # own_site
    -2.828,  # menu
    -4.021,  # header
    -2.567,  # side
    -2.095,  # others
    -3.133,  # junk
    -2.536,  # labelled
    -1.252,  # beside_main
    -0.2105,  # narrow_size
    1.476,  # narrow_words
    0.316,  # narrow_url
    0.6949,  # narrow_headed
    1.039,  # narrow_pictured
    -0.4495,  # narrow_share
    -0.0186,  # wide_size
    0.3749,  # wide_words
    -0.334,  # wide_url
    -0.1861,  # wide_headed
    0.3038,  # wide_pictured
    4.72,  # wide_share
    0.1168,  # equal_size
    2.657,  # equal_words
    0.7012,  # equal_url
    -0.2276,  # equal_headed
    -0.08397,  # equal_pictured
    1.757,  # equal_share
    -0.1134,  # list_size
    0.4694,  # list_words
    0.6376,  # list_url
    1.504,  # list_headed
    -1.875,  # list_pictured
    2.429,  # list_share
    0.3733,  # narrow_and_equal
    -0.3198,  # words_and_url
    -0.689,  # of_best
    0.1195,  # usual_url
    -1.553,  # less_url
    0.448,  # headed_share
    -3.114,  # poorer
    -1.634,  # poorer_in_part
)
