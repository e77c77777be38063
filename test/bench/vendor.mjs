// A service that answers at once, in a process of its own: what is measured is the way to it.
import { createServer } from 'node:http';

const body = JSON.stringify({ available: [{ amount: 1050, currency: 'eur' }], pending: [] });
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit(0));
