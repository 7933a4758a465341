"""One module a cryptosuite, named after its identifier."""
