import { z } from 'zod';
import { registration } from '../../../db/domain/integrations/registration.ts';

const fieldRow = z.object({
  label: z.string(),
  sentAs: z.string(),
  secret: z.literal('true').optional(),
  optional: z.literal('true').optional(),
});

/** The rows of a form that describe credential fields; empty rows are dropped. */
export const fieldRows = z
  .record(z.string(), fieldRow)
  .default({})
  .transform((rows) =>
    Object.values(rows)
      .filter(({ label, sentAs }) => label || sentAs)
      .map((row) => ({ ...row, secret: row.secret !== undefined, optional: row.optional !== undefined })),
  )
  .pipe(registration.shape.fields);
