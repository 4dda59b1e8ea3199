#!/usr/bin/env node
/** The command `athena-session-reaper`. */
import { EXIT } from './cli/terminal/exit-code.js';
import { main } from './program.js';

// The SDK warns once per process on Node 20; nobody can act on it while reading a table.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interruption = new AbortController();
// SIGTERM is how a pipeline stops a job: what a command has started has to end then, too.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    // The second time it is not asked for but insisted on.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });
}

// `scan | head` closes the pipe early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  canAsk: process.stdin.isTTY,
  cwd: process.cwd(),
  interrupted: interruption.signal,
});
