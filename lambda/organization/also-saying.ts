/** A writer of lines that says in each line what it is about. */
import type { LineWriter } from '../reporting/emission.js';

/** @param fields that stand in each line, unless the line has its own. */
export function alsoSaying(fields: Readonly<Record<string, unknown>>, logger: LineWriter): LineWriter {
  return {
    debug: (message, more) => logger.debug(message, { ...fields, ...more }),
    info: (message, more) => logger.info(message, { ...fields, ...more }),
    warn: (message, more) => logger.warn(message, { ...fields, ...more }),
    error: (message, more) => logger.error(message, { ...fields, ...more }),
  };
}
