"""Ranges of JSON elements in a text."""

import json

from hypothesis import given
from hypothesis import strategies as st

from nephograph.sources.terraform.json_places import json_places, unescaped

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def at(data, path):
    for part in path:
        data = data[part]
    return data


@given(DATA, st.sampled_from([None, 2]))
def test_every_range_holds_the_element(data, indent):
    text = json.dumps(data, indent=indent).replace("${", "")
    data = json.loads(text)
    places = json_places(text)
    assert () in places
    for path, (start, end) in places.items():
        assert json.loads(text[start:end]) == at(data, path)


def test_interpolations_are_part_of_strings_or_values():
    text = '{"Resource": "${aws_s3_bucket.b["x"].arn}/*", "Port": ${var.port}, "After": [1]}'
    places = json_places(text)
    assert text[slice(*places["Resource",])] == '"${aws_s3_bucket.b["x"].arn}/*"'
    assert text[slice(*places["Port",])] == "${var.port}"
    assert text[slice(*places["After", 0])] == "1"


@given(st.text(alphabet='{}[]",:$\\ab 1', max_size=30))
def test_no_text_makes_it_fail(text):
    json_places(text)


def test_quoted_text_knows_where_each_character_stands():
    text, places = unescaped('{\\"a\\": 1}')
    assert text == '{"a": 1}'
    assert places == [0, 1, 3, 4, 6, 7, 8, 9, 10]
