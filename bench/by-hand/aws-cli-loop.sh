#!/usr/bin/env bash
# A reaper as people write it with the AWS CLI: list, compare, terminate. The CLI gives the first page only, of workgroups
# and of sessions.
set -euo pipefail

limit=$(date -d '30 minutes ago' +%s)
ended=0
for workgroup in $(aws athena list-work-groups --query 'WorkGroups[].Name' --output text); do
  while read -r session idle_since; do
    # Version 2 of the CLI prints 2026-11-29T08:30:00+00:00, version 1 prints seconds.
    case $idle_since in
      *T*) idle_since=$(date -d "$idle_since" +%s) ;;
      None | '') continue ;;
    esac
    if ((${idle_since%.*} <= limit)); then
      aws athena terminate-session --session-id "$session" --output text </dev/null >/dev/null
      ended=$((ended + 1))
    fi
  done < <(aws athena list-sessions --work-group "$workgroup" --state-filter IDLE \
    --query 'Sessions[].[SessionId, Status.IdleSinceDateTime]' --output text)
done
echo "$ended"
