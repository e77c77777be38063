<?php
namespace FluentCrmDouble;

use WP_REST_Request;

const CAMPAIGN_FIELDS = [
    'title', 'slug', 'template_id', 'email_subject', 'email_pre_header', 'email_body', 'utm_status', 'utm_source',
    'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'scheduled_at', 'design_template', 'settings',
];

function list_campaigns(WP_REST_Request $request)
{
    $campaigns = matching(all('campaign'), $request['searchBy'], ['title']);
    if ($wanted = (array) $request['statuses']) {
        $campaigns = array_filter($campaigns, fn ($campaign) => in_array($campaign['status'], $wanted, true));
    }
    return ['campaigns' => page($campaigns, $request)];
}

function create_campaign(WP_REST_Request $request)
{
    $title = ($request->get_json_params()['title'] ?? '') ?: 'Untitled';
    $id = insert('campaign', $title, [
        'title' => $title,
        'slug' => null,
        'status' => 'draft',
        'email_subject' => null,
        'email_pre_header' => null,
        'email_body' => null,
        'recipients_count' => 0,
        'scheduled_at' => null,
        'settings' => (object) [],
    ]);
    if ($id === null) {
        return invalid(['title' => 'The title has already been taken.']);
    }
    return find('campaign', $id) + ['template' => null, 'subjects' => []];
}

function get_campaign(WP_REST_Request $request)
{
    $campaign = find('campaign', (int) $request['id']);
    return $campaign ? ['campaign' => $campaign, 'templates' => []] : refused('Campaign not found', 404);
}

function update_campaign(WP_REST_Request $request)
{
    $campaign = find('campaign', (int) $request['id']);
    if (!$campaign) {
        return refused('Campaign not found', 404);
    }
    $input = $request->get_json_params() ?? [];
    if ($errors = missing($input, ['title'])) {
        return invalid($errors);
    }
    $after = array_intersect_key($input, array_flip(CAMPAIGN_FIELDS)) + $campaign;
    if (!change($campaign['id'], $after['title'], $after)) {
        return invalid(['title' => 'The title has already been taken.']);
    }
    return ['campaign' => find('campaign', $campaign['id'])];
}

function draft_recipients(WP_REST_Request $request)
{
    $campaign = find('campaign', (int) $request['id']);
    if (!$campaign) {
        return refused('Campaign not found', 404);
    }
    $input = $request->get_json_params() ?? [];
    $in = fn (array $contact, array $group) => array_intersect($contact['list_ids'], ids($group['lists'] ?? []))
        || array_intersect($contact['tag_ids'], ids($group['tags'] ?? []));
    $chosen = array_filter(all('contact'), fn ($contact) => $contact['status'] === 'subscribed'
        && $in($contact, $input['subscribers'] ?? [])
        && !$in($contact, $input['excludedSubscribers'] ?? []));
    if (!$chosen) {
        return refused('Sorry no subscribers found based on your selection', 422);
    }
    change($campaign['id'], $campaign['title'], ['status' => 'draft', 'recipients_count' => count($chosen)] + $campaign);
    return ['message' => 'Recipient settings has been updated', 'count' => count($chosen)];
}

/** A campaign is scheduled once: afterwards it is no draft any more, and FluentCRM answers 423. */
function schedule_campaign(WP_REST_Request $request)
{
    $campaign = find('campaign', (int) $request['id']);
    if (!$campaign) {
        return refused('Campaign not found', 404);
    }
    if ($campaign['status'] !== 'draft') {
        return refused('Campaign status is not in draft status. Please reload the page', 423);
    }
    $at = $request->get_json_params()['scheduled_at'] ?? null;
    $after = [
        'status' => $at ? 'pending-scheduled' : 'processing',
        'scheduled_at' => $at ?? current_time('mysql'),
        'settings' => ['sending_type' => $at ? 'schedule' : 'instant'],
    ];
    change($campaign['id'], $campaign['title'], $after + $campaign);
    return [
        'campaign' => find('campaign', $campaign['id']),
        'message' => $at ? 'Your campaign email has been scheduled' : 'Email Sending will be started soon',
        'current_timestamp' => current_time('mysql'),
    ];
}

function overview_stats(WP_REST_Request $request)
{
    $campaign = find('campaign', (int) $request['id']);
    if (!$campaign) {
        return refused('Campaign not found', 404);
    }
    $sent = $campaign['status'] === 'processing' ? $campaign['recipients_count'] : 0;
    return [
        'sent_count' => $sent,
        'stat' => $sent ? [['status' => 'sent', 'total' => $sent]] : [],
        'analytics' => [
            'open' => ['total' => 0, 'subtitle' => '0% open rate'],
            'click' => ['total' => 0, 'subtitle' => '0% click rate'],
        ],
    ];
}

function list_funnels(WP_REST_Request $request)
{
    return ['funnels' => page(matching(all('funnel'), $request['search'], ['title']), $request)];
}
