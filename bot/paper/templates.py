"""The pages of all reports, as Jinja templates: what is put into them is escaped, and what is lacking is an error."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PAGES = FileSystemLoader(Path(__file__).parent / "pages")
TEMPLATES = Environment(loader=PAGES, autoescape=True, undefined=StrictUndefined)
