"""Handlers for programs: one module a kind of thing."""
