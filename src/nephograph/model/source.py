"""What a source yields: documents as their dialect spells them, and everything that was seen and not understood."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import Problem
from nephograph.model.span import Origin, Path, Span
from nephograph.model.value import Unknown

Said = Literal["code", "plan", "state", "live", "dump"]
"""The ways an estate is said, from what somebody wants to what really is."""


class Scope(msgspec.Struct, frozen=True):
    """Where a resource lives: provider (`aws`, `azurerm`, `google`, `kubernetes`), account and region.

    Account and region may be symbols (`Unknown.symbol`): equal symbols are one and the same unknown account.
    An empty string means that the provider has no such notion.
    """

    provider: str
    account: str = ""
    region: str = ""


class Document(Protocol):
    """One object as its dialect spells it. Sources make them, the catalog reads them; attributes are data, not code."""

    @property
    def dialect(self) -> str:
        """`terraform`, `cloudformation`, `api` …: picks the spelling in the catalog."""

    @property
    def type(self) -> str:
        """The type as the dialect names it: `aws_s3_bucket`, `AWS::S3::Bucket` …"""

    @property
    def said(self) -> Said:
        """The way it is said: code, a plan, a state, a dump, the live cloud."""

    @property
    def root(self) -> str:
        """The root this document belongs to (a root module, a template, a dump folder); addresses are unique in it."""

    @property
    def address(self) -> str:
        """The instance as its source spells it: `module.a["x"].aws_s3_bucket.b[0]`."""

    @property
    def scope(self) -> Scope:
        """Provider, account, region."""

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What was written: plain data, with `Unknown` where a value is not known. Blocks are lists of mappings."""

    @property
    def existence(self) -> Unknown | None:
        """None for a certain document; else why it is not known whether (or how often) it exists."""

    def origin(self, path: Path) -> Origin | None:
        """Where the value at `path` was written: the most specific place known, () for the whole document.

        A path may run on into the structure of a JSON text (a policy); the place is then inside that text.
        """


class Gap(msgspec.Struct, frozen=True):
    """Something that was seen and not evaluated: counted and named, never silent.

    `subject` is what was seen (`module.vpc`, `data.aws_ami.this`, a file); `kind` groups equal gaps
    (`absent-module`, `unknown-kind`, `unread-attribute` …); `count` is how many blocks or instances it stands for.
    """

    kind: str
    subject: str
    why: str
    span: Span | None = None
    count: int = 1


class Suppression(msgspec.Struct, frozen=True):
    """A comment that silences checks on the block it belongs to: `# neph: ignore[code] until 2027-01 because …`.

    `codes` are check codes or another tool's ids (`CKV_AWS_20`, `AVD-AWS-0086`); empty means every code.
    `covers` is the range of the block; `until` an ISO date or month, "" for ever.
    """

    codes: tuple[str, ...]
    covers: Span
    reason: str = ""
    until: str = ""
    tool: str = "neph"


class Excerpts(Protocol):
    """Access to the lines of scanned files, for frames. Lines count from 1; a line that is gone reads as None."""

    def line(self, file: str, number: int) -> str | None:
        """The text of one line without its end, credentials masked."""


class Loaded(msgspec.Struct):
    """Everything one source read below one path."""

    source: str
    documents: list[Document] = []
    said: Said = "code"
    """How all of this was said; the same entity may be said in several ways."""
    problems: list[Problem] = []
    gaps: list[Gap] = []
    suppressions: list[Suppression] = []
    assumptions: list[str] = []
    seen: int = 0
    """Instances of resource blocks that were met, evaluated or not."""
    files: int = 0
    answered: list[tuple[str, Scope]] = []
    """Operations of an API that were asked of a whole account and region, and answered."""
    moved: list[tuple[str, str, str]] = []
    """(root, old address, new address) of every moved block."""
    excerpts: Excerpts | None = None


class LoadOptions(msgspec.Struct, frozen=True):
    """What a person may say about how to read a tree. Paths are theirs, not the tree's."""

    var_files: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    prefix: str = ""
    """What the names of roots start with: told apart by it when several trees make one estate, "" for one alone."""
    account: str = ""
    """The account a dump is of, where the dump does not say."""
    region: str = ""
    """The region a dump is of, where the dump does not say."""
    buffers: tuple[tuple[str, str], ...] = ()
    """Real paths of files and the text that stands for what is on the disk: unsaved buffers of an editor."""
    side: Literal["after", "before"] = "after"
    """Which side of a plan is read: what will be, or what is."""


class Progress(Protocol):
    """Told what is being read; draws on a terminal or does nothing."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` in a few words; `total` 0 when it is not known."""


class Source(Protocol):
    """One way an estate is said. Each lives in `sources/<name>/` and exposes `SOURCE` in its package."""

    name: str

    def recognises(self, path: pathlib.Path) -> bool:
        """Does anything at or below this path speak this source's language? Cheap: names of files only."""

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read everything at or below `path`; `shown` is the path as the person gave it, the prefix of every span.

        What cannot be read becomes a Problem of the result; this never raises for what a tree contains.
        """

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """The smallest text edits that carry out the edits. Raises `EditError` where no place in the text does."""
