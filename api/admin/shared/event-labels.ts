import { settings } from '../../../db/domain/settings/settings.ts';
import { eventSubjects, targetNouns } from '../../../db/domain/event.ts';
import type { ListedEvent } from '../../../db/repos/audit/events.ts';

/** "Step: Website": what an event is about beyond its name. */
export function subjectLabel({ data }: ListedEvent): string | undefined {
  for (const [fact, label] of Object.entries(eventSubjects)) {
    const value = data[fact];
    if (typeof value === 'string') return label(value);
  }
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
  if (target.type === 'setting') return settings.get(target.id)?.title ?? target.id;
  if (target.type === 'tenant') return about ?? event.tenantName ?? 'The tenant';
  return about ?? (targetNouns as Record<string, string>)[target.type] ?? target.type;
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
