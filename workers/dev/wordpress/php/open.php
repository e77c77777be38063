<?php
/**
 * Gives a copied site its own ways in: `php open.php <folder of the site>` prints, as JSON, the administrator's name,
 * a password for the browser and an application password for the REST API.
 */
$_SERVER['HTTP_HOST'] = 'localhost';
require $argv[1] . '/wp-load.php';

$admin = get_user_by('login', 'admin');
$password = wp_generate_password(24, false);
wp_set_password($password, $admin->ID);
$made = WP_Application_Passwords::create_new_application_password($admin->ID, ['name' => 'BizOSaaS']);
if (is_wp_error($made)) {
    fwrite(STDERR, $made->get_error_message());
    exit(1);
}
echo json_encode([
    'user' => $admin->user_login,
    'password' => $password,
    'applicationPassword' => $made[0],
]);
