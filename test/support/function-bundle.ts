/** The function's bundle, for tests that run it. */
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFunction } from '../../lib/function/bundle.js';

export interface FunctionBundle {
  readonly folder: string;
  /** The files that it was made of. */
  readonly inputs: readonly string[];
}

/** The bundle that all tests of a run share, in its temporary folder: nobody may change it. */
export function functionBundle(): FunctionBundle {
  const shared = path.join(tmpdir(), 'function-bundle');
  if (!existsSync(shared)) make(shared);
  return {
    folder: path.join(shared, CODE),
    inputs: JSON.parse(readFileSync(path.join(shared, INPUTS), 'utf8')),
  };
}

const CODE = 'code';
const INPUTS = 'inputs.json';

function make(shared: string): void {
  const own = mkdtempSync(`${shared}-`);
  const inputs = bundleFunction(path.join(own, CODE));
  writeFileSync(path.join(own, INPUTS), JSON.stringify(inputs));
  try {
    renameSync(own, shared);
  } catch (error) {
    // Another worker may have been faster.
    if (!existsSync(shared)) throw error;
  }
}
