"""Checks of docker/image."""
