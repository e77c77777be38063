import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, reply, type VendorErrors } from './contract.ts';

/** What becomes of one request that keeps to the contract; `proceed` does it as usual. */
export type Script = (vendor: {
  errors: VendorErrors;
  proceed(): Answer;
}) => Answer | 'drop' | Promise<Answer | 'drop'>;

/** Too many requests, with the vendor's own hint of when to come back. */
export const rateLimited =
  ({ retryAfterS }: { retryAfterS: number }): Script =>
  ({ errors }) =>
    errors.rateLimited(retryAfterS);

/** The vendor's own trouble; nothing is done. */
export const unavailable =
  (status = 503): Script =>
  ({ errors }) =>
    errors.unavailable?.(status) ?? reply(status, 'upstream trouble', { 'content-type': 'text/plain' });

/** Trouble that comes after the work was done: the answer is an error, the effect stays. */
export const failedAfterwards =
  (status = 500): Script =>
  ({ errors, proceed }) => {
    proceed();
    return (
      errors.unavailable?.(status) ?? reply(status, 'upstream trouble', { 'content-type': 'text/plain' })
    );
  };

/** The vendor refuses what a field says. */
export const invalid =
  (field: string, message = 'is not valid'): Script =>
  ({ errors }) =>
    errors.invalid(field, message);

export const unauthorised =
  (): Script =>
  ({ errors }) =>
    errors.unauthorised();

/** The work is done, then the connection breaks. */
export const doneThenDropped =
  (): Script =>
  ({ proceed }) => {
    proceed();
    return 'drop';
  };

/** The connection breaks before anything is done. */
export const dropped = (): Script => () => 'drop';

export const slowly =
  (delayMs: number): Script =>
  async ({ proceed }) => {
    await sleep(delayMs);
    return proceed();
  };

/** Another answer than usual; nothing is done. */
export const answering =
  (answer: Answer): Script =>
  () =>
    answer;
