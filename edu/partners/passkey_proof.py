"""What a browser is told about passkeys, and whether what a device answers proves anything.

The rules are those of WebAuthn, by way of `webauthn`. It is loaded only here and only when somebody
uses a passkey. Each proof is of three things: that the device has the key, that it saw our site and
no other one, and that it looked at who holds it (by a finger, a face or a PIN).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

_SITE_NAME = "Daraja"
#: How long a browser lets somebody look for her device, in milliseconds.
_PATIENCE = 300_000


#: By what a device knows a key: 1023 bytes at most, in base64url.
_CREDENTIAL = re.compile("[A-Za-z0-9_-]{1,1364}")


class Refused(Exception):
    """What a device answered proves nothing."""


@dataclass(frozen=True)
class Site:
    """Where a passkey works: the name it is made for, and the address of the pages that ask."""

    host: str
    origin: str


@dataclass(frozen=True)
class Known:
    """A key that a device may be asked for, and how a browser reaches that device."""

    credential: str
    transports: str


@dataclass(frozen=True)
class Made:
    """What is to be kept of a key that a device has just made."""

    credential: str
    public_key: bytes
    sign_count: int
    transports: str


def wish_to_make(
    site: Site, login: str, handle: bytes, known: Sequence[Known], challenge: bytes
) -> str:
    """What the browser needs to have a passkey made, as JSON. `handle` stands for the member in
    her device. Devices that hold one of the `known` keys do not make a second one."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AttestationConveyancePreference,
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=site.host,
        rp_name=_SITE_NAME,
        user_id=handle,
        user_name=login,
        challenge=challenge,
        timeout=_PATIENCE,
        # Which make of device somebody has is none of our business.
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # Kept in the device with its name, so that no name need be typed to sign in.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return options_to_json(options)


def wish_to_see(site: Site, known: Sequence[Known], challenge: bytes) -> str:
    """What the browser needs to have a passkey shown, as JSON. With no `known` keys the device
    offers whatever it has for this site."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=_PATIENCE,
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def _descriptors(known: Sequence[Known]) -> "list[PublicKeyCredentialDescriptor]":
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(each.credential),
            transports=[AuthenticatorTransport(name) for name in each.transports.split()],
        )
        for each in known
    ]


def made(site: Site, challenge: bytes, answer: str) -> Made:
    """The key that a device has made for this challenge. Raises Refused."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        transports = _transports(answer)
    except Exception as error:  # whatever a stranger's bytes bring about in their reader
        raise Refused(type(error).__name__) from None
    return Made(
        credential=bytes_to_base64url(found.credential_id),
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        transports=transports,
    )


def _transports(answer: str) -> str:
    """The ways to the device that the browser names, as far as they are ways that we know."""
    from webauthn.helpers.structs import AuthenticatorTransport

    said = json.loads(answer)["response"].get("transports")
    named = said if isinstance(said, list) else []
    return " ".join(each.value for each in AuthenticatorTransport if each.value in named)


def credential_in(answer: str) -> str:
    """Which key a device says to show; nothing is proved by that. Raises Refused."""
    try:
        found = json.loads(answer)["id"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(type(error).__name__) from None
    if not isinstance(found, str) or not _CREDENTIAL.fullmatch(found):
        raise Refused("no credential")
    return found


def shown(site: Site, challenge: bytes, answer: str, public_key: bytes) -> tuple[int, bytes | None]:
    """How often the device says that it has used this key, and for whom it keeps it, once it has
    proved that it has the key. Raises Refused."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json

    try:
        credential = parse_authentication_credential_json(answer)
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            # Counts are compared by whoever asks: a copy is told apart from a false answer.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise Refused(type(error).__name__) from None
    return found.new_sign_count, credential.response.user_handle
