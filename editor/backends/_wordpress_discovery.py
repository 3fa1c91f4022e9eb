"""What stands at an address that somebody typed: a WordPress, where its API is, and where a person lets us in.

No credentials are sent. Each reason why it does not work has its own sentence, because each is mended by somebody else.
https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import msgspec

from editor.backends._wordpress_errors import failure_in
from editor.backends._wordpress_shapes import Index
from editor.problems import Problem
from editor.sync.backend import Door, NotApplied, Rejected
from editor.web.address import address_problem, host_of, is_this_laptop, same_host
from editor.web.reply import Reply, data_in
from editor.web.session import Session
from editor.web.verdict import is_html

HOPS = 5
INDEX = "name,url,home,namespaces,authentication"
"""What is asked of the index: the list of routes would weigh a hundred times as much."""
APP = {"app_name": "Dateline", "app_id": "8d7c4f1e-2f0b-4c55-9d0c-6b1a60a3f0c2"}
"""What WordPress calls us in its list of passwords; the id is ours, and the same everywhere."""
_LINK = re.compile(r"<([^<>]+)>\s*;[^,]*\brel=\"?https://api\.w\.org/\"?")
_TAG = re.compile(r"<link\b[^>]*\brel=[\"']https://api\.w\.org/[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=[\"']([^\"']+)[\"']", re.IGNORECASE)
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")


def discover(settings: Mapping[str, str]) -> Door:
    """The site at ``address``. Raises what is wrong with it, or with the way to it."""
    typed = settings.get("address", "").strip()
    plain = settings.get("plain", "off") == "on"
    if not typed:
        raise Rejected(Problem(code="wordpress-address-missing", field="address"))
    address = typed if _SCHEME.match(typed) else _with_scheme(typed)
    address = address.partition("?")[0].partition("#")[0]  # somebody may paste a page's
    if (wrong := address_problem(address, plain=plain)) is not None:
        raise Rejected(wrong)
    page, address = _walk(address, plain)
    root = _advertised(page, address)
    if root and not same_host(root, address):
        # credentials go to the host that somebody typed, and to no other
        raise Rejected(_problem("wordpress-elsewhere", address, there=host_of(root)))
    base = address.rstrip("/")
    # a page may hide the link: the two usual places are tried
    places = filter(None, (root, f"{base}/wp-json/", f"{base}/index.php?rest_route=/"))
    tried = (_index(place, plain) for place in places)
    found = next((each for each in tried if each is not None), None)
    if found is None:
        raise _nothing(page, address)
    index, root = found
    if "wp/v2" not in index.namespaces:
        raise Rejected(_problem("wordpress-rest-off", address))
    home = index.home or index.url or address
    if (wrong := address_problem(home, plain=plain)) is not None or not same_host(home, address):
        home = address
    if not index.authorization:
        code = (
            "wordpress-no-passwords-plain" if root.startswith("http:") else "wordpress-no-passwords"
        )
        raise Rejected(_problem(code, address))
    return Door(
        site=" ".join(unescape(index.name).split())[:200] or host_of(home),
        settings={"address": home.rstrip("/"), "rest": root},
        sign_in=_sign_in(index.authorization, address, plain),
    )


def _with_scheme(typed: str) -> str:
    """A bare address. Everything but this laptop itself is asked by https."""
    near = is_this_laptop(urlsplit(f"//{typed}").hostname or "")
    return f"{'http' if near else 'https'}://{typed}"


def _walk(address: str, plain: bool) -> tuple[Reply, str]:
    """The page at an address, and the address that it has in truth: redirects are gone after, nothing is sent along."""
    for _ in range(HOPS):
        page = _ask(address)
        location = page.headers.get("location", "")
        if not 300 <= page.status < 400 or not location:
            return page, address
        there = urljoin(address, location).partition("?")[0].partition("#")[0]
        if address.startswith("https:") and not there.startswith("https:"):
            raise Rejected(_problem("wordpress-turns-plain", address))
        if (wrong := address_problem(there, plain=plain)) is not None:
            raise Rejected(wrong)
        address = there
    raise Rejected(_problem("wordpress-in-circles", address))


def _ask(url: str) -> Reply:
    """One page, whatever its status."""
    parts = urlsplit(url)
    session = Session(f"{parts.scheme}://{parts.netloc}", judge=lambda *_: None)
    try:
        query = dict(parse_qsl(parts.query)) or None
        path = parts.path.lstrip("/")
        return session.send("GET", path, writes=False, due=False, query=query)
    finally:
        session.close()


def _advertised(page: Reply, address: str) -> str:
    """Where a page says that the API is."""
    found = _LINK.search(page.headers.get("link", ""))
    if found is not None:
        return urljoin(address, unescape(found[1]))
    body = page.body.decode("utf-8", "replace")
    tag = _TAG.search(body)
    href = _HREF.search(tag[0]) if tag is not None else None
    return urljoin(address, unescape(href[1])) if href is not None else ""


def _index(root: str, plain: bool) -> tuple[Index, str] | None:
    """What the API says of itself; None where there is none, raises where it is barred."""
    if address_problem(root.partition("?")[0], plain=plain) is not None:
        return None
    try:
        answer = _ask(f"{root}{'&' if '?' in root else '?'}_fields={INDEX}")
    except NotApplied:
        return None
    if answer.status == 401 and failure_in(answer.body).code:
        return _for_users_only(root), root
    if answer.status in (401, 403):
        code = "wordpress-rest-off" if data_in(answer.body) else "wordpress-guarded"
        raise Rejected(_problem(code, root))
    try:
        found = msgspec.json.decode(data_in(answer.body) or b"", type=Index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return (found, root) if answer.status == 200 and found.namespaces else None


def _for_users_only(root: str) -> Index:
    """What is taken to be so where the API tells nobody who has not signed in: WordPress's handbook says how to shut it so.

    https://developer.wordpress.org/rest-api/frequently-asked-questions/#require-authentication-for-all-requests
    """
    page = urljoin(root, ("" if "?" in root else "../") + "wp-admin/authorize-application.php")
    endpoints = {"endpoints": {"authorization": page}}
    return Index(namespaces=("wp/v2",), authentication={"application-passwords": endpoints})


def _nothing(page: Reply, address: str) -> Exception:
    """Why no API was found at a page."""
    if page.status == 503:
        return NotApplied(_problem("wordpress-maintenance", address))
    if page.status >= 500:
        return NotApplied(
            Problem(code="web-unwell", detail={"host": host_of(address), "status": page.status})
        )
    if page.status in (401, 403):
        return Rejected(_problem("wordpress-guarded", address))
    if is_html(page.headers, page.body) and b"wp-content" in page.body:
        return Rejected(_problem("wordpress-rest-off", address))
    return Rejected(_problem("wordpress-none-there", address))


def _sign_in(authorization: str, address: str, plain: bool) -> str:
    """The page for a browser. One at a stranger's is not opened."""
    there = urljoin(address, authorization)
    if address_problem(there.partition("?")[0], plain=plain) is not None:
        return ""
    return f"{there}{'&' if '?' in there else '?'}{urlencode(APP)}"


def _problem(code: str, address: str, **detail: str) -> Problem:
    return Problem(code=code, field="address", detail={"host": host_of(address), **detail})
