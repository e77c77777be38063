import { templatesCopy } from '../../../templates/shared/workflow-templates/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { NavEntry } from '../../kit/navigation.ts';
import { listPages } from './pages/list.ts';
import { runPages } from './pages/run.ts';
import { templatePages } from './pages/template.ts';
import { upgradePages } from './pages/upgrade.ts';
import { editPages } from './pages/edit.ts';
import { templateRoutes } from './routes.ts';

const entry = {
  title: templatesCopy.title,
  href: paths.workflowTemplates,
  icon: 'route',
  permission: 'templates.read',
} as const satisfies Partial<NavEntry>;
const commands = () => [
  {
    title: templatesCopy.create,
    words: 'workflow automation',
    href: paths.newWorkflowTemplate,
    permission: 'templates.edit' as const,
  },
];

/** Workflow templates of a business, for its people. The pages and routes are those of administrators too. */
export const templatesArea: Area = {
  side: 'client',
  nav: [{ ...entry, group: 'Automation' }],
  routes: [...templateRoutes, ...listPages, ...editPages, ...runPages, ...upgradePages, ...templatePages],
  commands,
};

/** Workflow templates of the platform, for administrators. */
export const platformTemplatesArea: Area = {
  side: 'admin',
  nav: [{ ...entry, tabTitle: templatesCopy.tab, group: 'Operations', tabOf: paths.workflows }],
  routes: [],
  commands,
};
