import { z } from 'zod';

/** The largest picture that is taken, in bytes. */
export const pictureBytes = 5 * 1024 * 1024;

const part = z.coerce
  .number()
  .min(0, 'Choose a place inside the picture.')
  .max(1, 'Choose a place inside the picture.');

/**
 * The square to keep of a picture: how large it is, in parts of the shorter side, and where it is, from 0 (left, top) to
 * 1 (right, bottom).
 */
export const crop = z.strictObject({
  size: z.coerce.number().min(0.1, 'Choose at least a tenth.').max(1, 'Choose at most the whole picture.'),
  x: part,
  y: part,
});
export type Crop = z.infer<typeof crop>;
