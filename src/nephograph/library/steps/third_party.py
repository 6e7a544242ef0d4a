"""An account that is not in the estate: of a vendor, of a partner, of nobody knows whom."""

from nephograph.model.rule import StepRule, atom

_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html"

STEPS = (
    StepRule(
        name="third-party",
        when=(atom("trusts_account", "?role", "?account", "with"),),
        then=atom("has", "?role"),
        source="?account",
        target="?role",
        says="{account}, which is not in the estate, assumes {role} with the external id it was given",
        label="sts:AssumeRole",
        techniques=("T1199",),
        references=(_PAGE,),
        on_request="third-party",
    ),
    StepRule(
        name="third-party-without-external-id",
        when=(atom("trusts_account", "?role", "?account", "without"),),
        then=atom("has", "?role"),
        source="?account",
        target="?role",
        says="{account}, which is not in the estate, assumes {role}, and no external id tells its customers apart",
        label="sts:AssumeRole",
        techniques=("T1199",),
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",),
        on_request="third-party",
    ),
    StepRule(
        name="copy-shared-with-account",
        when=(atom("shared_with_account", "?copy", "?account"),),
        then=atom("reads", "?copy"),
        source="?account",
        target="?copy",
        says="{account}, which is not in the estate, copies {copy}",
        label="shared",
        techniques=("T1537",),
        references=("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",),
        on_request="third-party",
    ),
)
