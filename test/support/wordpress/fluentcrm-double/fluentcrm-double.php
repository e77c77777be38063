<?php
/**
 * Plugin Name: FluentCRM double (tests only)
 * Description: Answers the routes of FluentCRM's REST API that our connector uses. It is a double: written by us from
 *              the documented facts (paths, fields, answers, paging, refusals), it holds no code of FluentCRM and sends
 *              no mail. Sign-in, routing and storage are WordPress' own and real.
 * Version: 1.0.0
 * Requires PHP: 8.0
 */

namespace FluentCrmDouble;

require_once __DIR__ . '/store.php';
require_once __DIR__ . '/answers.php';
require_once __DIR__ . '/contacts.php';
require_once __DIR__ . '/bulk.php';
require_once __DIR__ . '/labels.php';
require_once __DIR__ . '/campaigns.php';

register_activation_hook(__FILE__, __NAMESPACE__ . '\\create_table');

/** Only people who may run the site's marketing get in: without a sign-in 401, without the right 403. */
function allowed(): bool
{
    return current_user_can('manage_options');
}

add_action('rest_api_init', function () {
    $routes = [
        ['GET', '/subscribers', 'list_contacts'],
        ['POST', '/subscribers', 'save_contact'],
        ['GET', '/subscribers/(?P<id>\d+)', 'get_contact'],
        ['PUT', '/subscribers/(?P<id>\d+)', 'update_contact'],
        ['GET', '/subscribers/(?P<id>\d+)/notes', 'list_notes'],
        ['POST', '/subscribers/(?P<id>\d+)/notes', 'add_note'],
        ['POST', '/subscribers/do-bulk-action', 'bulk_action'],
        ['POST', '/subscribers/track-event', 'track_event'],
        ['GET', '/tags', 'list_tags'],
        ['POST', '/tags', 'create_tag'],
        ['GET', '/lists', 'list_lists'],
        ['POST', '/lists', 'create_list'],
        ['GET', '/campaigns', 'list_campaigns'],
        ['POST', '/campaigns', 'create_campaign'],
        ['GET', '/campaigns/(?P<id>\d+)', 'get_campaign'],
        ['PUT', '/campaigns/(?P<id>\d+)', 'update_campaign'],
        ['POST', '/campaigns/(?P<id>\d+)/draft-recipients', 'draft_recipients'],
        ['POST', '/campaigns/(?P<id>\d+)/schedule', 'schedule_campaign'],
        ['GET', '/campaigns/(?P<id>\d+)/overview_stats', 'overview_stats'],
        ['GET', '/funnels', 'list_funnels'],
    ];
    foreach ($routes as [$method, $path, $handler]) {
        register_rest_route('fluent-crm/v2', $path, [
            'methods' => $method,
            'callback' => __NAMESPACE__ . '\\' . $handler,
            'permission_callback' => __NAMESPACE__ . '\\allowed',
        ]);
    }
});
