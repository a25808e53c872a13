"""HTML, Markdown and spreadsheet cells, without a domain."""
