"""Which files are looked through, and how: by their names, their place and what they begin with."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from nephograph.sources.dockerfile.recognise import is_named as is_dockerfile
from nephograph.sources.json_files import HEAD_BYTES, MAX_DEPTH, MAX_ENTRIES, SKIPPED_DIRECTORIES

Language = Literal["hcl", "settings", "yaml", "json", "script", "code", "key", "dockerfile"]
"""How a file writes its values; `settings` are lines `NAME=value`."""

_LANGUAGES: dict[str, Language] = {
    **dict.fromkeys((".tf", ".tofu", ".tfvars", ".hcl"), "hcl"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".json", ".jsonc"), "json"),
    **dict.fromkeys(
        (".env", ".ini", ".cfg", ".conf", ".cnf", ".toml", ".properties", ".npmrc", ".pypirc", ".netrc", ".envrc"),
        "settings",
    ),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".ps1", ".bat", ".cmd", ".tpl", ".tftpl", ".tmpl", ".service"), "script"),
    **dict.fromkeys((".pem", ".key", ".ppk"), "key"),
    **dict.fromkeys(
        (".py", ".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx", ".go", ".java", ".kt", ".rb", ".php"), "code"
    ),
    **dict.fromkeys((".cs", ".scala", ".rs", ".swift", ".pl", ".lua", ".groovy", ".gradle", ".sql", ".xml"), "code"),
}
_NAMES: dict[str, Language] = {
    **dict.fromkeys((".env", ".npmrc", ".pypirc", ".netrc", ".envrc", ".git-credentials", "credentials"), "settings"),
    **dict.fromkeys(
        ("jenkinsfile", "makefile", "procfile", "vagrantfile", "userdata", "user_data", "user-data"), "script"
    ),
    **dict.fromkeys(("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"), "key"),
}

_COPIES = re.compile(
    r"(?i)(?:^|[._-])(?:package-lock|npm-shrinkwrap|composer\.lock|yarn\.lock|pnpm-lock|poetry\.lock|cargo\.lock)|"
    r"\.min\.(?:js|css)$|\.tfstate|\.tfplan|\.map$"
)
"""Lock files, what a program packed, and states: others read these, or nobody writes them."""

_SAMPLE_NAMES = re.compile(
    r"(?i)(?:[._-](?:example|sample|template|dist|default|defaults|tmpl)(?:\.|$))|^(?:example|sample)[._-]|"
    r"(?:^|[._-])(?:test|tests|spec|mock|mocks|fixture|fixtures|conftest)(?:[._-]|$)|(?:test|spec)\.\w+$"
)
_SAMPLE_FOLDERS = re.compile(
    r"(?:test|spec|fixture|mock|example|sample|demo|doc)s?|testing|test[-_]?data|__tests__|__mocks__|e2e"
)
_SKIPPED = re.compile(
    r"vendor|third_party|bower_components|site-packages|\.(?:tox|nox|\w+_cache|gradle|idea|terragrunt-cache|serverless|"
    r"aws-sam)|cdk\.out|target"
)

MAX_BYTES = 8 * 1024 * 1024
"""Larger files are data; they are counted and not looked through."""


class Candidate(msgspec.Struct, frozen=True):
    """A file to look through: its path here and below the root, and how it writes values."""

    real: str
    relative: str
    language: Language

    @property
    def sample(self) -> bool:
        """Do its place or its name say that nothing in it is meant to be real?"""
        return is_sample(self.relative)


def language_of(name: str) -> Language | None:
    """How a file of this name writes its values; None for one that is not looked through."""
    low = name.lower()
    stem, dot, ending = low.rpartition(".")
    known = _LANGUAGES.get(f".{ending}") if dot else None
    if known in ("hcl", "script"):
        return None if low == ".terraform.lock.hcl" else known
    if _COPIES.search(low):
        return None
    if known is not None:
        return known
    if low in _NAMES:
        return _NAMES[low]
    if low.startswith(".env."):
        return "settings"
    if is_dockerfile(name):
        return "dockerfile"
    return language_of(stem) if stem and ending in ("example", "sample", "dist", "template") else None


def is_sample(relative: str) -> bool:
    """Do the folders or the name say that nothing in the file is meant to be real?"""
    *folders, name = relative.lower().split("/")
    return any(map(_SAMPLE_FOLDERS.fullmatch, folders)) or _SAMPLE_NAMES.search(name) is not None


def candidates(path: pathlib.Path) -> Iterator[Candidate]:
    """Every file at or below a path that is looked through, in order. Links are not followed; nothing is opened."""
    if not path.is_dir():
        language = language_of(path.name)
        if language is not None:
            yield Candidate(os.path.realpath(path), path.name, language)
        return
    root = os.path.realpath(path)
    left = MAX_ENTRIES
    for directory, directories, names in os.walk(root, followlinks=False):
        below = os.path.relpath(directory, root).replace(os.sep, "/")
        below = "" if below == "." else below + "/"
        directories[:] = sorted(filter(_is_entered, directories)) if below.count("/") < MAX_DEPTH else []
        left -= len(names) + len(directories) + 1
        if left < 0:
            return
        for name in sorted(names):
            language = language_of(name)
            if language is not None:
                yield Candidate(f"{directory}{os.sep}{name}", below + name, language)


def _is_entered(folder: str) -> bool:
    return folder not in SKIPPED_DIRECTORIES and _SKIPPED.fullmatch(folder) is None


def is_owned(candidate: Candidate, head: bytes) -> bool:
    """Is it a JSON file that another source reads: a plan, a state, an answer of AWS, a log?"""
    if candidate.language != "json" or candidate.relative.endswith((".tf.json", ".tofu.json", ".tfvars.json")):
        return False
    from nephograph.sources.json_files import head_keys
    from nephograph.sources.terraform_heads import is_plan, is_state

    head = head[:HEAD_BYTES]
    keys = head_keys(head)
    if is_plan(head) or is_state(head) or not _LOGGED.isdisjoint(keys):
        return True
    # AWS writes the members of its answers with capitals, and lists of such things.
    return any(key[:1].isupper() for key in keys) or _LISTED.match(head) is not None


_LOGGED = frozenset({"detail-type", "eventVersion", "eventName"})
_LISTED = re.compile(rb"\s*\[\s*\{\s*\"[A-Z]")


def is_encrypted(data: bytes) -> bool:
    """Is the text of a file encrypted for a store: SOPS, Ansible's vault, a sealed secret of Kubernetes?"""
    return (
        data.startswith(b"$ANSIBLE_VAULT")
        or b"kind: SealedSecret" in data
        or (b"sops" in data and b"ENC[AES256_GCM" in data)
    )
