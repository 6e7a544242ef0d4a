"""Tests of what step rules may ask."""
