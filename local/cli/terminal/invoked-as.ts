/** How the person runs this: from a clone, where it is TypeScript still, or from the package. */
const INVOKED_AS = import.meta.url.endsWith('.ts') ? 'npm run reaper --' : 'npx athena-session-reaper';

/** A command line to copy. */
export function commandLine(rest: string): string {
  return `${INVOKED_AS} ${rest}`;
}
