import { createServer, type Server } from 'node:http';
import type { Worker } from '@temporalio/worker';
import { Registry, collectDefaultMetrics } from 'prom-client';

/** `/healthz`: the worker polls; `/metrics`: the process for Prometheus. Loopback only. */
export function serveHealth(port: number, workers: readonly Worker[]): Server {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  return createServer((request, response) => {
    if (request.url === '/metrics') {
      void metrics
        .metrics()
        .then((text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text));
      return;
    }
    const states = workers.map((worker) => ({ queue: worker.options.taskQueue, state: worker.getState() }));
    const polling = states.every(({ state }) => state === 'RUNNING');
    response
      .writeHead(polling ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ polling, states }));
  }).listen(port, '127.0.0.1');
}
