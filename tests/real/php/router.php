<?php
// What a web server's rewriting does, for PHP's own server: a file that is there, or WordPress.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( str_contains( $path, '..' ) ) {
	http_response_code( 400 );
	return true;
}
if ( is_dir( $root . $path ) ) {
	$path = rtrim( $path, '/' ) . '/index.php';
}
if ( ! str_ends_with( $path, '.php' ) && is_file( $root . $path ) ) {
	return false;
}
if ( ! is_file( $root . $path ) ) {
	$path = '/index.php';
}
unset( $_SERVER['PATH_INFO'] );
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
$_SERVER['SCRIPT_FILENAME'] = $root . $path;
chdir( dirname( $root . $path ) );
require $root . $path;
