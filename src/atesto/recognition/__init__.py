"""Floor 7: rules over an award, whatever form it came in."""
