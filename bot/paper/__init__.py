"""HTML, Markdown, spreadsheet cells and pictures, without a domain."""
