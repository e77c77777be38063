import { z } from 'zod';

/** Of operations that need to know nothing besides their items. */
export const noParameters = z.strictObject({});
