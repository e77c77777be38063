import { adminGallery } from './gallery-admin.tsx';
import { clientGallery } from './gallery-client.tsx';
import { publicGallery } from './gallery-public.tsx';
import { runGallery } from './gallery-run.tsx';

/** A page with realistic values; used by the tests, axe and the screenshots. */
export interface GalleryPage {
  /** File name of its screenshot. */
  name: string;
  html: () => string;
}

/** Every page in every state worth looking at. */
export const gallery: GalleryPage[] = [...publicGallery, ...clientGallery, ...adminGallery, ...runGallery];
