"""Things in which a service runs code, or acts, as a role: projects, jobs, notebooks, stacks.

The catalog does not know most of these kinds yet. Where it does, the edge `runs_as` says the role. Where it does not,
the resource stands in the estate as it was written, and the attribute that holds its role is named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, Predicate, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends, yes


class Thing(NamedTuple):
    """A kind of thing: a word for its predicate, words for people, and by the types of the sources its role's place."""

    word: str
    says: str
    service: str
    roles: dict[str, Path]


THINGS = (
    Thing(
        "app_runner_service",
        "an App Runner service",
        "apprunner",
        {
            "aws_apprunner_service": ("instance_configuration", 0, "instance_role_arn"),
            "AWS::AppRunner::Service": ("InstanceConfiguration", "InstanceRoleArn"),
        },
    ),
    Thing(
        "code_interpreter",
        "a Bedrock AgentCore code interpreter",
        "bedrock-agentcore",
        {
            "aws_bedrockagentcore_code_interpreter": ("execution_role_arn",),
            "AWS::BedrockAgentCore::CodeInterpreterCustom": ("ExecutionRoleArn",),
        },
    ),
    Thing("stack", "a CloudFormation stack", "cloudformation", {"aws_cloudformation_stack": ("iam_role_arn",)}),
    Thing(
        "stack_set",
        "a CloudFormation stack set",
        "cloudformation",
        {
            "aws_cloudformation_stack_set": ("administration_role_arn",),
            "AWS::CloudFormation::StackSet": ("AdministrationRoleARN",),
        },
    ),
    Thing(
        "build_project",
        "a CodeBuild project",
        "codebuild",
        {"aws_codebuild_project": ("service_role",), "AWS::CodeBuild::Project": ("ServiceRole",)},
    ),
    Thing(
        "dev_endpoint",
        "a Glue development endpoint",
        "glue",
        {"aws_glue_dev_endpoint": ("role_arn",), "AWS::Glue::DevEndpoint": ("RoleArn",)},
    ),
    Thing("glue_job", "a Glue job", "glue", {"aws_glue_job": ("role_arn",), "AWS::Glue::Job": ("Role",)}),
    Thing(
        "notebook",
        "a SageMaker notebook instance",
        "sagemaker",
        {"aws_sagemaker_notebook_instance": ("role",)},
    ),
)

_OF_TYPE = {type_: thing for thing in THINGS for type_ in thing.roles}
_BATCHES = {"aws_codebuild_project": "build_batch_config", "AWS::CodeBuild::Project": "BuildBatchConfig"}


def service_of(type_: str) -> str:
    """The service of a type the catalog does not know, "" where it is not known here either."""
    return _OF_TYPE[type_].service if type_ in _OF_TYPE else ""


def things(facts: EstateFacts, thing: Thing | None = None) -> list[Resource]:
    """Every thing of the estate, or those of one sort."""
    types = thing.roles if thing is not None else _OF_TYPE
    return [resource for type_ in sorted(types) for resource in facts.resources(type_)]


def roles_of(facts: EstateFacts, resource: Resource) -> Iterator[tuple[Resource, Verdict]]:
    """The roles a thing runs as, each with how well that is known."""
    roles = facts.attached(resource, "runs_as", "aws_iam_role")
    path = ("role",) if roles else _OF_TYPE[resource.kind].roles[resource.kind]
    for role in roles or _named(facts, resource, path):
        yield role, yes(evidence(f"{resource.kind} {name(resource)} runs as role {name(role)}", resource, *path))
    if not roles and _left_open(resource, path):
        for role in facts.attached(resource, "refers_to", "aws_iam_role"):
            yield role, depends(f"which role {resource.address} runs as: {resource.get(*path)}")


def _named(facts: EstateFacts, resource: Resource, path: Path) -> list[Resource]:
    """The role an attribute leads to: by reference, ARN or name."""
    said = resource.get(*path)
    if isinstance(said, Unknown):
        linked = facts.attached(resource, "refers_to", "aws_iam_role")
        return [role for role in linked if said.ref is not None and said.ref.address == role.address]
    if not isinstance(said, str) or not said:
        return []
    if said.startswith("arn:"):
        role = facts.estate.by_arn(said)
        return [role] if role is not None and role.kind == "aws_iam_role" else []
    account = resource.scope.account
    return [r for r in facts.resources("aws_iam_role") if r.label == said and r.scope.account == account]


def _left_open(resource: Resource, path: Path) -> bool:
    said = resource.get(*path)
    return isinstance(said, Unknown) and said.ref is None


def _is_thing(thing: Thing) -> Predicate:
    def find(facts: EstateFacts, args: Args) -> Iterator[Fact]:
        for resource in bound(facts, args[0], things(facts, thing)):
            proof = evidence(f"{name(resource)} is {thing.says}", resource)
            yield fact(f"is_{thing.word}", resource.urn, verdict=yes(proof))

    return Predicate(f"is_{thing.word}", 1, f"The resource is {thing.says}.", find)


is_app_runner_service, is_code_interpreter, is_stack, is_stack_set = (_is_thing(thing) for thing in THINGS[:4])
is_build_project, is_dev_endpoint, is_glue_job, is_notebook = (_is_thing(thing) for thing in THINGS[4:])


@predicate(2)
def administered_by(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """CloudFormation administers the stack set as the role, which becomes the roles that deploy.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
    """
    thing = next(thing for thing in THINGS if thing.word == "stack_set")
    for resource in bound(facts, args[0], things(facts, thing)):
        for role, verdict in roles_of(facts, resource):
            if args[1] in (None, role.urn):
                yield fact("administered_by", resource.urn, role.urn, verdict=verdict)


@predicate(1)
def builds_batches(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The CodeBuild project is configured for batch builds.

    https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html
    """
    thing = next(thing for thing in THINGS if thing.word == "build_project")
    for project in bound(facts, args[0], things(facts, thing)):
        field = _BATCHES[project.kind]
        said = project.get(field)
        if isinstance(said, Unknown):
            verdict = depends(f"whether {project.address} builds in batches: {said}")
        elif said:
            verdict = yes(evidence(f"{name(project)} is configured for batch builds", project, field))
        else:
            continue
        yield fact("builds_batches", project.urn, verdict=verdict)
