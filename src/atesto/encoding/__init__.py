"""Bytes and values: strict JSON, JCS, multibase, base64url, timestamps and compact tokens."""
