export const connectionStatuses = ['connected', 'needsReconnect', 'disconnected'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];
/**
 * What a test of a connection finds: it works, the access is refused, the server doesn't respond, or it responds with
 * an error.
 */
export const testResults = ['works', 'refused', 'down', 'failed'] as const;
export type TestResult = (typeof testResults)[number];
