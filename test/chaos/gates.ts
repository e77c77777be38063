import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What happens at the armed moment; the caller gets no answer afterwards. */
export type Trap = () => Promise<void>;
/** `before`: what was asked for has not reached the other side; `after`: it is done there, and the answer is lost. */
export type Moment = 'before' | 'after';

/**
 * A door between the platform and a service outside. It lets everything through; armed, it springs a trap at the
 * next request that matters and holds `needle`, so that "done, but the answer was lost" happens every time.
 */
export interface Gate {
  url: string;
  arm: (needle: string, moment: Moment, trap: Trap) => { sprung: Promise<void> };
  close: () => Promise<void>;
}

interface Armed {
  needle: string;
  moment: Moment;
  spring: () => Promise<void>;
}

function armoury() {
  const armed: Armed[] = [];
  const arm: Gate['arm'] = (needle, moment, trap) => {
    const sprung = new Promise<void>((resolve, reject) => {
      armed.push({ needle, moment, spring: () => trap().then(resolve, reject) });
    });
    return { sprung };
  };
  /** Takes the trap for this request and moment, once. */
  const take = (request: string, moment: Moment): Armed | null => {
    const found = armed.findIndex((trap) => trap.moment === moment && request.includes(trap.needle));
    return found < 0 ? null : (armed.splice(found, 1)[0] ?? null);
  };
  return { arm, take };
}

/** In front of the payment sandbox; only charges spring a trap. */
export async function startChargeGate(target: string): Promise<Gate> {
  const { arm, take } = armoury();
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const isCharge = request.method === 'POST' && request.url === '/v1/charges';
    const text = body.toString();
    const early = isCharge ? take(text, 'before') : null;
    if (early) {
      await early.spring();
      return void request.socket.destroy();
    }
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        ['content-type', 'idempotency-key'].flatMap((name) =>
          request.headers[name] ? [[name, String(request.headers[name])]] : [],
        ),
      ),
      ...(body.length > 0 && { body }),
    });
    const answered = Buffer.from(await answer.arrayBuffer());
    const late = isCharge ? take(text, 'after') : null;
    if (late) {
      await late.spring();
      return void request.socket.destroy();
    }
    response
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      .end(answered);
  }
  const server = createHttpServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    arm,
    close: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

const endOfMail = '\r\n.\r\n';

/** In front of an SMTP server; a mail springs a trap once it is whole, before or after the server has taken it. */
export async function startMailGate(targetPort: number): Promise<Gate> {
  const { arm, take } = armoury();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let mail = '';
    let awaitsVerdict = false;
    const end = () => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    client.on('data', (chunk) => {
      mail += chunk.toString('latin1');
      if (mail.endsWith(endOfMail)) {
        const early = take(mail, 'before');
        if (early) return void early.spring().finally(end);
        awaitsVerdict = true;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      const late = awaitsVerdict ? take(mail, 'after') : null;
      if (late) return void late.spring().finally(end);
      if (awaitsVerdict) [mail, awaitsVerdict] = ['', false];
      client.write(chunk);
    });
  });
  const port = await listen(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    arm,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
