"""Micro-credentials: the award record and the forms that it is written in."""
