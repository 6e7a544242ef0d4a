"""A CI identity provider hands a role to repositories that nobody here owns."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="ci-strangers",
        when=(atom("admits_strangers", "?role", "?provider"),),
        then=atom("has", "?role"),
        source="?provider",
        target="?role",
        says="a pipeline of any stranger on {provider} becomes {role}",
        label="sts:AssumeRoleWithWebIdentity",
        techniques=("T1199", "T1078.004"),
        references=(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
            "https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
        ),
    ),
)
