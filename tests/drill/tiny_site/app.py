"""The application over the tests' tiny content, under the name by which gunicorn asks for it."""

from dataclasses import replace

from edu import create_app
from edu.settings import ROOT, read_settings

app = create_app(replace(read_settings(), root=ROOT / "tests" / "tiny"))
