import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

describe('tags of a session that Athena says cannot be read', () => {
  const unreadable = (unreadable: 'end' | 'spare') => ({
    tags: { enabled: true, prefix: 'session-reaper', unreadable },
  });

  it.each(['InvalidRequestException', 'ResourceNotFoundException'] as const)(
    '(%s) are counted, and spare it only where the settings say so',
    async (sessionTags) => {
      const { url, region } = await servedAthena({ world: { sessionTags } });
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
      const spared = await sweepAt(url, unreadable('spare'));
      expect(spared.report.counts).toMatchObject({ spared: 1, tagsUnreadable: 1 });
      expect(spared.report.sessions).toMatchObject([{ kind: 'tags-unreadable' }]);
      expect(spared.oldestOverdue).toBe(30 * 60);
      const ended = await sweepAt(url, unreadable('end'));
      expect(ended.report.counts).toMatchObject({ terminated: 1, tagsUnreadable: 1 });
    },
  );

  it("leave its workgroup's in force", async () => {
    const { url, region } = await servedAthena({ world: { sessionTags: 'InvalidRequestException' } });
    region.createWorkgroup({ name: 'etl', tags: { 'session-reaper:exempt': 'true' } });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    for (const settings of [unreadable('end'), unreadable('spare')]) {
      const { report, oldestOverdue } = await sweepAt(url, settings);
      expect(report.sessions).toMatchObject([{ outcome: 'spared', kind: 'exempt-by-tag' }]);
      expect(oldestOverdue).toBe(0);
    }
  });
});

describe('a tag that is set while a sweep waits', () => {
  const exempt = { 'session-reaper:exempt': 'true' };

  it('for its turn is honoured', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const ids = Array.from({ length: 60 }, () => region.putSession({ workGroup: 'etl', minutesInState: 60 }));
    const tagTheRest = () => {
      for (const sessionId of ids) region.tag({ sessionId }, exempt);
    };
    athena.script({ kind: 'after', operation: 'TerminateSession', run: tagTheRest, times: 1 });
    const { report } = await sweepAt(url);
    const tagged = athena.journal.of('TerminateSession').length;
    expect(report.counts.terminated).toBe(tagged);
    expect(report.counts.spared).toBeGreaterThan(0);
  });

  it('on its workgroup, for its own tags is honoured', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const sessionId = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const operation = 'ListTagsForResource';
    const tag = () => region.tag({ workGroup: 'etl' }, exempt);
    athena.script({ kind: 'before', operation, sessionId, run: tag, times: 1 });
    athena.script({ kind: 'delay', ms: 50, operation, sessionId });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'spared', kind: 'exempt-by-tag' }]);
  });

  it('for another attempt is honoured', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const sessionId = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const operation = 'TerminateSession';
    athena.script({ kind: 'before', operation, run: () => region.tag({ sessionId }, exempt), times: 1 });
    athena.script({ kind: 'throttle', operation, times: 1 });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'spared', kind: 'exempt-by-tag' }]);
    expect(athena.journal.count(operation)).toBe(1);
    expect(athena.journal.count('GetSession')).toBe(1);
  });
});
