import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alarm, alarmsOf } from '../../support/alarms.js';

const sections = alarmsOf({}).map(({ AlarmName }) => AlarmName.replace('AthenaSessionReaper-', ''));

describe('the runbook', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  const anchors = new Map(
    runbook
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        const [heading = '', ...text] = part.split('\n');
        return [heading.toLowerCase().replaceAll(' ', '-'), text.join('\n')] as const;
      }),
  );

  test.each([...sections, 'not-healthy'])('says what %s means, how to look and what to do', (section) => {
    const type = section === 'not-healthy' ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm';
    const described = alarmsOf({}, type).find(({ AlarmName }) => AlarmName.endsWith(`-${section}`));
    const [, link] = /docs\/runbook\.md#(\S+)$/.exec(described?.AlarmDescription ?? '') ?? [];

    expect(link).toBe(section);
    expect(anchors.get(section)).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
  });

  test('has no link to a section that is not there', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = '']) => link);

    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect([...anchors.keys()]).toContain(link);
  });

  test('is linked to where the team keeps it', () => {
    const runbookUrl = 'https://wiki.example.com/reaper';

    expect(alarm('dead-letters', { runbookUrl })?.AlarmDescription).toContain(`${runbookUrl}#dead-letters`);
  });
});
