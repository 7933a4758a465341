"""Credentials baked into pictures (Open Badges 3.0 section 5.3): where they stand in a PNG and in an SVG."""
