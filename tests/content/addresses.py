"""Addresses as people paste them: a network, then what was pasted and what becomes of it, and what only looks like it."""

from __future__ import annotations

_POSTS = """
x
https://x.com/river_watch/status/1728000000000000001?t=AbC-dEf&s=19 https://x.com/river_watch/status/1728000000000000001
https://twitter.com/river_watch/status/1728000000000000001?ref_src=twsrc%5Etfw https://x.com/river_watch/status/1728000000000000001
https://m.twitter.com/river_watch/status/1728000000000000001 https://x.com/river_watch/status/1728000000000000001
https://mobile.x.com/river_watch/status/1728000000000000001/ https://x.com/river_watch/status/1728000000000000001
http://twitter.com/river_watch/statuses/1728000000000000001 https://x.com/river_watch/status/1728000000000000001
https://x.com/@river_watch/status/1728000000000000001 https://x.com/river_watch/status/1728000000000000001
https://X.COM/River_Watch/status/1728000000000000001 https://x.com/River_Watch/status/1728000000000000001
https://x.com:443/river_watch/status/1728000000000000001 https://x.com/river_watch/status/1728000000000000001
https://x.com./river_watch/status/1728000000000000001 https://x.com/river_watch/status/1728000000000000001
https://x.com/river_watch/status/1728000000000000001/video/1 https://x.com/river_watch/status/1728000000000000001
https://x.com/river_watch/status/1728000000000000001/quotes https://x.com/river_watch/status/1728000000000000001
https://x.com/river_watch/status/1728000000000000001/history https://x.com/river_watch/status/1728000000000000001
https://x.com/i/web/status/1728000000000000001?s=46 https://x.com/i/status/1728000000000000001
https://twitter.com/i/status/1728000000000000001/photo/1 https://x.com/i/status/1728000000000000001
https://x.com/r/status/20 https://x.com/r/status/20
https://x.com/river_watch/status/1728000000000000001?lang=fa&q=سیل https://x.com/river_watch/status/1728000000000000001
bluesky
https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k/ https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
http://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k?ref_src=embed https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://www.bsky.app/profile/gauges.example.org/post/3lbcdefghij2k#reply https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k/liked-by https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k/quotes https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3lbcdefghij2k https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3lbcdefghij2k
https://bsky.app/profile/did:web:gauges.example.org/post/3lbcdefghij2k https://bsky.app/profile/did:web:gauges.example.org/post/3lbcdefghij2k
at://gauges.example.org/app.bsky.feed.post/3lbcdefghij2k https://bsky.app/profile/gauges.example.org/post/3lbcdefghij2k
at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3lbcdefghij2k/ https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3lbcdefghij2k
at://did:web:gauges.example.org/app.bsky.feed.post/3lbcdefghij2k https://bsky.app/profile/did:web:gauges.example.org/post/3lbcdefghij2k
mastodon
https://social.example/@gauges/113456789012345678?kjy=spring https://social.example/@gauges/113456789012345678
http://social.example/@gauges/113456789012345678/ https://social.example/@gauges/113456789012345678
https://social.example/@gauges/113456789012345678#c1 https://social.example/@gauges/113456789012345678
https://www.social.example/@gauges/113456789012345678 https://www.social.example/@gauges/113456789012345678
https://social.example/web/@gauges@other.example/113456789012345678 https://social.example/@gauges@other.example/113456789012345678
https://social.example/deck/@gauges@sub.other.example/113456789012345678 https://social.example/@gauges@sub.other.example/113456789012345678
https://social.example/users/gauges/statuses/113456789012345678/embed https://social.example/@gauges/113456789012345678
https://xn--80ak6aa92e.example/@gauges/113456789012345678 https://xn--80ak6aa92e.example/@gauges/113456789012345678
https://deep.sub.social.example/@a-b.c_d/1234567 https://deep.sub.social.example/@a-b.c_d/1234567
gotosocial
https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0D https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0D
https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0D/?x=1 https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0D
pleroma
https://akko.example/notice/AbCdEfGhIjKlMnOpQr https://akko.example/notice/AbCdEfGhIjKlMnOpQr
https://akko.example/notice/9oXyZaBcDeFgHiJkLm/#x https://akko.example/notice/9oXyZaBcDeFgHiJkLm
misskey
https://misskey.example/notes/9xabcd1234 https://misskey.example/notes/9xabcd1234
https://misskey.example/notes/a1b2c3d4e5f6g7h8?x=1 https://misskey.example/notes/a1b2c3d4e5f6g7h8
pixelfed
https://pix.example/p/gauges/712345678901234567 https://pix.example/p/gauges/712345678901234567
https://pix.example/p/gauges/712345678901234567/?utm_source=app https://pix.example/p/gauges/712345678901234567
peertube
https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv
https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=5s https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d
https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d
threads
https://www.threads.net/@river.watch/post/C8abcDEFghi/media https://www.threads.com/@river.watch/post/C8abcDEFghi
https://threads.com/@river.watch/post/C8abcDEFghi?igshid=NTc4 https://www.threads.com/@river.watch/post/C8abcDEFghi
https://www.threads.net/@river.watch/post/C8abcDEFghi/embed https://www.threads.com/@river.watch/post/C8abcDEFghi
https://www.threads.net/t/C8abcDEFghi?x=1 https://www.threads.com/t/C8abcDEFghi
instagram
https://www.instagram.com/p/C8abcDEFghi/?utm_source=ig_web_copy_link&igsh=MzRlODBiNWFlZA== https://www.instagram.com/p/C8abcDEFghi/
https://m.instagram.com/p/C8abcDEFghi https://www.instagram.com/p/C8abcDEFghi/
https://instagr.am/p/C8abcDEFghi/ https://www.instagram.com/p/C8abcDEFghi/
https://www.instagram.com/p/C8abcDEFghi/embed/captioned/ https://www.instagram.com/p/C8abcDEFghi/
https://www.instagram.com/river.watch/reel/C8abcDEFghi/ https://www.instagram.com/reel/C8abcDEFghi/
https://www.instagram.com/reel/C8abcDEFghi/?igsh=x https://www.instagram.com/reel/C8abcDEFghi/
https://www.instagram.com/reel/C8abcDEFghi/embed https://www.instagram.com/reel/C8abcDEFghi/
https://www.instagram.com/share/p/BAabcDEFghi https://www.instagram.com/share/p/BAabcDEFghi/
https://www.instagram.com/share/reel/_abcDEFghi https://www.instagram.com/share/reel/_abcDEFghi/
facebook
https://www.facebook.com/river.service/posts/pfbid02AbCdEfGhIj?rdid=x#  https://www.facebook.com/river.service/posts/pfbid02AbCdEfGhIj
https://de-de.facebook.com/river.service/posts/1234567890123456 https://www.facebook.com/river.service/posts/1234567890123456
https://mbasic.facebook.com/river.service/posts/1234567890123456 https://www.facebook.com/river.service/posts/1234567890123456
https://web.facebook.com/river.service/posts/1234567890123456?_rdc=1 https://www.facebook.com/river.service/posts/1234567890123456
https://touch.facebook.com/river.service/videos/1234567890 https://www.facebook.com/river.service/videos/1234567890
https://www.facebook.com/river.service/posts/наводнение-в-дельте/1234567890123456 https://www.facebook.com/river.service/posts/1234567890123456
https://www.facebook.com/river.service/photos/a.101/1234567890123 https://www.facebook.com/river.service/photos/1234567890123
https://www.facebook.com/river.service/videos/the-gauge/1234567890/ https://www.facebook.com/river.service/videos/1234567890
https://www.facebook.com/video.php?v=1234567890 https://www.facebook.com/watch?v=1234567890
https://www.facebook.com/watch/live/?ref=share&v=1234567890 https://www.facebook.com/watch?v=1234567890
https://www.facebook.com/permalink.php?id=100012345678901&story_fbid=pfbid02AbCdE https://www.facebook.com/permalink.php?story_fbid=pfbid02AbCdE&id=100012345678901
https://www.facebook.com/share/v/1AbCdEfGhI/?mibextid=x https://www.facebook.com/share/v/1AbCdEfGhI
https://www.facebook.com/share/r/1AbCdEfGhI https://www.facebook.com/share/r/1AbCdEfGhI
https://www.facebook.com/groups/123456789/permalink/1234567890/ https://www.facebook.com/groups/123456789/posts/1234567890
https://m.facebook.com/groups/delta.news/posts/1234567890 https://www.facebook.com/groups/delta.news/posts/1234567890
https://www.facebook.com/reel/1234567890/?s=x https://www.facebook.com/reel/1234567890
https://fb.com/river.service/posts/1234567890123456 https://www.facebook.com/river.service/posts/1234567890123456
https://fb.watch/aBcDeFgHiJ?x=1 https://fb.watch/aBcDeFgHiJ/
tiktok
https://www.tiktok.com/@river.watch/video/7300000000000000001?_r=1&_t=8xYz https://www.tiktok.com/@river.watch/video/7300000000000000001
https://m.tiktok.com/v/7300000000000000001.html?u_code=x https://m.tiktok.com/v/7300000000000000001.html
https://www.tiktok.com/embed/v2/7300000000000000001 https://m.tiktok.com/v/7300000000000000001.html
https://www.tiktok.com/player/v1/7300000000000000001 https://m.tiktok.com/v/7300000000000000001.html
https://m.tiktok.com/@river.watch/video/7300000000000000001 https://www.tiktok.com/@river.watch/video/7300000000000000001
https://vm.tiktok.com/ZMabcdefg https://vm.tiktok.com/ZMabcdefg/
https://vt.tiktok.com/ZSabcdefg/?k=1 https://vt.tiktok.com/ZSabcdefg/
https://www.tiktok.com/t/ZTabcdefg https://www.tiktok.com/t/ZTabcdefg/
youtube
https://youtube.com/watch?v=abcdefghi_1&list=PLx&index=2 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtube.com/watch/?v=abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtube.com/watch?v=abcdefghi_1&v=zzzzzzzzzzz https://www.youtube.com/watch?v=abcdefghi_1
https://music.youtube.com/watch?v=abcdefghi_1&si=x https://www.youtube.com/watch?v=abcdefghi_1
https://m.youtube.com/shorts/abcdefghi_1?feature=share https://www.youtube.com/shorts/abcdefghi_1
https://www.youtube.com/embed/abcdefghi_1?rel=0 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtube.com/v/abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtube.com/e/abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://youtu.be/abcdefghi_1?t=30 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtu.be/abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://youtube-nocookie.com/embed/abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://m.youtube.com/live/abcdefghi_1 https://www.youtube.com/watch?v=abcdefghi_1
https://www.youtube.com/post/Ugkxabcdefghijklmnopqrstuvwxyz0123 https://www.youtube.com/post/Ugkxabcdefghijklmnopqrstuvwxyz0123
vimeo
https://www.vimeo.com/123456789?share=copy https://vimeo.com/123456789
https://vimeo.com/showcase/1234567/video/123456789 https://vimeo.com/123456789
https://vimeo.com/album/1234567/video/123456789 https://vimeo.com/123456789
https://vimeo.com/123456789/abcdef0123?share=copy https://vimeo.com/123456789/abcdef0123
telegram
https://t.me/river_watch/1042?comment=7 https://t.me/river_watch/1042
http://t.me/river_watch/1042/ https://t.me/river_watch/1042
https://telegram.dog/river_watch/1042 https://t.me/river_watch/1042
https://t.me/river_watch/12/1042 https://t.me/river_watch/12/1042
https://t.me/s/river_watch/1042?before=1043 https://t.me/river_watch/1042
reddit
https://new.reddit.com/r/rivers/comments/1abcde/the_water/?utm_source=share https://www.reddit.com/r/rivers/comments/1abcde/
https://np.reddit.com/r/rivers/comments/1abcde/the_water/ https://www.reddit.com/r/rivers/comments/1abcde/
https://m.reddit.com/r/rivers/comments/1abcde https://www.reddit.com/r/rivers/comments/1abcde/
https://reddit.com/u/river_watch/comments/1abcde/x/ https://www.reddit.com/u/river_watch/comments/1abcde/
https://www.reddit.com/comments/1abcde https://www.reddit.com/comments/1abcde/
https://www.reddit.com/gallery/1abcde https://www.reddit.com/gallery/1abcde
https://www.reddit.com/r/rivers/s/AbCdEfGhIj/?x https://www.reddit.com/r/rivers/s/AbCdEfGhIj
https://www.redd.it/1abcde?x=1 https://redd.it/1abcde
linkedin
https://de.linkedin.com/posts/river-service_flood-activity-7130000000000000001-AbCd?utm_source=share https://www.linkedin.com/posts/river-service_flood-activity-7130000000000000001-AbCd
https://www.linkedin.com/posts/river-service_flood-ugcPost-7130000000000000001-AbCd/ https://www.linkedin.com/posts/river-service_flood-ugcPost-7130000000000000001-AbCd
https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7130000000000000001 https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000001/
https://m.linkedin.com/feed/update/urn:li:ugcPost:7130000000000000001/?x=1 https://www.linkedin.com/feed/update/urn:li:ugcPost:7130000000000000001/
truthsocial
https://www.truthsocial.com/@riverwatch/posts/113456789012345678?x=1 https://truthsocial.com/@riverwatch/posts/113456789012345678
https://truthsocial.com/users/riverwatch/statuses/113456789012345678 https://truthsocial.com/@riverwatch/posts/113456789012345678
https://truthsocial.com/@riverwatch/113456789012345678/embed https://truthsocial.com/@riverwatch/posts/113456789012345678
soundcloud
https://soundcloud.com/river-radio/the-gauge-at-noon?si=x&utm_source=clipboard https://soundcloud.com/river-radio/the-gauge-at-noon
https://m.soundcloud.com/river-radio/the-gauge-at-noon https://soundcloud.com/river-radio/the-gauge-at-noon
https://soundcloud.com/river-radio/sets/flood-diary https://soundcloud.com/river-radio/sets/flood-diary
https://on.soundcloud.com/AbCdEfGh https://on.soundcloud.com/AbCdEfGh
spotify
https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk?si=abc https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/intl-de/track/4rOoJ6Egrf8K2IrywzwOMk https://open.spotify.com/track/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/embed/show/4rOoJ6Egrf8K2IrywzwOMk https://open.spotify.com/show/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/embed-podcast/episode/4rOoJ6Egrf8K2IrywzwOMk https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/intl-pt-BR/album/4rOoJ6Egrf8K2IrywzwOMk https://open.spotify.com/album/4rOoJ6Egrf8K2IrywzwOMk
"""

_LOOK_ALIKES = """
https://notx.com/river_watch/status/1728000000000000001
https://x.com.example/river_watch/status/1728000000000000001
https://x.co/river_watch/status/1728000000000000001
https://status.x.com/river_watch/status/1728000000000000001
https://de.x.com/river_watch/status/1728000000000000001
https://www.www.x.com/river_watch/status/1728000000000000001
https://x.com%2f@evil.example/river_watch/status/1728000000000000001
https://x.com%40evil.example/river_watch/status/1728000000000000001
https://x.com\\@evil.example/river_watch/status/1728000000000000001
https://x.com:x@evil.example/@gauges/113456789012345678
https://evil.example/x.com/river_watch/status/1728000000000000001
https://evil.example/?u=https://x.com/river_watch/status/1728000000000000001
https://evil.example/#https://x.com/river_watch/status/1728000000000000001
https://х.com/river_watch/status/1728000000000000001
https://ⅹ.com/river_watch/status/1728000000000000001
https://xn--x-7sb.com/river_watch/status/1728000000000000001
https://x。com/river_watch/status/1728000000000000001
https://x.com/river_watch/status/172800000000000000123
https://x.com/river_watch/status/0123
https://x.com/river_watch/status/١٧٢٨٠٠٠
https://x.com/ríver_watch/status/1728000000000000001
https://x.com/hashtag/status/1728000000000000001
https://x.com/i/lists/1728000000000000001
https://x.com/i/events/1728000000000000001
https://x.com/i/spaces/1abcDEFghiJKL
https://x.com/search?q=status/1728000000000000001
https://x.com/river_watch/status/1728000000000000001/analytics/more
//x.com/river_watch/status/1728000000000000001
x.com/river_watch/status/1728000000000000001
https:/x.com/river_watch/status/1728000000000000001
data:text/html,https://x.com/river_watch/status/1728000000000000001
https://bsky.app.evil.example/profile/gauges.example.org/post/3lbcdefghij2k
https://notbsky.app/profile/gauges.example.org/post/3lbcdefghij2k
https://bsky.app/profile/gauges.example.org/feed/3lbcdefghij2k
https://bsky.app/profile/gauges.example.org/post/
https://bsky.app/profile/gauges.example.org/post/..
https://bsky.app/profile/gauges.example.org/post/a/b
https://bsky.app/profile/did:plc:tooshort/post/3lbcdefghij2k
https://bsky.app/profile/did:plc:ABCDEFGHIJKLMNOPQRSTUVWX/post/3lbcdefghij2k
https://bsky.app/search?q=gauges
at://gauges.example.org/app.bsky.actor.profile/self
at://gauges/app.bsky.feed.post/3lbcdefghij2k
at://gauges.example.org@evil.example/app.bsky.feed.post/3lbcdefghij2k
https://social.example/@gauges/1134567890123456789012345
https://social.example/@gauges@other/113456789012345678
https://social.example/@gau ges/113456789012345678
https://social.example/@gauges/113456789012345678/reblogs
https://social.example/tags/113456789012345678
https://social.example:8443/@gauges/113456789012345678
https://10.0.0.1/@gauges/113456789012345678
https://0x7f000001/@gauges/113456789012345678
https://router/@gauges/113456789012345678
https://social_x.example/@gauges/113456789012345678
https://gts.example/@gauges/statuses/01HZX3Q4R5S6T7V8W9XAYBZC0
https://gts.example/@gauges/statuses/Z1HZX3Q4R5S6T7V8W9XAYBZC0D
https://news.example/notice/water-is-rising
https://news.example/notice/1042
https://news.example/notes/government
https://news.example/notes/administration12
https://news.example/notes/1042
https://shop.example/p/gauges/12345
https://shop.example/p/712345678901234567
https://shop.example/w/riverwatersarerisingxx
https://shop.example/w/index
https://www.threads.net/@river.watch/post/
https://www.threads.net/search?q=flood
https://threads.net.evil.example/@river.watch/post/C8abcDEFghi
https://www.instagram.com/p/
https://www.instagram.com/reels/audio/
https://www.instagram.com/stories/river.watch/1234567890/
https://www.instagram.com/river.watch/tagged/
https://instagram.com.evil.example/p/C8abcDEFghi/
https://www.facebook.com/river.service/posts/
https://www.facebook.com/river.service/posts/1234
https://www.facebook.com/watch?v=abc
https://www.facebook.com/search/posts?q=flood
https://www.facebook.com/events/1234567890/
https://www.facebook.com/groups/delta.news/
https://www.facebook.com/permalink.php?story_fbid=https://evil.example&id=1
https://facebook.com.evil.example/river.service/posts/1234567890123456
https://evil-facebook.com/river.service/posts/1234567890123456
https://api.facebook.com/river.service/posts/1234567890123456
https://www.tiktok.com/@river.watch/video/123
https://www.tiktok.com/tag/flood
https://www.tiktok.com/music/gauge-7300000000000000001
https://www.youtube.com/watch?v=abcdefghi_12
https://www.youtube.com/watch?v=abcdefghi%201
https://www.youtube.com/watch?list=PLabcdef
https://www.youtube.com/embed/videoseries?list=PLabcdef
https://www.youtube.com/embed/live_stream?channel=UCabc
https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv
https://www.youtube.com/results?search_query=abcdefghi_1
https://youtu.be/abcdefghi_1/more
https://youtube.com.evil.example/watch?v=abcdefghi_1
https://vimeo.com/1234
https://vimeo.com/channels/staffpicks
https://vimeo.com/user123456789
https://t.me/river_watch/0
https://t.me/share/1042
https://t.me/+AbCdEfGhIj
https://t.me/c/1234567890/12/34
https://t.me/abc/12
https://www.reddit.com/user/river_watch/
https://www.reddit.com/search/?q=comments/1abcde
https://reddit.com.evil.example/r/rivers/comments/1abcde/
https://www.linkedin.com/posts/river-service_flood-activity-713-AbCd
https://www.linkedin.com/pulse/flood-river-engineer
https://www.linkedin.com/jobs/view/7130000000000000001
https://truthsocial.com/@riverwatch/posts/12
https://truthsocial.com/tags/flood
https://soundcloud.com/river-radio
https://soundcloud.com/river-radio/likes
https://soundcloud.com/search/sounds
https://soundcloud.com/discover/sets
https://open.spotify.com/user/river
https://open.spotify.com/episode/tooshort
https://spotify.com.evil.example/episode/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/search/flood
"""


def posts() -> list[tuple[str, str, str]]:
    """What was pasted, its network, and its address without anything that is not the post's."""
    found, network = [], ""
    for line in _POSTS.split("\n"):
        pasted, _, clean = line.partition(" ")
        if clean:
            found.append((pasted, network, clean.strip()))
        elif pasted:
            network = pasted
    return found


def look_alikes() -> list[str]:
    """Addresses of no post, one a line."""
    return [line for line in _LOOK_ALIKES.split("\n") if line]
