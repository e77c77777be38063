import type { ErrorEntry } from '../error-entry.ts';

export const integrationsErrors = {
  'tool.not-found': { status: 404, retryable: false, text: 'Tool not found.' },
  'tool.not-enabled': {
    status: 403,
    retryable: false,
    text: 'This integration isn’t connected. An owner or admin can connect it on the Integrations page.',
  },
  'tool.not-allowed': { status: 403, retryable: false, text: 'You don’t have access to this tool.' },
  'tool.quarantined': {
    status: 409,
    retryable: false,
    text: 'This tool has changed and is in review. You can’t use it until it’s approved.',
  },
  'tool.arguments-invalid': {
    status: 422,
    retryable: false,
    text: 'Some values aren’t valid for this tool.',
  },
  'tool.rate-limited': {
    status: 429,
    retryable: true,
    text: 'Too many calls to this integration. Try again in a moment.',
  },
  'tool.circuit-open': {
    status: 503,
    retryable: true,
    text: 'This integration has failed several times in a row. We’ll try it again in a few minutes.',
  },
  'tool.timeout': { status: 504, retryable: true, text: 'The integration didn’t respond in time.' },
  'tool.result-too-large': {
    status: 502,
    retryable: false,
    text: 'The response is too large. Ask for less at a time.',
  },
  'tool.vendor-failed': { status: 502, retryable: false, text: 'The integration rejected this request.' },
  'tool.vendor-unavailable': {
    status: 503,
    retryable: true,
    text: 'The integration isn’t responding. Try again in a moment.',
  },
  'tool.outcome-unknown': {
    status: 502,
    retryable: false,
    text: 'We don’t know whether this call succeeded. Check in the integration before you try again.',
  },
  'server.changed': {
    status: 409,
    retryable: false,
    text: 'Another user has changed this server. Reload the page and try again.',
  },
  'connection.not-found': { status: 404, retryable: false, text: 'This integration isn’t connected.' },
  'connection.missing': { status: 409, retryable: false, text: 'Connect this integration first.' },
  'connection.needs-reconnect': {
    status: 409,
    retryable: false,
    text: 'The integration no longer accepts our access. Reconnect it.',
  },
  'connection.incomplete': {
    status: 409,
    retryable: false,
    text: 'The integration needs more credentials. Complete the connection.',
  },
  'connection.refused': {
    status: 422,
    retryable: false,
    text: 'These credentials weren’t accepted. Check them and try again.',
  },
  'server.not-found': { status: 404, retryable: false, text: 'Integration not found.' },
  'server.off': { status: 410, retryable: false, text: 'This integration is no longer available.' },
  'server.disabled': {
    status: 409,
    retryable: false,
    text: 'The platform has turned off this integration. Your connection is kept.',
  },
  'server.name-taken': { status: 409, retryable: false, text: 'A server with this name already exists.' },
  'server.not-reviewed': {
    status: 409,
    retryable: false,
    text: 'Approve at least one of its tools first.',
  },
  'package.not-found': {
    status: 422,
    retryable: false,
    text: 'We couldn’t find this package version.',
  },
  'package.no-program': {
    status: 422,
    retryable: false,
    text: 'This package has no program to run.',
  },
  'server.built-in': {
    status: 409,
    retryable: false,
    text: 'This server is built in. You can disable it, but not remove it.',
  },
  'server.in-use': {
    status: 409,
    retryable: false,
    text: 'Tenants are connected to this server. Deprecate it first.',
  },
  'category.not-found': { status: 404, retryable: false, text: 'Category not found.' },
  'category.in-use': {
    status: 409,
    retryable: false,
    text: 'This category has servers. Move them to another category first.',
  },
  'webhook.invalid': {
    status: 401,
    retryable: false,
    text: 'The webhook signature isn’t valid.',
  },
  'oauth.failed': {
    status: 400,
    retryable: false,
    text: 'The vendor didn’t confirm the connection. Start again.',
  },
} as const satisfies Record<string, ErrorEntry>;
