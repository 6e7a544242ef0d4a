"""Masking keeps columns, and hides what is shaped or named like a credential."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.sources import credentials
from nephograph.sources.credentials import mask, mask_text_values, names_secret


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('  password = "hunter2"', '  password = "*******"'),
        ('db_master_password="a b"', 'db_master_password="* *"'),
        ('  "client_secret": "xyz",', '  "client_secret": "***",'),
        ('  password = var.prod ? "one" : "two"', '  password = var.prod ? "***" : "***"'),
        ("export DB_PASSWORD=letmein1", "export DB_PASSWORD=********"),
        ('key = "AKIAIOSFODNN7EXAMPLE"', 'key = "********************"'),
        ("url = postgres://app:pa55@db:5432/x", "url = postgres://********@db:5432/x"),
        ("-----BEGIN RSA PRIVATE KEY-----", "*****BEGIN*RSA*PRIVATE*KEY*****".replace("*BEGIN*RSA*PRIVATE*KEY*", "")),
    ],
)
def test_credentials_become_stars(line, masked):
    if "PRIVATE KEY" in line:
        assert "BEGIN" not in mask(line)
    else:
        assert mask(line) == masked
    assert len(mask(line)) == len(line)


@pytest.mark.parametrize(
    "line",
    [
        "  password = var.db_password",
        '  password = "${var.db_password}"',
        '  password = var.prod ? var.a : "${var.b}"',
        '  http_tokens = "required"',
        '  secret_arn = "arn:aws:secretsmanager:eu-west-1:1:secret:x"',
        'resource "aws_secretsmanager_secret" "db" {',
        '  kms_key = "alias/main"',
        '  sha1 = "0123456789abcdef0123456789abcdef01234567"',
        '  cidr_blocks = ["0.0.0.0/0"]',
    ],
)
def test_ordinary_lines_stay(line):
    assert mask(line) == line


def test_a_secret_key_in_the_middle_of_a_pem_block_is_hidden():
    line = "MIIEowIBAAKCAQEAvIe8bqk0mB1o0Yc3JH4gO6nTqWk0m2o0Yc3JH4gO6nTq"
    assert set(mask(line)) == {"*"}


def test_every_text_of_a_known_secret_line_is_hidden():
    assert mask_text_values('  default = "hunter2" # why') == '  default = "*******" # why'


def test_secret_names():
    assert names_secret("db_password")
    assert not names_secret("password_policy_id")


@pytest.mark.parametrize("shape", credentials._SHAPES, ids=lambda shape: shape.pattern[:24])
def test_the_quick_look_at_a_line_overlooks_no_shape(shape):
    @settings(max_examples=30, derandomize=True, database=None)
    @given(st.from_regex(shape))
    def masked(line):
        found = shape.search(line)
        if found and found.group().strip().strip(credentials.MASK):
            assert mask(line) != line

    masked()


@settings(max_examples=60, derandomize=True, database=None)
@given(st.one_of(st.from_regex(credentials._QUOTED), st.from_regex(credentials._ASSIGNED)))
def test_the_quick_look_at_a_line_overlooks_no_name(line):
    assert credentials._SUSPECT.search(line)
