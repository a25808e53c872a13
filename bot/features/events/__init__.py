"""Live events: who comes, what they would ask the speakers, and what is told before and afterwards."""
