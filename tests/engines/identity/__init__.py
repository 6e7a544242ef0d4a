"""Tests of the identity engine."""
