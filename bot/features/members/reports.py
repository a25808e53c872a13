"""The link to join as a picture: a QR code, to be printed or shown on a wall."""

from io import BytesIO

PIXELS = 12  # for each module of the code: some 500 in all, sharp on paper


def door_picture(address: str) -> bytes:
    """An address as a QR code, PNG; a quarter of it may be covered or torn and it still reads."""
    import segno  # noqa: PLC0415 - most who start the bot never ask for a picture

    picture = BytesIO()
    segno.make_qr(address, error="q").save(picture, kind="png", scale=PIXELS)
    return picture.getvalue()
