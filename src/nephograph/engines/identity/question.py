"""One question to the engine: the choices of the caller and the set of resources around the scalar evaluation."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from nephograph.engines.identity import scope
from nephograph.engines.identity.choice import LIMIT, Choice, Option, choices, fixed, is_stand_in
from nephograph.engines.identity.condition import Context, Known
from nephograph.engines.identity.layers import Layers, decide
from nephograph.engines.identity.request import Principal, Request, account_of, base_context, same_account
from nephograph.engines.identity.scope import Region, Regions
from nephograph.engines.identity.statement import Test
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, any_of, depends


class Answer(msgspec.Struct, frozen=True):
    """The verdict, what has to hold of the request, and the request that decided: one that stands for the question."""

    verdict: Verdict
    condition: tuple[str, ...]
    request: Request


class Question:
    """One question: a principal, an action, and one resource or a set of them.

    `layers` hold what can mean the action; other statements change nothing and cost time.
    """

    def __init__(
        self,
        principal: Principal,
        action: str,
        resource: Resource | None,
        arn: str,
        layers: Layers,
        given: Mapping[str, Known],
    ) -> None:
        self._principal = principal
        self._action = action
        self._resource = resource
        self._arn = arn
        self._layers = layers
        self._given = {key.lower(): known for key, known in given.items()}
        self._anywhere = arn == "*"
        self._objects = (
            resource is not None
            and resource.kind == "aws_s3_bucket"
            and scope.is_object_action(action)
            and arn == resource.arn
        )

    def answer(self) -> Answer:
        """What the question comes to."""
        layers = self._layers
        context = self._context(layers)
        if not self._objects and not self._anywhere:
            return self._at(layers, self._arn, context, "")
        if self._anywhere:
            whole = self._at(layers, "*", context, "")
            if whole.verdict.answer == "yes":
                return whole
        prefix = "" if self._anywhere else f"{self._arn}/"
        found = scope.regions(prefix, (*layers.identity, *layers.resource), context)
        return self._somewhere(layers, found, context)

    def _somewhere(self, layers: Layers, found: Regions, context: Context) -> Answer:
        """Is some resource of a set allowed? The whole set first, then the parts that statements single out."""
        best = self._at(layers, found.whole.arn, context, "")
        if best.verdict.answer != "depends":
            return best
        outcomes: list[Verdict] = []
        for region in (found.whole, *found.parts):
            for arn, words in ((region.arn, _under(region)), (region.witness, _within(region))):
                part = self._at(layers, arn, context, words)
                if part.verdict.answer == "yes":
                    return part
                if arn == region.arn and region is not found.whole:
                    outcomes.append(part.verdict)
                    if part.verdict.answer == "depends":
                        best = _better(best, part)
        if found.covering and all(outcome.answer == "no" for outcome in outcomes):
            return Answer(any_of(outcomes) if outcomes else Verdict("no", best.verdict.because), (), best.request)
        return best

    def _at(self, layers: Layers, arn: str, context: Context, words: str) -> Answer:
        """One resource, over the choices of the caller."""
        account = self._account(arn)
        tests = list(_tests(layers))
        chosen = choices([t for t in tests if t.key.lower() not in self._given], self._principal, context)
        request = self._request(arn, account, context)
        plain = self._elsewhere(arn, decide(layers, request))
        said = (words,) if words else ()
        if plain.answer != "depends" or not chosen:
            return Answer(plain, (*said, *_residual(plain)), request)
        complete = all(choice.complete for choice in chosen)
        left_open: list[tuple[Verdict, Request]] = []
        combinations = itertools.islice(itertools.product(*(c.options for c in chosen)), LIMIT + 1)
        for number, combination in enumerate(combinations):
            if number == LIMIT:
                complete = False
                break
            options = dict(zip((c.key for c in chosen), combination, strict=True))
            asked = self._request(arn, account, context.having(_known(options)))
            verdict = self._elsewhere(arn, decide(layers, asked))
            needs = [option.needs for option in combination if option.needs]
            if verdict.answer == "yes" and needs:
                verdict = depends(*needs, because=verdict.because)
            if verdict.answer == "yes":
                return Answer(verdict, (*said, *_choices_said(chosen, combination)), asked)
            if verdict.answer == "depends":
                left_open.append((verdict, asked))
        if not left_open and complete:
            return Answer(Verdict("no", plain.because), (), request)
        best, decided = min(left_open, key=lambda one: len(one[0].depends_on), default=(plain, request))
        return Answer(best, (*said, *_residual(best)), decided)

    def _request(self, arn: str, account: str, context: Context) -> Request:
        owner = self._resource.arn if self._resource is not None else ""
        return Request(self._principal, self._action, arn, account, context, owner)

    def _account(self, arn: str) -> str:
        if self._resource is not None:
            return account_of(self._resource.arn) or self._resource.scope.account
        # "Some resource" is one of the principal's own account.
        return self._principal.account if self._anywhere else account_of(arn) or self._principal.account

    def _elsewhere(self, arn: str, verdict: Verdict) -> Verdict:
        """Asked of "some resource", what a statement names in another account also takes that account's consent."""
        account = account_of(arn) if self._anywhere and arn != "*" else ""
        if verdict.answer != "yes" or not account or is_stand_in(account):
            return verdict
        if same_account(account, self._principal.account).answer == "yes":
            return verdict
        return depends(f"whether account {account} grants it too", because=verdict.because)

    def _context(self, layers: Layers) -> Context:
        account = self._account(self._arn)
        keys = base_context(self._principal, account, self._resource)
        keys |= fixed(_tests(layers), self._principal)
        return Context(keys).having(self._given)


def _tests(layers: Layers) -> Iterable[Test]:
    """Every condition of every layer."""
    return (test for policy in layers.policies for statement in policy.statements for test in statement.conditions)


def _known(options: dict[str, Option]) -> dict[str, Known]:
    return {key: option.known for key, option in options.items()}


def _choices_said(chosen: Sequence[Choice], combination: Sequence[Option]) -> tuple[str, ...]:
    """The choices worth saying: those that policies name."""
    said = (option.words for _, option in zip(chosen, combination, strict=True) if option.words)
    return tuple(words for words in said if not words.endswith(("policies name", "left out")))


def _residual(verdict: Verdict) -> tuple[str, ...]:
    """What has to hold of the request, among what a verdict depends on."""
    return tuple(reason for reason in verdict.depends_on if reason.startswith(("if ", "unless ")))


def _better(one: Answer, other: Answer) -> Answer:
    """Of two open answers the one with fewer questions."""
    return other if len(other.verdict.depends_on) < len(one.verdict.depends_on) else one


def _under(region: Region) -> str:
    if not region.words:
        return ""
    kind = "resources" if region.words.startswith(("arn:", "*")) else "objects"
    return f"for {kind} {'under' if region.words.endswith('*') else 'named'} {region.words}"


def _within(region: Region) -> str:
    words = _under(region)
    return f"{words}, outside of what is denied" if words else "for objects outside of what is denied"
