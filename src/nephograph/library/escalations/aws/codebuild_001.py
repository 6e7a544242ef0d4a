"""A new build project runs commands as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="codebuild-001",
    rules=(
        passing(
            "codebuild-001",
            "codebuild.amazonaws.com",
            ("codebuild:CreateProject", "codebuild:StartBuild"),
            says="{principal} builds a project of its own as {role}",
            label="PassRole + CreateProject",
            techniques=("T1648",),
            page=(
                "https://docs.aws.amazon.com/codebuild/latest/userguide/"
                "auth-and-access-control-iam-identity-based-access-control.html"
            ),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the build roles of the principal's own projects; keep deployment "
        "rights out of build roles."
    ),
    needs=("a role that trusts codebuild.amazonaws.com",),
)
