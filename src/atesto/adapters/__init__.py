"""The outside world: files, keys, workers, the network."""
