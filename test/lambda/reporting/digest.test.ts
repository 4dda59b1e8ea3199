import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DIGEST_LINE_LENGTH, MAX_DIGEST_LINES } from '../../../lambda/contract/report.js';
import { digestOf } from '../../../lambda/reporting/digest.js';
import { runs } from '../../support/property-share.js';
import {
  contextFor,
  EXEMPTIONS,
  hostileRecord,
  hostileText,
  recordOf,
  reportWith,
} from '../../support/reports.js';

const ARN = 'arn:aws:athena:eu-west-1:111122223333:workgroup/etl/session/f2b4c6d8';
const COMMAND =
  `aws athena tag-resource --region eu-west-1 --resource-arn ${ARN} ` +
  '--tags Key=session-reaper:exempt,Value=2026-03-03';
const GUIDE = 'For owners, what remains of a session and how to keep one: docs/for-session-owners.md';

describe('a digest', () => {
  it('says what happened, then names the sessions by owner, each with the command that spares it', () => {
    const owner = 'alice@example.com';
    const sessions = [
      recordOf('terminated', { dpuHoursSaved: 7.25, owner }),
      recordOf('failed', { error: 'Rate exceeded' }),
      recordOf('warned', { reason: 'due soon', minutes: 25, owner }),
    ];
    const saved = { dpuHours: 7.25, cost: 2.5375, sessionsNotCounted: 0 };
    const report = reportWith({ terminated: 1, warned: 1, failed: 1 }, { sessions, saved });
    expect(digestOf(report, contextFor(sessions))).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z ended 1 session; 1 could not be looked at or ended; 1 due soon.',
      'That saves at least 7.25 DPU-hours, 2.5375 US dollars, by estimate.',
      'Owner: alice@example.com',
      'Ended: session f2b4c6d8 of workgroup etl in eu-west-1, 45.2 minutes with a limit of 30 (default), ' +
        `7.25 DPU-hours saved, idle past its limit. This would have spared it: ${COMMAND}`,
      'Due soon: session f2b4c6d8 of workgroup etl in eu-west-1, 25 minutes with a limit of 30 (default), ' +
        `due soon. This spares it: ${COMMAND}`,
      'Owner: not known',
      'Failed: session f2b4c6d8 of workgroup etl in eu-west-1, 45.2 minutes with a limit of 30 (default), ' +
        `idle past its limit: Rate exceeded. This spares it: ${COMMAND}`,
      GUIDE,
    ]);
  });

  it('of a sweep that ends nothing says what would have been ended', () => {
    const saved = { dpuHours: 2, cost: 0.7, sessionsNotCounted: 0 };
    const sessions = [recordOf('would-terminate', { dpuHoursSaved: 2 })];
    const report = reportWith({ wouldTerminate: 3 }, { mode: 'report', saved });
    expect(digestOf(report, contextFor(sessions))).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z would have ended 3 sessions, and ended none.',
      'That would save at least 2 DPU-hours, 0.7 US dollars, by estimate.',
      'Owner: not known',
      expect.stringMatching(
        /^Would be ended: .*, 2\.00 DPU-hours to be saved, .* This spares it: aws athena/,
      ),
      GUIDE,
    ]);
  });

  it('says that something was left out, with an example where there is one', () => {
    const notListed = [{ region: 'eu-west-1', workGroup: 'etl', error: 'Rate exceeded' }];
    const incomplete = reportWith({ notListed: 2 }, { complete: false, notListed });
    expect(digestOf(incomplete, contextFor([]))).toContain(
      'It was not complete: 2 places were not listed. For one, workgroup etl in eu-west-1: Rate exceeded',
    );
    const none = { region: 'eu-west-1', kind: 'none-selected', error: 'no workgroup is selected' } as const;
    const selecting = reportWith({ notListed: 1 }, { complete: false, notListed: [none] });
    expect(digestOf(selecting, contextFor([]))).toContain('It was not complete: no workgroup is selected');
    const deferred = reportWith({ deferred: 1 }, { complete: false });
    expect(digestOf(deferred, contextFor([]))).toContain('It was not complete.');
    const waiting = reportWith({ notListed: 3, waiting: 3 }, { complete: false });
    expect(digestOf(waiting, contextFor([]))).toContain(
      'It was not complete: 3 workgroups wait for the next sweep.',
    );
  });

  it('of an organization says how many targets were swept, and which accounts the globs do not reach', () => {
    const organization = {
      ...{ targets: 50, targetsNotSwept: 3, targetsNotBegun: 2 },
      ...{ accountsReached: 20, accountsNotReached: 4 },
    };
    expect(digestOf(reportWith({}, { organization }), contextFor([], { toName: 9 }))).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z ended 0 sessions.',
      'It swept 47 of 50 targets (accounts times regions); for 2 there was no time. ' +
        '4 accounts have no workgroup that the globs select.',
    ]);
  });

  it('of many accounts names that of each session, and its command names it too', () => {
    const { accountId: _, ...exemptions } = EXEMPTIONS;
    const sessions = [recordOf('terminated', { accountId: '444455556666' })];
    const lines = digestOf(reportWith({ terminated: 1 }), contextFor(sessions, { exemptions }));
    expect(lines[2]).toContain('of workgroup etl in eu-west-1 of account 444455556666, ');
    expect(lines[2]).toContain(' arn:aws:athena:eu-west-1:444455556666:workgroup/etl/session/f2b4c6d8 ');
    const unknown = digestOf(reportWith({}), contextFor([recordOf('terminated')], { exemptions }));
    expect(unknown.join()).not.toContain('tag-resource');
  });

  it('has no command where no tag spares a session, and refers to the page that a team keeps', () => {
    const guide = 'https://wiki.example.com/sessions';
    const context = contextFor([recordOf('terminated')], { exemptions: undefined, guide });
    const lines = digestOf(reportWith({ terminated: 1 }), context);
    expect(lines.join('\n')).not.toContain('tag-resource');
    expect(lines.at(-1)).toContain(guide);
  });

  it('has other quotes and slashes than those that would end a text of JSON', () => {
    const sessions = [recordOf('failed', { error: 'path "C:\\\\x"' })];
    expect(digestOf(reportWith({ failed: 1 }), contextFor(sessions))[2]).toContain("path 'C://x'");
  });

  it('names a session without a command where nothing would spare it', () => {
    const lines = digestOf(reportWith({ terminated: 1 }), contextFor([recordOf('already-inactive')]));
    expect(lines[2]).toMatch(/^Already inactive: .*\.$/);
    const noName = [recordOf('terminated', { workGroup: 'not a name' })];
    expect(digestOf(reportWith({ terminated: 1 }), contextFor(noName))[2]).toMatch(/idle past its limit\.$/);
  });

  it('says how many sessions it does not name', () => {
    const sessions = Array.from({ length: 40 }, () => recordOf('terminated'));
    const lines = digestOf(reportWith({ terminated: 45 }), contextFor(sessions, { toName: 45 }));
    expect(lines).toHaveLength(MAX_DIGEST_LINES);
    expect(lines.at(-2)).toBe('29 more sessions are in the log.');
  });

  it('names each session, or counts it as left out, and never cuts a command', () => {
    const owner = fc.constantFrom(undefined, 'alice', 'bob', 'team-a', 'role/etl');
    const record = fc
      .tuple(owner, fc.uuid(), fc.constantFrom('etl', 'w'.repeat(128)))
      .map(([owner, sessionId, workGroup]) =>
        recordOf('terminated', {
          ...{ sessionId, workGroup, region: 'ap-northeast-1', error: 'x'.repeat(300) },
          ...{ rule: 'r'.repeat(300), ...(owner !== undefined && { owner }) },
        }),
      );
    const exemptions = { ...EXEMPTIONS, partition: 'aws-us-gov', tagPrefix: 'p'.repeat(100) };
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), fc.nat({ max: 50 }), (sessions, more) => {
        const toName = sessions.length + more;
        const lines = digestOf(reportWith({}), contextFor(sessions, { toName, exemptions }));
        const named = sessions.filter(({ sessionId }) =>
          lines.some((line) => line.startsWith(`Ended: session ${sessionId} `)),
        );
        const leftOut = Number(/^(\d+) more sessions? /m.exec(lines.join('\n'))?.[1] ?? 0);
        expect(new Set(named).size + leftOut).toBe(sessions.length === 0 ? 0 : toName);
        for (const line of lines.filter((one) => one.startsWith('Ended'))) {
          expect(line).toMatch(
            /--resource-arn \S+\/session\/\S{36} --tags Key=p{100}:exempt,Value=2026-03-03$/,
          );
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('is fit for a template that escapes nothing, whatever stands in a report', () => {
    const drawn = fc.tuple(fc.array(hostileRecord, { maxLength: 30 }), hostileText);
    fc.assert(
      fc.property(drawn, ([sessions, error]) => {
        const notListed = [{ region: 'eu-west-1', error }];
        const report = reportWith({ notListed: 1, terminated: 1 }, { complete: false, notListed });
        const lines = digestOf(report, contextFor(sessions));
        expect(lines.length).toBeLessThanOrEqual(MAX_DIGEST_LINES);
        for (const line of lines) {
          expect([...line].length).toBeLessThanOrEqual(MAX_DIGEST_LINE_LENGTH);
          expect(JSON.stringify(line)).toBe(`"${line}"`);
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
