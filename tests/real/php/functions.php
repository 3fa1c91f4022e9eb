<?php
// What tests do and look at behind a site's back.

/** Every post of a type in any status, revisions apart. */
function tests_posts( string $type ): array {
	global $wpdb;
	$posts = $wpdb->get_results( $wpdb->prepare(
		"SELECT ID AS id, post_status AS status, post_name AS slug, post_title AS title, post_content AS content,
			post_excerpt AS excerpt, post_author AS author, post_parent AS parent, post_date_gmt AS date_gmt,
			post_modified_gmt AS modified_gmt FROM $wpdb->posts WHERE post_type = %s AND post_status <> 'auto-draft' ORDER BY ID",
		$type
	), ARRAY_A );
	$meta  = $wpdb->get_results( "SELECT post_id, meta_key, meta_value FROM $wpdb->postmeta ORDER BY meta_id", ARRAY_A );
	$terms = $wpdb->get_results(
		"SELECT r.object_id AS post, x.taxonomy AS taxonomy, t.name AS name FROM $wpdb->term_relationships r
			JOIN $wpdb->term_taxonomy x ON x.term_taxonomy_id = r.term_taxonomy_id
			JOIN $wpdb->terms t ON t.term_id = x.term_id ORDER BY t.name",
		ARRAY_A
	);
	foreach ( $posts as &$post ) {
		foreach ( [ 'id', 'author', 'parent' ] as $number ) {
			$post[ $number ] = (int) $post[ $number ];
		}
		$post['meta'] = (object) array_column( array_filter( $meta, fn( $row ) => (int) $row['post_id'] === $post['id'] ), 'meta_value', 'meta_key' );
		$of           = fn( $taxonomy ) => array_column( array_filter( $terms, fn( $row ) => (int) $row['post'] === $post['id'] && $row['taxonomy'] === $taxonomy ), 'name' );
		$post['tags']       = $of( 'post_tag' );
		$post['categories'] = $of( 'category' );
	}
	return $posts;
}

/** Nothing but the users, the options and the default category. */
function tests_wipe(): void {
	global $wpdb;
	$wpdb->query( 'START TRANSACTION' );
	foreach ( [ $wpdb->posts, $wpdb->postmeta, $wpdb->comments, $wpdb->commentmeta, $wpdb->term_relationships, $wpdb->termmeta ] as $table ) {
		$wpdb->query( "DELETE FROM $table" );
	}
	$default = (int) get_option( 'default_category' );
	$wpdb->query( "DELETE FROM $wpdb->term_taxonomy WHERE term_id <> $default" );
	$wpdb->query( "DELETE FROM $wpdb->terms WHERE term_id <> $default" );
	$wpdb->query( "UPDATE $wpdb->term_taxonomy SET count = 0" );
	$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name LIKE '%\\_transient\\_%'" );
	$wpdb->query( 'COMMIT' );
	wp_cache_flush();
	foreach ( [ 'category_children', 'post_tag_children', 'sticky_posts' ] as $option ) {
		get_option( $option ) && delete_option( $option );
	}
	wp_unschedule_hook( 'publish_future_post' );
	tests_remove_inside( wp_upload_dir( null, false )['basedir'] );
}

/** The users with their roles and passwords, as they were installed. */
function tests_restore_users(): void {
	foreach ( get_users() as $user ) {
		$role      = get_user_meta( $user->ID, '_tests_role', true );
		$passwords = get_user_meta( $user->ID, '_tests_passwords', true );
		if ( $role && [ $role ] !== $user->roles ) {
			$user->set_role( $role );
		}
		if ( $passwords && $passwords !== get_user_meta( $user->ID, '_application_passwords', true ) ) {
			update_user_meta( $user->ID, '_application_passwords', $passwords );
		}
	}
}

function tests_permalinks( string $structure ): void {
	global $wp_rewrite;
	if ( get_option( 'permalink_structure' ) !== $structure ) {
		$wp_rewrite->set_permalink_structure( $structure );
		$wp_rewrite->flush_rules( false );
	}
}

/** Publishes the scheduled posts whose time has come, or all of them, as though it had. */
function tests_cron( bool $early ): int {
	global $wpdb;
	$due = $early ? '' : $wpdb->prepare( 'AND post_date_gmt <= %s', gmdate( 'Y-m-d H:i:s' ) );
	$ids = $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE post_status = 'future' $due ORDER BY ID" );
	foreach ( $ids as $id ) {
		if ( $early ) {
			$now = current_time( 'mysql', true );
			$wpdb->update( $wpdb->posts, [ 'post_date' => $now, 'post_date_gmt' => $now ], [ 'ID' => $id ] );
			clean_post_cache( (int) $id );
		}
		check_and_publish_future_post( (int) $id );
		wp_clear_scheduled_hook( 'publish_future_post', [ (int) $id ] );
	}
	return count( $ids );
}

function tests_remove_inside( string $folder ): void {
	if ( ! is_dir( $folder ) ) {
		return;
	}
	$inside = new RecursiveIteratorIterator(
		new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ),
		RecursiveIteratorIterator::CHILD_FIRST
	);
	foreach ( $inside as $each ) {
		$each->isDir() ? rmdir( $each->getPathname() ) : unlink( $each->getPathname() );
	}
}
