"""Public and private keys: Ed25519, P-256 and P-384 as bytes, Multikey and JWK; P-521, secp256k1 and RSA as JWKs to verify with."""
