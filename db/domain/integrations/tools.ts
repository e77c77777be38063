import { z } from 'zod';
import { fingerprintOf } from '../fingerprint.ts';
import { riskClasses } from './risk.ts';

export const toolStates = ['approved', 'quarantined', 'withdrawn'] as const;
export type ToolState = (typeof toolStates)[number];

const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, 'Use letters, digits, ".", "_" and "-".');

const jsonObject = z.record(z.string(), z.unknown());

/** A tool as its server declares it, and the risk class we give it. */
export const toolDefinition = z.object({
  name: toolName,
  title: z.string().min(1).max(200),
  description: z.string().max(20_000),
  inputSchema: jsonObject,
  outputSchema: jsonObject.nullish(),
  annotations: jsonObject,
  risk: z.enum(riskClasses),
});
export type ToolDefinition = z.infer<typeof toolDefinition>;
/** What the hash of a definition covers: everything a model reads. The risk class is ours and not part of it. */
export type HashedDefinition = Omit<ToolDefinition, 'risk'>;

/** Fingerprint of what a tool says about itself; one changed letter gives another. 64 hexadecimal digits. */
export function definitionHash(definition: HashedDefinition): Promise<string> {
  const { name, title, description, inputSchema, outputSchema, annotations } = definition;
  return fingerprintOf({
    name,
    title,
    description,
    inputSchema,
    outputSchema: outputSchema ?? null,
    annotations,
  });
}
