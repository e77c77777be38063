import { HelpPage } from '../../../templates/public/support/help.tsx';
import { paths } from '../../../templates/paths.ts';
import { type Area, commandsOf } from '../../kit/area.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';

/**
 * The help page of everyone who is signed in.
 *
 * @param sides the areas that contribute actions for administrators and partners, and for clients
 */
export const helpArea = (sides: Record<'admin' | 'client', readonly Area[]>): Area => ({
  side: 'public',
  nav: [],
  routes: [
    definePage({
      path: paths.help,
      access: 'signed-in',
      whileUnpaid: 'always',
      async show(context) {
        const areas = context.person().tenant ? sides.client : sides.admin;
        return HelpPage({ frame: pageContextOf(context), actions: commandsOf(areas, context) });
      },
    }),
  ],
});
