"""Names of images: registry, repository, tag and digest.

https://docs.docker.com/reference/cli/docker/image/tag/#description
https://github.com/distribution/reference
"""

from __future__ import annotations

import msgspec

from nephograph.model.value import Reason, Unknown, has_symbol, is_unknown
from nephograph.sources.dockerfile.expand import Text

SCRATCH = "scratch"
"""The empty image: a word of Docker's, no image of a registry."""


class Image(msgspec.Struct, frozen=True):
    """An image's name, taken apart. `tag` and `digest` are None where the name has none.

    `name` is the whole in its normal form (`docker.io/library/alpine:3.20`): equal names are one image.
    """

    written: Text
    registry: Text
    repository: Text
    tag: Text | None
    digest: Text | None

    @property
    def name(self) -> Text:
        """The normal form: with the registry and the name space that Docker fills in."""
        if is_unknown(self.registry) or is_unknown(self.repository) or is_unknown(self.tag) or is_unknown(self.digest):
            return self.written
        tail = (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")
        return f"{self.registry}/{self.repository}{tail or ':latest'}"


def image_of(written: Text) -> Image:
    """Take a name apart. Pieces that are not known make unknown what they stand in, and nothing else."""
    if isinstance(written, Unknown) and not written.parts:
        return Image(written, written, written, written, written)
    text = written.symbol if isinstance(written, Unknown) else written
    rest, at, digest = text.partition("@")
    head, slash, last = rest.rpartition("/")
    last, colon, tag = last.partition(":")
    path = f"{head}{slash}{last}"
    first, between, below = path.partition("/")
    if between and ("." in first or ":" in first or first == "localhost" or has_symbol(first)):
        registry, repository = first, below
    else:
        registry, repository = "docker.io", path if between else f"library/{path}"

    def known(piece: str) -> Text:
        if not has_symbol(piece) or not isinstance(written, Unknown):
            return piece
        return Unknown(written.reason, written.detail) if written.detail else Unknown(Reason.NO_VALUE, piece)

    # A name whose end is not known may yet bring a tag or a digest with it.
    open_end = isinstance(written, Unknown) and isinstance(written.parts[-1], Unknown) and not colon and not at
    unsaid = Unknown(written.reason, written.detail) if open_end and isinstance(written, Unknown) else None
    return Image(
        written,
        known(registry),
        known(repository),
        known(tag) if colon else unsaid,
        known(digest) if at else (unsaid if not colon else _may_have_digest(written, tag)),
    )


def _may_have_digest(written: Text, tag: str) -> Text | None:
    """A tag that is not known to its end may have a digest behind it."""
    if isinstance(written, Unknown) and has_symbol(tag) and isinstance(written.parts[-1], Unknown):
        return Unknown(written.reason, written.detail)
    return None
