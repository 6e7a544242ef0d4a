"""Prefixes are read as the standard library reads them."""

from __future__ import annotations

import ipaddress

from hypothesis import example, given
from hypothesis import strategies as st

from nephograph.engines.reachability.addresses import prefix

OCTETS = st.lists(
    st.integers(0, 300).map(str) | st.sampled_from(("00", "01", "", "١", "²", "-1")), min_size=3, max_size=5
)
LENGTHS = st.sampled_from(("", "/", "/0", "/8", "/24", "/31", "/32", "/33", "/08", "/255.0.0.0", "/x", "/٣"))


@given(OCTETS, LENGTHS)
@example(["10", "0", "0", "1"], "/24")
def test_prefixes_equal_those_of_the_standard_library(octets: list[str], length: str) -> None:
    text = ".".join(octets) + length
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        assert prefix(text) is None
    else:
        assert prefix(text) == (4, int(network.network_address), int(network.broadcast_address))
