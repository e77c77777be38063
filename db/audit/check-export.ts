import { createHash, type Hash } from 'node:crypto';
import type { EventBody } from '../domain/event.ts';
import { chainHash, leafHash } from '../ledger.ts';
import { asBefore, type Before, checkpointProblem, noCheckpoint } from './check-checkpoint.ts';
import {
  chainLine,
  checkpointLine,
  endLine,
  type ExportScope,
  type HeaderLine,
  headerLine,
} from './export-format.ts';
import { isSigned, type KeyRing, keyRing } from './signing.ts';

/** Where a file is wrong first. */
export interface ExportFault {
  /** From 1. */
  line: number;
  problem: string;
  tenantId?: string;
  /** Place of the event in the chain of its tenant. */
  seq?: number;
}

/** The result of checking a file. */
export interface ExportVerdict {
  scope: ExportScope | null;
  filters: readonly string[];
  exportedAt: string | null;
  events: number;
  chains: number;
  checkpoints: number;
  /** Keys that signed any of it. */
  keyIds: readonly string[];
  fault: ExportFault | null;
}

/** Hashes that checkpoints have sealed, by tenant and place. */
export type SealedHashes = Map<string, Map<number, { hash: string; checkpoint: number }>>;

/** What else is known beside the file. */
export interface CheckOptions {
  /** Ids of the only keys that are trusted; all keys of the file without it. */
  trusted?: readonly string[] | undefined;
  /** From checkpoints that were kept elsewhere. Those of the file are added to it. */
  sealed?: SealedHashes;
}

class Faulty extends Error {
  readonly fault: Omit<ExportFault, 'line'>;
  constructor(problem: string, at: { tenantId?: string; seq?: number } = {}) {
    super(problem);
    this.fault = { problem, ...at };
  }
}

interface OpenChain {
  tenantId: string;
  events: number;
  hash: string;
  seq: number;
  previous: Buffer;
}

/** A file as far as it was read. */
interface Reading {
  header: HeaderLine | null;
  ring: KeyRing;
  digest: Hash;
  before: Before;
  chain: OpenChain | null;
  seen: Set<string>;
  sealed: SealedHashes;
  keyIds: Set<string>;
  events: number;
  checkpoints: number;
  ended: boolean;
}

type Line = Record<string, unknown> & { kind?: unknown };

function parsed<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, line: Line): T {
  const result = schema.safeParse(line);
  if (!result.success) throw new Faulty(`the ${String(line.kind)} line has another form`);
  return result.data as T;
}

function readHeader(reading: Reading, line: Line, trusted: readonly string[] | undefined): void {
  if (line.kind !== 'header') throw new Faulty('this is not an export of the audit log');
  const header = parsed(headerLine, line);
  if ((header.scope === 'filtered') !== header.filters.length > 0)
    throw new Faulty('the header contradicts itself');
  reading.header = header;
  const ring = keyRing(header.keys);
  if (ring.size !== header.keys.length) throw new Faulty('a key is not the one its id names');
  reading.ring = trusted ? new Map([...ring].filter(([keyId]) => trusted.includes(keyId))) : ring;
  // Of some chains only, a file carries only the checkpoints that sealed them.
  reading.before = header.scope === 'all' ? noCheckpoint : undefined;
}

function readCheckpoint(reading: Reading, line: Line): void {
  if (reading.seen.size > 0 || reading.events > 0) throw new Faulty('a checkpoint is out of its place');
  const { statement, signature, chains } = parsed(checkpointLine, line);
  const { number } = statement;
  const { before } = reading;
  const whole = reading.header?.scope !== 'tenants' && before !== undefined;
  const next = whole || before?.number === number - 1 ? before : undefined;
  if (before && number <= before.number) throw new Faulty(`checkpoint ${number} is out of its place`);
  if (reading.header?.scope !== 'tenants' && chains.length !== statement.chains)
    throw new Faulty(`checkpoint ${number}: some of its chains are missing`);
  const problem = checkpointProblem({ statement, signature }, chains, reading.ring, next);
  if (problem)
    throw new Faulty(problem.startsWith('checkpoint') ? problem : `checkpoint ${number}: ${problem}`);
  reading.before = asBefore({ statement, signature });
  reading.checkpoints += 1;
  reading.keyIds.add(statement.keyId);
  for (const { tenantId, seq, hash } of chains) {
    const places = reading.sealed.get(tenantId) ?? new Map<number, { hash: string; checkpoint: number }>();
    reading.sealed.set(tenantId, places.set(seq, { hash, checkpoint: number }));
  }
}

function closeChain(reading: Reading): void {
  const { chain } = reading;
  if (!chain) return;
  const { tenantId, seq, events, hash, previous } = chain;
  for (const [place, { checkpoint }] of reading.sealed.get(tenantId) ?? []) {
    if (place > seq)
      throw new Faulty(`event ${seq + 1} is missing, and checkpoint ${checkpoint} sealed event ${place}`, {
        tenantId,
        seq: seq + 1,
      });
  }
  if (seq !== events) throw new Faulty(`event ${seq + 1} is missing`, { tenantId, seq: seq + 1 });
  if (previous.toString('hex') !== hash)
    throw new Faulty('the chain ends with another hash', { tenantId, seq });
  reading.chain = null;
}

function openChain(reading: Reading, line: Line): void {
  closeChain(reading);
  const { tenantId, events, hash } = parsed(chainLine, line);
  if (reading.seen.has(tenantId)) throw new Faulty('the chain comes twice', { tenantId });
  const { scope } = reading.header ?? {};
  if (scope !== 'all' && scope !== 'tenants') throw new Faulty('a chain is out of its place', { tenantId });
  reading.seen.add(tenantId);
  reading.chain = { tenantId, events, hash, seq: 0, previous: Buffer.alloc(0) };
}

interface EventLine {
  seq: number;
  leafHash: string;
  prevHash: string;
  hash: string;
  body: EventBody;
}
const eventMembers = 6;

/** Checked by hand: a schema would take longer than the hashes. */
function isEventLine(line: Line): line is Line & EventLine {
  const { seq, leafHash: leaf, prevHash, hash, body } = line;
  const texts = typeof leaf === 'string' && typeof prevHash === 'string' && typeof hash === 'string';
  return (
    texts &&
    Number.isSafeInteger(seq) &&
    typeof body === 'object' &&
    body !== null &&
    typeof (body as EventBody).tenantId === 'string' &&
    Object.keys(line).length === eventMembers
  );
}

function leafOf(body: EventBody): Buffer | null {
  try {
    return leafHash(body);
  } catch {
    // No event can have such content.
    return null;
  }
}

function readEvent(reading: Reading, line: Line): void {
  const { chain } = reading;
  const tenantId = chain?.tenantId ?? (line['body'] as Partial<EventBody> | null)?.tenantId;
  const seq = chain ? chain.seq + 1 : line['seq'];
  const at = {
    ...(typeof tenantId === 'string' && { tenantId }),
    ...(typeof seq === 'number' && { seq }),
  };
  if (!chain && reading.header?.scope !== 'filtered') throw new Faulty('an event is in no chain', at);
  if (!isEventLine(line)) throw new Faulty('the event line has another form', at);
  if (chain && line.seq !== chain.seq + 1) throw new Faulty(`event ${chain.seq + 1} is missing`, at);
  const leaf = leafOf(line.body);
  if (leaf?.toString('hex') !== line.leafHash) throw new Faulty('the content was changed', at);
  if (chain && line.body.tenantId !== chain.tenantId) throw new Faulty('the event is of another tenant', at);
  const previous = chain?.previous ?? Buffer.from(line.prevHash, 'hex');
  if (previous.toString('hex') !== line.prevHash)
    throw new Faulty('the link to the event before does not hold', at);
  const hash = chainHash(previous, line.seq, leaf);
  if (hash.toString('hex') !== line.hash) throw new Faulty('the hash does not hold', at);
  const sealed = reading.sealed.get(line.body.tenantId)?.get(line.seq);
  if (sealed && sealed.hash !== line.hash)
    throw new Faulty(`the event is not the one that checkpoint ${sealed.checkpoint} sealed`, at);
  if (chain) Object.assign(chain, { seq: line.seq, previous: hash });
  reading.events += 1;
}

function readEnd(reading: Reading, line: Line): void {
  closeChain(reading);
  if (reading.header?.scope === 'all') {
    const lost = [...reading.sealed.keys()].find((tenantId) => !reading.seen.has(tenantId));
    if (lost) throw new Faulty('the chain is missing', { tenantId: lost, seq: 1 });
  }
  const { statement, signature } = parsed(endLine, line);
  const { keyId } = statement;
  if (!reading.ring.has(keyId)) throw new Faulty(`the file is signed with key ${keyId}, which is unknown`);
  if (!isSigned(reading.ring, keyId, 'export', statement, signature))
    throw new Faulty('the signature of the file does not hold');
  const agrees =
    statement.events === reading.events &&
    statement.checkpoints === reading.checkpoints &&
    statement.exportedAt === reading.header?.exportedAt &&
    statement.digest === reading.digest.copy().digest('hex');
  if (!agrees) throw new Faulty('the file was changed after it was signed');
  reading.keyIds.add(keyId);
  reading.ended = true;
}

function readLine(reading: Reading, text: string, trusted: readonly string[] | undefined): void {
  if (reading.ended) throw new Faulty('something follows the end');
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    line = null;
  }
  const { chain } = reading;
  const at = chain ? { tenantId: chain.tenantId, seq: chain.seq + 1 } : {};
  if (typeof line !== 'object' || line === null) throw new Faulty('the line is no JSON object', at);
  const { kind } = line as Line;
  if (!reading.header) readHeader(reading, line as Line, trusted);
  else if (kind === 'event') readEvent(reading, line as Line);
  else if (kind === 'checkpoint') readCheckpoint(reading, line as Line);
  else if (kind === 'chain') openChain(reading, line as Line);
  else if (kind === 'end') readEnd(reading, line as Line);
  else throw new Faulty('the line is of an unknown kind', at);
  reading.digest.update(`${text}\n`);
}

/** Checks a file line by line, in memory that does not grow with its events. Needs no database. */
export async function checkExport(
  lines: AsyncIterable<string> | Iterable<string>,
  { trusted, sealed = new Map() }: CheckOptions = {},
): Promise<ExportVerdict> {
  const reading: Reading = {
    header: null,
    ring: new Map(),
    digest: createHash('sha256'),
    before: undefined,
    chain: null,
    seen: new Set(),
    sealed,
    keyIds: new Set(),
    ...{ events: 0, checkpoints: 0, ended: false },
  };
  const verdict = (fault: ExportFault | null): ExportVerdict => ({
    scope: reading.header?.scope ?? null,
    filters: reading.header?.filters ?? [],
    exportedAt: reading.header?.exportedAt ?? null,
    events: reading.events,
    chains: reading.seen.size,
    checkpoints: reading.checkpoints,
    keyIds: [...reading.keyIds],
    fault,
  });
  let number = 0;
  try {
    for await (const text of lines) {
      number += 1;
      readLine(reading, text, trusted);
    }
    number += 1;
    if (!reading.ended) {
      closeChain(reading);
      throw new Faulty('the file ends early');
    }
    return verdict(null);
  } catch (error) {
    if (!(error instanceof Faulty)) throw error;
    return verdict({ line: number, ...error.fault });
  }
}
