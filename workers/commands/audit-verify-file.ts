import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkExport, type ExportVerdict, type SealedHashes } from '../../db/audit/check-export.ts';

type Say = (line: string) => void;

/** Lines end with a line feed only: texts may hold other characters that readline takes for an end. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

/** Ids of the keys to trust: one that is given, or all of a saved `/.well-known/audit-key.json`. */
async function trustedKeys(given: string): Promise<string[]> {
  if (!existsSync(given)) return [given];
  const { keys } = JSON.parse(await readFile(given, 'utf8')) as { keys: { keyId: string }[] };
  return keys.map(({ keyId }) => keyId);
}

function sayFault(say: Say, name: string, { fault }: ExportVerdict): void {
  if (!fault) return;
  const { line, problem, tenantId, seq } = fault;
  const at = [tenantId, seq !== undefined && `event ${seq}`].filter(Boolean).join(', ');
  say(`${name} is not valid: ${at ? `${at}: ` : ''}${problem} (line ${line}).`);
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** What was found, and what the file can't tell. */
function sayValid(say: Say, verdict: ExportVerdict, isTrusted: boolean): void {
  const { scope, filters, events, checkpoints, chains, keyIds, exportedAt } = verdict;
  const parts = `${counted(events, 'event', 'events')}, ${counted(checkpoints, 'checkpoint', 'checkpoints')}`;
  if (scope === 'filtered') {
    say(`${counted(events, 'event', 'events')}: each is unchanged, and the file is as it was exported.`);
    say(
      `This export is filtered (by ${filters.join(', ')}): it can't show whether other events are missing from the log.`,
    );
  } else if (scope === 'tenants') {
    say(`${parts}, all valid. This export holds ${counted(chains, 'tenant', 'tenants')} of the log.`);
  } else if (scope === 'checkpoints') {
    say(`${parts}, all valid. This file holds checkpoints only.`);
  } else say(`${parts}, all valid. This export holds the whole log, ${counted(chains, 'chain', 'chains')}.`);
  say(`Exported ${exportedAt}, signed with ${keyIds.join(', ')}.`);
  if (!isTrusted) say('Compare the key with the one at /.well-known/audit-key.json, or check with --key.');
}

/**
 * Checks an export without a database, against trusted keys and checkpoints that were kept elsewhere where they are
 * given. Returns the exit code.
 */
export async function verifyFile(
  say: Say,
  path: string,
  { key, checkpoints }: { key?: string | undefined; checkpoints?: string | undefined },
): Promise<number> {
  let trusted = key === undefined ? undefined : await trustedKeys(key);
  const sealed: SealedHashes = new Map();
  if (checkpoints !== undefined) {
    const kept = await checkExport(linesOf(checkpoints), { trusted, sealed });
    sayFault(say, checkpoints, kept);
    if (kept.fault) return 1;
    // What was kept elsewhere is trusted, and so are its keys.
    trusted ??= [...kept.keyIds];
  }
  const verdict = await checkExport(linesOf(path), { trusted, sealed });
  sayFault(say, path, verdict);
  if (verdict.fault) return 1;
  sayValid(say, verdict, trusted !== undefined);
  return 0;
}
