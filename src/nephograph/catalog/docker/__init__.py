"""Kinds of Docker: what a Dockerfile builds, its stages, and the images it starts from."""
