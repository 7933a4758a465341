"""Who: DIDs, their documents, and the methods that turn the one into the other."""
