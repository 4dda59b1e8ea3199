"""A reaper as people write it with boto3: list, compare, terminate, one call after the other."""

from datetime import datetime, timedelta, timezone

import boto3

LIMIT = timedelta(minutes=30)

athena = boto3.client("athena")


def pages(operation, **query):
    """boto3 has no paginator for these operations."""
    while True:
        page = operation(**query)
        yield page
        if not page.get("NextToken"):
            return
        query["NextToken"] = page["NextToken"]


ended = 0
for workgroups in pages(athena.list_work_groups):
    for workgroup in workgroups["WorkGroups"]:
        for sessions in pages(athena.list_sessions, WorkGroup=workgroup["Name"], StateFilter="IDLE"):
            for session in sessions["Sessions"]:
                idle_since = session["Status"].get("IdleSinceDateTime")
                if idle_since and datetime.now(timezone.utc) - idle_since >= LIMIT:
                    athena.terminate_session(SessionId=session["SessionId"])
                    ended += 1
print(ended)
