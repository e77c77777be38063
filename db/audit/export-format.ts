import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditKey } from '../domain/audit/checkpoint.ts';
import type { ProvedChain } from './check-checkpoint.ts';
import type { Checkpoint } from '../domain/audit/checkpoint.ts';
import type { AuditSigner } from './signing.ts';

/** What a file holds: whole chains of all tenants or of some, entries that were filtered, or checkpoints only. */
export type ExportScope = 'all' | 'tenants' | 'filtered' | 'checkpoints';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const chain = z.strictObject({
  tenantId: z.string().min(1),
  seq: count,
  hash: hex,
  proof: z.strictObject({ index: count, path: z.array(hex) }).optional(),
});
const key = z.strictObject({ keyId: z.string(), publicKey: z.string() });

/** First line. */
export const headerLine = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('bizosaas-audit-export'),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  scope: z.enum(['all', 'tenants', 'filtered', 'checkpoints']),
  /** Names of the filters of the list. */
  filters: z.array(z.string()),
  keys: z.array(key).min(1),
});
export type HeaderLine = z.output<typeof headerLine>;

/** After the header: the checkpoints, oldest first. */
export const checkpointLine = z.strictObject({
  kind: z.literal('checkpoint'),
  statement: z.strictObject({
    version: z.literal(1),
    number: z.number().int().min(1),
    sealedAt: z.iso.datetime(),
    previous: z.string().regex(/^([0-9a-f]{64})?$/),
    root: hex,
    chains: count,
    events: count,
    keyId: z.string(),
  }),
  signature: z.string(),
  chains: z.array(chain),
});

/** Before the events of a chain: how many there are, and the hash of the last one. */
export const chainLine = z.strictObject({
  kind: z.literal('chain'),
  tenantId: z.string().min(1),
  events: count,
  hash: z.string().regex(/^([0-9a-f]{64})?$/),
});

/** Last line: signed over the SHA-256 of all lines before it. */
export const endLine = z.strictObject({
  kind: z.literal('end'),
  statement: z.strictObject({
    version: z.literal(1),
    exportedAt: z.iso.datetime(),
    events: count,
    checkpoints: count,
    digest: hex,
    keyId: z.string(),
  }),
  signature: z.string(),
});

/** An event of the file; a chain of bytes as the database stores them, in hex, and the text of its body. */
export interface ExportedEvent {
  seq: number;
  leafHash: string;
  prevHash: string;
  hash: string;
  /** JSON. */
  body: string;
}

/** Writes the lines of one file. Every line ends with a line feed. */
export interface ExportWriter {
  header(file: Omit<HeaderLine, 'kind' | 'format' | 'version' | 'exportedAt'>): string;
  checkpoint(checkpoint: Checkpoint, chains: readonly ProvedChain[]): string;
  chain(chain: { tenantId: string; events: number; hash: string }): string;
  event(event: ExportedEvent): string;
  end(): string;
}

/** The writer of a file that is signed at its end. */
export function exportWriter(signer: AuditSigner, now: Date): ExportWriter {
  const exportedAt = now.toISOString();
  const digest = createHash('sha256');
  let events = 0;
  let checkpoints = 0;
  const add = (text: string): string => {
    const line = `${text}\n`;
    digest.update(line);
    return line;
  };
  return {
    header: (file) =>
      add(
        JSON.stringify({ kind: 'header', format: 'bizosaas-audit-export', version: 1, exportedAt, ...file }),
      ),
    checkpoint({ statement, signature }, chains) {
      checkpoints += 1;
      return add(JSON.stringify({ kind: 'checkpoint', statement, signature, chains }));
    },
    chain: (chain) => add(JSON.stringify({ kind: 'chain', ...chain })),
    event({ seq, leafHash, prevHash, hash, body }) {
      events += 1;
      return add(
        `{"kind":"event","seq":${seq},"leafHash":"${leafHash}","prevHash":"${prevHash}","hash":"${hash}","body":${body}}`,
      );
    },
    end() {
      const statement = {
        ...{ version: 1 as const, exportedAt, events, checkpoints },
        digest: digest.digest('hex'),
        keyId: signer.keyId,
      };
      return `${JSON.stringify({ kind: 'end', statement, signature: signer.sign('export', statement) })}\n`;
    },
  };
}

/** The keys of a file: the current one, and those that signed earlier checkpoints. */
export function keysOf(signer: AuditSigner, earlier: readonly AuditKey[]): AuditKey[] {
  const { keyId, publicKey } = signer;
  return [{ keyId, publicKey }, ...earlier.filter((one) => one.keyId !== keyId)];
}
