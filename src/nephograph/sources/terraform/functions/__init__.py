"""Terraform's built-in functions: each group is a module, each function registers itself."""
