"""The moderators' desk: pages on which replies are read in full, in any browser."""
