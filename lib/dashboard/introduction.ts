import { TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { runbookLink } from '../alarms/runbook-links.js';
import type { ReaperConfig } from '../config/config.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

/** What this is, what it is set to, and where to read on. */
export function introduction({ config, deployment, places }: DashboardSubject): TextWidget {
  const links = [
    runbookLink(config.runbookUrl, 'how-to-stop-the-reaper', 'How to stop it'),
    runbookLink(config.runbookUrl, 'not-healthy', 'What to do on an alarm'),
  ];
  return new TextWidget({
    width: FULL_WIDTH,
    height: 3,
    markdown: [
      `# Athena session reaper: ${deployment}`,
      `${purpose(config)} ${scope(config, places)}`,
      links.join(' · '),
    ].join('\n\n'),
  });
}

function purpose({ mode, idleMinutes }: ReaperConfig): string {
  const sessions = `Athena for Apache Spark sessions idle for more than ${idleMinutes} minutes`;
  const what = mode === 'report' ? `Reports ${sessions}, and ends none` : `Ends ${sessions}`;
  return `**${what}**; rules and tags may say otherwise.`;
}

function scope(config: ReaperConfig, places: string): string {
  const {
    schedule,
    workgroups: { include, exclude },
  } = config;
  const except = exclude.length > 0 ? ` except ${code(exclude)}` : '';
  return `Sweeps ${code([schedule])} over ${places}, workgroups ${code(include)}${except}. Saved is an estimate: what ended sessions would have billed until their own idle timeout.`;
}

function code(items: readonly string[]): string {
  return items.map((item) => `\`${item}\``).join(', ');
}
