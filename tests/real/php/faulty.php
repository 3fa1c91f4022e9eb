<?php
// A plug-in that goes wrong in the way that a request's own X-Fault header names: "KIND", or "KIND:NUMBER".
// Each time it does, it writes that down first; and so it does with every post that is about to be shown to readers.
$home  = dirname( __DIR__, 3 );
$order = explode( ':', $_SERVER['HTTP_X_FAULT'] ?? '' ) + [ '', '' ];
$tell  = fn( string $file, $what ) => file_put_contents( "$home/$file", json_encode( $what ) . "\n", FILE_APPEND | LOCK_EX );

add_filter( 'wp_insert_post_data', function ( $data ) use ( $tell ) {
	if ( $data['post_type'] === 'post' && $data['post_status'] === 'publish' ) {
		$tell( 'shown.log', [ 'slug' => $data['post_name'], 'content' => wp_unslash( $data['post_content'] ) ] );
	}
	return $data;
}, 99 );

if ( $order[0] === '' ) {
	return;
}
[ $kind, $number ] = $order;
$die  = function () use ( $tell, $kind ) {
	$tell( 'faults.log', $kind );
	posix_kill( getmypid(), SIGKILL );
};
$fail = function () use ( $tell, $kind ) {
	$tell( 'faults.log', $kind );
	throw new Error( 'A plug-in of somebody\'s fails.' );
};
$wait = function () use ( $tell, $kind, $home ) {
	$tell( 'faults.log', $kind );
	touch( "$home/waits" );
	for ( $tenths = 0; $tenths < 300 && ! file_exists( "$home/go" ); $tenths++ ) {
		usleep( 20000 );
		clearstatcache();
	}
};

// a revision is a post too: its saving is not the post's
$once     = fn( $do ) => fn( $post ) => wp_is_post_revision( $post ) ? null : $do();
$saving   = fn( $do ) => add_filter( 'wp_insert_post_data', fn( $data ) => $data['post_type'] === 'post' ? $do() ?? $data : $data, 1 );
$saved    = fn( $do ) => add_action( 'save_post', $once( $do ), 1 );
$finished = function ( $do ) {
	add_action( 'rest_after_insert_post', fn() => $do(), 1 );
	add_action( 'rest_delete_post', fn() => $do(), 1 );
};

switch ( $kind ) {
	case 'killed before saving':
		$saving( $die );
		break;
	case 'killed after saving':
		$saved( $die );
		break;
	case 'killed at the end':
		$finished( $die );
		break;
	case 'fails before saving':
		$saving( $fail );
		break;
	case 'fails after saving':
		$saved( $fail );
		break;
	case 'fails at the end':
		$finished( function () use ( $tell, $kind ) {
			$tell( 'faults.log', $kind );
			wp_die( 'A plug-in of somebody\'s gives up.', '', 500 );
		} );
		break;
	case 'waits before saving':
		$saving( $wait );
		break;
	case 'waits after saving':
		$saved( $wait );
		break;
	case 'busy':
	case 'busy until':
		add_filter( 'rest_pre_dispatch', function () use ( $tell, $kind, $number ) {
			$tell( 'faults.log', $kind );
			$date = gmdate( 'D, d M Y H:i:s', time() + (int) $number ) . ' GMT';
			header( 'Retry-After: ' . ( $kind === 'busy' ? $number : $date ) );
			return new WP_Error( 'too_many_requests', 'Slow down.', [ 'status' => 429 ] );
		} );
		break;
	case 'signed out':
		add_filter( 'rest_authentication_errors', function () use ( $tell, $kind ) {
			$tell( 'faults.log', $kind );
			return new WP_Error( 'incorrect_password', '<strong>Error:</strong> The password is not right.', [ 'status' => 401 ] );
		}, 999 );
		break;
	case 'prints before the data':
		add_filter( 'rest_pre_serve_request', function ( $served ) use ( $tell, $kind ) {
			$tell( 'faults.log', $kind );
			echo "\nNotice: Undefined index: [\"river\"] in a-plug-in.php on line 7\n";
			return $served;
		} );
		break;
	case 'prints before the headers':
		$tell( 'faults.log', $kind );
		while ( ob_get_level() ) {
			ob_end_flush();
		}
		echo "<br />\n<b>Notice</b>:  Undefined index: river in <b>a-plug-in.php</b> on line <b>7</b><br />\n";
		flush();
		break;
}
