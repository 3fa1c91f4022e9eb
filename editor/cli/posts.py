"""``dateline post``: whose post an address is, what it says, and whether posts may be looked up at all."""

from __future__ import annotations

from argparse import Namespace

from msgspec.structs import replace

from editor.cli.output import Output
from editor.content.kept import Kept
from editor.content.networks import recognise
from editor.newsroom import Newsroom
from editor.problems import Problem, Refused, refuse
from editor.settings import Fetching, load_settings, save_settings


def show(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints what an address alone tells; with ``--fetch`` the post is looked up and kept as a snapshot."""
    from editor.embeds.look import can_look

    post = recognise(arguments.url)
    if post is None:
        raise refuse("post-no-address")
    told = {
        "network": post.network,
        "url": post.url,
        "handle": post.handle,
        "post": post.post_id,
        "can_be_fetched": can_look(post.url),
    }
    lines = [f"{post.label}  {post.url}"]
    if arguments.fetch:
        snapshot, kept = _fetched(newsroom, post.url)
        told |= {"snapshot": snapshot, "kept": kept}
        lines += _lines(snapshot, kept)
    out.result(told, lines)


def fetching(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints when posts and stories may be looked up, or sets it."""
    place = newsroom.profile.choices
    settings = load_settings(place)
    if arguments.when:
        settings = replace(settings, fetching=Fetching(arguments.when))
        try:
            save_settings(place, settings)
        except OSError:
            raise refuse("profile-read-only", path=str(place.parent)) from None
    out.result({"fetching": settings.fetching}, [settings.fetching.value])


def _fetched(newsroom: Newsroom, url: str) -> tuple[str, Kept]:
    from editor.desk.embeds import capture

    allowed = load_settings(newsroom.profile.choices).may_fetch(asked=True)
    found = capture(newsroom.room, url, protected=False, allowed=allowed)
    if found.kept is None:
        raise Refused(found.problem or Problem(code="post-not-understood"))
    return found.snapshot, found.kept


def _lines(snapshot: str, kept: Kept) -> list[str]:
    who = "  ".join(part for part in (kept.author, kept.handle) if part)
    posted = kept.posted.isoformat(" ", "seconds") if kept.posted else ""
    media = [f"[{medium.kind}] {medium.alt}".rstrip() for medium in kept.media]
    found = [who, posted, "", *kept.text.split("\n"), "", *media, f"snapshot {snapshot}"]
    return [line for at, line in enumerate(found) if line or (at and found[at - 1])]
