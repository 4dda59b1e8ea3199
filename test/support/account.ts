import type { EmbeddedAthena } from '../../local/athena/index.js';

/** An account with something for each outcome, in each region that a test may sweep. */
export function populatedAccount(athena: EmbeddedAthena): void {
  for (const name of ['eu-west-1', 'us-east-1']) {
    const region = athena.region(name);
    for (const workgroup of WORKGROUPS) region.createWorkgroup({ name: workgroup });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    for (const workGroup of WORKGROUPS) {
      region.putSession({
        workGroup,
        minutesInState: 45,
        idleTimeoutMinutes: 480,
        notebookVersion: 'Jupyter 1',
      });
      region.putSession({ workGroup, minutesInState: 90, description: 'dbt: 0f3c - 77' });
      region.putSession({ workGroup, minutesInState: 5 });
      region.putSession({ workGroup, state: 'BUSY', minutesInState: 20 });
    }
    region.putSession({
      workGroup: 'team-a',
      minutesInState: 200,
      tags: { 'session-reaper:exempt': 'true', Owner: 'Ada' },
    });
    const failing = region.putSession({ workGroup: 'team-a', minutesInState: 300 });
    athena.script({
      kind: 'error',
      code: 'AccessDeniedException',
      operation: 'GetSession',
      sessionId: failing,
    });
  }
  athena.script({
    kind: 'error',
    code: 'AccessDeniedException',
    operation: 'ListSessions',
    workGroup: 'forbidden',
  });
}

const WORKGROUPS = [
  'team-a',
  'team-b',
  'team-x',
  'etl-core',
  'etl-daily',
  'etl-prod-1',
  'adhoc',
  'forbidden',
];
