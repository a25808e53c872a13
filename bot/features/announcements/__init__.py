"""What moderators write to all, and nudges to those who haven't replied."""
