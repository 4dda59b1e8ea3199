import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { savedQueries } from '../../../lib/dashboard/queries.js';
import { organizationQueries } from '../../../lib/organization/queries.js';
import { dashboardBody } from '../../../local/template/dashboard-body.js';
import { alarm, alarmsOf } from '../../support/alarms.js';
import { HUB } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

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

  test('names only graphs, tables and saved queries that there are', () => {
    const named = [...runbook.matchAll(/(?:graphs?|table|saved query)\s+((?:`[^`]+`(?: and )?)+)/g)]
      .flatMap(([, names = '']) => [...names.matchAll(/`([^`]+)`/g)])
      .map(([, name]) => name);
    const template = synthesized(HUB).toJSON();
    const titles = dashboardBody(template).widgets.map(({ properties }) => properties.title);
    const queries = [
      ...savedQueries({ mode: 'terminate', dpuHourPrice: 0.35 }),
      ...organizationQueries(),
    ].map(({ name }) => name);

    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect([...titles, ...queries]).toContain(name);
  });

  test('is linked to where the team keeps it', () => {
    const runbookUrl = 'https://wiki.example.com/reaper';

    expect(alarm('dead-letters', { runbookUrl })?.AlarmDescription).toContain(`${runbookUrl}#dead-letters`);
  });
});
