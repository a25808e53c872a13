"""Many bots in one installation (multi-tenancy): which there are, how their tokens are kept, where the data of each lie."""
