"""Estates as sets of policies: what is known is in them as it is, what is not is open, with a reason, or counted."""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Iterable
from typing import Any

import pytest

from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.estates import policy_set, translated
from nephograph.engines.permissions.policyset import PolicySet
from nephograph.model.value import CLOSE, OPEN, Unknown
from tests.engines.identity.estates import Builder
from tests.support.trees import estate_of

ACCOUNT = "111122223333"
PROVIDER = f"""
    provider "aws" {{
      region              = "eu-west-1"
      allowed_account_ids = ["{ACCOUNT}"]
    }}
    variable "open" {{}}
    variable "other" {{}}
"""
DOCUMENT = """jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = %s, Resource = %s }] })"""
APP, ANN = f"arn:aws:iam::{ACCOUNT}:role/app", f"arn:aws:iam::{ACCOUNT}:user/ann"


@pytest.fixture
def read(tmp_path: pathlib.Path) -> Any:
    def reading(text: str, provider: str = PROVIDER) -> PolicySet:
        return policy_set(estate_of(tmp_path, main=provider + text).estate)[0]

    return reading


def policy(actions: str, resources: str = '"*"') -> str:
    return DOCUMENT % (actions, resources)


def role(more: str = "", trust: str = "", name: str = "app") -> str:
    trusted = trust or 'jsonencode({ Version = "2012-10-17", Statement = [] })'
    return f"""
    resource "aws_iam_role" "{name}" {{
      name               = "{name}"
      assume_role_policy = {trusted}
      {more}
    }}
    """


def unknown(policies: PolicySet, numbers: Iterable[int]) -> list[str]:
    return [policies.policies[n].unknown for n in numbers if policies.policies[n].unknown]


def documents(policies: PolicySet, numbers: Iterable[int]) -> list[Any]:
    assert policies.documents is not None
    return [policies.documents[n]["Statement"] for n in numbers if n in policies.documents]


def effect(policies: PolicySet, principal: str, action: str, resource: str = "*") -> str:
    return Engine(policies).can(principal, action, resource).effect


def test_policies_of_a_role_of_every_kind(read: Any) -> None:
    found = read(
        role('permissions_boundary = aws_iam_policy.bound.arn\ntags = { Team = "red", open = var.open }')
        + f"""
    resource "aws_iam_policy" "bound" {{
      name   = "bound"
      policy = {policy('"sqs:*"')}
    }}
    resource "aws_iam_policy" "held" {{
      name   = "held"
      policy = {policy('["s3:GetObject", "sqs:SendMessage"]')}
    }}
    resource "aws_iam_role_policy" "own" {{
      name   = "own"
      role   = aws_iam_role.app.name
      policy = {policy('"sqs:DeleteQueue"')}
    }}
    resource "aws_iam_role_policy_attachment" "held" {{
      role       = aws_iam_role.app.name
      policy_arn = aws_iam_policy.held.arn
    }}
    resource "aws_iam_role_policy_attachment" "aws" {{
      role       = aws_iam_role.app.name
      policy_arn = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
    }}
    """
    )
    entity = found.entities[APP]
    assert unknown(found, entity.policies) == []
    assert len(entity.policies) == 3
    assert len(entity.boundary) == 1
    assert entity.tags is None
    for action, said in (
        ("sqs:SendMessage", "allowed"),
        ("sqs:DeleteQueue", "allowed"),
        ("sqs:GetQueueAttributes", "allowed"),
        ("s3:GetObject", "implicitly_denied"),
        ("sqs:AddPermission", "implicitly_denied"),
    ):
        assert effect(found, APP, action) == said, action


def test_tags_that_are_known(read: Any) -> None:
    found = read(role('tags = { Team = "red" }') + role(name="bare") + 'resource "aws_iam_user" "ann" { name = "ann" }')
    assert found.entities[APP].tags == (("Team", "red"),)
    assert found.entities[APP.replace("app", "bare")].tags == ()
    assert found.entities[ANN].tags == ()


def test_what_is_not_known_of_a_role_is_open(read: Any) -> None:
    found = read(
        role("permissions_boundary = var.open")
        + f"""
    resource "aws_iam_role_policy_attachment" "a" {{
      role       = aws_iam_role.app.name
      policy_arn = var.open
    }}
    resource "aws_iam_role_policy_attachment" "b" {{
      role       = aws_iam_role.app.name
      policy_arn = "arn:aws:iam::999999999999:policy/elsewhere"
    }}
    resource "aws_iam_role_policy" "c" {{
      role   = aws_iam_role.app.name
      policy = var.open
    }}
    resource "aws_iam_role_policy" "d" {{
      role   = aws_iam_role.app.name
      policy = {policy("var.open")}
    }}
    resource "aws_iam_role_policy" "e" {{
      role   = aws_iam_role.app.name
      policy = "{{}}"
    }}
    """
    )
    entity = found.entities[APP]
    assert len(unknown(found, entity.policies)) == 5
    assert len(unknown(found, entity.boundary)) == 1
    assert any("malformed" in why for why in unknown(found, entity.policies))
    assert any("elsewhere" in why for why in unknown(found, entity.policies))
    assert effect(found, APP, "sqs:SendMessage") == "depends"


def test_groups_of_a_user(read: Any) -> None:
    found = read(
        f"""
    resource "aws_iam_user" "ann" {{ name = "ann" }}
    resource "aws_iam_user" "bob" {{ name = "bob" }}
    resource "aws_iam_group" "team" {{ name = "team" }}
    resource "aws_iam_group_policy" "team" {{
      group  = aws_iam_group.team.name
      policy = {policy('"sqs:SendMessage"')}
    }}
    resource "aws_iam_user_group_membership" "ann" {{
      user   = aws_iam_user.ann.name
      groups = [aws_iam_group.team.name]
    }}
    resource "aws_iam_user_group_membership" "bob" {{
      user   = aws_iam_user.bob.name
      groups = [var.open]
    }}
    """
    )
    assert effect(found, ANN, "sqs:SendMessage") == "allowed"
    bob = found.entities[ANN.replace("ann", "bob")]
    (why,) = unknown(found, bob.policies)
    assert why.startswith("which group")
    assert effect(found, bob.arn, "sqs:SendMessage") == "depends"


def test_resources_and_who_enters_a_role(read: Any) -> None:
    found = read(
        role(
            trust=policy('"sts:AssumeRole"').replace('Resource = "*"', 'Principal = { Service = "ec2.amazonaws.com" }')
        )
        + f"""
    resource "aws_sqs_queue" "jobs" {{
      name   = "jobs"
      tags   = {{ kind = "red" }}
      policy = {policy('"sqs:*"').replace("Resource =", 'Principal = "*", Resource =')}
    }}
    resource "aws_sqs_queue" "bare" {{ name = "bare" }}
    resource "aws_sqs_queue" "tagged" {{
      name = "tagged"
      tags = {{ kind = var.open }}
    }}
    resource "aws_sqs_queue" "open" {{
      name   = "open"
      policy = var.open
    }}
    resource "aws_kms_key" "k" {{ description = "without a policy" }}
    """
    )
    queue = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:"
    jobs = found.holdings[f"{queue}jobs"]
    assert (jobs.account, jobs.tags) == (ACCOUNT, (("kind", "red"),))
    assert len(jobs.policies) == 1
    assert f"{queue}bare" not in found.holdings
    assert f"{queue}tagged" not in found.holdings
    assert unknown(found, found.holdings[f"{queue}open"].policies)
    assert {f"{queue}jobs", f"{queue}bare", APP} <= set(found.inventory)
    assert effect(found, "ec2.amazonaws.com", "sts:AssumeRole", APP) == "allowed"
    assert effect(found, "sns.amazonaws.com", "sts:AssumeRole", APP) == "implicitly_denied"
    assert effect(found, "anonymous", "sqs:SendMessage", f"{queue}jobs") == "allowed"
    assert effect(found, "anonymous", "sqs:SendMessage", f"{queue}open") == "depends"
    (key,) = [arn for arn in found.holdings if ":kms:" in arn]
    (statement,) = documents(found, found.holdings[key].policies)[0]
    assert statement == {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "kms:*", "Resource": "*"}
    # A resource without a policy that is no key has none.
    assert not any(":sqs:" in arn and not held.policies for arn, held in found.holdings.items() if held.tags is None)


def test_unknown_pieces_are_texts_of_their_own(tmp_path: pathlib.Path) -> None:
    text = (
        PROVIDER
        + role()
        + """
    resource "aws_iam_role_policy" "one" {
      role   = aws_iam_role.app.name
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.open}/*" },
        { Effect = "Allow", Action = "s3:GetObject",
           NotResource = ["arn:aws:s3:::${var.other}/*", "arn:aws:s3:::${var.open}"],
           Condition = { StringEquals = { "s3:prefix" = var.open, "s3:delimiter" = [var.other] } } },
      ] })
    }
    resource "aws_sqs_queue" "jobs" {
      name   = "jobs"
      policy = jsonencode({ Version = "2012-10-17", Statement = {
        Effect = "Allow", Action = "sqs:*", Resource = "*", Sid = var.open, Principal = { AWS = var.open } } })
    }
    """
    )
    estate = estate_of(tmp_path, main=text).estate
    found = translated(estate)
    (one,) = documents(found.set, found.set.entities[APP].policies)
    bucket = one[0]["Resource"].removeprefix("arn:aws:s3:::").removesuffix("/*")
    other = one[1]["NotResource"][0].removeprefix("arn:aws:s3:::").removesuffix("/*")
    assert {bucket, other} <= found.invented
    assert bucket != other
    assert one[1]["NotResource"][1] == f"arn:aws:s3:::{bucket}"
    assert one[1]["Condition"] == {"StringEquals": {"s3:prefix": bucket, "s3:delimiter": [other]}}
    assert not set("*?$/:") & set(bucket + other)
    (queue,) = documents(found.set, found.set.holdings[f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"].policies)
    queue = queue[0] if isinstance(queue, list) else queue
    assert queue["Principal"] == {"AWS": bucket}
    assert any("unknown texts" in gap for gap in found.set.gaps)
    assert found.text(f"a{OPEN}x*y{CLOSE}b") == "a(x_y)b"
    assert found.text(f"a{OPEN}x?y{CLOSE}b") == "a(x_y_)b"  # another piece is another text
    assert found.text(f"a{OPEN}x*y{CLOSE}b") == "a(x_y)b"
    assert found.text("plain") == "plain"


@pytest.mark.parametrize(
    "statement",
    [
        "var.open",
        '{ Effect = var.open, Action = "*", Resource = "*" }',
        '{ Effect = "Allow", Action = ["s3:*", var.open], Resource = "*" }',
        '{ Effect = "Allow", Action = "s3:${var.open}", Resource = "*" }',
        '{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = var.open } }',
        '{ Effect = "Allow", Action = "*", Resource = "*", Condition = var.open }',
    ],
)
def test_what_decides_what_a_statement_says_has_to_be_known(read: Any, statement: str) -> None:
    for statements in (f"[{statement}]", statement):
        text = f"""
    resource "aws_iam_role_policy" "one" {{
      role   = aws_iam_role.app.name
      policy = jsonencode({{ Version = "2012-10-17", Statement = {statements} }})
    }}
    """
        found = read(role() + text)
        assert len(unknown(found, found.entities[APP].policies)) == 1


def test_a_version_that_is_not_known(read: Any) -> None:
    said = policy('"*"').replace('"2012-10-17"', "var.open")
    found = read(role() + f'resource "aws_iam_role_policy" "o" {{\nrole = aws_iam_role.app.name\npolicy = {said}\n}}')
    (why,) = unknown(found, found.entities[APP].policies)
    assert "Version" in why
    said = policy('"*"').replace('Version = "2012-10-17", ', "")
    found = read(role() + f'resource "aws_iam_role_policy" "o" {{\nrole = aws_iam_role.app.name\npolicy = {said}\n}}')
    assert unknown(found, found.entities[APP].policies) == []
    assert not found.policies[found.entities[APP].policies[0]].statements[0].expands


def test_an_account_that_is_not_known_is_one_of_its_own(read: Any) -> None:
    found = read(role(), 'provider "aws" { region = "eu-west-1" }\nvariable "open" {}\n')
    (arn,) = found.entities
    account = arn.split(":")[4]
    assert account.isdigit()
    assert len(account) == 12
    assert account in found.accounts
    assert any("not known by number" in gap for gap in found.gaps)
    assert found.holdings[arn].account == account


FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
MEMBER, MANAGER, STRAY = "222222222222", "333333333333", "444444444444"
NO_SQS = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}]}


def organization(levels: dict[str, Any], accounts: Iterable[str] = (MEMBER,), manager: Any = MANAGER) -> PolicySet:
    """A root, unit and accounts as an API says them, with a user in each account; `levels`: fields of each."""
    build = Builder()
    places = [
        build.add(kind, name, f"arn:{name}", MANAGER, **more, **levels.get(name, {}))
        for name, kind, more in (
            ("root", "aws_organizations_organization", {"id": "o-1", "management_account": manager}),
            ("unit", "aws_organizations_organizational_unit", {"id": "ou-1"}),
            *((one, "aws_organizations_account", {"id": one}) for one in accounts),
        )
    ]
    for type_ in ("SERVICE", "RESOURCE"):
        said = {
            **NO_SQS,
            "Statement": [{**NO_SQS["Statement"][0], **({"Principal": "*"} if type_ == "RESOURCE" else {})}],
        }
        policy = build.add(
            "aws_organizations_policy", type_, "", MANAGER, id=type_, type=f"{type_}_CONTROL_POLICY", document=said
        )
        build.link("has_policy", places[1], policy, "policies", 0)
    build.link("contains", places[0], places[1])
    for place in places[2:]:
        build.link("contains", places[1], place)
    for account in (MEMBER, MANAGER, STRAY):
        arn = f"arn:aws:iam::{account}:user/u"
        policies = [{"document": FULL}]
        build.add("aws_iam_user", f"u{account}", arn, account, inline_policies=policies)
        build.add("aws_sqs_queue", f"q{account}", f"arn:aws:sqs:eu-west-1:{account}:q", account)
    return policy_set(build.build())[0]


ATTACHED = {"service_control_policies": ["p-FullAWSAccess"], "resource_control_policies": []}


def test_levels_of_an_organization() -> None:
    found = organization(dict.fromkeys(("root", "unit", MEMBER), ATTACHED))
    account = found.accounts[MEMBER]
    assert account.organization == "o-1"
    assert [len(level) for level in account.scp] == [1, 2, 1]
    assert [len(level) for level in account.rcp] == [0, 1, 0]
    assert found.gaps == []
    user = f"arn:aws:iam::{MEMBER}:user/u"
    assert effect(found, user, "sqs:SendMessage") == "explicitly_denied"
    assert effect(found, user, "ec2:RunInstances") == "allowed"
    manager = found.accounts[MANAGER]
    assert (manager.scp, manager.rcp, manager.organization) == ((), (), "o-1")
    assert effect(found, f"arn:aws:iam::{MANAGER}:user/u", "sqs:SendMessage") == "allowed"
    # Of an account that the data places nowhere it is open what limits it.
    stray = found.accounts[STRAY]
    assert stray.organization is None
    assert len(unknown(found, [n for level in (*stray.scp, *stray.rcp) for n in level])) == 2
    assert effect(found, f"arn:aws:iam::{STRAY}:user/u", "ec2:RunInstances") == "depends"


def test_what_is_not_said_to_be_attached_is_taken_to_be_all_of_aws() -> None:
    found = organization({"unit": {"service_control_policies": ["p-other"]}, MEMBER: ATTACHED})
    account = found.accounts[MEMBER]
    assert [len(level) for level in account.scp] == [1, 1, 1]
    (gap,) = found.gaps
    assert "FullAWSAccess" in gap
    assert effect(found, f"arn:aws:iam::{MEMBER}:user/u", "ec2:RunInstances") == "implicitly_denied"


def test_an_account_without_the_organization_around_it() -> None:
    build = Builder()
    build.add("aws_organizations_account", "m", "arn:m", MEMBER, id=MEMBER, organization="o-9", **ATTACHED)
    build.add("aws_iam_user", "u", f"arn:aws:iam::{MEMBER}:user/u", MEMBER)
    build.add("aws_iam_user", "s", f"arn:aws:iam::{STRAY}:user/u", STRAY)
    found = policy_set(build.build())[0]
    assert found.accounts[MEMBER].organization == "o-9"
    assert len(found.accounts[MEMBER].scp) == 1
    assert (found.accounts[STRAY].scp, found.accounts[STRAY].organization) == ((), None)


def test_the_name_of_a_statement_need_not_be_known() -> None:
    build = Builder()
    said = {**FULL, "Statement": [{**FULL["Statement"][0], "Sid": Unknown("computed")}]}  # type: ignore[dict-item]
    user = build.add("aws_iam_user", "u", f"arn:aws:iam::{MEMBER}:user/u", MEMBER, inline_policies=[{"document": said}])
    found = policy_set(build.build())[0]
    assert unknown(found, found.entities[user.arn].policies) == []
    named = {**FULL, "Statement": {**FULL["Statement"][0], "Sid": "one"}}  # type: ignore[dict-item]
    user = build.add(
        "aws_iam_user", "v", f"arn:aws:iam::{MEMBER}:user/v", MEMBER, inline_policies=[{"document": named}]
    )
    found = policy_set(build.build())[0]
    (number,) = found.entities[user.arn].policies
    assert found.policies[number].sids == ("one",)


def test_what_has_no_arn_is_counted() -> None:
    build = Builder()
    build.add("aws_iam_role", "x", "", MEMBER)
    build.add("aws_iam_role", "y", f"arn:aws:iam::{MEMBER}:group/y", MEMBER)
    build.add("aws_iam_role", "z", f"arn:aws:iam::{MEMBER}:role/z", MEMBER, managed_policies=Unknown("why"))
    found = policy_set(build.build())[0]
    assert any(gap.startswith("2 roles or users") for gap in found.gaps)
    (entity,) = found.entities.values()
    assert len(unknown(found, entity.policies)) == 1


def test_references_that_lead_to_policies() -> None:
    build = Builder()
    own = build.policy("own", {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}, account=MEMBER)
    user = build.add(
        "aws_iam_user",
        "u",
        f"arn:aws:iam::{MEMBER}:user/u",
        MEMBER,
        managed_policies=[own.arn, Unknown("one"), "arn:aws:iam::aws:policy/AdministratorAccess", own.arn, "x"],
    )
    build.link("has_policy", user, own, "managed_policies", 0)
    build.link("has_policy", user, own)
    found = policy_set(build.build())[0]
    entity = found.entities[user.arn]
    # The edge without a place stands for the reference that is not resolved; the same policy counts once.
    assert len(unknown(found, entity.policies)) == 1
    assert "policy x" in unknown(found, entity.policies)[0]
    assert len(entity.policies) == 3
    build = Builder()
    gone = build.add("aws_iam_user", "u", f"arn:aws:iam::{MEMBER}:user/u", MEMBER, inline_policies=Unknown("why"))
    away = build.policy("away", account=MEMBER)
    build.link("has_policy", gone, away, "managed_policies", 0)
    build.resources.remove(away)
    found = policy_set(build.build())[0]
    whys = unknown(found, found.entities[gone.arn].policies)
    assert [why.split(" ")[0] for why in whys] == ["inline", "a"]


def test_no_organization_is_none(read: Any) -> None:
    account = read(role()).accounts[ACCOUNT]
    assert (account.scp, account.rcp, account.organization) == ((), (), None)


KEY = """
    resource "aws_kms_key" "k" {
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:user/k" }, Action = "kms:*", Resource = "*" }
      ] })
    }
    resource "aws_kms_grant" "g" {
      name              = "g"
      key_id            = aws_kms_key.k.key_id
      grantee_principal = %s
      operations        = ["Decrypt"]
      constraints {
        encryption_context_equals = { Department = "Finance" }
      }
    }
"""


def test_a_grant_of_a_key_is_a_statement_of_it(read: Any) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"""
    found = read(role() + KEY % "aws_iam_role.app.arn")
    (key,) = [arn for arn in found.holdings if ":kms:" in arn]
    engine = Engine(found)
    finance = {"kms:EncryptionContext:Department": "Finance", "kms:EncryptionContextKeys": ["Department"]}
    assert engine.can(APP, "kms:Decrypt", key, context=finance).effect == "allowed"
    assert engine.can(APP, "kms:Encrypt", key, context=finance).effect == "implicitly_denied"
    assert engine.can(APP, "kms:Decrypt", key, context={}).effect == "implicitly_denied"
    more = {**finance, "kms:EncryptionContextKeys": ["Department", "Other"]}
    assert engine.can(APP, "kms:Decrypt", key, context=more).effect == "implicitly_denied"


def test_a_grant_whose_operations_are_not_known_is_open(read: Any) -> None:
    found = read(role() + KEY.replace('["Decrypt"]', "var.open") % "aws_iam_role.app.arn")
    (key,) = [arn for arn in found.holdings if ":kms:" in arn]
    answer = Engine(found).can(APP, "kms:Decrypt", key, context={})
    assert answer.effect == "depends"
    assert any("operations are not known" in text for text in answer.depends_on)


FUNCTION = """
    resource "aws_lambda_function" "f" {
      function_name = "f"
      role          = aws_iam_role.app.arn
    }
    resource "aws_lambda_permission" "p" {
      function_name  = aws_lambda_function.f.function_name
      action         = "lambda:InvokeFunction"
      principal      = %s
      source_arn     = "arn:aws:s3:::uploads"
      source_account = "111122223333"
    }
"""


def test_a_permission_of_a_function_is_a_statement_of_it(read: Any) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"""
    found = read(role() + FUNCTION % '"s3.amazonaws.com"')
    (function,) = [arn for arn in found.holdings if ":lambda:" in arn]
    engine = Engine(found)
    called = {"aws:SourceArn": "arn:aws:s3:::uploads", "aws:SourceAccount": ACCOUNT}
    can = functools.partial(engine.can, "s3.amazonaws.com", resource=function)
    assert can("lambda:InvokeFunction", context=called).effect == "allowed"
    assert can("lambda:InvokeFunction", context={**called, "aws:SourceAccount": "444455556666"}).effect != "allowed"
    assert can("lambda:UpdateFunctionCode", context=called).effect == "implicitly_denied"
    assert engine.can("sns.amazonaws.com", "lambda:InvokeFunction", function, context=called).effect != "allowed"


def test_lists_of_a_bucket_are_named_and_in_no_answer(read: Any) -> None:
    listed = """
        resource "aws_s3_bucket" "b" {
          bucket = "b"
          acl    = "%s"
        }
    """
    assert any("access control list of b" in gap for gap in read(listed % "public-read").gaps)
    assert not any("access control list" in gap for gap in read(listed % "private").gaps)


def test_policies_are_called_by_the_name_of_their_holder() -> None:
    build = Builder()
    held = build.policy("p", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    said = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    build.role("app", said, managed=[Unknown("why")], attached=[held])
    queue = {"Version": "2012-10-17", "Statement": [{**said, "Principal": "*"}]}
    build.add("aws_sqs_queue", "q", "arn:aws:sqs:eu-west-1:111111111111:q", policy=queue)
    found, _ = policy_set(build.build())
    assert {"an inline policy of app", "policy p", "the policy of q"} <= set(found.names)
    assert any(one.unknown.endswith("of app is not in the data") for one in found.policies)


@pytest.mark.parametrize(
    ("path", "open_"), [((), 0), (("managed_policies", 1), 1), (("managed_policies", 0), 0), (("managed_policies",), 1)]
)
def test_an_edge_without_a_place_stands_for_one_reference_that_is_not_resolved(path: Any, open_: int) -> None:
    build = Builder()
    held = build.policy("p", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    role = build.role("app", managed=[Unknown("computed"), held.arn])
    build.link("has_policy", role, held, *path)
    found, _ = policy_set(build.build())
    (entity,) = found.entities.values()
    assert len(unknown(found, entity.policies)) == open_
    assert len(documents(found, entity.policies)) == 1


def test_only_what_has_an_arn_in_aws_is_a_holding() -> None:
    build = Builder()
    build.add("aws_thing", "bare", "", tags={"a": "b"})
    build.add("aws_sqs_queue", "q", "arn:aws:sqs:eu-west-1:111111111111:q", tags={"a": "b"})
    found, _ = policy_set(build.build())
    assert set(found.holdings) == {"arn:aws:sqs:eu-west-1:111111111111:q"} == set(found.inventory)
