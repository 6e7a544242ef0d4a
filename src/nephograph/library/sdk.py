"""What a check is written with.

A check is one file, `library/checks/<provider>/<service>/<bad_state>.py`: a docstring (the law of `docstring.py`) and
one function. Its code is its place: `checks/aws/s3/bucket_public_read.py` is `aws-s3-bucket-public-read`.

    @check(kind="aws_kms_key", severity=Severity.LOW, topics=("key-management",))
    def key_not_rotated(key: Resource, facts: Facts) -> Iterator[Bad]:
        off = test(key, "rotation", when=lambda on: on is not True, says="rotation is {value}")
        yield from bad_if(off, "rotation", message="…", fix=set_field(key, True, "rotation", title="turn rotation on"))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from nephograph.library.docstring import Prose
from nephograph.model.answer import Severity
from nephograph.model.edit import Fix, RemoveItem, SetField
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown, is_unknown
from nephograph.model.verdict import Evidence, Verdict, decided, depends


class Bad(msgspec.Struct, frozen=True):
    """A bad state found on a resource: yes or depends (a proven no is never yielded).

    `path` is the field that says it (() for the whole resource); it decides the place that is shown. `on` is the
    resource that field belongs to, when it is another one (the rule of a group that exposes an instance).
    `key` tells two findings of one check on one field apart. `severity` overrides the check's own.
    """

    message: str
    verdict: Verdict
    path: Path = ()
    fix: Fix | None = None
    severity: Severity | None = None
    key: str = ""
    on: Resource | None = None


LANGUAGES = {"hcl": "main.tf", "yaml": "template.yaml", "dockerfile": "Dockerfile"}
"""Languages of examples, and the file that such an example is a whole of."""

CheckFunction = Callable[[Resource, Facts], Iterable[Bad]]


class Check(msgspec.Struct, frozen=True):
    """A check as the registry hands it out. `topics` (`library/topics/`) are what frameworks map their controls to."""

    code: str
    kind: str
    severity: Severity
    topics: tuple[str, ...]
    run: CheckFunction
    module: str
    tools: tuple[str, ...] = ()
    """Ids under which other tools know the same bad state (`CKV_AWS_7`, `AVD-AWS-0065`): their skip comments count."""
    field: str = ""
    """A type of field (`policy`): the check then looks at every kind of the provider that has one."""
    unspelled: dict[str, str] = {}
    """Dialects that cannot say the bad state, and why: {"cloudformation": "a template cannot share a snapshot"}."""
    language: str = "hcl"
    """The language its Bad and Good are written in, as their fences say it; its other fences are further languages."""
    origin: str = ""
    """The file of a rule of somebody's own, as shown; "" for the checks of this library."""
    written: Prose | None = None
    """What a rule of somebody's own says of itself; the library's checks say it in their module's docstring."""
    asks: str = ""
    """What a rule that looks at no kind asks, in words: "the estate, in SQL"."""

    @property
    def looks_at(self) -> str:
        """What it looks at, in words: a kind, or every kind with a field of a type."""
        if self.asks:
            return self.asks
        return f"every kind with a {self.field}" if self.field else self.kind


def check(
    *,
    kind: str,
    severity: Severity,
    topics: tuple[str, ...],
    tools: tuple[str, ...] = (),
    field: str = "",
    unspelled: dict[str, str] | None = None,
    language: str = "hcl",
) -> Callable[[CheckFunction], Check]:
    """Declare the check of this file. `kind` is a catalog kind; its service must be the folder the file is in.

    With `field` the check looks at every kind of that provider that has a field of this type, `kind` being the one
    people think of first. `unspelled` are dialects that cannot say the bad state, each with the reason. `language` is
    what its examples are written in: one of `LANGUAGES`.
    """

    def declare(function: CheckFunction) -> Check:
        module = function.__module__
        return Check(code_of(module), kind, severity, topics, function, module, tools, field, unspelled or {}, language)

    return declare


def code_of(module: str) -> str:
    """The code of a check by the name of its module."""
    place = module.split(".checks.", 1)[1] if ".checks." in module else module
    return re.sub(r"[._]+", "-", place)


def bad_if(verdict: Verdict, *path: str | int, message: str, fix: Fix | None = None) -> Iterator[Bad]:
    """A finding at the field `path` when the verdict is yes or depends."""
    if verdict.possible:
        yield Bad(message, verdict, path, fix)


def left_open(resource: Resource, *path: str | int, message: str) -> Iterator[Bad]:
    """A finding that depends, where the field is not known and what it says would decide."""
    data = resource.get(*path)
    if is_unknown(data):
        yield Bad(message, depends(str(data)), path)


def test(resource: Resource, *path: str | int, when: Callable[[Any], bool], says: str) -> Verdict:
    """A field against a known condition: depends when the value is not known.

    `says` is the evidence in words; `{value}` in it is replaced by the value.
    """
    data = resource.get(*path)
    if isinstance(data, Unknown):
        return _test_among(data, resource, path, when, says)
    shown, holds = says.replace("{value}", _shown(data)), when(data)
    # (who said it is asked only of what is told: a check that finds nothing is most of all that run)
    fact = Evidence.of_value if holds and data is not None else Evidence.at
    return decided(holds, fact(shown, resource, path))


def _test_among(data: Unknown, resource: Resource, path: Path, when: Callable[[Any], bool], says: str) -> Verdict:
    """The same for a value that is not known: decided where it is one of a few that all say the same."""
    if not data.among or any(is_unknown(one) for one in data.among):
        return depends(str(data))
    answers = {bool(when(one)) for one in data.among}
    if len(answers) > 1:
        return depends(str(data))
    shown = says.replace("{value}", " or ".join(map(_shown, data.among)))
    return decided(answers == {True}, Evidence.at(shown, resource, path))


def _shown(data: Any) -> str:
    return "not set" if data is None else str(data).lower() if isinstance(data, bool) else str(data)


def set_field(resource: Resource, value: Any, *path: str | int, title: str, safe: bool = True) -> Fix:
    """A fix that sets one field."""
    return Fix(title, (SetField(resource.urn, path, value),), safe=safe)


def remove(resource: Resource, *path: str | int, title: str, safe: bool = False) -> Fix:
    """A fix that takes away one item or field."""
    return Fix(title, (RemoveItem(resource.urn, path),), safe=safe)
