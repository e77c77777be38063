<?php
/**
 * Installs WordPress into its empty database: `php install.php <folder of the site>`. The administrator gets a
 * password that is never stored; every copy of the site makes its own ways in (see open.php).
 */
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'localhost';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('A site on this machine', 'admin', 'admin@example.com', true, '', wp_generate_password(32));
// The REST API lives below /wp-json/ only when addresses have words in them.
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules(false);
