"""Suppression comments of four tools, and what each covers."""

import pytest

from nephograph.sources.terraform.comments import suppressions
from nephograph.sources.terraform.syntax import parse
from nephograph.sources.terraform.texts import Text


def read(content):
    parsed = parse(content)
    blocks = [(item[1], item[2]) for item in parsed.body[3]]
    return list(suppressions(Text("m.tf", "m.tf", content), blocks, parsed.comments))


BLOCK = 'resource "a" "b" {\n  x = 1\n}\n'


def test_our_own_comment_says_codes_end_and_reason():
    (found,) = read("# neph: ignore[one, two] until 2027-01 because the site is public\n" + BLOCK)
    assert found.codes == ("one", "two")
    assert (found.until, found.reason, found.tool) == ("2027-01", "the site is public", "neph")
    assert (found.covers.line, found.covers.end_line) == (2, 4)


@pytest.mark.parametrize(
    ("comment", "codes", "tool"),
    [
        ("# neph: ignore", (), "neph"),
        ("#checkov:skip=CKV_AWS_20:public on purpose", ("CKV_AWS_20",), "checkov"),
        ("#trivy:ignore:AVD-AWS-0086", ("AVD-AWS-0086",), "trivy"),
        ("#tfsec:ignore:aws-s3-enable-versioning", ("aws-s3-enable-versioning",), "tfsec"),
        ("//tfsec:ignore:*", (), "tfsec"),
        ("/* checkov:skip=CKV2_AWS_6: no */", ("CKV2_AWS_6",), "checkov"),
    ],
)
def test_comments_of_other_tools_are_understood(comment, codes, tool):
    (found,) = read(comment + "\n" + BLOCK)
    assert (found.codes, found.tool) == (codes, tool)


def test_several_on_one_line_and_an_end():
    one, two = read("#trivy:ignore:A-1 trivy:ignore:B-2:exp:2027-01-31\n" + BLOCK)
    assert (one.codes, two.codes, two.until) == (("A-1",), ("B-2",), "2027-01-31")


def test_inside_a_block_it_covers_the_block():
    (found,) = read('resource "a" "b" {\n  # neph: ignore[x]\n  x = 1\n}\n' + BLOCK)
    assert (found.covers.line, found.covers.end_line) == (1, 4)


def test_behind_code_it_covers_the_line_or_the_block_that_opens():
    (line,) = read('resource "a" "b" {\n  x = 1 # neph: ignore[x]\n}\n')
    assert (line.covers.line, line.covers.end_line) == (2, 2)
    (block,) = read('resource "a" "b" { # neph: ignore[x]\n  x = 1\n}\n')
    assert (block.covers.line, block.covers.end_line) == (1, 3)


def test_a_comment_apart_from_any_block_covers_nothing():
    assert read("# neph: ignore[x]\n\n" + BLOCK) == []
    assert read(BLOCK + "# neph: ignore[x]\n") == []


def test_stacked_comments_reach_the_block():
    assert len(read("#checkov:skip=CKV_1:a\n#checkov:skip=CKV_2:b\n" + BLOCK)) == 2


def test_the_words_in_a_value_are_not_a_comment():
    assert read('resource "a" "b" {\n  x = "neph: ignore[x]"\n}\n') == []


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# neph: ignore[one] the site is public", "the site is public"),
        ("# neph: ignore[one]: the site is public", "the site is public"),
        ("# neph: ignore[one] until 2027-01 the site is public", "the site is public"),
        ("# neph: ignore because it is a sandbox", "it is a sandbox"),
        ("/* neph: ignore[one] the site is public */", "the site is public"),
        ("# neph: ignore", ""),
    ],
)
def test_the_reason_needs_no_certain_word(comment: str, reason: str) -> None:
    (found,) = read(comment + "\n" + BLOCK)
    assert found.reason == reason


def test_a_remark_about_ignoring_silences_nothing() -> None:
    assert read("# neph: ignore is a word of ours\n" + BLOCK) == []
