#!/bin/sh
# Runs once, when the database volume is new: Temporal gets a role of its own, which owns its two databases only.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role temporal login createdb password :'password';
SQL
