"""Hashes and other cryptography. MD5 and SHA-1 are here because configurations use them, not to protect anything."""

from __future__ import annotations

import base64
import hashlib
import uuid as uuids
from collections.abc import Callable

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import Context, function
from nephograph.sources.terraform.values import EvaluationError, clip, describe

_NAMESPACES = {
    "dns": uuids.NAMESPACE_DNS,
    "url": uuids.NAMESPACE_URL,
    "oid": uuids.NAMESPACE_OID,
    "x500": uuids.NAMESPACE_X500,
}


def digest(name: str, data: bytes) -> bytes:
    """The digest of some bytes by a hash's name."""
    return hashlib.new(name, data, usedforsecurity=False).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _declare(name: str) -> None:
    def hexadecimal(text: str) -> str:
        return digest(name, _bytes(text)).hex()

    def in_file(context: Context, path: str) -> str | Unknown:
        return of_file(context, path, lambda data: digest(name, data).hex())

    hexadecimal.__doc__ = f"The {name} digest in hexadecimal digits."
    in_file.__doc__ = f"The {name} digest of a file in hexadecimal digits."
    function(f"{name}(string)")(hexadecimal)
    function(f"file{name}(string)", context=True)(in_file)


def _declare_base64(name: str) -> None:
    def encoded(text: str) -> str:
        return base64.b64encode(digest(name, _bytes(text))).decode()

    def in_file(context: Context, path: str) -> str | Unknown:
        return of_file(context, path, lambda data: base64.b64encode(digest(name, data)).decode())

    encoded.__doc__ = f"The {name} digest in base64."
    in_file.__doc__ = f"The {name} digest of a file in base64."
    function(f"base64{name}(string)")(encoded)
    function(f"filebase64{name}(string)", context=True)(in_file)


def of_file(context: Context, path: str, of: Callable[[bytes], str]) -> str | Unknown:
    """What `of` makes of a file's content; not known where there is no such file."""
    data = context.run.scope.read_file(path)
    if data is None:
        return no_file(context, path)
    return data if isinstance(data, Unknown) else of(data)


def no_file(context: Context, path: str) -> Unknown:
    """What a file says that is not in the tree: it may be made before Terraform runs (an archive, a build).

    Raises `EvaluationError` inside `try` and `can`, which ask whether there is one.
    """
    if context.run.quiet:
        raise EvaluationError(f"there is no file {describe(path)}")
    return Unknown(Reason.NOT_SEEN, clip(f"the file {path}"))


for _name in ("md5", "sha1", "sha256", "sha512"):
    _declare(_name)
for _name in ("sha256", "sha512"):
    _declare_base64(_name)


@function("uuidv5(string, string)")
def uuidv5(namespace: str, name: str) -> str:
    """The UUID of a name in a namespace: dns, url, oid, x500 or a UUID."""
    try:
        space = _NAMESPACES.get(namespace) or uuids.UUID(namespace)
    except ValueError:
        raise EvaluationError("the namespace is neither dns, url, oid, x500 nor a UUID") from None
    return str(uuids.uuid5(space, name))


@function("uuid()")
def uuid() -> Unknown:
    """Another UUID at each apply."""
    return Unknown(Reason.AFTER_APPLY, "uuid()")


@function("bcrypt(string, int?)")
def bcrypt(text: str, cost: int = 10) -> Unknown:
    """Another salt at each apply."""
    return Unknown(Reason.AFTER_APPLY, "bcrypt(…)")


@function("rsadecrypt(string, string)")
def rsadecrypt(text: str, key: str) -> Unknown:
    """Nothing is decrypted here."""
    return Unknown(Reason.NOT_EVALUATED, clip(f"rsadecrypt({describe(digest('sha256', _bytes(text)).hex()[:8])}, …)"))
