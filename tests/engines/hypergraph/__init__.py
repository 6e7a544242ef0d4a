"""Tests of the AND-OR engine."""
