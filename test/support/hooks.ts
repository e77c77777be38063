import { stopTestServices } from './workspace.ts';
import { stopOnSignals } from './signals.ts';
import { failOnUnhandledRejections } from './unhandled-rejections.ts';

stopOnSignals();
failOnUnhandledRejections();

/** Root hooks of a run in one process: the shared servers stop last, so that mocha can exit. */
export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await stopTestServices();
  },
};
