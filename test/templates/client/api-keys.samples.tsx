import { KeyShownPage } from '../../../templates/client/identity/api-keys/key-shown.tsx';
import { type KeyRow, KeysPage } from '../../../templates/client/identity/api-keys/keys.tsx';
import { NewKeyPage } from '../../../templates/client/identity/api-keys/new-key.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days } from '../sample.ts';

const frame = clientFrame('/account/security/api-keys');
const requestKey = '0b1f6f7e-3a54-4b1c-9f0e-2f7d1c9a8b7c';
const key: KeyRow = {
  id: 'key_1',
  kind: 'person',
  name: 'Nightly export',
  owner: 'Lucía Rivera',
  scopes: ['team.read', 'billing.read'],
  networks: ['203.0.113.0/24'],
  last4: 'x7Qz',
  state: 'active',
  previousLast4: null,
  previousUntil: null,
  expiresAt: ago(-60 * days),
  createdAt: ago(30 * days),
  lastUsedAt: ago(3),
  lastUsedIp: '203.0.113.7',
  mayRotate: true,
  mayRevoke: true,
};
const rotating: KeyRow = {
  ...key,
  id: 'key_2',
  kind: 'tenant',
  owner: null,
  state: 'rotating',
  previousUntil: ago(-600),
};
const ended: KeyRow = {
  ...key,
  id: 'key_3',
  state: 'revoked',
  lastUsedAt: null,
  mayRotate: false,
  mayRevoke: false,
};
const many = Array.from({ length: 12 }, (_, at): KeyRow => ({ ...key, id: `key_m${at}`, name: `Job ${at}` }));

const choices = ['team.read', 'billing.read'].map((value) => ({
  value,
  title: 'View the team',
  text: value,
}));
const form = {
  frame,
  requestKey,
  managesAll: true,
  groups: [
    { title: 'Reading', choices },
    {
      title: 'Writing',
      choices: [{ value: 'team.invite', title: 'Invite people to the team', text: 'team.invite' }],
    },
  ],
  agents: [{ value: 'analyst', label: 'Analyst' }],
};
const list = { frame, requestKey, managesAll: true };

export const samples: readonly PageSample[] = [
  { name: 'api-keys', html: () => renderPage(<KeysPage {...list} keys={[key, rotating, ended]} />) },
  { name: 'api-keys-empty', html: () => renderPage(<KeysPage {...list} managesAll={false} keys={[]} />) },
  { name: 'api-keys-many', html: () => renderPage(<KeysPage {...list} keys={many} />) },
  {
    name: 'api-keys-refused',
    html: () =>
      renderPage(
        <KeysPage
          {...list}
          keys={[key]}
          refused={{
            id: 'key_1',
            form: { values: { overlapHours: '900' }, errors: { overlapHours: 'At most 168.' } },
          }}
        />,
      ),
  },
  { name: 'api-key-new', html: () => renderPage(<NewKeyPage {...form} />) },
  {
    name: 'api-key-new-refused',
    html: () =>
      renderPage(
        <NewKeyPage
          {...form}
          form={{ values: { name: '' }, errors: { name: 'Fill this in.', scopes: 'Choose at least one.' } }}
        />,
      ),
  },
  {
    name: 'api-key-shown',
    html: () =>
      renderPage(
        <KeyShownPage
          frame={frame}
          name="Nightly export"
          secret="bz_live_shown-once"
          previousUntil={ago(-600)}
        />,
      ),
  },
];
