"""Things in which a service runs code, or acts, as a role: projects, jobs, notebooks, stacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, Predicate, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends, yes


class Thing(NamedTuple):
    """A sort of thing: a word for its predicate, words for people, its kind."""

    word: str
    says: str
    kind: str


THINGS = (
    Thing("app_runner_service", "an App Runner service", "aws_apprunner_service"),
    Thing("code_interpreter", "a Bedrock AgentCore code interpreter", "aws_bedrockagentcore_code_interpreter"),
    Thing("stack", "a CloudFormation stack", "aws_cloudformation_stack"),
    Thing("build_project", "a CodeBuild project", "aws_codebuild_project"),
    Thing("dev_endpoint", "a Glue development endpoint", "aws_glue_dev_endpoint"),
    Thing("glue_job", "a Glue job", "aws_glue_job"),
    Thing("notebook", "a SageMaker notebook instance", "aws_sagemaker_notebook_instance"),
    Thing("stack_set", "a CloudFormation stack set", "aws_cloudformation_stack_set"),
)


def things(facts: EstateFacts) -> list[Resource]:
    """Every thing of the estate."""
    return [resource for thing in THINGS for resource in facts.resources(thing.kind)]


def roles_of(facts: EstateFacts, resource: Resource) -> Iterator[tuple[Resource, Verdict]]:
    """The roles a thing runs as, each with how well that is known."""
    roles = facts.attached(resource, "runs_as", "aws_iam_role")
    for role in roles:
        yield role, yes(evidence(f"{resource.kind} {name(resource)} runs as role {name(role)}", resource, "role"))
    said = resource.get("role")
    if not roles and isinstance(said, Unknown) and said.ref is None:
        for role in facts.attached(resource, "refers_to", "aws_iam_role"):
            yield role, depends(f"which role {resource.address} runs as: {said}")


def _is_thing(thing: Thing) -> Predicate:
    def find(facts: EstateFacts, args: Args) -> Iterator[Fact]:
        for resource in bound(facts, args[0], facts.resources(thing.kind)):
            proof = evidence(f"{name(resource)} is {thing.says}", resource)
            yield fact(f"is_{thing.word}", resource.urn, verdict=yes(proof))

    return Predicate(f"is_{thing.word}", 1, f"The resource is {thing.says}.", find)


is_app_runner_service, is_code_interpreter, is_stack, is_build_project = (_is_thing(thing) for thing in THINGS[:4])
is_dev_endpoint, is_glue_job, is_notebook = (_is_thing(thing) for thing in THINGS[4:7])


@predicate(2)
def administered_by(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """CloudFormation administers the stack set as the role, which becomes the roles that deploy.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
    """
    for resource in bound(facts, args[0], facts.resources("aws_cloudformation_stack_set")):
        for role, verdict in roles_of(facts, resource):
            if args[1] in (None, role.urn):
                yield fact("administered_by", resource.urn, role.urn, verdict=verdict)


@predicate(1)
def builds_batches(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The CodeBuild project is configured for batch builds.

    https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html
    """
    for project in bound(facts, args[0], facts.resources("aws_codebuild_project")):
        said = project.get("builds_batches")
        if isinstance(said, Unknown):
            verdict = depends(f"whether {project.address} builds in batches: {said}")
        elif said:
            verdict = yes(evidence(f"{name(project)} is configured for batch builds", project, "builds_batches"))
        else:
            continue
        yield fact("builds_batches", project.urn, verdict=verdict)
