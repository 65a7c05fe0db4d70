"""Codes as pictures that a phone reads."""

import io

import segno


def qr_picture(content: str) -> str:
    """An inline SVG of a QR code, black on white whatever the colours around it."""
    buffer = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgns=False, omitsize=True, light="#fff", border=4
    )
    return buffer.getvalue().decode()
