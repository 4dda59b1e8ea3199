/** The program that started a session. */
import { CLIENTS } from '../contract/clients.js';
import type { Session, Tags } from './session.js';

/**
 * What started a session, by the traces that clients are known to leave: dbt-athena writes its invocation into
 * the description, SageMaker Unified Studio tags its project, console notebooks carry a notebook version.
 * @returns undefined where no trace is known, e.g. for Spark Connect scripts.
 */
export function clientOf(session: Session, tags: Tags = {}): string | undefined {
  if (session.description?.startsWith('dbt: ')) return CLIENTS.dbt;
  if ('AmazonDataZoneProject' in tags) return CLIENTS.studio;
  return session.notebookVersion ? CLIENTS.notebook : undefined;
}
