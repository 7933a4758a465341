"""atesto: an issuer and verifier node for micro-credentials."""

__version__ = "0.1.0"
