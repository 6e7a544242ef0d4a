"""What is kept of a credential: enough to tell that two are the same, too little to find out what it is."""

from __future__ import annotations

import hashlib

_KEY = b"nephograph: a credential"

LONG, SHORT = 16, 5
"""Hexadecimal digits that are kept: of what is as good as random, and of what people make up.

Whoever guesses at a random one has to guess all of it, however many digits of its hash are known. Of a password a long
hash would confirm a guess; with 5 digits one in a million wrong guesses agrees as well, so that a list of likely
passwords cannot be told apart by it.
"""


def fingerprint(credential: str | bytes, digits: int = LONG) -> str:
    """The first digits of a keyed hash."""
    data = credential.encode() if isinstance(credential, str) else credential
    return hashlib.blake2b(data, digest_size=16, key=_KEY).hexdigest()[:digits]


def of_access_key(key_id: str) -> str:
    """What an access key of AWS is called where its id is not to be shown."""
    return f"key-{fingerprint(key_id)}"
