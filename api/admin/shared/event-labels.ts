import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { ListedEvent } from '../../../db/repos/audit/events.ts';
import type { MailTemplate } from '../../../templates/email/texts.ts';

const nouns: Record<string, string> = {
  tenant: 'The tenant',
  user: 'A person',
  session: 'A session',
  run: 'A run',
  subscription: 'The subscription',
  invoice: 'An invoice',
  payment: 'A payment',
  invitation: 'An invitation',
  mail: 'An email',
  secret: 'A secret',
  view: 'A saved view',
  server: 'An MCP server',
  tool: 'A tool',
  approval: 'An approval',
  category: 'A server category',
  membership: 'A membership',
  route: 'A page or action',
};

/** What each email is about; the email itself is in its recipient's language. */
const mailTitles: Record<MailTemplate, string> = {
  'verify-email': 'Confirm your email address',
  'onboarding-reminder': 'Setup reminder',
  'onboarding-abandoned': 'Unfinished account closed',
  welcome: 'The business is live',
  invoice: 'Invoice',
  invitation: 'Invitation to the team',
  'server-deprecated': 'Server deprecated',
  'server-disabled': 'Server turned off',
  'server-retired': 'Server retired',
  'connection-lost': 'Reconnect a server',
};

/** "Website" for `website`; steps of other processes by their key. */
function stepWords(step: string): string {
  return (onboardingTitles as Record<string, string>)[step] ?? step;
}

/** "Step: Website": what an event is about beyond its name. */
export function subjectLabel({ data }: ListedEvent): string | undefined {
  const { step, number, role, plan, template } = data;
  if (typeof step === 'string') return `Step: ${stepWords(step)}`;
  if (typeof number === 'string') return number;
  if (typeof role === 'string') return `As ${role}`;
  if (typeof plan === 'string') return `Plan: ${plan}`;
  if (typeof template === 'string')
    return `Email: ${(mailTitles as Record<string, string>)[template] ?? template}`;
  return undefined;
}

/** Titles of the targets of events: people by id, servers by name, tools by `server/tool`. */
export type TargetNames = Readonly<Record<'people' | 'servers' | 'tools', ReadonlyMap<string, string>>>;

/** Title of the tool or server an event is about; undefined where it is about none. */
function serviceWords({ targets, data }: ListedEvent, names: TargetNames): string | undefined {
  const tool = targets.find(({ type }) => type === 'tool');
  if (tool) return names.tools.get(tool.id) ?? tool.id;
  const server = targets.find(({ type }) => type === 'server')?.id ?? data['server'];
  return typeof server === 'string' ? (names.servers.get(server) ?? server) : undefined;
}

/** What an act was done to, in words. */
export function targetLabel(event: ListedEvent, names: TargetNames): string {
  const [target] = event.targets;
  const about = subjectLabel(event) ?? serviceWords(event, names);
  if (!target) return about ?? '';
  if (target.type === 'user') return names.people.get(target.id) ?? 'A person who is no longer here';
  if (target.type === 'tenant') return about ?? event.tenantName ?? 'The tenant';
  return about ?? nouns[target.type] ?? target.type;
}

const labels: Record<string, string> = {
  ip: 'Address',
  userAgent: 'Device',
  requestId: 'Request',
  workflowId: 'Workflow',
  runId: 'Run',
  sessionId: 'Session',
};

const labelOf = (name: string) => {
  const text = labels[name] ?? name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Everything else an event holds, label and value; ids last. */
export function detailsOf(event: ListedEvent): { label: string; value: string }[] {
  const parts = { ...event.data, ...event.context };
  const details = Object.entries(parts).map(([name, value]) => ({
    label: labelOf(name),
    value: String(value),
  }));
  const targets = event.targets.map(({ type, id }) => ({ label: `${labelOf(type)} id`, value: id }));
  return [...details, ...targets, { label: 'Entry', value: `${event.seq} · ${event.hash.slice(0, 16)}` }];
}
