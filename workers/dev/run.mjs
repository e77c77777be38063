import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a Node program in this terminal, passes SIGINT, SIGTERM and SIGHUP on to it, and answers its exit code
 * (128 + signal for one that a signal ended). The IPC channel tells it when this process is killed outright.
 */
export function runNode(args, env = process.env) {
  const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  child.channel?.unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
