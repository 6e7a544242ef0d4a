"""Answers as files hold them: pages, several in one, errors in their place, and what is cut off."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.model.source import Scope
from nephograph.session import open_estate
from tests.sources.awscli.dumps import ACCOUNT, ROLE, VPC, dump, gaps, load, one

OTHER = {**VPC, "VpcId": "vpc-0b2"}
BOTH = ["aws_vpc.vpc-0a1", "aws_vpc.vpc-0b2"]
PAGES = [{"Vpcs": [VPC], "NextToken": "more"}, {"Vpcs": [OTHER]}]
TEXT = "\n".join(json.dumps(page, indent=2) for page in PAGES)


@pytest.mark.parametrize(
    "files",
    [
        {"describe-vpcs.json": {"Vpcs": [VPC, OTHER]}},
        {"describe-vpcs.json": PAGES},
        {"vpcs.json": PAGES},
        {"describe-vpcs.jsonl": "\n".join(map(json.dumps, PAGES))},
        {"describe-vpcs.json": TEXT},
        {"describe-vpcs_0.json": PAGES[0], "describe-vpcs_1.json": PAGES[1]},
        {"describe-vpcs.json": [VPC, OTHER]},
        {"picked.json": [VPC, OTHER]},
        {"all.json": {"describe-vpcs": PAGES}},
        {"all.json": {"ec2:DescribeVpcs": {"Vpcs": [VPC, OTHER]}}},
    ],
)
def test_pages_and_lists_are_read_whole(files: dict[str, object], tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, files)

    assert [d.address for d in loaded.documents] == BOTH
    assert gaps(loaded, "answer-truncated") == loaded.problems == []
    assert len(loaded.answered) == 1
    assert loaded.seen == 2


def test_several_answers_in_one_object_are_told_apart(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"all.json": {"Vpcs": [VPC], "Roles": [ROLE]}})

    assert sorted(d.address for d in loaded.documents) == ["aws_iam_role.web", "aws_vpc.vpc-0a1"]


def test_the_details_of_an_account_are_one_answer_of_four_kinds(tmp_path: pathlib.Path) -> None:
    details = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [ROLE], "Policies": []}
    loaded = load(tmp_path, {"iam.json": details})

    assert [d.address for d in loaded.documents] == ["aws_iam_role.web"]
    assert {t.partition("/")[0] for t, _ in loaded.answered} == {"iam:GetAccountAuthorizationDetails"}


@pytest.mark.parametrize("last", [{"NextToken": "x"}, {"nextToken": "x"}])
def test_a_page_that_is_missing_is_named_and_the_list_is_not_whole(
    last: dict[str, str], tmp_path: pathlib.Path
) -> None:
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [VPC], **last}})

    (gap,) = gaps(loaded, "answer-truncated")
    assert gap.subject == "ec2:DescribeVpcs"
    assert loaded.answered == []


def test_a_flag_says_that_nothing_is_missing(tmp_path: pathlib.Path) -> None:
    whole = load(tmp_path / "whole", {"list-roles.json": {"Roles": [ROLE], "IsTruncated": False, "Marker": "echo"}})
    cut = load(tmp_path / "cut", {"list-roles.json": {"Roles": [ROLE], "IsTruncated": True, "Marker": "next"}})

    assert not gaps(whole, "answer-truncated")
    assert gaps(cut, "answer-truncated")


def test_an_empty_list_is_an_answer(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {f"{ACCOUNT}/eu-west-1/describe-vpcs.json": {"Vpcs": []}})

    assert loaded.answered == [("ec2:DescribeVpcs", Scope("aws", ACCOUNT, "eu-west-1"))]
    assert not any("aws_vpc (" in gap.why for gap in gaps(loaded, "not-in-dump"))


def test_what_no_answer_lists_is_named_once_for_each_place(tmp_path: pathlib.Path) -> None:
    files = {f"{ACCOUNT}/{region}/describe-vpcs.json": {"Vpcs": []} for region in ("eu-west-1", "eu-west-2")}
    found = gaps(load(tmp_path, files), "not-in-dump")

    assert [gap.subject for gap in found] == [ACCOUNT, f"{ACCOUNT}/eu-west-1", f"{ACCOUNT}/eu-west-2"]
    assert "aws_iam_role (" in found[0].why
    assert "aws_subnet (ec2:DescribeSubnets)" in found[1].why
    assert found[1].count == found[1].why.count("(")


NONE = "\nAn error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: none\n"
ERRORS = {
    "text": NONE,
    "version 2": f"aws: [ERROR]: {NONE.strip()}",
    "object": {"Error": {"Code": "NoSuchBucketPolicy", "Message": "none"}},
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_an_error_that_means_none_is_a_document_that_says_nothing(error: object, tmp_path: pathlib.Path) -> None:
    files = {"list-buckets.json": {"Buckets": [{"Name": "logs"}]}, "s3api/get-bucket-policy/logs.json": error}
    loaded = load(tmp_path, files)

    assert dict(one(loaded, "s3:GetBucketPolicy").attributes) == {"Bucket": "logs"}
    assert loaded.problems == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AccessDenied", "call-denied"),
        ("UnauthorizedOperation", "call-denied"),
        ("ThrottlingException", "call-denied"),
        ("NoSuchBucket", "call-failed"),
        ("InternalError", "call-failed"),
    ],
)
def test_any_other_error_is_a_gap_and_says_nothing(code: str, kind: str, tmp_path: pathlib.Path) -> None:
    text = f"An error occurred ({code}) when calling the GetBucketPolicy operation: no"
    loaded = load(tmp_path, {"get-bucket-policy.logs.json": text})

    (gap,) = gaps(loaded, kind)
    assert gap.subject == "s3:GetBucketPolicy"
    assert code in gap.why
    assert loaded.documents == loaded.problems == []


def test_an_account_that_has_none_was_answered(tmp_path: pathlib.Path) -> None:
    none = "An error occurred (AWSOrganizationsNotInUseException) when calling the ListRoots operation: no"
    password = "An error occurred (NoSuchEntity) when calling the GetAccountPasswordPolicy operation: no"
    files = {f"{ACCOUNT}/list-roots.json": none, f"{ACCOUNT}/get-account-password-policy.json": password}
    loaded = load(tmp_path, files)

    assert ("organizations:ListRoots", Scope("aws", ACCOUNT, "")) in loaded.answered
    assert gaps(loaded, "call-failed") == loaded.documents == []


def test_a_list_that_was_denied_was_not_answered(tmp_path: pathlib.Path) -> None:
    text = "An error occurred (UnauthorizedOperation) when calling the DescribeVpcs operation: no"
    loaded = load(tmp_path, {"describe-vpcs.json": text})

    assert loaded.answered == []
    assert gaps(loaded, "call-denied")


def test_pages_before_an_error_are_kept(tmp_path: pathlib.Path) -> None:
    text = (
        f"{json.dumps(PAGES[0])}\nAn error occurred (RequestLimitExceeded) when calling the DescribeVpcs operation: no"
    )
    loaded = load(tmp_path, {"describe-vpcs.json": text})

    assert [d.address for d in loaded.documents] == BOTH[:1]
    assert gaps(loaded, "call-denied")
    assert gaps(loaded, "answer-truncated")


def test_an_empty_file_tells_nothing(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"get-bucket-versioning.logs.json": "\n"})

    assert [gap.subject for gap in gaps(loaded, "empty-answer")] == ["dump/get-bucket-versioning.logs.json"]
    assert loaded.documents == []


def test_the_time_and_the_line_of_an_answer_are_its_origin(tmp_path: pathlib.Path) -> None:
    metadata = {"HTTPHeaders": {"date": "Fri, 21 Nov 2025 10:00:00 GMT"}}
    text = json.dumps({"ResponseMetadata": metadata, "Vpcs": [VPC, OTHER]}, indent=1)
    document = load(tmp_path, {"describe-vpcs.json": text}).documents[1]

    origin = document.origin(("CidrBlock",))
    assert origin is not None
    assert origin.span is not None
    assert (origin.said, origin.call, origin.time) == ("dump", "ec2:DescribeVpcs", "2025-11-21T10:00:00+00:00")
    assert '"10.0.0.0/16"' in text.splitlines()[origin.span.line - 1]
    assert origin.span.line > text.splitlines().index('   "VpcId": "vpc-0b2",')


def test_what_the_catalog_does_not_know_is_kept_as_it_is(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"ec2/describe-spare-parts.json": {"SpareParts": [{"PartId": "p-1", "Size": 3}]}})

    (document,) = loaded.documents
    assert (document.type, document.address) == ("ec2:DescribeSpareParts", "ec2:DescribeSpareParts.p-1")
    assert dict(document.attributes) == {"PartId": "p-1", "Size": 3}
    assert loaded.seen == 1


def test_members_that_nobody_reads_are_named(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [], "Novelties": [1]}})

    assert [gap.subject for gap in gaps(loaded, "unread-attribute")] == ["ec2:DescribeVpcs.Novelties"]


def test_an_empty_list_of_what_one_thing_has_says_that_it_has_none(tmp_path: pathlib.Path) -> None:
    arn = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:"
    functions = [{"FunctionName": name, "FunctionArn": arn + name} for name in ("web", "batch")]
    dump(tmp_path, {"list-functions.json": {"Functions": functions}, "lambda/list-aliases.web.json": {"Aliases": []}})

    found = open_estate([str(tmp_path)], today="2026-01-01").estate.of_kind("aws_lambda_function")

    aliases = {function.label: function.get("aliases") for function in found}
    assert aliases["web"] in (None, [])
    assert "lambda:ListAliases" in str(aliases["batch"])
