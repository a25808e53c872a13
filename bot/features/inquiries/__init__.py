"""Inquiries: members write to the moderators alone, at any time; these answer, and the answer comes back."""
