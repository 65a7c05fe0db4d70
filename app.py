"""The application, for gunicorn and the flask command."""

from edu import create_app

app = create_app()
