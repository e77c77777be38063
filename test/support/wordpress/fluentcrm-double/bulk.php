<?php
namespace FluentCrmDouble;

use WP_REST_Request;

/** The bulk actions on contacts that the connector uses: tags and lists, added and removed. */
function bulk_action(WP_REST_Request $request)
{
    $input = $request->get_json_params() ?? [];
    if ($errors = missing($input, ['action_name'])) {
        return invalid($errors);
    }
    if (!preg_match('/^(add_to|remove_from)_(tags|lists)$/', $input['action_name'], $action)) {
        return refused('Sorry, this action is not available', 422);
    }
    $contacts = ids($input['subscriber_ids'] ?? []);
    if (!$contacts) {
        return refused('Subscribers selection is required', 422);
    }
    $labels = ids($input['action_options'] ?? []);
    if (!$labels) {
        return refused("Please select {$action[2]}", 422);
    }
    $field = $action[2] === 'tags' ? 'tag_ids' : 'list_ids';
    foreach ($contacts as $id) {
        if ($contact = find('contact', $id)) {
            $contact[$field] = $action[1] === 'add_to'
                ? ids(array_merge($contact[$field], $labels))
                : ids(array_diff($contact[$field], $labels));
            change($id, strtolower($contact['email']), $contact);
        }
    }
    return [
        'message' => 'Selected bulk action has been successfully completed',
        'completed_contacts' => count($contacts),
        'last_contact_id' => end($contacts),
    ];
}
