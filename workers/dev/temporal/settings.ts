/**
 * Server settings we need and the plain server does not have: fairness between tenants, visibility calls of our lists
 * and projector, search attributes usable at once, and the operator commands of the run page.
 */
export const dynamicSettings = {
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  'system.namespaceCacheRefreshInterval': '1s',
  'system.enableActivityEagerExecution': true,
  'matching.enableFairness': true,
  'frontend.namespaceRPS.visibility': 200,
  'frontend.WorkflowPauseEnabled': true,
  'frontend.MaxConcurrentBatchOperationPerNamespace': 3,
  'history.enableStandaloneActivityOperatorCommands': true,
  'limit.maxIDLength': 255,
} as const;
