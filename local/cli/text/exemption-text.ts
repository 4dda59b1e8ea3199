/** What a change of an exemption came to, in words. */
import { plainText } from '../../../lambda/contract/plain-text.js';
import type { SessionDetail } from '../../../lambda/policy/session.js';
import { counted } from '../../../lambda/reporting/counted.js';
import { adviceFor } from '../../account/advice.js';
import type { ReadBack } from '../../exemption/change.js';
import type { ExemptionResult } from '../../exemption/exempt.js';
import type { TagExemption } from '../../exemption/exemptions-in-tags.js';
import type { TaggedResource } from '../../exemption/tagged-resource.js';
import { inWords } from './duration.js';
import { folded } from './folded.js';
import { at } from './instant.js';

const LABEL_WIDTH = 12;

export interface ExemptionStyle {
  /** Characters to a line. */
  readonly columns: number;
  readonly prefix: string;
  /** Where the prefix of the tag comes from. */
  readonly prefixSource: string;
  /** The setting, where there is one. */
  readonly maxExemptDays: number | undefined;
}

export function exemptionText(
  outcome: ExemptionResult,
  { columns, prefix, prefixSource, maxExemptDays }: ExemptionStyle,
): string {
  const { target, changed, standing } = outcome;
  const { resource, session } = target;
  const lines: readonly (readonly [string, string])[] = [
    ...(session ? [['Session', plainText(session.sessionId)] as const] : []),
    ['Workgroup', `${resource.name.workGroup} in ${resource.service.region}`],
    ['Tag prefix', `${prefix} (${prefixSource})`],
    ['Tag', changeLine(outcome)],
    ...(changed && changed.tags.length > 0
      ? [['Read back', readBackLine(changed.readBack, resource)] as const]
      : []),
    ['Exempt', standingLine(standing)],
    ...(maxExemptDays === undefined ? [] : [['Note', longestLine(maxExemptDays)] as const]),
    ...ownTimeoutLines(session, outcome),
  ];
  const indent = ' '.repeat(LABEL_WIDTH);
  return lines
    .map(([label, text]) => {
      const rest = text.split('\n').map((line) => folded(line, columns, indent));
      return label.padEnd(LABEL_WIDTH) + rest.join('\n').trimStart();
    })
    .join('\n');
}

function changeLine({ changed, target: { resource } }: ExemptionResult): string {
  if (!changed) return 'nothing was changed: it is exempt for as long already';
  if (changed.tags.length === 0) return `nothing was changed: the ${resource.place} has no such tag`;
  const isSet = changed.tags.some((tag) => tag.includes('='));
  return `${plainText(changed.tags.join(', '))} was ${isSet ? 'set on' : 'removed from'} the ${resource.place}`;
}

function readBackLine(readBack: ReadBack, { service, name, place }: TaggedResource): string {
  switch (readBack.kind) {
    case 'seen':
      return 'Athena shows it so';
    case 'not seen':
      return 'Athena does not show it: look again, and see who else changes tags';
    case 'not readable': {
      if (readBack.error === undefined)
        return `Athena does not let tags of a ${place} be read, and the reaper cannot read them either`;
      const { message } = readBack.error;
      const advice = adviceFor(message, { region: service.region, workGroup: name.workGroup });
      return [`could not be done: ${plainText(message)}`, ...(advice ? [`→ ${advice}`] : [])].join('\n');
    }
  }
}

function standingLine(standing: readonly TagExemption[] | undefined): string {
  if (standing === undefined) return 'not known, because its tags cannot be read';
  const [longest, ...others] = standing;
  if (!longest) return 'no';
  const rest = others.map((each) => `also ${inWordsOf(each)}`);
  return [inWordsOf(longest), ...rest].join('\n');
}

function inWordsOf({ by, until }: TagExemption): string {
  return `${until ? `until ${at(until)}` : 'without an end'}, by ${plainText(by)}`;
}

/** Said by `exemptions` too. */
export function longestLine(maxExemptDays: number): string {
  const days = counted(maxExemptDays, 'day');
  return `no tag exempts a session for longer than ${days} after its start (tags.maxExemptDays)`;
}

/** A tag stops the reaper alone: what else may end the session first. */
function ownTimeoutLines(
  session: SessionDetail | undefined,
  { standing = [] }: ExemptionResult,
): readonly (readonly [string, string])[] {
  const { idleTimeoutSeconds, idleSince, state } = session ?? {};
  if (standing.length === 0 || idleTimeoutSeconds === undefined) return [];
  const timeout = `its own idle timeout of ${inWords(idleTimeoutSeconds / 60)} ends it all the same`;
  if (state !== 'IDLE' || !idleSince) return [['Note', timeout]];
  const endsAt = new Date(idleSince.getTime() + idleTimeoutSeconds * 1_000);
  return [['Note', `${timeout}, at ${at(endsAt)}, unless it is used before`]];
}
