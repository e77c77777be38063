import { countText } from '../../../ui/format.ts';

/** When an email is sent, by its key in the plan. */
export const emailTimes: Record<string, string> = {
  now: 'Immediately',
  month: '30 days before',
  week: '7 days before',
  day: '1 day before',
};

export const deprecateCopy = {
  title: (server: string) => `Deprecate ${server}`,
  purpose: 'Tenants can use it until its last day. Owners are emailed in advance. You can undo this.',
  previewTitle: 'What will happen',
  noTenants: 'No tenants are connected. No emails will be sent.',
  tenants: (count: number) =>
    `Owners of ${countText(count, 'tenant', 'tenants')} are emailed. No other tenants can connect.`,
  formTitle: 'Deprecation',
  noDay: 'Choose the last day',
  lastDay: 'Last day',
  lastDayHelp: 'Tenants can use it until the end of this day, in every timezone.',
  successor: 'Replacement',
  noSuccessor: 'None',
  notice: 'Message to owners',
  noticeHelp: 'Shown in the emails and on the integration’s page.',
  submit: 'Deprecate server',
  cancel: 'Cancel',
  done: 'Server deprecated. Owners are being emailed.',
  chooseDay: 'Choose a day.',
  alreadyDeprecated: 'This server is already deprecated. Undo that first.',
} as const;
