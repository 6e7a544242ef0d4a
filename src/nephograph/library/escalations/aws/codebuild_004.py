"""A new build project runs a batch of commands as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="codebuild-004",
    rules=(
        passing(
            "codebuild-004",
            "codebuild.amazonaws.com",
            ("codebuild:CreateProject", "codebuild:StartBuildBatch"),
            says="{principal} builds a batch of its own project as {role}",
            label="PassRole + StartBuildBatch",
            techniques=("T1648",),
            page=(
                "https://docs.aws.amazon.com/codebuild/latest/userguide/"
                "auth-and-access-control-iam-identity-based-access-control.html"
            ),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the build roles of the principal's own projects: to withhold "
        "codebuild:StartBuild alone leaves batches open."
    ),
    needs=("a role that trusts codebuild.amazonaws.com",),
)
