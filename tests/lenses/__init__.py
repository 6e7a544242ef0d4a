"""Tests of questions, put to whole estates."""
