"""Tests of what dies with what."""
