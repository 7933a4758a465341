"""One module a DID method."""
