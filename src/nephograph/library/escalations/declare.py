"""What an escalation path is written with.

A path is one file, `library/escalations/<provider>/<id>.py`: a title, and `ESCALATION`. Its rules are step rules. Where
a step of `library/steps` says the path already, the file takes that step and gives it the id.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.library.registry import step_rules
from nephograph.model.rule import Atom, StepRule, atom


class Escalation(msgspec.Struct, frozen=True):
    """One documented path.

    `id` is that of pathfinding.cloud (DataDog, Apache-2.0). `needs` says what has to be there beside permissions,
    `yields` what the principal has at the end, `fix` how to take the path away. `where` narrows a rule that says
    several paths to this one: values of its variables.
    """

    id: str
    rules: tuple[StepRule, ...]
    yields: str
    fix: str
    needs: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    title: str = ""
    """The first line of its file; whoever finds the file sets it."""

    @property
    def permissions(self) -> tuple[str, ...]:
        """The actions its rules ask for, in their order."""
        named = dict(self.where)
        found = (_action(one, named) for rule in self.rules for one in rule.when)
        return tuple(dict.fromkeys(action for action in found if action))

    @property
    def techniques(self) -> tuple[str, ...]:
        """Its MITRE ATT&CK ids."""
        return tuple(dict.fromkeys(technique for rule in self.rules for technique in rule.techniques))

    @property
    def references(self) -> tuple[str, ...]:
        """Pages that describe it."""
        pages = (page for rule in self.rules for page in rule.references)
        return tuple(dict.fromkeys((f"https://pathfinding.cloud/paths/{self.id}", *pages)))


_ACTIONS = {"can_pass": "iam:PassRole", "can_assume": "sts:AssumeRole"}
"""Predicates that ask for one action, beside those that name theirs."""


def _action(asked: Atom, named: dict[str, str]) -> str:
    if asked.terms[0] != "?principal":
        return ""
    if asked.predicate in ("can", "can_rewrite", "may", "rewrites_itself"):
        return named.get(asked.terms[1], asked.terms[1])
    return _ACTIONS.get(asked.predicate, "")


def _asks(action: str) -> str:
    """Actions that add a policy are asked with the policy that is added."""
    return "can_rewrite" if action.startswith(("iam:Attach", "iam:Put")) else "can"


def step(name: str, *more: Atom) -> StepRule:
    """The step rule of that name, which says this path; `more` is what the path needs beside it."""
    found = next(rule for rule in step_rules() if rule.name == name)
    return msgspec.structs.replace(found, when=(*found.when, *more)) if more else found


def passing(
    name: str,
    service: str,
    actions: Iterable[str],
    *,
    says: str,
    label: str,
    techniques: tuple[str, ...],
    page: str,
    more: tuple[Atom, ...] = (),
) -> StepRule:
    """The principal hands a role to a service, which then runs the principal's code as that role."""
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("lesser", "?principal"),
            atom("can_pass", "?principal", "?role", service),
            *(atom("may", "?principal", action) for action in actions),
            *more,
        ),
        then=atom("has", "?role"),
        source="?principal",
        target="?role",
        says=says,
        label=label,
        techniques=("T1548.005", *techniques),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html", page),
    )


def taking(
    name: str,
    thing: str,
    actions: Iterable[str],
    *,
    says: str,
    label: str,
    techniques: tuple[str, ...],
    page: str,
    more: tuple[Atom, ...] = (),
) -> StepRule:
    """The principal does the actions on something that exists (`is_instance`, …), and so runs its own code on it.

    What it runs as is the step after that (`workload-identity`).
    """
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("lesser", "?principal"),
            atom(f"is_{thing}", f"?{thing}"),
            *(atom("can", "?principal", action, f"?{thing}") for action in actions),
            *more,
        ),
        then=atom("has", f"?{thing}"),
        source="?principal",
        target=f"?{thing}",
        says=says,
        label=label,
        techniques=techniques,
        references=(page,),
    )


def raising(
    name: str,
    actions: Iterable[tuple[str, str]],
    *,
    says: str,
    label: str,
    techniques: tuple[str, ...],
    more: tuple[Atom, ...] = (),
) -> StepRule:
    """The principal rewrites the policies of another one (`?target`) and becomes it: administrator of the account.

    `actions` are pairs (action, variable it is done on).
    """
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("lesser", "?principal"),
            *(atom(_asks(action), "?principal", action, what) for action, what in actions),
            atom("can_raise", "?principal", "?target", "?account"),
            *more,
        ),
        then=atom("admin", "?account"),
        source="?principal",
        target="?account",
        says=says,
        label=label,
        techniques=techniques,
        references=(
            "https://docs.aws.amazon.com/service-authorization/latest/reference/"
            "list_awsidentityandaccessmanagementiam.html",
        ),
    )
