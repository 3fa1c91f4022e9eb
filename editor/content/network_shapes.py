"""The networks that Dateline knows: their hosts, and the shapes that the paths of their posts have. Data only.

What is no post of somebody (profiles, searches, lists, channels) has no shape here. Letters and digits are ASCII.
"""

from __future__ import annotations

from editor.content.network_shape import Network, shape

_X_ID = r"(?P<id>[1-9]\d{0,19})(?:/(?:photo|video)/\d{1,2}|/history|/quotes|/retweets|/likes)?"
_X_WORDS = "(?!(?:i|intent|search|hashtag|home|explore|settings|share|compose|messages)/)"
_CODE = r"(?P<id>[A-Za-z0-9_-]{8,40})"
_VIDEO = r"(?P<id>(?!videoseries|live_stream)[A-Za-z0-9_-]{11})"
_WATCH = "https://www.youtube.com/watch?v={id}"
_PAGE = r"(?P<user>[A-Za-z0-9.\-]{2,80})"
_FB_ID = r"(?P<id>\d{5,20}|pfbid[A-Za-z0-9]{4,90})"
_HANDLE = r"(?P<user>[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63})+)"
_DID = r"(?P<user>did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.:%-]{3,240}))"
_RKEY = r"(?P<id>(?!\.\.?(?:/|$))[a-zA-Z0-9._~-]{1,64})"
_SEEN_BY = r"(?:/(?:liked-by|reposted-by|quotes))?"
_TIKTOK = r"(?P<id>\d{15,20})"
_GROUP = r"(?P<group>\w{2,30})"
_THING = r"(?P<id>[0-9a-z]{4,10})"
_SPOTIFY = r"(?P<kind>track|album|episode|show|playlist)/(?P<id>[0-9A-Za-z]{22})"
_CHANNEL = (
    r"(?P<user>(?!(?:joinchat|addstickers|addemoji|addlist|share|socks|proxy|login|setlanguage|confirmphone"
    r"|invoice|boost|contact|addtheme)/)[A-Za-z]\w{4,31})"
)
_SOUND_WORDS = (
    "(?!(?:discover|search|stream|you|charts|pages|upload|settings|jobs|people|tags|groups|messages"
    "|notifications|imprint|premium|go|pro|popular|mobile|terms-of-use|stations|tracks)/)"
)
_SOUND_LISTS = "(?!(?:tracks|popular-tracks|albums|sets|reposts|likes|followers|following|comments|spotlight)(?:/|$))"
_URN = r"urn(?::|%3[Aa])li(?::|%3[Aa])(?P<kind>activity|ugcPost|share)(?::|%3[Aa])(?P<id>\d{15,22})"

NETWORKS = (
    Network(
        "x",
        "X",
        ("x.com", "twitter.com"),
        (
            shape(r"/i/(?:web/)?status(?:es)?/" + _X_ID, "https://x.com/i/status/{id}"),
            shape(
                "/" + _X_WORDS + r"@?(?P<user>\w{1,15})/status(?:es)?/" + _X_ID,
                "https://x.com/{user}/status/{id}",
                "@{user}",
            ),
        ),
    ),
    Network(
        "bluesky",
        "Bluesky",
        ("bsky.app",),
        (
            shape(
                f"/profile/{_HANDLE}/post/{_RKEY}{_SEEN_BY}",
                "https://bsky.app/profile/{user}/post/{id}",
                "@{user}",
            ),
            shape(
                f"/profile/{_DID}/post/{_RKEY}{_SEEN_BY}",
                "https://bsky.app/profile/{user}/post/{id}",
            ),
        ),
    ),
    Network(
        "threads",
        "Threads",
        ("threads.net", "threads.com"),
        (
            shape(
                r"/@(?P<user>[\w.]{1,30})/post/" + _CODE + r"(?:/(?:media|embed))?",
                "https://www.threads.com/@{user}/post/{id}",
                "@{user}",
            ),
            shape(r"/t/" + _CODE, "https://www.threads.com/t/{id}"),
        ),
    ),
    Network(
        "instagram",
        "Instagram",
        ("instagram.com", "instagr.am"),
        (
            shape(
                r"/(?:(?!share/)[\w.]{1,30}/)?p/" + _CODE + r"(?:/(?:embed|captioned))*",
                "https://www.instagram.com/p/{id}/",
            ),
            shape(
                r"/(?:(?!share/)[\w.]{1,30}/)?reels?/" + _CODE + r"(?:/(?:embed|captioned))*",
                "https://www.instagram.com/reel/{id}/",
            ),
            shape(r"/(?:[\w.]{1,30}/)?tv/" + _CODE, "https://www.instagram.com/tv/{id}/"),
            shape(
                r"/share/(?P<kind>p|reel)/" + _CODE, "https://www.instagram.com/share/{kind}/{id}/"
            ),
        ),
    ),
    Network(
        "facebook",
        "Facebook",
        ("facebook.com", "fb.com"),
        (
            shape(
                f"/{_PAGE}/posts/(?:[^/]{{1,200}}/)?{_FB_ID}",
                "https://www.facebook.com/{user}/posts/{id}",
                "{user}",
            ),
            shape(
                f"/{_PAGE}/videos/(?:[^/]{{1,200}}/)?" + r"(?P<id>\d{5,20})",
                "https://www.facebook.com/{user}/videos/{id}",
                "{user}",
            ),
            shape(
                f"/{_PAGE}/photos/(?:[^/]{{1,80}}/)?" + r"(?P<id>\d{5,20})",
                "https://www.facebook.com/{user}/photos/{id}",
                "{user}",
            ),
            shape(
                r"/(?:permalink|story)\.php",
                "https://www.facebook.com/permalink.php",
                query=("story_fbid", "id"),
            ),
            shape(r"/photo(?:\.php)?", "https://www.facebook.com/photo", query=("fbid",)),
            shape(
                r"/(?:watch(?:/live)?|video\.php)", "https://www.facebook.com/watch", query=("v",)
            ),
            shape(r"/reel/(?P<id>\d{5,20})", "https://www.facebook.com/reel/{id}"),
            shape(
                r"/share/(?P<kind>[prv])/(?P<id>[A-Za-z0-9]{6,20})",
                "https://www.facebook.com/share/{kind}/{id}",
            ),
            shape(
                r"/groups/(?P<group>[A-Za-z0-9.\-]{2,80})/(?:posts|permalink)/" + _FB_ID,
                "https://www.facebook.com/groups/{group}/posts/{id}",
            ),
        ),
        abroad=True,
    ),
    Network(
        "facebook",
        "Facebook",
        ("fb.watch",),
        (shape(r"/(?P<id>[A-Za-z0-9_-]{6,20})", "https://fb.watch/{id}/"),),
    ),
    Network(
        "tiktok",
        "TikTok",
        ("tiktok.com",),
        (
            shape(
                r"/@(?P<user>[\w.]{1,30})/(?P<kind>video|photo)/" + _TIKTOK,
                "https://www.tiktok.com/@{user}/{kind}/{id}",
                "@{user}",
            ),
            shape(
                r"/(?:v|embed(?:/v[123])?|player/v1|share/video)/" + _TIKTOK + r"(?:\.html)?",
                "https://m.tiktok.com/v/{id}.html",
            ),
            shape(r"/t/(?P<id>[A-Za-z0-9]{6,15})", "https://www.tiktok.com/t/{id}/"),
        ),
    ),
    Network(
        "tiktok",
        "TikTok",
        ("vm.tiktok.com", "vt.tiktok.com"),
        (shape(r"/(?P<id>[A-Za-z0-9]{6,15})", "https://{host}/{id}/"),),
    ),
    Network(
        "youtube",
        "YouTube",
        ("youtube.com", "youtube-nocookie.com", "music.youtube.com"),
        (
            shape(
                r"/watch",
                "https://www.youtube.com/watch",
                query=("v",),
                ident=r"(?!videoseries|live_stream)[A-Za-z0-9_-]{11}",
            ),
            shape(r"/(?:embed|v|e|live|watch)/" + _VIDEO, _WATCH),
            shape(r"/shorts/" + _VIDEO, "https://www.youtube.com/shorts/{id}"),
            shape(r"/post/(?P<id>Ugkx[A-Za-z0-9_-]{20,40})", "https://www.youtube.com/post/{id}"),
        ),
    ),
    Network("youtube", "YouTube", ("youtu.be",), (shape("/" + _VIDEO, _WATCH),)),
    Network(
        "vimeo",
        "Vimeo",
        ("vimeo.com",),
        (
            shape(
                r"/(?:(?:channels|groups)/[\w-]{1,80}/(?:videos/)?|(?:showcase|album)/\d{1,12}/video/)?"
                r"(?P<id>\d{5,12})",
                "https://vimeo.com/{id}",
            ),
            shape(
                r"/(?P<id>\d{5,12})/(?P<key>[0-9a-f]{8,12})",
                "https://vimeo.com/{id}/{key}",
            ),
        ),
    ),
    Network(
        "vimeo",
        "Vimeo",
        ("player.vimeo.com",),
        (shape(r"/video/(?P<id>\d{5,12})", "https://vimeo.com/{id}"),),
    ),
    Network(
        "telegram",
        "Telegram",
        ("t.me", "telegram.me", "telegram.dog"),
        (
            shape(
                f"/(?:s/)?{_CHANNEL}/" + r"(?P<id>[1-9]\d{0,11})",
                "https://t.me/{user}/{id}",
                "@{user}",
            ),
            shape(
                f"/{_CHANNEL}/" + r"(?P<topic>[1-9]\d{0,11})/(?P<id>[1-9]\d{0,11})",
                "https://t.me/{user}/{topic}/{id}",
                "@{user}",
            ),
        ),
    ),
    Network(
        "reddit",
        "Reddit",
        ("reddit.com",),
        (
            shape(
                r"/(?P<kind>r|u|user)/(?P<group>[\w-]{2,30})/comments/"
                + _THING
                + r"(?:/[^/]{0,300})?",
                "https://www.reddit.com/{kind}/{group}/comments/{id}/",
            ),
            shape(
                f"/r/{_GROUP}"
                + r"/comments/(?P<post>[0-9a-z]{4,10})/(?:comment|[^/]{0,300})/"
                + _THING,
                "https://www.reddit.com/r/{group}/comments/{post}/comment/{id}/",
            ),
            shape(
                f"/r/{_GROUP}" + r"/s/(?P<id>[A-Za-z0-9]{6,12})",
                "https://www.reddit.com/r/{group}/s/{id}",
            ),
            shape("/comments/" + _THING, "https://www.reddit.com/comments/{id}/"),
            shape("/gallery/" + _THING, "https://www.reddit.com/gallery/{id}"),
        ),
    ),
    Network("reddit", "Reddit", ("redd.it",), (shape("/" + _THING, "https://redd.it/{id}"),)),
    Network(
        "linkedin",
        "LinkedIn",
        ("linkedin.com",),
        (
            shape(
                r"/posts/(?P<slug>[^/]{1,300}-(?:activity|ugcPost|share)-(?P<id>\d{15,22})(?:-[\w-]{1,8})?)",
                "https://www.linkedin.com/posts/{slug}",
            ),
            shape(
                r"/(?:embed/)?feed/update/" + _URN,
                "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}/",
            ),
        ),
        abroad=True,
    ),
    Network(
        "truthsocial",
        "Truth Social",
        ("truthsocial.com",),
        (
            shape(
                r"/@(?P<user>\w{1,30})/(?:posts/)?(?P<id>\d{15,20})(?:/embed)?",
                "https://truthsocial.com/@{user}/posts/{id}",
                "@{user}",
            ),
            shape(
                r"/users/(?P<user>\w{1,30})/statuses/(?P<id>\d{15,20})",
                "https://truthsocial.com/@{user}/posts/{id}",
                "@{user}",
            ),
        ),
    ),
    Network(
        "soundcloud",
        "SoundCloud",
        ("soundcloud.com",),
        (
            shape(
                "/"
                + _SOUND_WORDS
                + r"(?P<user>[\w-]{2,60})/"
                + _SOUND_LISTS
                + r"(?P<id>[\w-]{1,200})",
                "https://soundcloud.com/{user}/{id}",
            ),
            shape(
                "/" + _SOUND_WORDS + r"(?P<user>[\w-]{2,60})/sets/(?P<id>[\w-]{1,200})",
                "https://soundcloud.com/{user}/sets/{id}",
            ),
        ),
    ),
    Network(
        "soundcloud",
        "SoundCloud",
        ("on.soundcloud.com",),
        (shape(r"/(?P<id>[A-Za-z0-9]{5,24})", "https://on.soundcloud.com/{id}"),),
    ),
    Network(
        "spotify",
        "Spotify",
        ("open.spotify.com",),
        (
            shape(
                r"/(?:intl-[a-z]{2}(?:-[A-Za-z]{2})?/)?(?:embed(?:-podcast)?/)?" + _SPOTIFY,
                "https://open.spotify.com/{kind}/{id}",
            ),
        ),
    ),
)

AT = f"at://(?:{_DID}|{_HANDLE.replace('<user>', '<name>')})/app\\.bsky\\.feed\\.post/{_RKEY}/?"
"""An address of Bluesky's own protocol: by a lasting id, or by a handle (``name``)."""
