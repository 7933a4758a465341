"""Controlled lists of European Digital Credentials: codes and English labels, made by `scripts/vocabulary`."""
