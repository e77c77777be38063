import type { Area } from '../../kit/area.ts';
import { templateRoutes } from './routes.ts';

/** Workflow templates: those of the platform for administrators, those of their business for its people. */
export const templatesArea: Area = { side: 'client', nav: [], routes: templateRoutes };
