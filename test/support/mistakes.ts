/** The mistakes that reading a configuration reports. */
import { ConfigError } from '../../lib/config/config.js';

/** The lines of the error, without its heading; none where nothing is refused. */
export function mistakesBy(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...lines] = error.message.split('\n');
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
  return [];
}
