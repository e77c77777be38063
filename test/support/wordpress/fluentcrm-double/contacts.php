<?php
namespace FluentCrmDouble;

use WP_REST_Request;

const STATUSES = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'];
const FIELDS = [
    'email', 'status', 'first_name', 'last_name', 'prefix', 'contact_type', 'address_line_1', 'address_line_2',
    'postal_code', 'city', 'state', 'country', 'phone', 'timezone', 'date_of_birth', 'source',
];

function list_contacts(WP_REST_Request $request)
{
    $contacts = matching(all('contact'), $request['search'], ['email', 'first_name', 'last_name']);
    foreach (['tags' => 'tag_ids', 'lists' => 'list_ids'] as $parameter => $field) {
        if ($wanted = array_map('intval', (array) $request[$parameter])) {
            $contacts = array_filter($contacts, fn ($contact) => array_intersect($wanted, $contact[$field]));
        }
    }
    if ($wanted = (array) $request['statuses']) {
        $contacts = array_filter($contacts, fn ($contact) => in_array($contact['status'], $wanted, true));
    }
    if (strtoupper((string) $request['sort_type']) === 'ASC') {
        $contacts = array_reverse($contacts);
    }
    $page = page($contacts, $request);
    $page['data'] = array_map(__NAMESPACE__ . '\\shown', $page['data']);
    return ['subscribers' => $page, 'custom' => $request['custom_fields']];
}

function get_contact(WP_REST_Request $request)
{
    $email = $request['get_by_email'];
    $contact = $email ? find_by_name('contact', strtolower($email)) : find('contact', (int) $request['id']);
    return $contact ? ['subscriber' => shown($contact)] : refused('Subscriber not found', 404);
}

/** Creates a contact; with `__force_update` an existing one with the same address is changed instead. */
function save_contact(WP_REST_Request $request)
{
    $input = $request->get_json_params() ?? [];
    if ($errors = wrong($input, ['email', 'status'])) {
        return invalid($errors);
    }
    $fields = array_intersect_key($input, array_flip(FIELDS)) + ['contact_type' => 'lead'];
    $labels = ['tag_ids' => ids($input['tags'] ?? []), 'list_ids' => ids($input['lists'] ?? [])];
    $id = insert('contact', strtolower($input['email']), $fields + $labels);
    if ($id !== null) {
        return saved('Successfully added the subscriber.', $id, 'created');
    }
    if (($input['__force_update'] ?? 'no') !== 'yes') {
        return invalid(['email' => 'Provided email already assigned to another subscriber.']);
    }
    $known = find_by_name('contact', strtolower($input['email']));
    foreach ($labels as $field => $more) {
        $known[$field] = ids(array_merge($known[$field], $more));
    }
    change($known['id'], strtolower($input['email']), array_intersect_key($input, array_flip(FIELDS)) + $known);
    return saved('Subscriber has been updated', $known['id'], 'updated');
}

function update_contact(WP_REST_Request $request)
{
    $contact = find('contact', (int) $request['id']);
    if (!$contact) {
        return refused('Subscriber not found', 404);
    }
    $body = $request->get_json_params() ?? [];
    $input = $body['subscriber'] ?? $body;
    if ($errors = wrong($input + $contact, ['email'])) {
        return invalid($errors);
    }
    $after = array_intersect_key($input, array_flip(FIELDS)) + $contact;
    foreach (['tags' => 'tag_ids', 'lists' => 'list_ids'] as $noun => $field) {
        $kept = array_diff($contact[$field], ids($input["detach_$noun"] ?? []));
        $after[$field] = ids(array_merge($kept, ids($input["attach_$noun"] ?? [])));
    }
    if (!change($contact['id'], strtolower($after['email']), $after)) {
        return invalid(['email' => 'Provided email already assigned to another subscriber.']);
    }
    return [
        'message' => 'Subscriber successfully updated',
        'contact' => shown(find('contact', $contact['id'])),
        'isDirty' => $after !== $contact,
    ];
}

function list_notes(WP_REST_Request $request)
{
    $notes = array_filter(all('note'), fn ($note) => $note['subscriber_id'] === (int) $request['id']);
    return ['notes' => page($notes, $request)];
}

function add_note(WP_REST_Request $request)
{
    $note = $request->get_json_params()['note'] ?? [];
    if ($errors = missing($note, ['title', 'description', 'type'])) {
        return invalid($errors);
    }
    if (!find('contact', (int) $request['id'])) {
        return refused('Subscriber not found', 404);
    }
    $fields = array_intersect_key($note, array_flip(['title', 'description', 'type', 'created_at']));
    $id = insert('note', wp_generate_uuid4(), ['subscriber_id' => (int) $request['id']] + $fields);
    return ['note' => find('note', $id), 'message' => 'Note successfully added'];
}

function track_event(WP_REST_Request $request)
{
    $input = $request->get_json_params() ?? [];
    if ($errors = missing($input, ['event_key', 'title'])) {
        return invalid($errors);
    }
    $email = strtolower($input['email'] ?? '');
    $contact = $email ? find_by_name('contact', $email) : find('contact', (int) ($input['subscriber_id'] ?? 0));
    if (!$contact) {
        return refused('Subscriber not found', 422);
    }
    $repeats = $input['repeatable'] ?? true;
    $name = "{$contact['id']}:{$input['event_key']}" . ($repeats ? ':' . wp_generate_uuid4() : '');
    $id = insert('event', $name, ['subscriber_id' => $contact['id']] + $input);
    return ['message' => 'Event has been tracked', 'id' => $id ?? find_by_name('event', $name)['id']];
}

/** What is wrong with a contact's fields. */
function wrong(array $input, array $required): array
{
    $errors = missing($input, $required);
    if (!isset($errors['email']) && !is_email($input['email'])) {
        $errors['email'] = 'The email must be a valid email address.';
    }
    if (isset($input['status']) && !in_array($input['status'], STATUSES, true)) {
        $errors['status'] = 'The selected status is invalid.';
    }
    return $errors;
}

function saved(string $message, int $id, string $action): array
{
    return ['message' => $message, 'contact' => shown(find('contact', $id)), 'action_type' => $action];
}

/** A contact as it is answered: names put together, tags and lists in full. */
function shown(array $contact): array
{
    $labels = fn (string $kind, array $ids) => array_values(array_filter(
        array_map(fn (int $id) => find($kind, $id), $ids)
    ));
    $contact['full_name'] = trim(($contact['first_name'] ?? '') . ' ' . ($contact['last_name'] ?? ''));
    $contact['tags'] = $labels('tag', $contact['tag_ids']);
    $contact['lists'] = $labels('list', $contact['list_ids']);
    unset($contact['tag_ids'], $contact['list_ids']);
    return $contact;
}

function ids(array $values): array
{
    return array_values(array_unique(array_map('intval', $values)));
}
