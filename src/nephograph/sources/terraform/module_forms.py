"""What the source of a module call speaks of: a path, a registry, a repository; and the revision it asks for.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re
import urllib.parse

from nephograph.sources.terraform.module_sources import is_local

_REGISTRY = re.compile(r"(?:(?P<host>[\w-]+(?:\.[\w-]+)+(?::\d+)?)/)?[\w-]+/[\w-]+/[\w-]+(?://.*)?")
_GETTER = re.compile(r"(git|hg|s3|gcs|http|https)::(.*)", re.DOTALL)
_REPOSITORIES = ("github.com/", "bitbucket.org/", "git@")


def form_of(source: str) -> str:
    """`local`, `registry`, `git`, `hg`, `s3`, `gcs`, `http`; `other` for what none of them is."""
    if is_local(source):
        return "local"
    getter = _GETTER.match(source)
    if getter is not None:
        return getter[1].replace("https", "http")
    if source.startswith(_REPOSITORIES):
        return "git"
    if source.startswith(("http://", "https://")):
        return "git" if urllib.parse.urlsplit(source).path.partition("//")[0].endswith(".git") else "http"
    return "registry" if _REGISTRY.fullmatch(source) else "other"


def revision(source: str) -> str | None:
    """The revision a repository is asked for (`?ref=v1.2.0`, for Mercurial `?rev=`); None where none is named."""
    query = source.partition("?")[2]
    named = urllib.parse.parse_qs(query)
    return next((named[word][0] for word in ("ref", "rev") if named.get(word)), None)


def is_in_clear(source: str) -> bool:
    """True when the source is fetched over a connection that anybody on the way can change."""
    return re.match(r"(?:(?:git|hg|http)::)?(?:http|git)://", source) is not None
