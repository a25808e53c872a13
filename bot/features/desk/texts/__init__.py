"""The words of the desk; plain text, which the pages escape."""
