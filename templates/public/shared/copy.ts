/** Every sentence of the error page but its cause, which the API gives. */
export const errorPageCopy = {
  home: 'Go to Home',
  requestId: 'Request ID (for support)',
  idLabel: 'the request ID',
} as const;
