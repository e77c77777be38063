/** What the sign-in provider before ours left. */
export const name = '0029_identity_leftovers';

export const up = `drop table auth.verifications;`;
