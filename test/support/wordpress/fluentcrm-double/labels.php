<?php
namespace FluentCrmDouble;

use WP_REST_Request;

function list_tags(WP_REST_Request $request)
{
    return ['tags' => page(counted('tag', 'tag_ids', $request), $request)];
}

function create_tag(WP_REST_Request $request)
{
    return create_label('tag', 'Successfully saved the tag.', $request);
}

function list_lists(WP_REST_Request $request)
{
    $page = page(counted('list', 'list_ids', $request), $request);
    return ['lists' => $page, 'pagination' => ['total' => $page['total']]];
}

function create_list(WP_REST_Request $request)
{
    return create_label('list', 'Successfully saved the list.', $request);
}

/** Tags or lists with how many subscribed contacts each has. */
function counted(string $kind, string $field, WP_REST_Request $request): array
{
    $labels = matching(all($kind), $request['search'], ['title', 'slug', 'description']);
    $contacts = array_filter(all('contact'), fn ($contact) => $contact['status'] === 'subscribed');
    return array_map(function (array $label) use ($contacts, $field) {
        $having = array_filter($contacts, fn ($contact) => in_array($label['id'], $contact[$field], true));
        return $label + ['subscribersCount' => count($having)];
    }, $labels);
}

function create_label(string $kind, string $message, WP_REST_Request $request)
{
    $input = $request->get_json_params() ?? [];
    if ($errors = missing($input, ['title'])) {
        return invalid($errors);
    }
    $slug = sanitize_title(($input['slug'] ?? '') ?: $input['title']);
    $id = insert($kind, $slug, [
        'title' => $input['title'],
        'slug' => $slug,
        'description' => $input['description'] ?? null,
    ]);
    if ($id === null) {
        return invalid(['slug' => 'The slug has already been taken.']);
    }
    $label = find($kind, $id);
    return ['lists' => $label, 'item' => $label, 'message' => $message];
}
