"""Rules that all must agree on: who may do what, who reads what, which words, and when."""
