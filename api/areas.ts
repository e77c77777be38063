import { billingArea } from './client/billing/routes.ts';
import { homeArea } from './client/home/routes.ts';
import { setupArea } from './client/setup/routes.ts';
import { teamArea } from './client/team/routes.ts';
import type { Area } from './kit/area.ts';
import { publicArea } from './public/area.ts';

/** Every part of the portal and API, in the order of the navigation. What is not here does not exist. */
export const areas: readonly Area[] = [publicArea, homeArea, setupArea, teamArea, billingArea];
