"""Whether a credential still holds: status entries, and the lists behind them once a verifier can fetch them."""
