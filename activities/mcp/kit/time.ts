/** A server knows itself and the kit only, so it takes lengths of time from here. */
export { dayMs, hourMs, minuteMs } from '../../../db/domain/time.ts';
