"""JAdES seals (ETSI TS 119 182-1): made, taken apart and assessed. No clock, no network, no file: times, keys and anchors are arguments."""
