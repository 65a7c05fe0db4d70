"""How the tests ask for the analysis of a file."""

import csv
import io
import json

import pytest

from edu.lessons.mistakes import Broken
from edu.outcomes.change_csv import change


def analyse(pairs, **options):
    """The analysis of a file with these cells, which must be fit for strict JSON."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "pre", "post"), *((n, *p) for n, p in enumerate(pairs))])
    found = change(io.StringIO(text.getvalue()), before="pre", after="post", **options)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def everything(rows, **options):
    """The analysis of a file with all columns there can be."""
    header = ["pre", "post", "later", "then", "arm", "group"]
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    asked = {"later": ["later"], "looking_back": "then", "arm": "arm", "group": "group"} | options
    found = change(io.StringIO(text.getvalue()), before="pre", after="post", **asked)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def refused(text, **options):
    """Every mistake of a file that is not taken."""
    with pytest.raises(Broken) as broken:
        change(io.StringIO(text), **{"before": "pre", "after": "post"} | options)
    return [str(mistake) for mistake in broken.value.mistakes]
