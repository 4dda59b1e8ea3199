/** The function's code as Lambda takes it from a bucket. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { bundleFunction, PREBUILT_FUNCTION } from '../../lib/function/bundle.js';

export interface FunctionZip {
  /** Another name for other code: CloudFormation updates a function only where its key in the bucket changes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The same bytes for the same code, whenever and wherever it is made. */
export async function functionZip(): Promise<FunctionZip> {
  if (existsSync(PREBUILT_FUNCTION)) return zipOf(PREBUILT_FUNCTION);
  const folder = await mkdtemp(path.join(tmpdir(), 'athena-session-reaper-function-'));
  try {
    bundleFunction(folder);
    return await zipOf(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const UNIX = 3;
/** A regular file that everyone may read, as Lambda needs it. */
const READABLE = 0o100_644 << 16;

async function zipOf(folder: string): Promise<FunctionZip> {
  const names = (await readdir(folder)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(path.join(folder, name))] as const),
  );
  // The first instant that a zip can hold. It holds local time, so this one is local too.
  const mtime = new Date(1980, 0, 1);
  const bytes = zipSync(Object.fromEntries(files), { mtime, os: UNIX, attrs: READABLE, level: 9 });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { name: `athena-session-reaper-${hash}.zip`, bytes };
}
