import { stopTestServices } from './platform.ts';

/** Root hooks of every run: the shared servers stop last, so that mocha can exit. */
export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await stopTestServices();
  },
};
