import assert from 'node:assert/strict';
import { z } from 'zod';
import { invoice } from '../../db/domain/billing/invoices.ts';
import { payment } from '../../db/domain/billing/payments.ts';
import { planVersion } from '../../db/domain/billing/plans.ts';
import { dunningPolicyVersion } from '../../db/domain/billing/dunning/policy.ts';
import { movement } from '../../db/domain/billing/revenue/movements.ts';
import { subscription } from '../../db/domain/billing/subscriptions.ts';
import { toolCategory, toolServer } from '../../db/domain/integrations/servers.ts';
import { tenant } from '../../db/domain/tenants/tenant.ts';
import { membership, user } from '../../db/domain/people/user.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

/** Each noun, its table, and columns that are no part of the noun, with the reason. */
const nouns: readonly { table: string; schema: z.ZodObject; internal?: Record<string, string> }[] = [
  { table: 'tenants', schema: tenant, internal: { name_key: 'the name as compared; derived from name' } },
  {
    table: 'users',
    schema: user,
    internal: {
      must_change_password: 'read with the session',
      second_factor_at: 'read with the session',
      last_seen_at: 'written by sessions, read by the directory',
      phone: 'part of the profile',
      job_title: 'part of the profile',
      picture: 'part of the profile',
      notices_off: 'part of the profile',
    },
  },
  {
    table: 'memberships',
    schema: membership,
    internal: { custom_role_id: 'narrows the session', features_off: 'narrows the session' },
  },
  { table: 'plan_versions', schema: planVersion },
  { table: 'payments', schema: payment },
  { table: 'mrr_movements', schema: movement },
  { table: 'dunning_policies', schema: dunningPolicyVersion },
  { table: 'subscriptions', schema: subscription },
  { table: 'mcp_categories', schema: toolCategory },
  { table: 'mcp_servers', schema: toolServer },
  { table: 'invoices', schema: invoice },
];

/** Which PostgreSQL type holds what a schema describes. */
function columnType(schema: z.core.$ZodType): string {
  const { def } = schema._zod;
  switch (def.type) {
    case 'number':
      return 'bigint|integer';
    case 'date':
      return 'timestamp with time zone';
    case 'boolean':
      return 'boolean';
    case 'object':
    case 'array':
    case 'union':
      return 'jsonb';
    default:
      return 'text';
  }
}

function unwrap(schema: z.core.$ZodType): { inner: z.core.$ZodType; nullable: boolean } {
  const { def } = schema._zod;
  if (def.type !== 'nullable') return { inner: schema, nullable: false };
  return { inner: (def as z.core.$ZodNullableDef).innerType, nullable: true };
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('the rows in the database and the nouns in the code', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const columnsOf = (table: string) =>
    database.owner<Column>(
      `select column_name as name, data_type as type, is_nullable = 'YES' as nullable
       from information_schema.columns where table_schema = 'public' and table_name = $1 order by column_name`,
      [table],
    );

  for (const { table, schema, internal = {} } of nouns) {
    it(`agree on the columns of ${table}, their types and what may be missing`, async () => {
      const columns = (await columnsOf(table)).filter(({ name }) => !(name in internal));
      const shape = Object.entries(schema.shape).map(([name, field]) => ({
        name: snake(name),
        ...unwrap(field),
      }));
      assert.deepEqual(
        columns.map(({ name, nullable }) => `${name}${nullable ? '?' : ''}`),
        shape.map(({ name, nullable }) => `${name}${nullable ? '?' : ''}`).sort(),
      );
      for (const { name, inner } of shape) {
        const type = columns.find((column) => column.name === name)?.type ?? '';
        assert.ok(
          columnType(inner).split('|').includes(type),
          `${table}.${name} is ${type}, not ${columnType(inner)}`,
        );
      }
    });

    it(`agree on the words each column of ${table} may hold`, async () => {
      const checks = await database.owner<{ name: string; definition: string }>(
        `select a.attname as name, pg_get_constraintdef(c.oid) as definition from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
         where c.conrelid = $1::regclass and c.contype = 'c' and cardinality(c.conkey) = 1`,
        [`public.${table}`],
      );
      const stored = Object.fromEntries(
        checks.flatMap(({ name, definition }) => {
          const words = [...definition.matchAll(/'([^']+)'/g)].map(([, word]) => word).sort();
          // Bounds of a number have none.
          return words.length > 0 ? [[name, words]] : [];
        }),
      );
      const declared = Object.fromEntries(
        Object.entries(schema.shape).flatMap(([name, field]) => {
          const { inner } = unwrap(field);
          // What languages there are is the business of the code alone: a new one needs no migration.
          if (!(inner instanceof z.ZodEnum) || name === 'language') return [];
          return [[snake(name), [...inner.options].map(String).sort()]];
        }),
      );
      assert.deepEqual(stored, declared);
    });
  }
});
