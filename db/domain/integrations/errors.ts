import type { ErrorEntry } from '../error-entry.ts';

export const integrationsErrors = {
  'tool.not-found': { status: 404, retryable: false, text: 'There is no such tool.' },
  'tool.not-enabled': {
    status: 403,
    retryable: false,
    text: 'This service is not connected. An owner or admin can connect it under Connections.',
  },
  'tool.not-allowed': { status: 403, retryable: false, text: 'You have not been given this tool.' },
  'tool.quarantined': {
    status: 409,
    retryable: false,
    text: 'This tool has changed and waits for our check. It cannot be used until then.',
  },
  'tool.arguments-invalid': {
    status: 422,
    retryable: false,
    text: 'Some of the values do not fit this tool.',
  },
  'tool.rate-limited': {
    status: 429,
    retryable: true,
    text: 'Too many calls of this service. Please wait a moment.',
  },
  'tool.circuit-open': {
    status: 503,
    retryable: true,
    text: 'This service has failed several times in a row. We try it again in a few minutes.',
  },
  'tool.timeout': { status: 504, retryable: true, text: 'The service did not answer in time.' },
  'tool.result-too-large': {
    status: 502,
    retryable: false,
    text: 'The service answered with more than we accept. Ask for less at a time.',
  },
  'tool.vendor-failed': { status: 502, retryable: false, text: 'The service refused this request.' },
  'tool.vendor-unavailable': {
    status: 503,
    retryable: true,
    text: 'The service does not answer right now. Please try again in a moment.',
  },
  'tool.outcome-unknown': {
    status: 502,
    retryable: false,
    text: 'We do not know whether this happened. Check at the service before you try again.',
  },
  'server.changed': {
    status: 409,
    retryable: false,
    text: 'Somebody else has changed this service meanwhile. Look at it again.',
  },
  'connection.not-found': { status: 404, retryable: false, text: 'This service is not connected.' },
  'connection.missing': { status: 409, retryable: false, text: 'Connect this service first.' },
  'connection.needs-reconnect': {
    status: 409,
    retryable: false,
    text: 'The service no longer accepts our access. Connect it again.',
  },
  'connection.incomplete': {
    status: 409,
    retryable: false,
    text: 'The service asks for more than was entered. Complete the connection.',
  },
  'connection.refused': {
    status: 422,
    retryable: false,
    text: 'The service did not accept these credentials. Check them and try again.',
  },
  'server.not-found': { status: 404, retryable: false, text: 'There is no such service.' },
  'server.off': { status: 410, retryable: false, text: 'This service is not offered any more.' },
  'server.name-taken': { status: 409, retryable: false, text: 'A service with this name exists already.' },
  'server.not-reviewed': {
    status: 409,
    retryable: false,
    text: 'Approve at least one of its tools first.',
  },
  'package.not-found': {
    status: 422,
    retryable: false,
    text: 'There is no such package in this version.',
  },
  'package.no-program': {
    status: 422,
    retryable: false,
    text: 'This package brings no program that could be run.',
  },
  'server.built-in': {
    status: 409,
    retryable: false,
    text: 'This service is part of the platform. It can be disabled, not removed.',
  },
  'server.in-use': {
    status: 409,
    retryable: false,
    text: 'Tenants are connected to this service. Announce its end first.',
  },
  'category.not-found': { status: 404, retryable: false, text: 'There is no such category.' },
  'category.in-use': {
    status: 409,
    retryable: false,
    text: 'There are services in this category. Move them to another one first.',
  },
  'webhook.invalid': {
    status: 401,
    retryable: false,
    text: 'This notice does not carry a valid signature.',
  },
  'oauth.failed': {
    status: 400,
    retryable: false,
    text: 'The service did not confirm the connection. Start it again.',
  },
} as const satisfies Record<string, ErrorEntry>;
