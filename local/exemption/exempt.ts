/** What a person wishes for a session or a workgroup, and what comes of it. */
import { failureOf } from '../../lambda/athena/errors.js';
import { plainText } from '../../lambda/contract/plain-text.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { exemptionsEnd } from '../../lambda/policy/limits.js';
import { isInactive } from '../../lambda/policy/limits-by-state.js';
import type { Tags } from '../../lambda/policy/session.js';
import { endOfExemption } from '../../lambda/policy/tags.js';
import { AccountError } from '../account/account-error.js';
import { type Change, type Changed, change } from './change.js';
import { endingBy, exemptionsInTags, longestFirst, type TagExemption } from './exemptions-in-tags.js';
import type { ExemptionTarget } from './target.js';

export type Wish =
  | { readonly kind: 'without end' }
  /** An ISO date or time, as it was written. */
  | { readonly kind: 'until'; readonly text: string }
  /** From now on, by Athena's clock. */
  | { readonly kind: 'for'; readonly minutes: number }
  /** The same, unless it is exempt for longer already. */
  | { readonly kind: 'at least for'; readonly minutes: number }
  | { readonly kind: 'remove' };

export interface ExemptionResult {
  readonly target: ExemptionTarget;
  /** Athena's time. */
  readonly now: Date;
  /** Missing where nothing had to be changed. */
  readonly changed?: Changed;
  /** What exempts it now, the longest first; missing where its tags cannot be read. */
  readonly standing?: readonly TagExemption[];
}

/**
 * @param interrupted aborts when nothing more may be begun.
 * @throws AccountError for a session that has ended, and a time that is over.
 * @throws SessionServiceError where nothing was changed.
 */
export async function exempt(
  target: ExemptionTarget,
  wish: Wish,
  settings: Pick<ReaperSettings, 'tags'>,
  interrupted: AbortSignal,
): Promise<ExemptionResult> {
  const { prefix } = settings.tags;
  const { resource, session } = target;
  if (session && isInactive(session) && wish.kind !== 'remove') {
    const { sessionId, state } = session;
    throw new AccountError('failed', `Session ${sessionId} is ${state}: there is nothing left to spare.`);
  }
  const before = await tagsOf(target, interrupted);
  const now = new Date(Date.now() + resource.service.clockOffsetMs());
  const end = session && exemptionsEnd(session, settings, now);
  const standing = standingBy(before, prefix, end, now);
  if (wish.kind === 'at least for' && standing?.some((each) => lastsFor(each, wish.minutes, now))) {
    return { target, now, standing };
  }
  const asked = changeFor(wish, now);
  interrupted.throwIfAborted();
  const changed = await change(resource, asked, prefix, before.own);
  const { readBack } = changed;
  const own = readBack.kind === 'not readable' ? undefined : readBack.tags;
  const after = standingBy({ ...before, own }, prefix, end, now);
  return { target, now, changed, ...(after && { standing: after }) };
}

interface SeenTags {
  readonly own: Tags | undefined;
  /** Of the workgroup of a session; none for a workgroup itself. */
  readonly ofWorkgroup: Tags | undefined;
  readonly place: 'session' | 'workgroup';
}

/** As far as they can be read: whoever may set a tag need not be allowed to read it. */
async function tagsOf({ resource, session }: ExemptionTarget, signal: AbortSignal): Promise<SeenTags> {
  const { service, name, place } = resource;
  const [own, ofWorkgroup] = await Promise.all([
    perhaps(resource.tags(signal)),
    session ? perhaps(service.workgroupTags(name.workGroup, signal)) : {},
  ]);
  return { own, ofWorkgroup, place };
}

async function perhaps(reading: Promise<Tags | undefined>): Promise<Tags | undefined> {
  try {
    return await reading;
  } catch (error) {
    const failure = failureOf('ListTagsForResource', error);
    if (failure.kind === 'denied' || failure.kind === 'unavailable') return undefined;
    throw failure;
  }
}

function standingBy(
  { own, ofWorkgroup, place }: SeenTags,
  prefix: string,
  end: Date | undefined,
  now: Date,
): readonly TagExemption[] | undefined {
  if (own === undefined) return undefined;
  const found = [
    ...exemptionsInTags(own, place, prefix, now),
    ...exemptionsInTags(ofWorkgroup ?? {}, 'workgroup', prefix, now),
  ];
  return endingBy(found, end, now).toSorted(longestFirst);
}

function lastsFor({ until }: TagExemption, minutes: number, now: Date): boolean {
  return until === undefined || until.getTime() >= inMinutes(minutes, now).getTime();
}

/** @throws AccountError for a time that is over. */
function changeFor(wish: Wish, now: Date): Change {
  switch (wish.kind) {
    case 'remove':
      return { kind: 'remove' };
    case 'without end':
      return { kind: 'set', value: 'true' };
    case 'until':
      return { kind: 'set', value: inTheFuture(wish.text, now) };
    case 'for':
    case 'at least for':
      return { kind: 'set', value: wholeSeconds(inMinutes(wish.minutes, now)) };
  }
}

function inTheFuture(text: string, now: Date): string {
  const end = endOfExemption(text);
  if (end && end > now) return text;
  const found = `found ${plainText(text)}, which is over by Athena's clock`;
  throw new AccountError('usage', `--until: ${found}; allowed: a date or time in the future`);
}

function inMinutes(minutes: number, now: Date): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

/** Rounded up: never a second less than was asked for. */
function wholeSeconds(time: Date): string {
  const rounded = new Date(Math.ceil(time.getTime() / 1_000) * 1_000);
  return `${rounded.toISOString().slice(0, 19)}Z`;
}
