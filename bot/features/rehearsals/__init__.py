"""A dialogue is seen before it runs: as a member gets it, or played to a moderator alone (rehearsal, preview, simulation), with warnings."""
