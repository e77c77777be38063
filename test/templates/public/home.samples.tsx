import type { PageSample } from '../gallery.tsx';
import { publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { PublicHomePage } from '../../../templates/public/home/home.tsx';

export const samples: readonly PageSample[] = [
  { name: 'public-home', html: () => renderPage(<PublicHomePage frame={publicFrame('/')} />) },
];
