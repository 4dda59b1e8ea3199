/** The sweep that `demo` shows: the function itself, on an embedded Athena with the demo fleet. */
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from '../../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../../lambda/contract/report.js';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { SETTINGS_VARIABLE } from '../../../lambda/contract/telemetry.js';
import { decide } from '../../../lambda/policy/decide.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import type { Session } from '../../../lambda/policy/session.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';
import { inventory } from '../../account/inventory.js';
import type { SeenSession, SweepView } from '../../account/sweep-view.js';
import { DEMO_FLEET, placeFleet, readFleet } from '../../athena/fleets/fleet.js';
import { DEFAULT_ACCOUNT, EmbeddedAthena, serveAthena } from '../../athena/index.js';
import { functionOutput } from '../../simulation/run/function-output.js';
import { pointAwsClientsAt } from '../terminal/aws-environment.js';

const REGION = 'eu-west-1';
const NAME = 'athena-session-reaper-demo';
const TIMEOUT_MS = 60_000;

/** Settings that show what there is to set; the fleet has something for each. */
export const DEMO_SETTINGS: ReaperSettings = parseSettings({
  idleMinutes: 30,
  rules: [{ match: { description: 'dbt: *' }, idleMinutes: 60 }],
  stuck: { degradedMinutes: 60, creatingMinutes: 30 },
  warnMinutes: 5,
});

/** One sweep of the function's own handler, over HTTP, through a fleet on an embedded Athena: what it saw, and sessions that it does not list. */
export async function demoSweep(settings: ReaperSettings): Promise<SweepView> {
  const athena = new EmbeddedAthena();
  placeFleet(athena.region(REGION), await readFleet(DEMO_FLEET));
  const { url, close } = await serveAthena(athena);
  try {
    pointAwsClientsAt(url, REGION);
    // There is no CloudTrail on this machine.
    const owner = { ...settings.owner, cloudTrail: false };
    process.env[SETTINGS_VARIABLE] = JSON.stringify({ ...settings, regions: [REGION], owner });
    process.env.POWERTOOLS_SERVICE_NAME = NAME;
    const sessions = await everySession();
    const { result: report } = await functionOutput(invokeHandler);
    return {
      report,
      workgroups: [],
      sessions: sessions.map((session) => seen(session, report, settings)),
      due: [],
    };
  } finally {
    await close();
  }
}

async function everySession(): Promise<readonly Session[]> {
  const client = new AthenaClient({ ...CLIENT_DEFAULTS, region: REGION });
  const service = new AthenaSessions(client, REGION, { partition: 'aws', accountId: DEFAULT_ACCOUNT });
  return inventory(service, new AbortController().signal);
}

async function invokeHandler(): Promise<SweepReport> {
  // Not before: the handler makes clients and logger of the environment when it is loaded.
  const { handler } = await import('../../../lambda/handler.js');
  return handler(undefined, {
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${DEFAULT_ACCOUNT}:function:${NAME}`,
    getRemainingTimeInMillis: () => TIMEOUT_MS,
  });
}

function seen(session: Session, report: SweepReport, settings: ReaperSettings): SeenSession {
  const now = new Date(report.startedAt);
  const decision = decide(session, limitsFor(session, settings, now), now);
  const record = report.sessions.find(({ sessionId }) => sessionId === session.sessionId);
  return { session, decision, ...(record && { record }) };
}
