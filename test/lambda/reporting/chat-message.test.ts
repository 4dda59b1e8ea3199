import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { chatMessageOf } from '../../../lambda/reporting/chat-message.js';
import { runs } from '../../support/property-share.js';
import { contextFor, hostileRecord, recordOf, reportWith } from '../../support/reports.js';

/**
 * "Event schema" of the guide of Amazon Q Developer in chat applications, custom notifications:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html. Everything but version, source and a
 * content is optional there; nothing else is known.
 */
const EVENT_SCHEMA = v.strictObject({
  version: v.literal('1.0'),
  source: v.literal('custom'),
  id: v.optional(v.string()),
  content: v.strictObject({
    textType: v.optional(v.literal('client-markdown')),
    title: v.optional(v.string()),
    description: v.string(),
    nextSteps: v.optional(v.array(v.string())),
    keywords: v.optional(v.array(v.string())),
  }),
  metadata: v.optional(
    v.strictObject({
      threadId: v.optional(v.string()),
      summary: v.optional(v.string()),
      eventType: v.optional(v.string()),
      relatedResources: v.optional(v.array(v.string())),
      additionalContext: v.optional(v.record(v.string(), v.string())),
    }),
  ),
});

describe('a digest in a chat', () => {
  it('reads like this', () => {
    const owner = 'alice@example.com';
    const sessions = [recordOf('terminated', { dpuHoursSaved: 7.25, owner }), recordOf('warned')];
    const { content, ...rest } = chatMessageOf(
      reportWith({ terminated: 1, warned: 1 }),
      contextFor(sessions),
    );
    expect(rest).toMatchObject({ version: '1.0', source: 'custom' });
    expect(content.textType).toBe('client-markdown');
    expect(content.title).toBe('Athena sessions of 111122223333: 1 ended, 1 due soon');
    expect(content.description.split('\n')).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z ended 1 session; 1 due soon.',
      'Owner: alice@example.com',
      '• Ended: session f2b4c6d8 of workgroup etl in eu-west-1, 45.2 minutes with a limit of 30 (default), ' +
        '7.25 DPU-hours saved, idle past its limit',
      'Owner: not known',
      expect.stringMatching(/^• Due soon: /),
      'For owners, what remains of a session and how to keep one: docs/for-session-owners.md',
    ]);
    expect(content.nextSteps[0]).toMatch(/^To spare f2b4c6d8: `aws athena tag-resource [^`]+`$/);
    expect(content.keywords).toEqual([owner, 'etl']);
  });

  it('has nothing that a chat reads as a mention, a link or code', () => {
    const owner = '@here <a&b> `x`';
    const { content } = chatMessageOf(
      reportWith({ terminated: 1 }),
      contextFor([recordOf('terminated', { owner })]),
    );
    expect(content.description).toContain('Owner: (at) here  aandb   x \n');
    expect(content.keywords).toEqual(['(at) here  aandb   x ', 'etl']);
  });

  it('has the commands and keywords of the first sessions alone', () => {
    const sessions = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      recordOf('terminated', { sessionId: name, workGroup: `etl-${name}` }),
    );
    const { content } = chatMessageOf(reportWith({ terminated: 6 }), contextFor(sessions));
    expect(content.nextSteps.map((step) => step.slice(0, 12))).toEqual([
      'To spare a: ',
      'To spare b: ',
      'To spare c: ',
    ]);
    expect(content.keywords).toEqual(['etl-a', 'etl-b', 'etl-c', 'etl-d', 'etl-e']);
  });

  it('has no command for a session whose workgroup has no name that a tag could go to', () => {
    const sessions = [recordOf('terminated', { workGroup: 'not a name' })];
    expect(chatMessageOf(reportWith({ terminated: 1 }), contextFor(sessions)).content.nextSteps).toEqual([]);
  });

  it('keeps to the published schema, to a bounded size and to plain words, whatever stands in a report', () => {
    fc.assert(
      fc.property(fc.array(hostileRecord, { maxLength: 30 }), (sessions) => {
        const message = chatMessageOf(reportWith({ terminated: 9 }), contextFor(sessions));
        expect(v.parse(EVENT_SCHEMA, JSON.parse(JSON.stringify(message)))).toEqual(message);
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(20_000);
        const { description, keywords, title } = message.content;
        for (const text of [description.replaceAll('\n', ' '), title, ...keywords]) {
          expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}<>[\]`*~|\\]/u);
          expect(text).not.toMatch(/(^|[^\w.+-])@/);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('of a sweep in report mode says what would be ended, and of many accounts names none', () => {
    const report = reportWith({ wouldTerminate: 2, failed: 1 }, { mode: 'report' });
    const { content, metadata } = chatMessageOf(report, contextFor([], { exemptions: undefined }));
    expect(content).toMatchObject({ title: 'Athena sessions: 2 would be ended, 1 failed', nextSteps: [] });
    expect(metadata).toEqual({ summary: content.title, eventType: 'AthenaSessionReaperDigest' });
  });
});
