"""Issuing: lint, record, sign, verify, record, release."""
