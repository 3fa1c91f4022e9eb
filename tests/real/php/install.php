<?php
// php install.php SITE: makes the site and its users, without a web server and without mail; prints the users.
const ROLES = [
	'admin'    => 'administrator',
	'desk'     => 'editor',
	'field'    => 'author',
	'stringer' => 'contributor',
	'reader'   => 'subscriber',
];

$site = $argv[1];
ini_set( 'error_log', dirname( $site ) . '/install.log' );
$_SERVER += [
	'REQUEST_URI'     => '/',
	'REQUEST_METHOD'  => 'GET',
	'SERVER_NAME'     => '127.0.0.1',
	'SERVER_PROTOCOL' => 'HTTP/1.1',
];
define( 'WP_INSTALLING', true );

function wp_new_blog_notification() {} // WordPress sends no mail when it is defined already

ob_start();
if ( ! is_file( "$site/wp-content/db.php" ) ) {
	( new mysqli( 'localhost', 'root', '', '', 0, dirname( $site ) . '/db.sock' ) )
		->query( 'CREATE DATABASE wordpress CHARACTER SET utf8mb4' );
}
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
// it would ask the web server whether addresses can be pretty
add_filter( 'pre_http_request', fn() => new WP_Error( 'off', 'There is no web server yet.' ) );
wp_install( 'The live desk', 'admin', 'admin@example.test', true, '', 'only for tests' );

require __DIR__ . '/functions.php';
tests_wipe();

update_option( 'timezone_string', 'UTC' );
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure( '/%year%/%monthnum%/%postname%/' );
$wp_rewrite->flush_rules( false );

$users = [];
foreach ( ROLES as $name => $role ) {
	$user = get_user_by( 'login', $name );
	$id   = $user ? $user->ID : wp_insert_user( [
		'user_login'   => $name,
		'user_pass'    => 'only for tests',
		'user_email'   => "$name@example.test",
		'display_name' => ucfirst( $name ),
		'role'         => $role,
	] );
	[ $password ]   = WP_Application_Passwords::create_new_application_password( $id, [ 'name' => 'tests' ] );
	$users[ $name ] = [ 'name' => $name, 'id' => $id, 'role' => $role, 'app_password' => $password ];
	// for the day when a test has revoked it
	update_user_meta( $id, '_tests_passwords', get_user_meta( $id, '_application_passwords', true ) );
	update_user_meta( $id, '_tests_role', $role );
}
ob_end_clean();
echo json_encode( $users );
