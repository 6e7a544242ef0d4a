"""What is kept of a credential."""

from __future__ import annotations

from nephograph.catalog.fingerprint import LONG, SHORT, fingerprint, of_access_key


def test_equal_credentials_and_no_others_have_one_mark() -> None:
    assert fingerprint("one") == fingerprint(b"one") != fingerprint("two")
    assert of_access_key("AKIA1") == of_access_key("AKIA1") != of_access_key("AKIA2")


def test_it_is_short_and_holds_nothing_of_it() -> None:
    assert len(fingerprint("correct horse")) == LONG
    assert len(fingerprint("correct horse", SHORT)) == SHORT
    assert "AKIA" not in of_access_key("AKIAQX4BIJ7RNZ2WKLMT")


def test_of_likely_passwords_several_have_one_short_mark() -> None:
    """A list of guesses cannot be told apart by it: that is what it is short for."""
    marks = {fingerprint(f"password{number}", SHORT) for number in range(20_000)}
    assert len(marks) < 20_000
