/**
 * The search attributes every process writes. Temporal on SQL has ten Keyword slots and three of each other type per
 * namespace, and stores the values in clear text: ids and states only, never personal data.
 */
export const SEARCH_ATTRIBUTES = {
  TenantId: 'Keyword',
  Process: 'Keyword',
  Step: 'Keyword',
  State: 'Keyword',
  ActorId: 'Keyword',
  Subject: 'Keyword',
  ChangedAt: 'Datetime',
  NeedsAttention: 'Bool',
} as const;
