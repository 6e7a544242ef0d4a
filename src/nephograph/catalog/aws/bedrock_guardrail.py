"""Bedrock guardrail: what prompts and answers of models are filtered for.

A filter may be there and do nothing: its strength is NONE, it is switched off, or what it finds is only told.
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailContentFilterConfig.html
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, items, mapping, reference, text, texts
from nephograph.catalog.readers import each, pluck, tags
from nephograph.model.resource import Class


def _filters(name: str, words: tuple[str, ...]) -> Reader:
    """The filters at a path: `words` are how the dialect calls their parts, in the order of `_PARTS`."""

    def one(block: Cursor) -> dict[str, Tree]:
        return {part: block.at(word) for part, word in zip(_PARTS, words, strict=True)}

    return each(name, one)


_PARTS = (
    "type",
    "input_strength",
    "output_strength",
    "input_action",
    "output_action",
    "input_enabled",
    "output_enabled",
)
_CAMEL = tuple("".join(word.title() for word in part.split("_")) for part in _PARTS)
_API = tuple(word[0].lower() + word[1:] for word in _CAMEL)

KIND = Kind(
    native="AWS::Bedrock::Guardrail",
    service="bedrock",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:bedrock:{region}:{account}:guardrail/{guardrail_id}",
    id="{guardrail_id}",
    label="name",
    fields={
        "name": text(),
        "guardrail_id": text(),
        "kms_key": reference("aws_kms_key"),
        # Of harmful content and of prompt attacks: SEXUAL, VIOLENCE, HATE, INSULTS, MISCONDUCT, PROMPT_ATTACK.
        "filters": items(
            type=text(),
            input_strength=text(),
            output_strength=text(),
            input_action=text(default="BLOCK"),
            output_action=text(default="BLOCK"),
            input_enabled=flag(default=True),
            output_enabled=flag(default=True),
        ),
        # What is taken out of prompts and answers, by the type of it (EMAIL, AWS_SECRET_KEY …).
        "personal_data": texts(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrock_guardrail",
            {
                "name": "name",
                "guardrail_id": "guardrail_id",
                "kms_key": "kms_key_arn",
                "filters": _filters("content_policy_config.filters_config", _PARTS),
                "personal_data": pluck("sensitive_information_policy_config.pii_entities_config", "type"),
                "tags": "tags",
            },
            computed={"guardrail_arn": "arn", "guardrail_id": "{guardrail_id}"},
            ignores=(
                "blocked_input_messaging",
                "blocked_outputs_messaging",
                "contextual_grounding_policy_config",
                "created_at",
                "cross_region_config",
                "description",
                "guardrail_arn",
                "status",
                "topic_policy_config",
                "version",
                "word_policy_config",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Bedrock::Guardrail",
            {
                "name": "Name",
                "kms_key": "KmsKeyArn",
                "filters": _filters("ContentPolicyConfig.FiltersConfig", _CAMEL),
                "personal_data": pluck("SensitiveInformationPolicyConfig.PiiEntitiesConfig", "Type"),
                "tags": tags("Tags"),
            },
            computed={"Ref": "arn", "GuardrailId": "{guardrail_id}", "GuardrailArn": "arn"},
            ignores=(
                "AutomatedReasoningPolicyConfig",
                "BlockedInputMessaging",
                "BlockedOutputsMessaging",
                "ContextualGroundingPolicyConfig",
                "CrossRegionConfig",
                "Description",
                "TopicPolicyConfig",
                "WordPolicyConfig",
            ),
        ),
        Spelling(
            "api",
            "bedrock:ListGuardrails",
            {"name": "name", "guardrail_id": "id"},
            items="guardrails.*",
            key="id",
            ignores=("arn", "createdAt", "crossRegionDetails", "description", "status", "updatedAt", "version"),
        ),
        Spelling(
            "api",
            "bedrock:GetGuardrail",
            {
                "name": "name",
                "guardrail_id": "guardrailId",
                "kms_key": "kmsKeyArn",
                "filters": _filters("contentPolicy.filters", _API),
                "personal_data": pluck("sensitiveInformationPolicy.piiEntities", "type"),
            },
            key="guardrailId",
            ignores=(
                "automatedReasoningPolicy",
                "blockedInputMessaging",
                "blockedOutputsMessaging",
                "contextualGroundingPolicy",
                "createdAt",
                "crossRegionDetails",
                "description",
                "failureRecommendations",
                "guardrailArn",
                "status",
                "statusReasons",
                "topicPolicy",
                "updatedAt",
                "version",
                "wordPolicy",
            ),
        ),
        Spelling(
            "api",
            "bedrock:ListTagsForResource",
            {"tags": tags("tags")},
            part_of="resourceARN",
            asks=("resourceARN",),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html",
    ),
)
