"""Who is signed in, and who may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from edu.doors import address, db
from edu.partners.accounts import SESSION_HOURS, member_on_device
from edu.partners.models import ROLES, Member

COOKIE = "staff"


def member() -> Member | None:
    """The member of this request."""
    if "member" not in g:
        token = request.cookies.get(COOKIE)
        g.member = member_on_device(db(), token) if token else None
    found: Member | None = g.member
    return found


def staff(
    *roles: str,
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Say who may enter: any member, or only these roles. The member comes as first argument."""
    allowed = roles or ROLES

    def guard(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            found = member()
            if found is None:
                return redirect(address("staff", "sign-in"), 303)
            if found.role not in allowed:
                abort(403)
            return view(found, *args, **kwargs)

        guarded.staff_roles = allowed  # type: ignore[attr-defined]
        return guarded

    return guard


def keep_signed_in(response: Response, token: str) -> Response:
    """Remember a member on this device for a working day."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_HOURS * 3600,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
    )
    return response
