/** The worlds that `verify --record` wrote on accounts, and that people sent: each a file in `test/worlds`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseWorld, type World } from '../../local/athena/index.js';

const FOLDER = path.join(import.meta.dirname, '..', 'worlds');

export interface RecordedWorld {
  /** The file's name, without its ending. */
  readonly name: string;
  /** What was seen, with defaults for what was not. */
  readonly world: World;
}

/** In the order of their names. @throws WorldError for a file that is not a world. */
export function recordedWorlds(): readonly RecordedWorld[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({
    name: path.basename(file, '.json'),
    world: parseWorld(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')), `test/worlds/${file}`),
  }));
}
