import assert from 'node:assert/strict';
import { z } from 'zod';
import { areas } from '../../../../api/areas.ts';
import type { Route } from '../../../../api/kit/route.ts';
import { fieldsOf } from '../../../../api/public/support/reference-fields.ts';
import { referenceOf } from '../../../../api/public/support/reference.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';

describe('[SEC-5] the documentation of the API', function () {
  this.timeout(60_000);
  let platform: Platform;
  let anyone: Caller;
  before(async () => {
    platform = await startPlatform({ worker: false });
    anyone = platform.caller();
  });
  after(() => platform.stop());

  const textOf = async (path: string) => {
    const { status, text } = await anyone.call('GET', path);
    assert.equal(status, 200, path);
    return text;
  };
  const routes = areas.flatMap(({ routes: own }) => own).filter((one): one is Route => one.kind === 'json');

  it('lists every operation there is, once, on a page that is linked', async () => {
    const index = await textOf('/docs');
    const linked = [...index.matchAll(/href="(\/docs\/[a-z-]+)"/g)].map(([, href]) => href ?? '');
    const pages = await Promise.all(linked.map(textOf));
    const ids = pages.flatMap((text) => [...text.matchAll(/<section class="bz-card" id="(\w+)"/g)]);
    const found = ids.map(([, id]) => id);
    assert.equal(found.length, routes.length);
    assert.equal(new Set(found).size, routes.length);
    for (const group of referenceOf(routes)) assert.ok(linked.includes(`/docs/${group.key}`), group.key);
  });

  it('names permission, fields, limits and errors of an operation', async () => {
    const text = await textOf('/docs/client-team');
    for (const part of ['/api/client/team', 'team.read', 'Permission', 'Response 200', 'at most'])
      assert.ok(text.includes(part), part);
    assert.match(await textOf('/docs/session'), /API keys don’t work here/);
  });

  it('finds operations by words of path and summary', async () => {
    const text = await textOf('/docs?q=impersonations+get');
    assert.match(text, /href="\/docs\/admin-impersonations#getApiAdminImpersonations"/);
    assert.doesNotMatch(text, /client-team/);
    assert.match(await textOf('/docs?q=nothing-of-this-name'), /No operation has these words/);
    assert.equal((await anyone.call('GET', '/docs/nothing')).status, 404);
  });

  it('says what a value is, also within lists and alternatives', () => {
    const schema = z.object({
      name: z.string().min(2).max(9),
      state: z.enum(['on', 'off']).default('on'),
      items: z.array(z.object({ count: z.number().int().min(1) })),
      when: z.iso.datetime().nullable(),
      either: z.union([
        z.object({ kind: z.literal('a'), left: z.boolean() }),
        z.object({ right: z.boolean() }),
      ]),
    });
    assert.deepEqual(
      fieldsOf(schema, 'input').map(({ name, type, required, limits }) =>
        [name, type, required ? 'required' : '', ...limits].join('|'),
      ),
      [
        'name|string|required|at least 2 characters|at most 9 characters',
        'state|one of on, off||otherwise "on"',
        'items|list of object|required',
        'items[].count|integer|required|at least 1',
        'when|time (ISO 8601) or null|required',
        'either|object|required',
        'either.kind|"a"|',
        'either.left|boolean|',
        'either.right|boolean|',
      ],
    );
  });
});
