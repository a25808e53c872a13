"""The API: what is answered to the requests of other systems."""
