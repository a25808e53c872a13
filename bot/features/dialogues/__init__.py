"""The dialogue file comes in and goes out, and the next dialogue grows from it."""
