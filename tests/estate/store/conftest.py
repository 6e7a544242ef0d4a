"""What the tests of the store need of pytest."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "tmpfs: mounts a small file system, which needs root (`make test-all`)")
