"""What AWS would refuse to store, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from nephograph.model.errors import NephError
from nephograph.model.span import Path

__all__ = ["MalformedPolicyError", "MalformedRequestError", "Path", "spelled_path", "texts"]

_HELP = "correct it as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html says"


class MalformedError(NephError):
    """Something that cannot be decided because it is not of its form. `path` leads to it from the case."""

    exit_code: ClassVar[int] = 2
    code: ClassVar[str] = "malformed"

    def __init__(self, message: str, path: Path, help: str = "") -> None:
        self.reason = message
        self.path = path
        where = f"{spelled_path(path)}: " if path else ""
        super().__init__(self.code, f"{where}{message}", help or _HELP)


class MalformedPolicyError(MalformedError):
    """A policy that AWS would not store."""

    code = "malformed-policy"


class MalformedRequestError(MalformedError):
    """A request that cannot be one."""

    code = "malformed-request"


def spelled_path(path: Path) -> str:
    """`policies.identity[0].Statement[2].Action`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def texts(value: Any, at: Path, what: str, plain: Callable[[Any], str] | None = None) -> tuple[str, ...]:
    """A text or a list of texts; with `plain`, numbers and booleans too. Raises `MalformedPolicyError`."""
    if isinstance(value, str):
        return (value,)
    if plain is not None and isinstance(value, bool | int | float):
        return (plain(value),)
    if isinstance(value, Sequence):
        out: list[str] = []
        for index, item in enumerate(value):
            if isinstance(item, str):
                out.append(item)
            elif plain is not None and isinstance(item, bool | int | float):
                out.append(plain(item))
            else:
                raise MalformedPolicyError(f"{what} must be a text", (*at, index))
        return tuple(out)
    raise MalformedPolicyError(f"{what} must be a text or a list of texts", at)
