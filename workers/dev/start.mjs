// npm start: plain Node, since nothing may be installed yet.
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const code = await runNode(['--import=tsx', 'workers/dev/up.ts']);
// Ended by Ctrl-C (130) or SIGTERM (143) itself: it had not even loaded, so there was nothing to stop.
process.exit(code === 130 || code === 143 ? 0 : code);
