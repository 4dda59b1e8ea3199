/** Runs with each test file, which shares its process with others: what a file changes there ends with it. */
import { afterAll, vi } from 'vitest';

const environment = { ...process.env };

// Vitest's fake timers keep as the true ones what they find when they are first asked for, e.g. by `vi.waitFor` in a test
// whose time hurries: so they are asked for here.
vi.useRealTimers();

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
