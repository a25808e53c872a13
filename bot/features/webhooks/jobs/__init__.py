"""Webhooks: looking for what changed, and sending it, beside everything else."""
