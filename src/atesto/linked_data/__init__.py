"""Documents as statements: pinned contexts, loss-detecting expansion, datasets, RDFC-1.0."""
