/** Where alarms and the dashboard point to for what to do. */
/** The runbook's file, as alarms name it where no address of it is configured. */
const RUNBOOK = 'docs/runbook.md';

/** Where a section of the runbook is found; `anchor` is its heading as GitHub and GitLab write it in a link. */
export function runbookSection(runbookUrl: string | null, anchor: string): string {
  return `${runbookUrl ?? RUNBOOK}#${anchor}`;
}

/** The same for Markdown: a link where there is something to link to. */
export function runbookLink(runbookUrl: string | null, anchor: string, text: string): string {
  const section = runbookSection(runbookUrl, anchor);
  return runbookUrl === null ? `${text}: \`${section}\`` : `[${text}](${section})`;
}
