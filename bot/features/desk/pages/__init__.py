"""The desk's pages: what happens on a request."""
