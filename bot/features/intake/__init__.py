"""A message comes in, and it shows what it is."""
