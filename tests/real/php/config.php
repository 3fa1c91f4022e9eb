<?php
// wp-config.php of every site of the tests. A site is a folder with "site", and beside it the log,
// the database, "port" and, while the site plays a public one, "production".
$home = dirname( __DIR__ );
$_SERVER['HTTP_HOST'] ??= '127.0.0.1:' . trim( file_get_contents( "$home/port" ) );

define( 'WP_HOME', 'http://' . $_SERVER['HTTP_HOST'] );
define( 'WP_SITEURL', WP_HOME );
// "local" allows application passwords without TLS
define( 'WP_ENVIRONMENT_TYPE', is_file( "$home/production" ) ? 'production' : 'local' );

define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', "localhost:$home/db.sock" );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
if ( is_file( __DIR__ . '/wp-content/db.php' ) ) {
	define( 'DB_ENGINE', 'sqlite' );
	define( 'DB_DIR', "$home/db/" );
	define( 'DB_FILE', 'site.sqlite' );
}

// nothing leaves this machine, and nothing happens that no test asked for
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISALLOW_FILE_MODS', true );
define( 'FS_METHOD', 'direct' );

define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', "$home/debug.log" );

$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
