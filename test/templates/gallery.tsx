import { adminGallery } from './gallery-admin.tsx';
import { clientGallery } from './gallery-client.tsx';
import type { GalleryPage } from './gallery-page.ts';
import { publicGallery } from './gallery-public.tsx';
import { runGallery } from './gallery-run.tsx';

/** Every page in every state worth looking at. */
export const gallery: GalleryPage[] = [...publicGallery, ...clientGallery, ...adminGallery, ...runGallery];
