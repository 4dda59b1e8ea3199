import { describe, expect, test } from 'vitest';
import { reaperApp } from '../../support/synthesis.js';

describe('warnings at synthesis', () => {
  const warnings = (config: object) => {
    const { app, stack } = reaperApp(config);
    const messages = app.synth().getStackByName(stack.stackName).messages;
    return messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data));
  };

  test('are given for idle limits that are hardly meant', () => {
    const rules = [{ match: { workgroup: 'a' }, idleMinutes: 480 }];

    expect(warnings({ idleMinutes: 9, rules })).toEqual([
      expect.stringMatching(/^reaper\.idleMinutes is 9: below 10 minutes/),
      expect.stringMatching(/^reaper\.rules\[0\]\.idleMinutes is 480: Athena itself/),
    ]);
    expect(warnings({ idleMinutes: 10 })).toEqual([]);
    expect(warnings({ idleMinutes: 479 })).toEqual([]);
  });

  test('are given for exclusions that IAM cannot deny', () => {
    expect(warnings({ workgroups: { exclude: ['*s*', 'core-*'] } })).toEqual([
      expect.stringMatching(/^reaper\.workgroups\.exclude has "\*s\*"/),
    ]);
  });
});
