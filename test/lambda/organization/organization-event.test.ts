import { describe, expect, it } from 'vitest';
import { organizationRequest } from '../../../lambda/organization/organization-event.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';

const organization = { memberRoleName: 'Member', externalId: 'session-reaper-of-example' };
const deployed = parseSettings({ regions: ['eu-west-1', 'us-east-1'], organization });
const target = { accountId: '222222222222', region: 'us-east-1' };
const summarize = { startedAt: '2026-03-02T10:00:00.000Z', targets: 4, figures: { swept: 3 } };

describe('an event of the state machine', () => {
  it('asks for one target, in its region only', () => {
    expect(organizationRequest(deployed, { target, mode: 'report', workgroups: ['dev-*'] })).toEqual({
      kind: 'target',
      target,
      organization,
      settings: { ...deployed, mode: 'report', regions: ['us-east-1'], onlyWorkgroups: ['dev-*'] },
    });
  });

  it('or for the sum of all', () => {
    expect(organizationRequest(deployed, { summarize, mode: 'report' })).toEqual({
      kind: 'summary',
      summary: summarize,
      settings: { ...deployed, mode: 'report', onlyWorkgroups: ['*'] },
    });
  });

  it('or, from the rule, for what an execution did that was given up', () => {
    const givenUp = { status: 'ABORTED', startedAt: 1_772_445_600_000, stoppedAt: 1_772_445_700_000 };
    expect(organizationRequest(deployed, { givenUp })).toMatchObject({ kind: 'given-up', givenUp });
    expect(() => organizationRequest(deployed, { givenUp: { ...givenUp, status: 'FAILED' } })).toThrow(
      'found "FAILED"; allowed: "ABORTED" or "TIMED_OUT"',
    );
  });

  it('gives a target until a moment to answer', () => {
    const answerBy = '2026-03-02T10:00:30.000Z';
    expect(organizationRequest(deployed, { target, answerBy })).toMatchObject({
      answerBy: Date.parse(answerBy),
    });
  });

  it.each([
    [{}, { event: {}, regions: ['eu-west-1', 'us-east-1'] }],
    [
      { mode: 'report', workgroups: ['dev-*'], regions: ['us-east-1'] },
      { event: { mode: 'report', workgroups: ['dev-*'] }, regions: ['us-east-1'] },
    ],
  ])('asks to check %j, which then goes to each target in the regions', (check, checked) => {
    expect(organizationRequest(deployed, { check })).toEqual({ kind: 'check', checked });
  });

  it('has what narrows a sweep of one account refused in the same words, once', () => {
    const check = { mode: 'terminate', regions: ['ap-south-1'], workgroup: 'etl' };
    expect(() => organizationRequest(deployed, { check })).toThrow(
      expect.objectContaining({
        name: 'SettingsError',
        mistakes: [
          'mode: found "terminate"; allowed: "report"; an event cannot widen what is deployed',
          'workgroup: found an unknown key; allowed: mode, regions, workgroups',
        ],
      }),
    );
    expect(() => organizationRequest(deployed, { check: { regions: ['ap-south-1'] } })).toThrow(
      'regions: found "ap-south-1"; allowed: eu-west-1, us-east-1',
    );
    expect(() => organizationRequest(deployed, { check: ['report'] })).toThrow('allowed: an object');
  });

  it.each([
    [{}, '(the whole): found none; allowed: one of check, target, summarize, givenUp'],
    [
      { target, summarize },
      '(the whole): found target, summarize; allowed: one of check, target, summarize, givenUp',
    ],
    [{ target, answerBy: 'soon' }, 'answerBy: found "soon"; allowed: an ISO 8601 timestamp'],
    [
      { summarize: { ...summarize, startedAt: 'today' } },
      'summarize.startedAt: found "today"; allowed: an ISO 8601 timestamp',
    ],
    [
      { summarize: { ...summarize, startedAt: 5 } },
      'summarize.startedAt: found 5; allowed: an ISO 8601 timestamp',
    ],
    [{ summarize: { ...summarize, targets: 'all' } }, 'summarize.targets: found "all"; allowed: a number'],
    [
      { summarize: { ...summarize, targets: -1 } },
      'summarize.targets: found -1; allowed: a number of at least 0',
    ],
    [
      { summarize: { ...summarize, figures: 'none' } },
      'summarize.figures: found "none"; allowed: an object with numbers',
    ],
    [
      { target: { ...target, region: 'x' } },
      'target.region: found "x"; allowed: a region name such as "eu-west-1"',
    ],
  ])('%j is refused with its place, what was found and what is allowed', (event, line) => {
    expect(() => organizationRequest(deployed, event)).toThrow(
      expect.objectContaining({ message: `The event cannot be used:\n  - ${line}`, mistakes: [line] }),
    );
  });

  it('is refused where settings name no organization', () => {
    expect(() => organizationRequest(parseSettings({}), { target })).toThrow(
      'The settings cannot be used:\n  - organization: found nothing; allowed: memberRoleName, externalId',
    );
  });
});
