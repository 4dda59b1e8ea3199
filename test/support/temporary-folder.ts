import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Gives a test run a folder for temporary files of its own and removes it at the end. CDK writes each `App` of a
 * test into a new one, and removes none.
 */
export default async function temporaryFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'athena-session-reaper-test-'));
  process.env.TMPDIR = folder;
  return () => rm(folder, { recursive: true, force: true });
}
