<?php
// The door behind the site, for tests only: runs the PHP that is sent, as the administrator.
// Plugins and the maintenance mode, which tests break a site with, do not hold here.
$home = dirname( __DIR__ );
if ( PHP_SAPI === 'cli' ) {
	$code = stream_get_contents( STDIN );
	$_SERVER += [ 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1' ];
} elseif ( hash_equals( trim( file_get_contents( "$home/key" ) ), $_SERVER['HTTP_X_KEY'] ?? '' ) ) {
	$code = file_get_contents( 'php://input' );
} else {
	http_response_code( 403 );
	exit;
}

$reached = false;
register_shutdown_function( function () use ( &$reached ) {
	$reached || exit( 1 ); // WordPress gave up on its own, without a database for instance
} );
ob_start();
define( 'WPMU_PLUGIN_DIR', "$home/no-plugins" );
$never     = [ 'function' => fn() => false, 'accepted_args' => 0 ];
$wp_filter = [ 'enable_maintenance_mode' => [ 10 => [ $never ] ] ];
require __DIR__ . '/wp-load.php';
require "$home/functions.php";
wp_set_current_user( 1 );
ob_clean();
$reached = true;

try {
	header( 'X-Behind: done' );
	eval( $code );
} catch ( Throwable $problem ) {
	ob_clean();
	header( 'X-Behind: failed' );
	echo $problem;
	exit( 1 );
}
