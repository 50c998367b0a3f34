"""Excerpts on their way to other tools: one module a format, one registry."""
