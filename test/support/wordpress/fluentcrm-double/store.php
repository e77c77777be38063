<?php
namespace FluentCrmDouble;

/** One table for all: `kind` is the noun, `name` what must be unique among its kind, `body` the rest as JSON. */
function table(): string
{
    global $wpdb;
    return $wpdb->prefix . 'fluentcrm_double';
}

function create_table(): void
{
    global $wpdb;
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    dbDelta(
        'CREATE TABLE ' . table() . " (
            id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
            kind varchar(20) NOT NULL,
            name varchar(191) NOT NULL,
            body longtext NOT NULL,
            PRIMARY KEY  (id),
            UNIQUE KEY kind_name (kind, name)
        ) {$wpdb->get_charset_collate()};"
    );
    foreach (['Welcome new customers', 'Win back old ones'] as $title) {
        insert('funnel', $title, [
            'title' => $title,
            'trigger_name' => 'fluent_crm/contact_created',
            'status' => 'published',
            'conditions' => [],
            'settings' => (object) [],
            'subscribers_count' => 0,
        ]);
    }
}

/** The new row's id; null when the name is taken. */
function insert(string $kind, string $name, array $body): ?int
{
    global $wpdb;
    $now = current_time('mysql');
    $body += ['created_at' => $now, 'updated_at' => $now];
    $wpdb->suppress_errors();
    $done = $wpdb->insert(table(), ['kind' => $kind, 'name' => $name, 'body' => wp_json_encode($body)]);
    $wpdb->suppress_errors(false);
    return $done ? $wpdb->insert_id : null;
}

/** False when the name is taken by another row. */
function change(int $id, string $name, array $body): bool
{
    global $wpdb;
    unset($body['id']);
    $body['updated_at'] = current_time('mysql');
    $wpdb->suppress_errors();
    $done = $wpdb->update(table(), ['name' => $name, 'body' => wp_json_encode($body)], ['id' => $id]);
    $wpdb->suppress_errors(false);
    return $done !== false;
}

function find(string $kind, int $id): ?array
{
    global $wpdb;
    return to_item($wpdb->get_row($wpdb->prepare(
        'SELECT id, body FROM ' . table() . ' WHERE kind = %s AND id = %d',
        $kind,
        $id
    )));
}

function find_by_name(string $kind, string $name): ?array
{
    global $wpdb;
    return to_item($wpdb->get_row($wpdb->prepare(
        'SELECT id, body FROM ' . table() . ' WHERE kind = %s AND name = %s',
        $kind,
        $name
    )));
}

/** All of a kind, the newest first. */
function all(string $kind): array
{
    global $wpdb;
    $rows = $wpdb->get_results($wpdb->prepare(
        'SELECT id, body FROM ' . table() . ' WHERE kind = %s ORDER BY id DESC',
        $kind
    ));
    return array_map(__NAMESPACE__ . '\\to_item', $rows);
}

function to_item(?object $row): ?array
{
    return $row ? ['id' => (int) $row->id] + json_decode($row->body, true) : null;
}
