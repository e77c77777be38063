<?php
namespace FluentCrmDouble;

use WP_REST_Request;
use WP_REST_Response;

/** A page of a list the way Laravel counts: 15 a page unless told. */
function page(array $items, WP_REST_Request $request): array
{
    $per_page = max(1, (int) ($request['per_page'] ?: 15));
    $current = max(1, (int) ($request['page'] ?: 1));
    $total = count($items);
    $last = max(1, (int) ceil($total / $per_page));
    $data = array_values(array_slice($items, ($current - 1) * $per_page, $per_page));
    $url = fn (int $number) => "/?page=$number";
    return [
        'total' => $total,
        'per_page' => $per_page,
        'current_page' => $current,
        'last_page' => $last,
        'next_page_url' => $current < $last ? $url($current + 1) : null,
        'prev_page_url' => $current > 1 ? $url($current - 1) : null,
        'from' => $data ? ($current - 1) * $per_page + 1 : null,
        'to' => $data ? ($current - 1) * $per_page + count($data) : null,
        'data' => $data,
    ];
}

/** What was wrong with which field: 422. */
function invalid(array $errors): WP_REST_Response
{
    $messages = array_map(fn (string $text) => [$text], $errors);
    return new WP_REST_Response(['message' => reset($errors), 'errors' => $messages], 422);
}

/** A refusal without a field. */
function refused(string $message, int $status): WP_REST_Response
{
    return new WP_REST_Response(['message' => $message], $status);
}

/** The sentences for those of the fields that are missing or empty. */
function missing(array $input, array $fields): array
{
    $errors = [];
    foreach ($fields as $field) {
        if (!isset($input[$field]) || $input[$field] === '') {
            $errors[$field] = "The $field field is required.";
        }
    }
    return $errors;
}

/** Those whose fields contain what is searched for. */
function matching(array $items, ?string $search, array $fields): array
{
    if ($search === null || $search === '') {
        return $items;
    }
    $text = fn (array $item) => implode(' ', array_intersect_key($item, array_flip($fields)));
    return array_filter($items, fn (array $item) => stripos($text($item), $search) !== false);
}
