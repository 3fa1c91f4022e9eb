"""Thousands of entries at a site and in a store, made at once: nobody waits for them to be written one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from editor.backends._wordpress_marks import mark_of
from editor.backends._wordpress_writing import write
from editor.content.entry import Content, digest
from editor.domain.blog import Blog
from editor.domain.entry import Entry, Kind, Origin, Revision, Stage
from editor.domain.ids import EntryId, RevisionId, uuid7
from editor.sync.backend import Listed
from editor.sync.delivery import Delivery, Dispatch, Held, Visibility, Wanted
from tests.real.naming import words
from tests.real.newsroom import Laptop
from tests.real.wordpress import WordPress

_INSERT = """
global $wpdb;
$rows     = json_decode( file_get_contents( dirname( ABSPATH ) . '/crowd.json' ), true );
$category = (int) get_term_by( 'slug', '%s', 'category' )->term_taxonomy_id;
$quote    = fn( $text ) => "'" . $wpdb->_real_escape( $text ) . "'";
$wpdb->query( 'START TRANSACTION' );
foreach ( array_chunk( $rows, 100 ) as $some ) {
	$posts = $terms = [];
	foreach ( $some as [ $id, $slug, $title, $content, $at ] ) {
		$posts[] = "($id, %d, '$at', '$at', '$at', '$at', " . implode( ', ', array_map( $quote, [ $content, $title, $slug ] ) )
			. ", 'publish', 'post', '', '', '', '')";
		$terms[] = "($id, $category, 0)";
	}
	$wpdb->query( "INSERT INTO $wpdb->posts (ID, post_author, post_date, post_date_gmt, post_modified, post_modified_gmt,
		post_content, post_title, post_name, post_status, post_type, post_excerpt, to_ping, pinged, post_content_filtered)
		VALUES " . implode( ', ', $posts ) );
	$wpdb->query( "INSERT INTO $wpdb->term_relationships (object_id, term_taxonomy_id, term_order) VALUES " . implode( ', ', $terms ) );
}
$wpdb->query( 'COMMIT' );
wp_cache_flush();
echo $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->posts WHERE post_status = 'publish'" );
"""


def entries(count: int) -> list[tuple[EntryId, Content]]:
    """So many entries, each with a text of its own."""
    return [
        (EntryId(uuid7(1_700_000_000_000 + number, number.to_bytes(10, "big"))), words(number))
        for number in range(count)
    ]


def fill(site: WordPress, user: str, blog: Blog, crowd: Iterable[tuple[EntryId, Content]]) -> None:
    """Makes them public, as Dateline does; one a minute until some minutes ago."""
    rows: list[Any] = []
    crowd = list(crowd)
    newest = datetime.now(UTC) - timedelta(minutes=10)
    for number, (entry, content) in enumerate(crowd):
        at = newest - timedelta(minutes=len(crowd) - number)
        content = content_of(content)
        dispatch = Dispatch(
            entry=entry,
            blog=blog,
            revision=RevisionId(""),
            digest="",
            content=content,
            visibility=Visibility.PUBLIC,
            published=at,
            updated=at,
        )
        markup = write(dispatch, mark_of(entry, content, (), sticky=False), {}, embeds=False)
        title = content.headline.replace("&", "&amp;")
        rows.append((1000 + number, entry, title, markup, f"{at:%Y-%m-%d %H:%M:%S}"))
    (site.folder / "crowd.json").write_text(json.dumps(rows), "utf-8")
    made = site.php(_INSERT % (blog.slug, site.users[user].id))
    assert int(made) == len(rows)


def content_of(content: Content) -> Content:
    """Without labels, which would need tags."""
    from msgspec.structs import replace

    return replace(content, labels=())


def know(laptop: Laptop, crowd: Iterable[tuple[EntryId, Content]], there: Iterable[Listed]) -> None:
    """A laptop that has published all of them, and knows how they stand."""
    found = {each.entry: each for each in there}
    now = laptop.clock.now()
    with laptop.store.write() as tx:
        for number, (entry, content) in enumerate(crowd):
            content = content_of(content)
            name, revision = digest(content), RevisionId(laptop.room.ids.fresh())
            tx.put_entry(
                Entry(
                    id=entry,
                    blog=laptop.blog,
                    seq=number + 1,
                    created=now,
                    changed=now,
                    stage=Stage.PUBLISHED,
                    head=revision,
                    approved=revision,
                    published=now,
                ),
                shown=content,
            )
            tx.add_revision(
                Revision(
                    id=revision,
                    entry=entry,
                    number=1,
                    content=content,
                    digest=name,
                    kind=Kind.PUBLISH,
                    origin=Origin.FIELD,
                    at=now,
                )
            )
            wanted = Wanted(revision=revision, visibility=Visibility.PUBLIC)
            held = Held(
                revision=revision,
                visibility=Visibility.PUBLIC,
                ref=found[entry].ref,
                version=found[entry].version,
                digest=name,
            )
            tx.put_delivery(
                Delivery(entry=entry, target=laptop.target.id, wanted=wanted, held=held)
            )
