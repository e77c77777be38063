import { renderPage } from '../../../templates/layout/render.ts';
import { StatusPage } from '../../../templates/public/health/status.tsx';
import type { PageSample } from '../gallery.tsx';
import { ago, publicFrame } from '../sample.ts';

const page = (ready: { database: boolean; temporal: boolean; worker: boolean }) =>
  renderPage(<StatusPage frame={publicFrame('/status')} ready={ready} checkedAt={ago(0)} />);

export const samples: readonly PageSample[] = [
  { name: 'status', html: () => page({ database: true, temporal: true, worker: true }) },
  { name: 'status-broken', html: () => page({ database: true, temporal: false, worker: false }) },
];
