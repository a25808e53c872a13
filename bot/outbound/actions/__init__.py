"""The rules of what goes out, from the claim to what became of it."""
