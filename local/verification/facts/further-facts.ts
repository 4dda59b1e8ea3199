/** What an experiment shows beside the open questions. */
import type { Observations } from '../experiment/observations.js';
import { answered, type Finding, fromSeen, open } from './finding.js';

export interface FurtherFact {
  readonly id: string;
  readonly question: string;
  readonly reliance: string | undefined;
  readonly finding: Finding<string>;
  readonly refuted: boolean;
  readonly consequence: string;
}

/** By how many seconds two clocks may differ before instants of one mean something else by the other. */
const CLOSE_SECONDS = 60;

export function furtherFacts(seen: Observations): readonly FurtherFact[] {
  return [listedByState(seen), endedAgain(seen), clockOffset(seen), rate(seen)];
}

function listedByState({ idle }: Observations): FurtherFact {
  const finding = fromSeen(idle, (readings) => {
    const listed = readings.filter(({ filtered }) => filtered !== undefined).length;
    const places = `${listed} of ${readings.length} listings by the state IDLE had the idle session`;
    if (listed === readings.length) return answered('listed', places);
    const stayedIdle = readings.every(
      ({ before, after }) => before.state === 'IDLE' && after.state === 'IDLE',
    );
    return stayedIdle ? answered('not listed', places) : open(`${places}, which was not IDLE throughout`);
  });
  const refuted = isAnswer(finding, 'not listed');
  return {
    id: 'listedByState',
    question: 'Does ListSessions by a state have a session in that state?',
    reliance: 'A sweep sees only what is listed by its state.',
    finding,
    refuted,
    consequence: refuted ? 'Do not deploy: forgotten sessions would not be seen.' : 'Nothing to do.',
  };
}

function endedAgain({ endedAgain: again, afterEnd }: Observations): FurtherFact {
  const later = afterEnd.kind === 'seen' ? `; GetSession said ${afterEnd.value ?? 'no state'} at last` : '';
  const finding =
    again.kind === 'failed' && again.failure.kind !== 'out-of-time'
      ? answered(again.failure.code, `${again.failure.message}${later}`)
      : fromSeen(again, (state) => answered(state ?? 'no state', `answered without an error${later}`));
  return {
    id: 'endedAgain',
    question: 'What does TerminateSession answer for a session that was ended already?',
    reliance: undefined,
    finding,
    refuted: false,
    consequence: 'Nothing to do: a second call does no harm.',
  };
}

function clockOffset({ clockOffset: range }: Observations): FurtherFact {
  const finding = fromSeen(range, ({ least, most }) => {
    const nearest = Math.max(0, least, -most) / 1_000;
    const word = nearest > CLOSE_SECONDS ? 'differs' : 'agrees';
    const range = `between ${sideOf(least)} and ${sideOf(most)} this machine's`;
    return answered(word, `Athena's clock is ${range}`);
  });
  const differs = isAnswer(finding, 'differs');
  return {
    id: 'clockOffset',
    question: "Does Athena's clock agree with this machine's?",
    reliance: undefined,
    finding,
    refuted: false,
    consequence: differs
      ? "Set this machine's clock: more than a minute is between them."
      : "Nothing to do: a sweep goes by Athena's clock.",
  };
}

/** `0.4 s behind`, `1.2 s ahead of` */
function sideOf(offsetMs: number): string {
  const seconds = (Math.abs(offsetMs) / 1_000).toFixed(1);
  return `${seconds} s ${offsetMs < 0 ? 'behind' : 'ahead of'}`;
}

function rate({ rate: probe }: Observations): FurtherFact {
  return {
    id: 'rate',
    question: 'How many ListSessions calls does Athena take before it throttles?',
    reliance: undefined,
    finding: fromSeen(probe, ({ calls, seconds, throttled }) =>
      answered(
        throttled ? `${calls} calls` : `more than ${calls} calls`,
        `${calls} calls in ${seconds.toFixed(1)} s, ${throttled ? 'then "Rate exceeded"' : 'none throttled'}`,
      ),
    ),
    refuted: false,
    consequence: 'Nothing to do: a sweep slows down where Athena throttles.',
  };
}

function isAnswer(finding: Finding<string>, answer: string): boolean {
  return finding.kind === 'answered' && finding.answer === answer;
}
