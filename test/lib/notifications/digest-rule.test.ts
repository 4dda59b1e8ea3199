import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COUNT_NAMES } from '../../../lambda/contract/report.js';
import { reportsWith } from '../../../lib/notifications/digest-rule.js';
import { invocationResult, matchesPattern } from '../../support/event-bridge.js';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:FUNCTION';
const written = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
const [event, mailed, warned, incomplete, ofWorkgroup] = [...written.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, json = '']) => JSON.parse(json),
);

const report = event.detail.responsePayload;
const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0]));
const quiet = { ...report, counts, sessions: [] };
const matches = (pattern: unknown, changed: object) =>
  matchesPattern(pattern, invocationResult(changed, FUNCTION_ARN));

test('the event of docs/events.md has the counts that a report has', () => {
  expect(Object.keys(report.counts)).toEqual([...COUNT_NAMES]);
});

test('the first pattern of docs/events.md is that of the digest', () => {
  const { source, detailType, detail } = reportsWith('news', FUNCTION_ARN);

  expect(mailed).toEqual({ source, 'detail-type': detailType, detail });
});

test('each pattern of docs/events.md matches what it is for, and nothing else', () => {
  expect(matches(mailed, report)).toBe(true);
  expect(matches(warned, report)).toBe(true);
  expect(matches(warned, { ...report, counts: { ...report.counts, warned: 0 } })).toBe(false);
  expect(matches(incomplete, { ...report, complete: false })).toBe(true);
  expect(matches(ofWorkgroup, report)).toBe(true);
  for (const pattern of [mailed, warned, incomplete, ofWorkgroup])
    expect(matches(pattern, quiet)).toBe(false);
});
