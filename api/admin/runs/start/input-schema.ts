import { z } from 'zod';
import type { JsonSchema } from '../../../../templates/ui/schema-form.tsx';

/** The input of a process as JSON Schema, from which forms are made; without a schema an empty object. */
export function inputSchema(schema: z.ZodType | null): JsonSchema & Record<string, unknown> {
  if (schema === null) return { type: 'object', properties: {} };
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return shape as JsonSchema & Record<string, unknown>;
}
