"""JSON Web Tokens that secure credentials and presentations: splitting, header rules, claims, signatures."""
