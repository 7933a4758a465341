"""What is vouched for: cryptosuites and Data Integrity proofs, given resolved verification methods."""
