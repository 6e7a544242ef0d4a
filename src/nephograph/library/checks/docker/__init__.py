"""Checks of docker."""
