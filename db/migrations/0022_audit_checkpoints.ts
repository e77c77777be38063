/** Signed checkpoints of the audit log: which event each chain had reached, so that a removed tail is found. */
export const name = '0022_audit_checkpoints';

export const up = `
  -- Public keys that checkpoints were signed with; the private ones are derived from the master key.
  create table audit_keys (
    key_id text primary key, public_key bytea not null, first_used_at timestamptz not null
  );
  create table audit_checkpoints (
    number bigint primary key,
    sealed_at timestamptz not null,
    -- Everything the signature covers; the columns beside it are copies for lists and are checked against it.
    statement jsonb not null,
    hash bytea not null,
    key_id text not null references audit_keys (key_id),
    signature bytea not null
  );
  -- The chains a checkpoint sealed, in the order of their places in its tree.
  create table audit_checkpoint_chains (
    chain text not null,
    checkpoint bigint not null references audit_checkpoints (number),
    seq bigint not null,
    hash bytea not null,
    primary key (chain, checkpoint)
  );
  create index audit_checkpoint_chains_checkpoint_idx on audit_checkpoint_chains (checkpoint, chain collate "C");

  create function refuse_checkpoint_change() returns trigger language plpgsql as $$
  begin
    raise exception 'checkpoints are append-only';
  end $$;
  do $$ declare sealed text; begin
    foreach sealed in array array['audit_keys', 'audit_checkpoints', 'audit_checkpoint_chains'] loop
      execute format('create trigger %1$s_append_only before update or delete on %1$s
        for each row execute function refuse_checkpoint_change()', sealed);
      execute format('create trigger %1$s_no_truncate before truncate on %1$s
        for each statement execute function refuse_checkpoint_change()', sealed);
      execute format('grant select, insert on %I to bizosaas_platform', sealed);
    end loop;
  end $$;`;
