import { json, serveHttp } from '../../kit/http.ts';
import type { Ports } from '../../kit/ports.ts';
import type { Say } from '../../kit/say.ts';
import { mailchimp } from './mailchimp.ts';
import type { StandIn } from './stand-in.ts';
import { stripe } from './stripe.ts';
import { trello } from './trello.ts';

const standIns: readonly StandIn[] = [mailchimp, stripe, trello];

/** Stand-ins for the vendors of the demo, on loopback: their addresses by server, and how to stop them. */
export interface StandIns {
  baseUrls: Record<string, string>;
  stop: () => Promise<void>;
}

/** Starts one small server per vendor, except for those that are reached elsewhere already. */
export async function startStandIns(
  ports: Ports,
  elsewhere: Readonly<Record<string, string>>,
  say: Say,
): Promise<StandIns> {
  const running = await Promise.all(
    standIns
      .filter(({ server }) => !Object.hasOwn(elsewhere, server))
      .map(async ({ server, answer }) => {
        const [port] = await ports.take(`stand-in-${server}`);
        const http = await serveHttp(
          { port: Number(port) },
          (call) => {
            const { status, body } = answer(call);
            return json(status, body);
          },
          say,
        );
        return { server, url: `http://127.0.0.1:${port}`, stop: http.stop };
      }),
  );
  return {
    baseUrls: Object.fromEntries(running.map(({ server, url }) => [server, url])),
    stop: async () => void (await Promise.all(running.map(({ stop }) => stop()))),
  };
}
