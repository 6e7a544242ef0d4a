"""Whom the API of an EKS cluster lets in from the internet.

https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from __future__ import annotations

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.rules import is_everybody
from nephograph.library.sdk import test
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of, any_of


def has_public_address(cluster: Resource) -> Verdict:
    """Is the public endpoint on? It is where nothing is said."""
    return test(cluster, "endpoint_public", when=lambda on: on is not False, says="its public endpoint is {value}")


def is_open(cluster: Resource) -> Verdict:
    """Is the public endpoint on, and is one of the ranges that are let in everybody?"""
    cidrs = cluster.get("public_cidrs")
    if isinstance(cidrs, list) and cidrs:
        each = [
            test(cluster, *at, when=is_everybody, says="it lets in {value}") for at in elements(cluster, "public_cidrs")
        ]
        open_ = any_of(each)
    else:
        open_ = unset(cluster, "public_cidrs", says="the addresses it lets in are {value}")
    return all_of((has_public_address(cluster), open_))
