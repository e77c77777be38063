import { createHash, randomBytes } from 'node:crypto';
import { checkExport } from '../../db/audit/check-export.ts';
import { exportWriter } from '../../db/audit/export-format.ts';
import { auditSigner } from '../../db/audit/signing.ts';
import type { EventBody } from '../../db/domain/event.ts';
import { newId } from '../../db/domain/ids.ts';
import { chainHash, leafHash } from '../../db/ledger.ts';
import type { Size } from './size.ts';
import type { Figure } from './table.ts';

const rows = { full: 50_000, small: 1_000 } as const;

/** A file of one chain of sign-ins, line by line. */
function makeFile(count: number): string[] {
  const signer = auditSigner(randomBytes(32));
  const writer = exportWriter(signer, new Date());
  const { keyId, publicKey } = signer;
  const tenantId = newId('tenant');
  const userId = newId('user');
  let previous: Buffer = Buffer.alloc(0);
  const events = Array.from({ length: count }, (_, n) => {
    const body: EventBody = {
      id: newId('event'),
      tenantId,
      occurredAt: new Date().toISOString(),
      action: 'session.opened',
      outcome: 'success',
      actor: { type: 'user', id: userId },
      impersonatorId: null,
      targets: [{ type: 'session', id: newId('session') }],
      data: {},
      context: { ip: '192.0.2.7', requestId: newId('event'), userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
      schemaVersion: 1,
    };
    const leaf = leafHash(body);
    const hash = chainHash(previous, n + 1, leaf);
    const event = { seq: n + 1, leafHash: leaf.toString('hex'), prevHash: previous.toString('hex') };
    previous = hash;
    return { ...event, hash: hash.toString('hex'), body: JSON.stringify(body) };
  });
  return [
    writer.header({ scope: 'tenants', filters: [], keys: [{ keyId, publicKey }] }),
    writer.chain({ tenantId, events: count, hash: previous.toString('hex') }),
    ...events.map((event) => writer.event(event)),
    writer.end(),
  ].map((line) => line.trimEnd());
}

const secondsOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** What any check must do at least: parse each line, and hash it for the signature, as a leaf and in its chain. */
function onlyReadAndHash(lines: readonly string[]): void {
  for (const line of lines) {
    JSON.parse(line);
    for (let n = 0; n < 3; n += 1) createHash('sha256').update(line).digest();
  }
}

/** What `audit verify FILE` takes beside reading and hashing alone, in processor time, as other load must not count. */
export async function measureAuditCheck(size: Size): Promise<Figure[]> {
  const lines = makeFile(rows[size]);
  const bareS = await secondsOf(() => onlyReadAndHash(lines));
  const checkS = await secondsOf(async () => {
    const { fault, events } = await checkExport(lines);
    if (fault || events !== rows[size]) throw new Error(`the file does not hold: ${JSON.stringify(fault)}`);
  });
  const ratio = checkS / bareS;
  return [
    {
      what: `export checked offline (${(rows[size] / checkS).toFixed(0)} events/s of one core) ÷ read and hashed`,
      measured: ratio.toFixed(2),
      bar: '≤ 3',
      met: ratio <= 3,
    },
  ];
}
