<?php
/**
 * Configuration of a site on one's own machine. The file is the same for every site: what differs stands in
 * settings.json, which lies beside the site's folder, where the web server does not reach.
 */
$settings = json_decode(file_get_contents(dirname(__DIR__) . '/settings.json'), true, 8, JSON_THROW_ON_ERROR);

// Not kept in the database, so that a copied or moved site is at home at its new address at once.
define('WP_HOME', $settings['url']);
define('WP_SITEURL', $settings['url']);

define('DB_DIR', dirname(__DIR__) . '/database/');
define('DB_FILE', 'wordpress.sqlite');
// SQLite has none of these; WordPress and its drop-in want them named.
define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $purpose) {
    foreach (['KEY', 'SALT'] as $kind) {
        define("{$purpose}_{$kind}", hash_hmac('sha256', "$purpose $kind", $settings['secret']));
    }
}

// Application passwords are taken without HTTPS on a local site only.
define('WP_ENVIRONMENT_TYPE', 'local');
// The site may call this machine only; nothing in it updates automatically.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('FS_METHOD', 'direct');

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
