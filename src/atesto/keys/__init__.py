"""Public and private keys: Ed25519, P-256 and P-384, as bytes, Multikey and JWK."""
