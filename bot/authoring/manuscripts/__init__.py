"""Manuscripts: a dialogue as people have it, in a Word file, a workbook or a plain text; read, and written back."""
