"""Checks of docker/stage."""
