"""What is said where the application is not asked: to a request that is none, or never ends."""

from http import HTTPStatus

from gunicorn.http import errors

from edu.pages.headers import SECURITY

_STATUSES = (
    # These two are faults of ours, which gunicorn counts among the parser's.
    (errors.InvalidResponseHeader, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.ConfigurationProblem, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (errors.ParseException, HTTPStatus.BAD_REQUEST),
)


def status_of(error: Exception) -> int:
    """The status with which a fault beneath the application is answered."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def refusal(status: int) -> bytes:
    """A whole answer, with every header that protects its reader, after which the line closes.
    Nobody's page is shown here, so its words are the standard's."""
    phrase = HTTPStatus(status).phrase
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(phrase) + 1)),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
        *SECURITY,
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status} {phrase}\r\n{head}\r\n{phrase}\n".encode("latin-1")
