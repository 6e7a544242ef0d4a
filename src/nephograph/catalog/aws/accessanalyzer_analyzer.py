"""IAM Access Analyzer: whose access is looked for (the account's, the organization's), and what is put aside unseen."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Spelling, keyed, mapping, number, text
from nephograph.catalog.readers import each, one, tags
from nephograph.model.resource import Class

_ANSWER: Fields = {
    "name": "name",
    "type": "type",
    "unused_days": "configuration.unusedAccess.unusedAccessAge",
    "status": "status",
    "last_look": "lastResourceAnalyzedAt",
    "tags": "tags",
}
_LOOKED_AT = ("createdAt", "lastResourceAnalyzed", "managedBy", "statusReason")


def _archived(document: Cursor) -> Tree:
    return each("archiveRules", lambda rule: {"name": rule.at("ruleName")})(document) or None


KIND = Kind(
    native="AWS::AccessAnalyzer::Analyzer",
    service="access-analyzer",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:access-analyzer:{region}:{account}:analyzer/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        # ACCOUNT or ORGANIZATION, with _UNUSED_ACCESS or _INTERNAL_ACCESS behind it.
        "type": text(default="ACCOUNT"),
        "unused_days": number(),
        "status": text(),
        "last_look": text(),
        # Findings that fit one of these are archived as they arise.
        "archive_rules": keyed("name", name=text()),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_accessanalyzer_analyzer",
            {
                "name": "analyzer_name",
                "type": "type",
                "unused_days": "configuration.unused_access.unused_access_age",
                "tags": "tags",
            },
            computed={"analyzer_name": "{name}"},
        ),
        Spelling(
            "terraform",
            "aws_accessanalyzer_archive_rule",
            {"archive_rules": one(lambda rule: {"name": rule.at("rule_name")})},
            part_of="analyzer_name",
            ignores=("filter",),
        ),
        Spelling(
            "cloudformation",
            "AWS::AccessAnalyzer::Analyzer",
            {
                "name": "AnalyzerName",
                "type": "Type",
                "unused_days": "AnalyzerConfiguration.UnusedAccessConfiguration.UnusedAccessAge",
                "archive_rules": each("ArchiveRules", lambda rule: {"name": rule.at("RuleName")}),
                "tags": tags("Tags"),
            },
            computed={"Ref": "arn"},
        ),
        Spelling(
            "api",
            "accessanalyzer:ListAnalyzers",
            _ANSWER,
            items="analyzers.*",
            key="name",
            ignores=_LOOKED_AT,
        ),
        Spelling(
            "api",
            "accessanalyzer:GetAnalyzer",
            _ANSWER,
            items="analyzer",
            key="name",
            ignores=_LOOKED_AT,
        ),
        Spelling(
            "api",
            "accessanalyzer:ListArchiveRules",
            {"archive_rules": _archived},
            part_of="analyzerName",
            asks=("analyzerName",),
        ),
    ),
    references=("https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html",),
)
