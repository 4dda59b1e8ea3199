#!/usr/bin/env bash
# Drives the embedded Athena with the real AWS CLI, on loopback and with made-up keys only.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
node --import tsx local/athena/serve-command.ts --port 0 >"$log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT

for _ in $(seq 100); do
  grep -q 'Ctrl+C' "$log" && break
  sleep 0.1
done
AWS_ENDPOINT_URL_ATHENA=$(sed -n 's/.*AWS_ENDPOINT_URL_ATHENA=//p' "$log")
case $AWS_ENDPOINT_URL_ATHENA in
  http://127.0.0.1:*) ;;
  *) echo 'the embedded Athena did not start' >&2 && exit 1 ;;
esac
export AWS_ENDPOINT_URL_ATHENA
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export AWS_PAGER='' NO_PROXY=127.0.0.1
unset AWS_PROFILE AWS_SESSION_TOKEN

expect() { # description, expected, actual
  if [ "$2" != "$3" ]; then
    echo "not ok: $1: expected '$2', found '$3'" >&2
    exit 1
  fi
  echo "ok: $1"
}
athena() { aws athena "$@" --output text; }

expect 'workgroups are listed' 8 "$(athena list-work-groups --query 'length(WorkGroups)')"

id=$(athena list-sessions --work-group dbt-prod --state-filter IDLE --query 'Sessions[-1].SessionId')
expect 'the oldest idle session is read' IDLE "$(athena get-session --session-id "$id" --query Status.State)"
expect 'it is ended' TERMINATING "$(athena terminate-session --session-id "$id")"
reason=$(athena get-session-status --session-id "$id" --query Status.StateChangeReason)
expect 'it says why' 'Session was terminated per request' "$reason"

started=$(athena start-session --work-group dbt-prod --engine-configuration MaxConcurrentDpus=4 --query State)
expect 'a session is started' CREATING "$started"

arn=arn:aws:athena:us-east-1:111122223333:workgroup/streaming-prod
tag=$(athena list-tags-for-resource --resource-arn "$arn" --query "Tags[?Key=='session-reaper:exempt'].Value")
expect 'tags are read' true "$tag"

refused=$(athena get-session --session-id nobody 2>&1 | grep -o '(ResourceNotFoundException)' || true)
expect 'an unknown session is refused by name' '(ResourceNotFoundException)' "$refused"
