/** `small` takes seconds and only shows that a part runs; its figures mean nothing. */
export type Size = 'full' | 'small';
