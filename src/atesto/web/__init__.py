"""The HTTP doors of the node: one table of routes, and what stands in front of each."""
