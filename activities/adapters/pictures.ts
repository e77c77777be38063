import sharp from 'sharp';
import type { Crop } from '../../db/domain/identity/picture.ts';
import { AppError } from '../../db/domain/errors.ts';

/** Width and height of what is kept, in pixels. */
const side = 256;
/** A small file can hold a picture of thousands of megapixels. */
const limits = { limitInputPixels: 50_000_000, failOn: 'error' } as const;
const formats: readonly (string | undefined)[] = ['jpeg', 'png', 'webp'];

/**
 * A picture as a square of 256 pixels in WebP, cut where `crop` says or from its middle. What it is decides its content,
 * not its name; place, camera and every other mark in it are left out. Throws `picture.unreadable`.
 */
export async function squarePicture(picture: Buffer, crop: Crop | null): Promise<Buffer> {
  const { size, x, y } = crop ?? { size: 1, x: 0.5, y: 0.5 };
  try {
    const { format } = await sharp(picture, limits).metadata();
    if (!formats.includes(format)) throw new Error(`a picture of the format ${format}`);
    // Cameras store how they were held; the crop was chosen in the picture as it is shown.
    const { data, info } = await sharp(picture, limits).rotate().toBuffer({ resolveWithObject: true });
    const cut = Math.max(1, Math.round(Math.min(info.width, info.height) * size));
    const place = { left: Math.round((info.width - cut) * x), top: Math.round((info.height - cut) * y) };
    return await sharp(data, limits)
      .extract({ ...place, width: cut, height: cut })
      .resize(side, side)
      .webp({ quality: 82 })
      .toBuffer();
  } catch (cause) {
    throw new AppError('picture.unreadable', { cause });
  }
}
