import { z } from 'zod';
import type { RiskClass } from './risk.ts';

/** To whom a tenant gives a tool: a role of its people, one agent, or its workflows. */
export const grantee = z
  .string()
  .regex(/^(?:role:(?:owner|admin|member)|agent:[a-z][a-z0-9-]{0,59}|workflow)$/, 'Choose from the list.');

/** Who may call a tool once its server is connected, until the tenant says otherwise. Agents are never among them. */
export function defaultGrantees(risk: RiskClass): string[] {
  const always = ['role:owner', 'role:admin', 'workflow'];
  return risk === 'read' ? [...always, 'role:member'] : always;
}
