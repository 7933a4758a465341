"""Ways to make a signature: one module a kind of custody."""
