import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkerOf } from './check.ts';
import { type Answer, type Asked, type Contract, type Effect, type Recorded, reply } from './contract.ts';
import { createEffects } from './memory.ts';
import type { Script } from './scripts.ts';
import { createTokens } from './tokens.ts';

/** A server that stands for one vendor and takes nothing that the vendor's contract does not say. */
export interface Upstream {
  url: string;
  /** What becomes of the next requests, one script each. */
  next(...scripts: Script[]): void;
  /** The same for the next requests of one operation; the token endpoint is called `token`. */
  nextOf(operation: string, ...scripts: Script[]): void;
  /** From now on only access tokens issued later are good. */
  expireTokens(): void;
  requests(operation?: string): Recorded[];
  /** Everything that was wrong with any request, each with its operation. */
  violations(): string[];
  /** Writes that were done; the same write again is none. */
  effects(operation?: string): Effect[];
  /** Forgets requests, scripts, effects and tokens, as for a new test. */
  forget(): void;
  close(): Promise<void>;
}

/** Status of answers to requests that break the contract; the body lists what is wrong. */
export const contractBroken = 599;

export async function strictUpstream(from: Contract | Promise<Contract>): Promise<Upstream> {
  const desk = createDesk(await from);
  const http = createServer((incoming, response) => {
    void read(incoming)
      .then((asked) => desk.decide(asked))
      .then(
        (answer) => (answer === 'drop' ? incoming.socket.destroy() : write(response, answer)),
        (error: unknown) => write(response, broken([`the stand-in itself failed: ${String(error)}`])),
      );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    ...desk,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

type Desk = Omit<Upstream, 'url' | 'close'> & { decide(asked: Asked): Promise<Answer | 'drop'> };

/** Takes requests, knows what they are, decides what they get. */
function createDesk(contract: Contract): Desk {
  const { errors } = contract;
  const check = checkerOf(contract);
  const effects = createEffects(contract);
  const tokens = createTokens(contract.oauth);
  const recorded: Recorded[] = [];
  const queue: { script: Script; operation?: string }[] = [];

  /** What is asked of the token endpoint stays out of the scripts of other requests. */
  const scriptFor = (id: string): Script | undefined => {
    const index = queue.findIndex(({ operation }) => operation === id || (!operation && id !== tokenRequest));
    return index < 0 ? undefined : queue.splice(index, 1)[0]?.script;
  };
  const scripted = async (id: string, proceed: () => Answer) =>
    (await scriptFor(id)?.({ errors, proceed })) ?? proceed();

  async function decideToken(asked: Asked): Promise<Answer | 'drop'> {
    const { fields, violations } = await tokens.check(asked);
    const seen = { operation: tokenRequest, params: {}, query: {}, body: fields, violations, key: null };
    recorded.push({ ...asked, ...seen });
    return violations.length > 0 ? broken(violations) : scripted(tokenRequest, () => tokens.answer(fields));
  }

  async function decide(asked: Asked): Promise<Answer | 'drop'> {
    if (tokens.isFor(asked)) return decideToken(asked);
    const request: Recorded = { ...asked, ...(await check(asked)), key: keyOf(contract, asked) };
    recorded.push(request);
    const operation = contract.operations.find(({ id }) => id === request.operation);
    if (request.violations.length > 0 || !operation) return broken(request.violations);
    if (!tokens.accepts(asked)) return errors.unauthorised();
    return scripted(operation.id, () => effects.perform(operation, request));
  }

  return {
    decide,
    next: (...scripts) => void queue.push(...scripts.map((script) => ({ script }))),
    nextOf: (operation, ...scripts) => void queue.push(...scripts.map((script) => ({ script, operation }))),
    expireTokens: () => tokens.expire(),
    requests: (operation) => recorded.filter((one) => operation === undefined || one.operation === operation),
    violations: () =>
      recorded.flatMap(({ operation, violations }) =>
        violations.map((text) => (operation ? `${operation}: ${text}` : text)),
      ),
    effects: (operation) => effects.effects(operation),
    forget() {
      recorded.length = 0;
      queue.length = 0;
      effects.forget();
      tokens.forget();
    },
  };
}

/** What the token endpoint is called among the operations. */
const tokenRequest = 'token';
const broken = (violations: string[]): Answer => reply(contractBroken, { violations });

function keyOf({ idempotency }: Contract, { headers, search }: Asked): string | null {
  if (!idempotency) return null;
  const key = 'query' in idempotency ? search.get(idempotency.query) : headers[idempotency.header];
  return key ?? null;
}

async function read(incoming: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  // Taken apart by hand: the URL class would tidy up "..", which a vendor's router may not.
  const [path = '', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    search: new URLSearchParams(query),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
    ),
    raw: Buffer.concat(parts),
  };
}

function write(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const plain = typeof body === 'string' || Buffer.isBuffer(body);
  const type = plain ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...(body !== undefined && type), ...headers });
  response.end(body === undefined || plain ? body : JSON.stringify(body));
}
