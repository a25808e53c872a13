"""Where a member is: from a place typed in any language, or shown on the map, to a time zone, and how a zone is called.

City data: GeoNames (https://www.geonames.org), licensed under CC BY 4.0; see NOTICE.
Names of zones, exemplar cities and countries: Unicode CLDR, through Babel.
"""

from bot.places.cities import fold
from bot.places.days_off import country_name, country_of, holiday, is_weekend
from bot.places.finding import Locality, find
from bot.places.nearby import near
from bot.places.zones import city_of, of_city, offset, suggestions, write_offset, zone_name

__all__ = [
    "Locality",
    "city_of",
    "country_name",
    "country_of",
    "find",
    "fold",
    "holiday",
    "is_weekend",
    "near",
    "of_city",
    "offset",
    "suggestions",
    "write_offset",
    "zone_name",
]
