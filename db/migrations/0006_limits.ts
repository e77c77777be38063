/** Counters of tries (sign-in, sign-up), kept in the database so that a restart forgives nothing. */
export const name = '0006_limits';

export const up = `
  create table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
  grant select, insert, update, delete on rate_limits to bizosaas_platform;`;
