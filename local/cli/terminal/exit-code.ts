/** How a command ends, for scripts. Documented by `--help`. */
export const EXIT = {
  done: 0,
  /** The command line or the settings cannot be used; no call was made. */
  usage: 1,
  /** It was done in part: something could not be listed, looked at or ended, or was left; or nothing is selected. */
  failed: 2,
  nothingListed: 3,
  /** Stopped with Ctrl+C: what the shell says of a program that SIGINT ends. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that did not do all it was asked for. Its message says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: Exclude<ExitCode, typeof EXIT.done>,
  ) {
    super(message);
  }
}
