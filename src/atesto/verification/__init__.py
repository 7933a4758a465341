"""Verifying: one pipeline of numbered stations, named policies, one report."""
