import type { TableRules } from '../rules.ts';

export const peopleTables = {
  globalTables: {
    users: 'a person may belong to several tenants; has policies of its own that go through memberships',
  },
  writableGlobals: {
    users: ['INSERT', 'UPDATE'],
  },
  readByPartners: ['users'],
  closedToPartners: ['invitations'],
  keysWithoutTenant: {
    memberships_user_id_fkey: 'users is a global table',
  },
  ownerPolicies: {
    'memberships.person_memberships': 'remove_person asks whether a person still belongs somewhere',
    'users.person_found': 'remove_person finds whom it removes',
    'users.person_removed': 'remove_person removes people who belong nowhere',
  },
  definerFunctions: {
    remove_person: ['bizosaas_app', 'bizosaas_platform'],
  },
} satisfies TableRules;
