import { approvalsSettings } from '../approvals/settings.ts';
import { billingSettings } from '../billing/settings.ts';
import { identitySettings } from '../identity/settings.ts';
import type { Setting } from './setting.ts';

/** Every setting there is, by key. */
export const settings: ReadonlyMap<string, Setting> = new Map(
  [...approvalsSettings, ...billingSettings, ...identitySettings].map((setting) => [
    setting.key,
    setting as Setting,
  ]),
);
