import type { PageSample } from '../gallery.tsx';
import { clientFrame, publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { DocsPage } from '../../../templates/public/support/docs.tsx';
import type { ReferenceGroup } from '../../../templates/public/support/reference-props.ts';
import { ReferencePage } from '../../../templates/public/support/reference.tsx';
import { HelpPage } from '../../../templates/public/support/help.tsx';

const group: ReferenceGroup = {
  key: 'client-team',
  side: 'client',
  title: 'Team',
  operations: [
    {
      id: 'postApiClientTeamUserIdRole',
      method: 'POST',
      path: '/api/client/team/{userId}/role',
      summary: 'Change the role of a colleague',
      access: 'permission',
      permission: 'team.change-roles',
      byKey: false,
      confirms: true,
      deprecated: true,
      parameters: [{ name: 'userId', type: 'string', required: true, limits: [], place: 'path' }],
      body: [
        { name: 'role', type: 'one of owner, admin, member', required: true, limits: [] },
        { name: 'reason', type: 'string', required: false, limits: ['at most 500 characters'] },
      ],
      answer: [{ name: 'role', type: 'string', required: true, limits: [] }],
      status: 200,
      problems: [{ code: 'member.last-owner', status: 409, text: 'A business needs an owner.' }],
    },
  ],
};

export const samples: readonly PageSample[] = [
  {
    name: 'docs',
    html: () =>
      renderPage(
        <DocsPage
          frame={publicFrame('/docs')}
          groups={[group]}
          search=""
          publicUrl="https://portal.example"
        />,
      ),
  },
  {
    name: 'docs-found',
    html: () =>
      renderPage(
        <DocsPage
          frame={publicFrame('/docs')}
          groups={[group]}
          search="role"
          publicUrl="https://portal.example"
        />,
      ),
  },
  {
    name: 'docs-nothing-found',
    html: () =>
      renderPage(
        <DocsPage frame={publicFrame('/docs')} groups={[]} search="x" publicUrl="https://portal.example" />,
      ),
  },
  {
    name: 'docs-group',
    html: () => renderPage(<ReferencePage frame={publicFrame('/docs/client-team')} group={group} />),
  },
  {
    name: 'help',
    html: () =>
      renderPage(
        <HelpPage
          frame={clientFrame('/help')}
          actions={[{ title: 'Invite a person', href: '/app/team#invite' }]}
        />,
      ),
  },
];
