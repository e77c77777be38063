#!/bin/sh
# Creates or upgrades Temporal's two databases; safe to repeat (a newer schema version is never set back).
set -eu
tool() {
  temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database "$@"
}
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  schema=${pair##*:}
  tool "$database" create
  tool "$database" setup-schema -v 0.0
  tool "$database" update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
