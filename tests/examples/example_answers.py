"""Puts the questions to a tree and says the answers in words that survive a rewrite: addresses and account numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from example_estates import GOLDEN
from hcl_text import Tree, write

from nephograph.model.answer import Subject
from nephograph.model.resource import Class, Resource
from nephograph.session import Session, open_estate

Place = str


def opened(tree: Tree, folder: Path) -> Session:
    """The session over a tree written below `folder`."""
    return open_estate([str(write(tree, folder))], today="2026-01-01")


def place(subject: Subject) -> Place:
    """A subject as its address; the internet, a CI provider and an account by a word or number of their own."""
    if subject.kind == "aws_iam_openid_connect_provider" or "github" in f"{subject.urn} {subject.label}".lower():
        return "github"
    account = re.fullmatch(r"account (\d{12})", subject.address or subject.label)
    if account:
        return account[1]
    return subject.address or subject.urn or subject.label


def graph(session: Session) -> tuple[set[tuple[str, Place]], set[tuple[Place, str, Place]]]:
    """Every resource, and every edge between two of them."""
    resources = session.context.estate.resources
    edges = session.context.estate.edges
    return (
        {(r.kind, r.address) for r in resources.values() if r.cls is not Class.CONFIGURATION},
        {
            (resources[e.source].address, e.kind, resources[e.target].address)
            for e in edges
            if e.source in resources and e.target in resources
        },
    )


def paths(session: Session) -> set[tuple[Place, ...]]:
    """Every proven path as the places it runs through."""
    return {
        (place(path.steps[0].source), *(place(step.target) for step in path.steps))
        for path in session.ask("paths", limit=1000).paths
    }


def techniques(session: Session) -> set[tuple[tuple[Place, str, Place], ...]]:
    """Every path with the rule and the verdict of each step."""
    return {
        tuple((place(s.source), f"{s.rule} {s.edge} {s.verdict}", place(s.target)) for s in path.steps)
        for path in session.ask("paths", limit=1000).paths
    }


def findings(session: Session) -> set[tuple[str, str, Place]]:
    """Every finding as code, verdict, place."""
    found = session.ask("check").findings
    return {(f.code, f.verdict, f.resource.address) for f in found if f.resource.cls != "configuration"}


def proof(session: Session, ask: dict[str, Any], address: Callable[[str], str] = str) -> str:
    """What the engine named by a decoy's proof answers: `none` (nothing found) or a verdict's word."""
    facts = session.context.facts
    at = {resource.address: resource for resource in facts.resources()}

    def named(key: str) -> Resource | str:
        name = ask[key]
        return name if name == "anonymous" else at[address(GOLDEN["names"][name])]

    match ask["ask"]:
        case "absent":
            return "none" if address(GOLDEN["names"][ask["resource"]]) not in at else "there"
        case "exposed":
            return _worst(e.verdict.answer for e in facts.exposed(named("resource")))
        case "holders":
            return "some" if facts.holders(named("resource"), ask["edge"]) else "none"
        case "can":
            return facts.can(named("principal"), ask["action"], named("resource")).verdict.answer
        case "admits strangers":
            role = named("resource")
            assert isinstance(role, Resource)
            return _worst(f.verdict.answer for f in facts.query("admits_strangers", (role.urn, None)))
        case "can pass":
            principal, role = named("principal"), named("resource")
            assert isinstance(principal, Resource)
            assert isinstance(role, Resource)
            found = facts.query("can_pass", (principal.urn, role.urn, ask["service"]))
            return _worst(f.verdict.answer for f in found)
    raise AssertionError(f"no engine answers {ask['ask']}")


def _worst(answers: Any) -> str:
    said = {a for a in answers if a != "no"}
    return "yes" if "yes" in said else "depends" if said else "none"
