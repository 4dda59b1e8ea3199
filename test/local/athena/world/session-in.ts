/** A session of Apache Spark 3.5 in a world. */
import type { SessionPlacement, World } from '../../../../local/athena/index.js';
import { inProcess } from '../fixture.js';

/** The session, with what ListSessions and GetSession say of its status. */
export async function sessionIn(world: Partial<World>, placement: Partial<SessionPlacement> = {}) {
  const stage = inProcess({ world });
  stage.region.createWorkgroup({ name: 'connect', engine: 'Apache Spark version 3.5' });
  const SessionId = stage.region.putSession({ workGroup: 'connect', ...placement });
  const listed = async (WorkGroup = 'connect') =>
    (await stage.client.listSessions({ WorkGroup })).Sessions?.[0]?.Status;
  const got = async (id = SessionId) => (await stage.client.getSession({ SessionId: id })).Status;
  return { ...stage, SessionId, listed, got };
}
