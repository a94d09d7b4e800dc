"""Signatures of webhooks: HMAC-SHA256 in hexadecimal."""

import hmac
from collections.abc import Iterable
from typing import TypedDict


class Request(TypedDict, total=False):
    """What the functions here are called with: `signature` is there to be verified, or left out to be made."""

    body: str
    signature: str


class Answer(TypedDict, total=False):
    """The signature of a body, or whether the one given is good."""

    signature: str
    valid: bool


def signature(body: str, key: str) -> str:
    return hmac.new(key.encode(), body.encode(), "sha256").hexdigest()


def is_by_one_of(keys: Iterable[str], body: str, given: str) -> bool:
    """Whether one of the keys made the signature; compared in a time that tells nothing of it."""
    return any(hmac.compare_digest(signature(body, key).encode(), given.encode()) for key in keys)
