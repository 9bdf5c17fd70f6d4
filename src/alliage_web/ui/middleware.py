"""Around each page: its language from its address, its security headers, its errors in plain words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

from alliage_web.ui.pages import Unknown, unknown

Answer = Callable[[HttpRequest], HttpResponse]

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {framers}"
)
_HEADERS = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policies(answer: Answer) -> Answer:
    """Nothing but our own files may be loaded; nobody may frame a page, except the figures made to be embedded."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        framers = "*" if getattr(response, "embeddable", False) else "'none'"
        response["Content-Security-Policy"] = _POLICY.format(framers=framers)
        for name, value in _HEADERS.items():
            response[name] = value
        # Files are public and meant to be re-used from other sites.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return middleware


def bodiless(answer: Answer) -> Answer:
    """HEAD asks how long a page is, not for the page: WSGI servers complain when they are handed both."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "HEAD" and not response.streaming:
            length = str(len(response.content))
            response.content = b""
            response["Content-Length"] = length
        return response

    return middleware


def language(answer: Answer) -> Answer:
    """The address alone decides the language: the same link shows the same page to everybody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/en":
            return HttpResponsePermanentRedirect("/en/")
        if len(request.path_info) > 1 and request.path_info.endswith("/") and request.path_info != "/en/":
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponsePermanentRedirect("/" + request.path_info.strip("/") + query)
        chosen = "en" if request.path_info.startswith("/en/") else "fr"
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            request.get_host()  # a host that is not ours is refused before any page is made
            response = answer(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def friendly_errors(answer: Answer) -> Answer:
    """A view that meets an unknown name raises Unknown: the reader is told what exists instead."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return answer(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            return unknown(request, error) if isinstance(error, Unknown) else None

    return Middleware()
