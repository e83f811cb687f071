"""The replies that all parts of the server give alike."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HEADERS = {
    "Access-Control-Allow-Origin": "*",  # no cookies, no credentials: what is here is for everyone
    "Access-Control-Expose-Headers": "X-Truncated",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

TEXT = "text/plain; charset=utf-8"


class RefusalError(Exception):
    """A request that is answered with an error.

    Args:
        status: Of the reply.
        message: What is wrong and what to do, in one line.
        headers: More headers.
    """

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


def refuse(request: Request, error: Exception) -> Response:
    """Return the reply to a request that was refused."""
    del request
    assert isinstance(error, RefusalError)  # noqa: S101  # registered for it
    return PlainTextResponse(f"{error.message}\n", error.status, {**HEADERS, **error.headers})


def reply(body: bytes, media: str, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a document; text is in UTF-8."""
    content_type = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(body, status, {**HEADERS, **(headers or {}), "Content-Type": content_type})


async def read_body(request: Request, most: int) -> bytes:
    """Return a request's body.

    Raises:
        RefusalError: It is longer than allowed.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise RefusalError(413, f"the body is longer than {most} bytes", {"Connection": "close"})
    return bytes(body)
