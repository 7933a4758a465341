"""Dated rule sets, one folder each."""
