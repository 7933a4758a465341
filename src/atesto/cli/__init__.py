"""Verbs for people at a terminal."""
