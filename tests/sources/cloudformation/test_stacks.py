"""Nested stacks, exports, parameter files, published templates, CDK's output."""

from __future__ import annotations

import json
import pathlib

from cloudformation_trees import tree

from nephograph.estate.build import build
from nephograph.model.value import Reason
from nephograph.sources.cloudformation import SOURCE
from tests.support.loading import by_address, load

NETWORK = """
Parameters: {Cidr: {Type: String, Default: 10.9.0.0/16}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}
Outputs:
  VpcId: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}-VpcId"}}
"""


def test_a_nested_stack_gets_its_values_and_gives_its_outputs(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            main_yaml="""
            Parameters: {Cidr: {Type: String, Default: 10.0.0.0/16}}
            Resources:
              Net:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: nested/network.yaml, Parameters: {Cidr: !Ref Cidr}}
              App:
                Type: AWS::EC2::Subnet
                Properties: {VpcId: !GetAtt Net.Outputs.VpcId, CidrBlock: 10.0.1.0/24}
            """,
            nested__network_yaml=NETWORK,
        ),
    )
    found = by_address(loaded)
    assert sorted(found) == ["App", "Net.Vpc"]
    assert found["Net.Vpc"].attributes["CidrBlock"] == "10.0.0.0/16"
    origin = found["Net.Vpc"].origin(("CidrBlock",))
    assert origin.span.file.endswith("nested/network.yaml")
    assert [cause.what for cause in origin.causes] == ["parameter Cidr", "", "default of parameter Cidr"]
    assert origin.causes[-1].span.file.endswith("main.yaml")
    estate = build([loaded]).estate
    assert [(e.kind, estate.resources[e.target].address) for e in estate.edges] == [("in_network", "Net.Vpc")]


def test_an_import_leads_to_the_stack_that_exports(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            network_yaml=NETWORK,
            app_yaml="""
            Parameters: {Stack: {Type: String}}
            Resources:
              App:
                Type: AWS::EC2::Subnet
                Properties: {VpcId: {"Fn::ImportValue": !Sub "${Stack}-VpcId"}, CidrBlock: 10.0.1.0/24}
            """,
            alone_yaml="Resources: {T: {Type: AWS::SNS::Topic}}\n",
        ),
    )
    found = by_address(loaded)
    assert sorted(found) == ["T", "app.App", "network.Vpc"]
    assert found["app.App"].root == found["network.Vpc"].root == "app.yaml"
    assert found["app.App"].scope == found["network.Vpc"].scope != found["T"].scope
    estate = build([loaded]).estate
    assert [(e.kind, estate.resources[e.target].address) for e in estate.edges] == [("in_network", "network.Vpc")]
    assert any("taken to import from network.yaml" in text for text in loaded.assumptions)


def test_an_export_that_fits_two_is_not_chosen(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            a_yaml=NETWORK,
            b_yaml=NETWORK,
            app_yaml="Resources: {S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue net-VpcId}}}\n",
        ),
    )
    (subnet,) = [one for one in loaded.documents if one.type == "AWS::EC2::Subnet"]
    assert subnet.attributes["VpcId"].reason is Reason.NOT_SEEN


def test_stacks_that_nest_each_other_end(tmp_path: pathlib.Path) -> None:
    nests = "Resources:\n  {name}: {{Type: AWS::SNS::Topic}}\n  In:\n    Type: AWS::CloudFormation::Stack\n"
    nests += "    Properties: {{TemplateURL: {other}}}\n"
    loaded = load(
        SOURCE,
        tree(tmp_path, a_yaml=nests.format(name="A", other="b.yaml"), b_yaml=nests.format(name="B", other="a.yaml")),
    )
    assert sorted(one.address for one in loaded.documents if one.type == "AWS::SNS::Topic") == ["A", "In.B"]
    assert [gap.kind for gap in loaded.gaps] == ["recursive-stack"]


def test_a_template_that_is_not_here_is_named(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            main_yaml="""
            Resources:
              Out: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/b/x.yaml"}}
              Up: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../../etc/x.yaml}}
              T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt Out.Outputs.Name}}
            """,
        ),
    )
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [("absent-module", "Out"), ("absent-module", "Up")]
    assert by_address(loaded)["T"].attributes["TopicName"].reason is Reason.ABSENT_MODULE


def test_a_published_template_is_found_by_its_path(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            main_yaml="""
            Parameters: {Bucket: {Type: String}}
            Resources:
              Net:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: !Sub "https://${Bucket}.s3.amazonaws.com/deploy/templates/network.yaml"}
            """,
            templates__network_yaml=NETWORK,
            other__network_yaml=NETWORK,
        ),
    )
    assert "Net.Vpc" in by_address(loaded)
    assert "The published template network.yaml is taken to be templates/network.yaml." in loaded.assumptions


def test_a_stack_under_an_unknown_condition_may_be_there(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            main_yaml="""
            Parameters: {Env: {Type: String}}
            Conditions: {Prod: !Equals [!Ref Env, prod]}
            Resources:
              Net: {Type: AWS::CloudFormation::Stack, Condition: Prod, Properties: {TemplateURL: network.yaml}}
            """,
            network_yaml=NETWORK,
        ),
    )
    (vpc,) = loaded.documents
    assert vpc.existence.detail == "condition Prod (⟨Env⟩ = prod)"


def test_files_of_parameters_are_read(tmp_path: pathlib.Path) -> None:
    template = "Parameters: {Cidr: {Type: String}}\nResources:\n"
    template += "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}\n"
    said = json.dumps([{"ParameterKey": "Cidr", "ParameterValue": "10.1.0.0/16"}])
    (tmp_path / "one").mkdir()
    folder = tree(tmp_path, one__net_yaml=template, two__net_yaml=template, three__net_yaml=template)
    (folder / "one" / "net.parameters.json").write_text(said)
    (folder / "two" / "samconfig.toml").write_text(
        'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Cidr=\\"10.2.0.0/16\\" X=1"\n'
    )
    for name in ("dev", "prod"):
        (folder / "three" / f"{name}.parameters.json").write_text(said)
    loaded = load(SOURCE, folder)
    values = {one.root: one.attributes["CidrBlock"] for one in loaded.documents}
    assert values["one/net.yaml"] == "10.1.0.0/16"
    assert values["two/net.yaml"] == "10.2.0.0/16"
    assert values["three/net.yaml"].reason is Reason.NO_VALUE
    assert [gap.kind for gap in loaded.gaps] == ["parameters-not-chosen"]


def test_what_cdk_writes_is_read(tmp_path: pathlib.Path) -> None:
    nested = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Metadata": {"aws:cdk:path": "App/N/Topic/Resource"}}}}
    main = {
        "Resources": {
            "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2:x"}},
            "N": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {
                    "TemplateURL": {"Fn::Join": ["", ["https://s3/", {"Fn::Sub": "cdk-${AWS::AccountId}/a1.json"}]]}
                },
                "Metadata": {"aws:asset:path": "AppN.nested.template.json"},
            },
        },
        "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk/version"}},
    }
    loaded = load(
        SOURCE,
        tree(
            tmp_path,
            **{
                "cdk.out__App.template_json": json.dumps(main),
                "cdk.out__AppN.nested.template_json": json.dumps(nested),
            },
        ),
    )
    assert [one.address for one in loaded.documents] == ["N.Topic"]
    assert loaded.gaps == []
