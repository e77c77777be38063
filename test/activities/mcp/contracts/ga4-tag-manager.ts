import { ok, operation, type Operation } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import { flag, matching, text } from '../upstream/shapes.ts';

/** Ids are numbers, written as they are. */
export const digits = matching(/^\d+$/);

/** Tag Manager decides itself how long a page is. */
const managerPages = (items: string) =>
  byToken({
    param: 'pageToken',
    standard: 4,
    answer: (page, nextPageToken) => ({ [items]: page, ...(nextPageToken && { nextPageToken }) }),
  });

const container = 'accounts/6004417392/containers/180933441';

/** Tag Manager, read only. */
export const tagManager: readonly Operation[] = [
  operation({
    id: 'listManagerAccounts',
    route: 'GET /tagmanager/v2/accounts',
    query: { 'pageToken?': text, 'includeGoogleTags?': flag },
    answer: managerPages('account')((n) => ({
      path: `accounts/${6_004_417_392 + n}`,
      accountId: String(6_004_417_392 + n),
      name: `Account ${n}`,
    })),
  }),
  operation({
    id: 'listContainers',
    route: 'GET /tagmanager/v2/accounts/{account}/containers',
    path: { account: digits },
    query: { 'pageToken?': text },
    answer: managerPages('container')((n) => ({
      path: `accounts/6004417392/containers/${180_933_441 + n}`,
      accountId: '6004417392',
      containerId: String(180_933_441 + n),
      name: `Site ${n}`,
      publicId: `GTM-K${1000 + n}`,
      domainName: ['lovelace-care.example'],
      usageContext: ['web'],
      fingerprint: '1',
    })),
  }),
  operation({
    id: 'getLiveVersion',
    route: 'GET /tagmanager/v2/accounts/{account}/containers/{container}/versions:live',
    path: { account: digits, container: digits },
    answer: ok({
      path: `${container}/versions/12`,
      accountId: '6004417392',
      containerId: '180933441',
      containerVersionId: '12',
      name: 'Consent',
      tag: [
        {
          tagId: '3',
          name: 'Google tag',
          type: 'googtag',
          parameter: [{ type: 'template', key: 'tagId', value: 'G-ABC1000' }],
          firingTriggerId: ['2147479573'],
          tagFiringOption: 'oncePerEvent',
          consentSettings: { consentStatus: 'notSet' },
        },
      ],
      trigger: [{ triggerId: '7', name: 'Quote sent', type: 'customEvent' }],
      variable: [
        {
          variableId: '5',
          name: 'Quote value',
          type: 'v',
          parameter: [{ type: 'template', key: 'name', value: 'quote.value' }],
        },
      ],
      fingerprint: '1763500000000',
    }),
  }),
  operation({
    id: 'listVersionHeaders',
    route: 'GET /tagmanager/v2/accounts/{account}/containers/{container}/version_headers',
    path: { account: digits, container: digits },
    query: { 'pageToken?': text, 'includeDeleted?': flag },
    answer: managerPages('containerVersionHeader')((n) => ({
      path: `${container}/versions/${n + 1}`,
      accountId: '6004417392',
      containerId: '180933441',
      containerVersionId: String(n + 1),
      name: `Version ${n + 1}`,
      numTags: '4',
      numTriggers: '2',
      numVariables: '1',
    })),
  }),
];
