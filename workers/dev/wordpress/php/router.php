<?php
/** For PHP's own web server: files are served as they are, every other address is answered by WordPress. */
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode(strtok($_SERVER['REQUEST_URI'], '?'));
$target = $root . $path;

// False: the server looks for the file itself, and only below its root.
if (is_file($target)) {
    return false;
}
if ($path !== '/' && is_file($target . '/index.php')) {
    if (str_ends_with($path, '/')) {
        return false;
    }
    header('Location: ' . strtok($_SERVER['REQUEST_URI'], '?') . '/', true, 301);
    return true;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $root . '/index.php';
chdir($root);
require $root . '/index.php';
