import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/**
 * The search attributes of every run. Temporal on SQL has ten Keyword slots and three of each other type per namespace,
 * and stores the values in clear text: ids and states only, never personal data.
 */
export const searchAttributes = {
  tenantId: defineSearchAttributeKey('TenantId', SearchAttributeType.KEYWORD),
  process: defineSearchAttributeKey('Process', SearchAttributeType.KEYWORD),
  step: defineSearchAttributeKey('Step', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('State', SearchAttributeType.KEYWORD),
  actorId: defineSearchAttributeKey('ActorId', SearchAttributeType.KEYWORD),
  subject: defineSearchAttributeKey('Subject', SearchAttributeType.KEYWORD),
  changedAt: defineSearchAttributeKey('ChangedAt', SearchAttributeType.DATETIME),
  needsAttention: defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL),
} as const;
