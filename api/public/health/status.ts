import { StatusPage } from '../../../templates/public/health/status.tsx';
import { paths } from '../../../templates/paths.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { readReadiness } from '../../kit/readiness.ts';
import { definePage } from '../../kit/route.ts';

export const statusRoutes = [
  definePage({
    path: paths.status,
    access: 'public',
    async show(context) {
      const ready = await readReadiness(context.deps);
      return StatusPage({ frame: pageContextOf(context), ready, checkedAt: new Date().toISOString() });
    },
  }),
];
