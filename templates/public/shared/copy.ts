/** Every sentence of the error page but its cause, which the API gives. */
export const errorPageCopy = {
  home: 'Go to the start page',
  quote: 'If you ask for help, quote this request:',
  idLabel: 'the request id',
} as const;
