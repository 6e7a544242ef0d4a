"""Looks through the bytes of one file: first whether anything in it can be a credential at all, then what and where."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from nephograph.catalog.registry import spellings
from nephograph.sources.cloudformation.recognise import speaks as is_template
from nephograph.sources.credentials import MASK, mask, names_secret
from nephograph.sources.json_files import HEAD_BYTES
from nephograph.sources.secrets.files import Candidate, Language, is_encrypted, is_owned
from nephograph.sources.secrets.judge import is_credential, is_placeholder, is_reference, names_credential
from nephograph.sources.secrets.shapes import ADDRESS, AWS_KEY, HINT, PRIVATE_KEY, SHAPES, Shape

MAX_FOUND = 1_000
"""Credentials of one file that are told: a file with more is data."""

_WORDS = (
    r"(?i:passw(?:or)?d|passphrase|pwd|secret|token|api_?key|access_?key|private_?key|account_?key|auth_?key|"
    r"encryption_?key|shared_?key|credentials?)"
)
_NAME = rf"(?:[\w.-]*{_WORDS}(?:[-_]?(?i:value|text|data|base64|string))?)"
_VALUE = r"(?:\"([^\"\n]{6,})\"|'([^'\n]{6,})'|([^\s\"'#,;<>(){}\[\]$\x60|&*!%@][^\s\"'#,;<>(){}\[\]$\x60|&]{5,}))"
_ASSIGNED = rf"(?:^|[^\w.-])[\"']?({_NAME})[\"']?[ \t]*(?:=>|:=|=|:)[ \t]*{_VALUE}"
_NAMED = (
    rf"(?i:\bname)[\"']?[ \t]*[:=][ \t]*[\"']?({_NAME})[\"']?[ \t]*,?[ \t]*\r?\n"
    rf"[ \t]*[\"']?(?i:value)[\"']?[ \t]*[:=][ \t]*{_VALUE}"
)
"""`name: DB_PASSWORD` and the value on the line below it, as containers are given their environment."""

_QUOTED_ONLY = frozenset({"hcl", "json", "code"})
"""Languages in which a text stands in quotes: what stands without is an expression."""

_HEAD = re.compile(rb'^(\w+)(?:[ \t]+"([^"\n]*)")?(?:[ \t]+"[^"\n]*")?[ \t]*\{', re.MULTILINE)
_CLOUDS = ("aws", "azurerm", "google", "google-beta", "kubernetes")
"""Providers whose blocks have a check of their own for credentials."""
_KEY_BODY = re.compile(rb"(?:\\n|[\s\"'+,|>-])*(?:[\w-]+: [^\n]*(?:\\n|\s)+)*([A-Za-z0-9+/=]{24,})")
_LONGEST_KEY = 16_384
"""Bytes between the two lines of a private key: one of RSA with 16,384 bits needs 12,700."""

_AWS_SECRET = re.compile(rb"(?:^|[^A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)")
_NEAR = 400
"""Bytes around the id of an access key in which its secret is looked for."""


class Found(msgspec.Struct, frozen=True):
    """A credential in a file: the range of its bytes, and what it is. `sample`: it is known to open nothing.

    `name` is what it stands under, "" where its form alone tells it. `whole`: an access key with its secret beside it.
    """

    what: str
    group: str
    value: bytes
    start: int
    end: int
    name: str = ""
    sample: bool = False
    whole: bool = False
    told: bool = False
    """A check of the block it stands in tells of it."""
    secret: bytes = b""
    """What stands beside the id of an access key and makes it whole; what stands between the lines of a private key."""


class _Patterns(msgspec.Struct, frozen=True):
    """`any_of` tells at once whether a text can hold anything (`quoted`: where values stand in quotes),
    `shaped` whether anything in it is told by its form."""

    any_of: Any
    quoted: Any
    shaped: Any
    shapes: tuple[tuple[Shape, tuple[bytes, ...], Any], ...]
    assigned: Any
    named: Any


@functools.cache
def _compiled() -> _Patterns:
    import re2

    options = re2.Options()
    options.max_mem = 64 << 20
    options.encoding = re2.Options.Encoding.LATIN1

    def made(pattern: str) -> Any:
        return re2.compile(f"(?m){pattern}".encode(), options)

    sign = r"[\w.-]*[\"']?[ \t]*(?:=>|:=|=|:|,?[ \t]*\r?\n[ \t]*[\"']?value[\"']?[ \t]*[:=])[ \t]*"
    return _Patterns(
        made(rf"(?:{HINT})|{_WORDS}{sign}[\"']?[^\s\"'$<{{(\[]"),
        made(rf"(?:{HINT})|{_WORDS}{sign}[\"'][^\s\"'$<{{(\[]{{5}}"),
        made(f"(?:{HINT})"),
        tuple((shape, shape.signs, made(shape.pattern)) for shape in SHAPES),
        made(_ASSIGNED),
        made(_NAMED),
    )


def may_hold(data: bytes, language: Language) -> bool:
    """Can a text hold a credential at all? Most texts are asked nothing more."""
    patterns = _compiled()
    return (patterns.quoted if language in _QUOTED_ONLY else patterns.any_of).search(data) is not None


def found_in(data: bytes, candidate: Candidate) -> list[Found]:
    """The credentials of a file, in order of their places; of two that overlap, the one whose form is known."""
    if (
        not may_hold(data, candidate.language)
        or b"\0" in data[:HEAD_BYTES]
        or is_owned(candidate, data)
        or is_encrypted(data)
    ):
        return []
    found = sorted(_shaped(data, candidate), key=lambda one: (one.start, -one.end))
    taken = [(one.start, one.end) for one in found]
    secrets = {one.secret for one in found}
    for one in _assigned(data, candidate):
        if one.value not in secrets and not any(start < one.end and one.start < end for start, end in taken):
            found.append(one)
            taken.append((one.start, one.end))
        if len(found) >= MAX_FOUND:
            break
    return sorted(found, key=lambda one: one.start)[:MAX_FOUND]


def hidden(text: str) -> tuple[str, bool]:
    """A script without the credentials in it, length and columns kept, and whether there was one."""
    data = text.encode("utf-8", "replace")
    found = found_in(data, Candidate("", "script.sh", "script"))
    for one in found:
        end = one.end + len(one.secret) if one.group == "private-key" else one.end
        data = data[: one.start] + re.sub(rb"\S", MASK.encode(), data[one.start : end]) + data[end:]
    return "\n".join(mask(line) for line in data.decode("utf-8", "replace").split("\n")), bool(found)


def writes_credential(name: str, value: str) -> bool:
    """Is the literal value of a variable of this name a credential? Values that point to one are none."""
    if value and names_credential(name) and not is_reference(value) and not is_placeholder(value):
        return True
    return bool(found_in(value.encode("utf-8", "replace"), Candidate("", "script.sh", "script")))


# -- by form ---------------------------------------------------------------------------------------------------------


def _shaped(data: bytes, candidate: Candidate) -> Iterator[Found]:
    patterns = _compiled()
    if patterns.shaped.search(data) is None:
        return
    for shape, signs, pattern in patterns.shapes:
        if not any(sign in data for sign in signs):
            continue
        for count, match in enumerate(pattern.finditer(data)):
            if count >= MAX_FOUND:
                break
            one = _of_shape(shape, data, match.start(1), match.end(1), candidate)
            if one is None:
                continue
            if candidate.language == "hcl" and _is_judged_elsewhere(data, one.start, True):
                one = msgspec.structs.replace(one, told=True)
            yield one


def _of_shape(shape: Shape, data: bytes, start: int, end: int, candidate: Candidate) -> Found | None:
    value = data[start:end]
    text = value.decode("latin-1")
    if shape.what == AWS_KEY:
        # (the keys in AWS's own pages end so: they are told, and open nothing)
        near = data[max(0, start - _NEAR) : end + _NEAR]
        secret = next((one for one in _AWS_SECRET.findall(near) if _mixed(one)), b"")
        what = f"temporary {shape.what}" if value.startswith(b"ASIA") else shape.what
        return Found(
            what, shape.group, value, start, end, sample=b"EXAMPLE" in value, whole=bool(secret), secret=secret
        )
    if shape.what == PRIVATE_KEY:
        body = _KEY_BODY.match(data, end, end + 2_000)
        if body is None or is_placeholder(body[1][:24].decode("latin-1")):
            return None
        encrypted = b"ENCRYPTED" in value or b"ENCRYPTED" in data[end : body.start(1)]
        what = f"encrypted {shape.what}" if encrypted else shape.what
        last = data.find(b"-----END", end, end + _LONGEST_KEY)
        secret = data[end : last if last >= 0 else body.end(1)]
        return Found(what, shape.group, value + body[1], start, end, secret=secret)
    if shape.what == ADDRESS:
        user = data[max(0, start - 80) : start - 1].rpartition(b"/")[2].decode("latin-1")
        if (
            candidate.sample
            or is_reference(text)
            or is_placeholder(text)
            or text.lower() in (user.lower(), "pass", "pwd")
        ):
            return None
        return Found(shape.what, shape.group, value, start, end)
    # A token of a known form is one unless it was made up: every real one is as good as random.
    if len(set(text[len(text) // 3 :])) < 8 or re.search(
        r"(?i)xxxx|example|1234567890|abcdefgh|your|placeholder", text
    ):
        return None
    return Found(shape.what, shape.group, value, start, end, sample=shape.test)


def _mixed(secret: bytes) -> bool:
    text = secret.decode("latin-1")
    return any(c.isupper() for c in text) and any(c.islower() for c in text) and any(c.isdigit() for c in text)


# -- by name ---------------------------------------------------------------------------------------------------------


def _assigned(data: bytes, candidate: Candidate) -> Iterator[Found]:
    language = candidate.language
    if candidate.sample or language in ("key", "dockerfile") or is_template(candidate.relative, data[:HEAD_BYTES]):
        return
    patterns = _compiled()
    for pattern in (patterns.assigned, patterns.named) if language in ("yaml", "json", "hcl") else (patterns.assigned,):
        for count, match in enumerate(pattern.finditer(data)):
            if count >= MAX_FOUND * 10:
                return
            group = next(number for number in (2, 3, 4) if match.start(number) >= 0)
            if group == 4 and language in _QUOTED_ONLY:
                continue
            start, end = match.start(group), match.end(group)
            name, value = match.group(1).decode("latin-1"), data[start:end].decode("utf-8", "replace")
            if not is_credential(name, value) or (language == "hcl" and _is_judged_elsewhere(data, start, False)):
                continue
            if language == "code" and not (_is_random(value) and _is_short(data, start)):
                continue
            # (without quotes a name stands for what it holds, and a call for what it gives)
            if group == 4 and (_CONSTANT.fullmatch(value) or data[end : end + 1] in (b"(", b"[", b"{")):
                continue
            yield Found(_what(name), "assigned", data[start:end], start, end, name)


def _is_random(value: str) -> bool:
    # In a program a text under such a name may be anything that is shown to people.
    return len(value) >= 20 and any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
"""The name of a variable: without quotes it stands for what it holds."""

MAX_LINE = 1_000
"""Bytes of a line of code that people write; longer ones were packed by a program."""


def _is_short(data: bytes, at: int) -> bool:
    end = data.find(b"\n", at)
    return (len(data) if end < 0 else end) - data.rfind(b"\n", 0, at) <= MAX_LINE


def _what(name: str) -> str:
    low = name.lower()
    return "password" if "pass" in low or "pwd" in low else "credential"


def _is_judged_elsewhere(data: bytes, at: int, shaped: bool) -> bool:
    """Does it stand in a block of Terraform that a check of its own looks at for credentials?

    A resource's check knows some of its attributes: what is told by its form may stand in another.
    """
    head = None
    for match in _HEAD.finditer(data, 0, at):
        head = match
    if head is None or b"\n}" in data[head.end() : at]:
        return False
    word, label = head[1].decode("latin-1"), (head[2] or b"").decode("latin-1")
    match word:
        case "provider":
            return label in _CLOUDS
        case "variable":
            return names_secret(label)
        case "terraform":
            return True
        case _:
            return not shaped and bool(spellings("terraform", label))
