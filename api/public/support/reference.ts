import { errorTable } from '../../../db/domain/errors.ts';
import type {
  ReferenceGroup,
  ReferenceOperation,
} from '../../../templates/public/support/reference-props.ts';
import { keyScopeOf } from '../../kit/key-scope.ts';
import { operationIdOf } from '../../kit/openapi.ts';
import type { Route } from '../../kit/route.ts';
import { fieldsOf } from './reference-fields.ts';

/** `/api/client/api-keys/:id` belongs to `client-api-keys`, `/api/session/step-up` to `session`. */
function groupKeyOf(path: string): string {
  const [, , side = '', noun] = path.split('/');
  return (side === 'client' || side === 'admin' || side === 'public') && noun ? `${side}-${noun}` : side;
}

function sideOf(key: string): ReferenceGroup['side'] {
  if (key.startsWith('client-')) return 'client';
  return key.startsWith('admin-') ? 'admin' : 'account';
}

function titleOf(key: string): string {
  const words = key.replace(/^(client|admin|public)-/, '').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/\b[Aa]pi\b/, 'API');
}

/** A code without a row in the table is one that only its route gives. */
const problemOf = (code: string) => {
  const row = Object.hasOwn(errorTable, code) ? errorTable[code as keyof typeof errorTable] : null;
  return row ? [{ code, status: row.status, text: row.text }] : [];
};

function operationOf(route: Route): ReferenceOperation {
  const open = route.access === 'public' || route.access === 'signed-in';
  const path = fieldsOf(route.params, 'input').map((field) => ({ ...field, required: true }));
  return {
    id: operationIdOf(route),
    method: route.method,
    path: route.path.replace(/:(\w+)/g, '{$1}'),
    summary: route.summary,
    access: route.access === 'public' || route.access === 'signed-in' ? route.access : 'permission',
    permission: open ? null : route.access,
    byKey: keyScopeOf(route) !== null,
    confirms: route.stepUp ?? false,
    deprecated: route.deprecated ?? false,
    parameters: [
      ...path.map((field) => ({ ...field, place: 'path' as const })),
      ...fieldsOf(route.query, 'input').map((field) => ({ ...field, place: 'query' as const })),
    ],
    body: fieldsOf(route.body, 'input'),
    answer: fieldsOf(route.response, 'output'),
    status: route.status,
    problems: (route.errors ?? []).flatMap(problemOf),
  };
}

/** All JSON routes by what they are about, from the declarations that serve them. */
export function referenceOf(routes: readonly Route[]): ReferenceGroup[] {
  const groups = new Map<string, ReferenceOperation[]>();
  for (const route of routes) {
    const key = groupKeyOf(route.path);
    groups.set(key, [...(groups.get(key) ?? []), operationOf(route)]);
  }
  return [...groups]
    .map(([key, operations]) => ({ key, side: sideOf(key), title: titleOf(key), operations }))
    .sort((one, other) => (one.title < other.title ? -1 : 1));
}
