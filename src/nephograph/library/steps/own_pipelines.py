"""A pipeline of one's own that runs what somebody else wrote: a dependency, an action, a merged change."""

from nephograph.model.rule import StepRule, atom

_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html"


def _pipeline(word: str, provider: str) -> StepRule:
    return StepRule(
        name=f"pipeline-{word}",
        when=(atom("admits_pipeline", "?role", provider, "?pipeline"),),
        then=atom("has", "?role"),
        source="?pipeline",
        target="?role",
        says=f"code that runs in a {provider} pipeline of {{pipeline}} becomes {{role}}",
        label="sts:AssumeRoleWithWebIdentity",
        techniques=("T1195.001", "T1078.004"),
        references=(_PAGE,),
        on_request=word,
    )


STEPS = (
    _pipeline("github", "GitHub"),
    _pipeline("gitlab", "GitLab"),
    _pipeline("hcp-terraform", "HCP Terraform"),
)
"""Asked for with `--from github`, `--from gitlab`, `--from hcp-terraform`."""
