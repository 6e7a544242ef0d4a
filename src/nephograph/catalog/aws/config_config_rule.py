"""Rule of AWS Config: what is judged, by a rule of AWS, by a function of the account's own, or by a text."""

import json

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, mapping, reference, text, texts
from nephograph.catalog.readers import pluck, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _judge(source: str, owner: str, identifier: str, own: bool) -> Reader:
    """The identifier of a rule: the ARN of a function of the account's own, else the name of a rule of AWS."""

    def read(document: Cursor) -> Tree:
        said = document.at(source)
        return said.at(identifier) if (said.at(owner).value == "CUSTOM_LAMBDA") is own else None

    return read


def _parameters(name: str) -> Reader:
    """What the rule is told, which is a JSON text or the object that it says."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if not isinstance(said.value, str):
            return said
        try:
            return said.be(json.loads(said.value) if said.value else None)
        except (ValueError, RecursionError) as error:
            return said.be(Unknown(Reason.INVALID, f"parameters are not JSON: {error}"))

    return read


_SNAKE = ("source", "owner", "source_identifier")
_CAMEL = ("Source", "Owner", "SourceIdentifier")

KIND = Kind(
    native="AWS::Config::ConfigRule",
    service="config",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:config:{region}:{account}:config-rule/{rule_id}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "rule_id": text(),
        # AWS, CUSTOM_LAMBDA or CUSTOM_POLICY.
        "owner": text(),
        "identifier": text(),
        "function": reference("aws_lambda_function"),
        "types": texts(),
        "parameters": mapping(),
        "frequency": text(),
        "modes": texts(),
        "state": text(),
        "created_by": text(),
        "tags": mapping(),
    },
    links=(Link("runs", "function"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_config_config_rule",
            {
                "name": "name",
                "rule_id": "rule_id",
                "owner": "source.owner",
                "identifier": _judge(*_SNAKE, own=False),
                "function": _judge(*_SNAKE, own=True),
                "types": "scope.compliance_resource_types",
                "parameters": _parameters("input_parameters"),
                "frequency": "maximum_execution_frequency",
                "modes": pluck("evaluation_mode", "mode"),
                "tags": "tags",
            },
            computed={"name": "{name}", "rule_id": "{rule_id}"},
            ignores=("description",),
        ),
        Spelling(
            "cloudformation",
            "AWS::Config::ConfigRule",
            {
                "name": "ConfigRuleName",
                "owner": "Source.Owner",
                "identifier": _judge(*_CAMEL, own=False),
                "function": _judge(*_CAMEL, own=True),
                "types": "Scope.ComplianceResourceTypes",
                "parameters": _parameters("InputParameters"),
                "frequency": "MaximumExecutionFrequency",
                "modes": pluck("EvaluationModes", "Mode"),
            },
            computed={"ConfigRuleId": "{rule_id}"},
            ignores=("Compliance", "Description"),
        ),
        Spelling(
            "api",
            "config:DescribeConfigRules",
            {
                "name": "ConfigRuleName",
                "rule_id": "ConfigRuleId",
                "owner": "Source.Owner",
                "identifier": _judge(*_CAMEL, own=False),
                "function": _judge(*_CAMEL, own=True),
                "types": "Scope.ComplianceResourceTypes",
                "parameters": _parameters("InputParameters"),
                "frequency": "MaximumExecutionFrequency",
                "modes": pluck("EvaluationModes", "Mode"),
                "state": "ConfigRuleState",
                "created_by": "CreatedBy",
            },
            items="ConfigRules.*",
            key="ConfigRuleName",
            ignores=("ConfigRuleArn", "Description", "RuleEvaluationVisibility"),
        ),
        Spelling(
            "api", "config:ListTagsForResource", {"tags": tags("Tags")}, part_of="ResourceArn", asks=("ResourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html",),
)
