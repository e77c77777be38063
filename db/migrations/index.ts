import * as identity from './0001_identity.ts';
import * as events from './0002_events.ts';
import * as onboarding from './0003_onboarding.ts';
import * as billing from './0004_billing.ts';
import * as runs from './0005_runs.ts';
import * as limits from './0006_limits.ts';
import * as mcp from './0007_mcp.ts';
import * as views from './0008_views.ts';
import * as registered from './0009_registration.ts';
import * as house from './0010_house.ts';
import * as ownRuns from './0011_activity.ts';
import * as marks from './0012_marks.ts';

/** Forward-only, in order; a name never changes once it has run anywhere. */
export const migrations: readonly { name: string; up: string }[] = [
  identity,
  events,
  onboarding,
  billing,
  runs,
  limits,
  mcp,
  views,
  registered,
  house,
  ownRuns,
  marks,
];
