import { imprintNeed } from '../../../templates/admin/settings/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';

/** What the platform still needs to be told by the person who runs it. */
export const settingsArea: Area = {
  side: 'admin',
  nav: [],
  routes: [],
  attention: {
    permission: 'settings.read',
    read: async ({ deps }) =>
      deps.operator ? [] : [{ ...imprintNeed, href: paths.imprint, tone: 'scheduled', urgency: 'planned' }],
  },
};
