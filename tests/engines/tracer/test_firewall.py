"""Network Firewall by the five-tuple: which rule decides, in code and in the dump made of it."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from code_estates import CODES, asked, read, steps

from nephograph.engines.tracer.question import Reach, put
from tests.support.dumps import write_dump
from tests.support.trees import write

FRAME = (CODES / "UNKNOWN_RESOURCE" / "main.tf").read_text()
POLICY = """
resource "aws_networkfirewall_firewall_policy" "wall" {{
  name = "wall"
  firewall_policy {{
    stateless_default_actions          = ["{stateless}"]
    stateless_fragment_default_actions = ["aws:drop"]
{more}
  }}
}}
"""
STATELESS = """
    stateless_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.rules.arn
    }
"""
STATEFUL = """
    stateful_rule_group_reference {
      resource_arn = aws_networkfirewall_rule_group.rules.arn
    }
"""
IN_ORDER = """
    stateful_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.rules.arn
    }
    stateful_engine_options { rule_order = "STRICT_ORDER" }
"""
DROPS = '    stateful_default_actions = ["aws:drop_strict"]\n'


def group(kind: str, source: str, more: str = "") -> str:
    return f"""
resource "aws_networkfirewall_rule_group" "rules" {{
  name     = "rules"
  capacity = 100
  type     = "{kind}"
  rule_group {{
{more}
    rules_source {{
{source}
    }}
  }}
}}
"""


def stateless(*rules: tuple[int, str, str, int, int]) -> str:
    """(priority, action, source, lowest port, highest port), for TCP."""
    blocks = "".join(
        f"""
        stateless_rule {{
          priority = {priority}
          rule_definition {{
            actions = ["{action}"]
            match_attributes {{
              protocols = [6]
              source {{ address_definition = "{source}" }}
              destination {{ address_definition = "0.0.0.0/0" }}
              destination_port {{
                from_port = {low}
                to_port   = {high}
              }}
            }}
          }}
        }}"""
        for priority, action, source, low, high in rules
    )
    return group("STATELESS", f"      stateless_rules_and_custom_actions {{{blocks}\n      }}")


def stateful(*rules: tuple[str, str, str, str], protocol: str = "TCP", variables: str = "", order: bool = False) -> str:
    """(action, source, destination, port)."""
    blocks = "".join(
        f"""
      stateful_rule {{
        action = "{action}"
        header {{
          protocol         = "{protocol}"
          source           = "{source}"
          source_port      = "ANY"
          direction        = "FORWARD"
          destination      = "{destination}"
          destination_port = "{port}"
        }}
        rule_option {{
          keyword  = "sid"
          settings = ["{at}"]
        }}
      }}"""
        for at, (action, source, destination, port) in enumerate(rules, 1)
    )
    strict = '    stateful_rule_options { rule_order = "STRICT_ORDER" }\n' if order else ""
    return group("STATEFUL", blocks, variables + strict)


SETS = """
    rule_variables {
      ip_sets {
        key = "CLIENTS"
        ip_set { definition = ["10.0.1.0/24"] }
      }
      port_sets {
        key = "OPEN"
        port_set { definition = ["22", "8000:8100"] }
      }
    }
"""


def ask(tmp_path: pathlib.Path, rules: str, more: str, default: str = "aws:forward_to_sfe", port: int = 22) -> Reach:
    policy = POLICY.format(stateless=default, more=more)
    arn = '"arn:aws:network-firewall:eu-west-1:444455556666:firewall-policy/central"'
    assert arn in FRAME
    tree = FRAME.replace(arn, "aws_networkfirewall_firewall_policy.wall.arn") + policy + rules
    estate = read(write(tmp_path / "code", **{"main.tf": tree}))
    said = {"from": "a", "to": "b", "traffic": f"tcp/{port}"}
    in_code, in_dump = put(*asked(estate, said)), put(*asked(read(write_dump(estate, tmp_path / "dump")), said))
    assert in_dump.verdict == in_code.verdict
    assert steps(in_dump) == steps(in_code)
    return in_code


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        (stateless((10, "aws:pass", "0.0.0.0/0", 1, 65535)), "yes"),
        (stateless((10, "aws:pass", "10.0.1.0/24", 22, 22)), "no"),  # (nothing passes the answer)
        (stateless((10, "aws:drop", "10.0.1.0/24", 22, 22), (20, "aws:pass", "0.0.0.0/0", 1, 65535)), "no"),
        (stateless((20, "aws:drop", "10.0.1.0/24", 22, 22), (10, "aws:pass", "0.0.0.0/0", 1, 65535)), "yes"),
        (stateless((10, "aws:drop", "10.0.9.0/24", 22, 22), (20, "aws:pass", "0.0.0.0/0", 1, 65535)), "yes"),
    ],
)
def test_the_stateless_rule_of_lowest_priority_decides_out_and_back(
    rules: str, verdict: str, tmp_path: pathlib.Path
) -> None:
    assert ask(tmp_path, rules, STATELESS, "aws:drop").verdict == verdict


@pytest.mark.parametrize(
    ("rules", "more", "verdict"),
    [
        (stateful(("DROP", "10.0.1.0/24", "ANY", "22")), STATEFUL, "no"),
        (stateful(("REJECT", "ANY", "ANY", "20:30")), STATEFUL, "no"),
        (stateful(("ALERT", "ANY", "ANY", "22")), STATEFUL, "yes"),
        (stateful(("DROP", "ANY", "ANY", "22"), ("PASS", "ANY", "ANY", "22")), STATEFUL, "yes"),
        (stateful(("DROP", "ANY", "ANY", "22"), ("PASS", "ANY", "ANY", "22"), order=True), IN_ORDER, "no"),
        (stateful(("PASS", "ANY", "ANY", "23"), order=True), IN_ORDER + DROPS, "no"),
        (stateful(("PASS", "ANY", "ANY", "22"), order=True), IN_ORDER + DROPS, "yes"),
        (stateful(("DROP", "$CLIENTS", "ANY", "$OPEN"), variables=SETS), STATEFUL, "no"),
        (stateful(("DROP", "!$CLIENTS", "ANY", "$OPEN"), variables=SETS), STATEFUL, "yes"),
        (stateful(("DROP", "[10.0.0.0/16,!10.0.1.0/24]", "ANY", "ANY")), STATEFUL, "yes"),
        (stateful(("DROP", "$HOME_NET", "$HOME_NET", "ANY")), STATEFUL, "no"),
        (stateful(("DROP", "$HOME_NET", "$EXTERNAL_NET", "ANY")), STATEFUL, "yes"),
        (stateful(("DROP", "ANY", "$UNHEARD_OF", "ANY")), STATEFUL, "depends"),
        (stateful(("DROP", "ANY", "ANY", "ANY"), protocol="UDP"), STATEFUL, "yes"),
        (stateful(("DROP", "ANY", "ANY", "ANY"), protocol="TLS"), STATEFUL, "depends"),
    ],
)
def test_stateful_rules_decide_by_action_or_in_strict_order(
    rules: str, more: str, verdict: str, tmp_path: pathlib.Path
) -> None:
    found = ask(tmp_path, rules, more)
    assert found.verdict == verdict, found.depends_on
    assert verdict != "no" or found.forward.hops[-1].reason == "firewall-denies"


def test_rules_in_the_language_of_suricata_leave_the_answer_open_and_are_named(tmp_path: pathlib.Path) -> None:
    text = group("STATEFUL", '      rules_string = "drop tcp any any -> any 22 (sid:1;)"')
    found = ask(tmp_path, text, STATEFUL)
    assert found.verdict == "depends"
    assert "the rules of rules" in found.depends_on[0]
