"""A build of an existing project is started with another buildspec."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="codebuild-002",
    rules=(
        taking(
            "codebuild-002",
            "build_project",
            ("codebuild:StartBuild",),
            says="{principal} starts {build_project} with a buildspec of its own",
            label="StartBuild",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html",
        ),
    ),
    yields="the permissions of the role that the project runs as",
    fix=(
        "Let codebuild:StartBuild name projects, and give each project's role no more than those who "
        "may start it have: a caller may override the buildspec."
    ),
    needs=("a build project with a service role",),
)
