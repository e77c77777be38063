import { z } from 'zod';
import { errorTable } from '../../db/domain/errors.ts';
import { cookieName } from './cookies.ts';
import { csrfHeader } from './csrf.ts';
import { keyScopeOf } from './key-scope.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

function parametersOf(route: Route): Json[] {
  const list = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, shape]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: shape,
    }));
  };
  return [...list(route.params, 'path'), ...list(route.query, 'query')];
}

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function answersOf(route: Route): Json {
  const statuses = new Set<number>();
  for (const code of route.errors ?? []) {
    if (Object.hasOwn(errorTable, code)) statuses.add(errorTable[code as keyof typeof errorTable].status);
  }
  if (route.access !== 'public') [401, 403].forEach((status) => statuses.add(status));
  if (route.params) statuses.add(404);
  if (route.body) [400, 413, 415].forEach((status) => statuses.add(status));
  if (route.body ?? route.query) statuses.add(422);
  if (route.method !== 'GET') statuses.add(403);
  if (keyScopeOf(route) !== null) statuses.add(429);
  return {
    [route.status]: {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
    },
    ...Object.fromEntries(
      [...statuses].sort().map((status) => [status, problemAnswer('See `code` and `title`')]),
    ),
    default: problemAnswer('Something went wrong on our side, or a part of the platform is away'),
  };
}

/** Unique name of an operation: method and path in camel case. */
export const operationIdOf = ({ method, path }: Route): string =>
  `${method.toLowerCase()}${path.replace(/[^a-zA-Z]+(.)?/g, (_, c: string | undefined) => c?.toUpperCase() ?? '')}`;

function operationOf(route: Route): Json {
  const signedIn = route.access !== 'public';
  const scope = keyScopeOf(route);
  const csrf = signedIn && route.method !== 'GET' ? { [`csrf`]: [] } : {};
  return {
    summary: route.summary,
    operationId: operationIdOf(route),
    ...(route.deprecated && { deprecated: true }),
    ...(signedIn && {
      security: [{ session: [], ...csrf }, ...(scope === null ? [] : [{ apiKey: [scope] }])],
      'x-access': route.access,
    }),
    parameters: parametersOf(route),
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: answersOf(route),
  };
}

/** The OpenAPI 3.1 document of the JSON routes, made from the same declarations that serve them. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'BizOSaaS',
      version: '0.1.0',
      description:
        `Send an API key as \`Authorization: Bearer bz_live_…\`, or sign in to get the session cookie. Calls with the cookie that change something carry the header \`${csrfHeader}\` with the value of ` +
        `the cookie \`${cookieName('csrf', publicUrl)}\` (also \`csrfToken\` of the sign-in answer). Lists answer \`{items, nextCursor}\`; ` +
        'pass `nextCursor` as `cursor` for the next page. Errors are RFC 9457 problems.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookieName('session_token', publicUrl) },
        csrf: { type: 'apiKey', in: 'header', name: csrfHeader },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'bz_live_<id>_<secret>',
          description: 'An API key with the scope that the operation names.',
        },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'requestId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', enum: Object.keys(errorTable) },
            requestId: { type: 'string' },
            fields: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
      },
    },
  };
}
