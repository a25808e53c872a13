"""Key points, and the words that they rest on."""
