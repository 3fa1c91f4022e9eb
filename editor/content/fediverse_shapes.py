"""Mastodon and its kin, which live on any host: these shapes are tried on hosts that no other network owns. Data only.

Only what cannot be taken for something else is here: the length and the alphabet of an id are its network's own.
"""

from __future__ import annotations

from editor.content.network_shape import Network, shape

_FEDI_USER = r"(?P<user>[\w.-]{1,64})"
_STATUS = r"(?P<id>\d{6,22})"

KIN = (
    Network(
        "mastodon",
        "Mastodon",
        (),
        (
            shape(
                r"(?:/web|/deck)?/@"
                + _FEDI_USER
                + r"@(?P<home>[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,63})/"
                + _STATUS,
                "https://{host}/@{user}@{home}/{id}",
                "@{user}@{home}",
            ),
            shape(
                r"(?:/web|/deck)?/@" + _FEDI_USER + "/" + _STATUS + r"(?:/embed)?",
                "https://{host}/@{user}/{id}",
                "@{user}@{host}",
            ),
            shape(
                "/users/" + _FEDI_USER + "/statuses/" + _STATUS + r"(?:/(?:activity|embed))?",
                "https://{host}/@{user}/{id}",
                "@{user}@{host}",
            ),
        ),
    ),
    Network(
        "gotosocial",
        "GoToSocial",
        (),
        (
            shape(
                "/@" + _FEDI_USER + "/statuses/(?P<id>[0-7][0-9A-HJKMNP-TV-Z]{25})",
                "https://{host}/@{user}/statuses/{id}",
                "@{user}@{host}",
            ),
        ),
    ),
    Network(
        "pleroma",
        "Pleroma",
        (),
        (shape("/notice/(?P<id>[9A-B][0-9A-Za-z]{17})", "https://{host}/notice/{id}"),),
    ),
    Network(
        "misskey",
        "Misskey",
        (),
        (
            # The first digit counts years, the first eight are a time; without digits in it, it might be a word.
            shape(
                r"/notes/(?P<id>(?=(?:[a-z]*\d){2})(?=.{0,7}\d)[7-9a-c](?:[0-9a-z]{9}|[0-9a-z]{15}))",
                "https://{host}/notes/{id}",
            ),
        ),
    ),
    Network(
        "pixelfed",
        "Pixelfed",
        (),
        (
            shape(
                "/p/" + _FEDI_USER + r"/(?P<id>\d{17,19})",
                "https://{host}/p/{user}/{id}",
                "@{user}@{host}",
            ),
        ),
    ),
    Network(
        "peertube",
        "PeerTube",
        (),
        (
            shape(
                "/w/(?P<id>(?=[^/]*[0-9])(?=[^/]*[A-Z])[1-9A-HJ-NP-Za-km-z]{22})",
                "https://{host}/w/{id}",
            ),
            shape(
                r"/(?:w|videos/watch)/(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})",
                "https://{host}/w/{id}",
            ),
        ),
    ),
)
