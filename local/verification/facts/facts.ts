/** The facts as they are reported: each question, its answer or why it is open, and what follows. */
import { plainText } from '../../../lambda/contract/plain-text.js';
import { WORLD_ANSWERS, type World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import { CATALOGUE } from './catalogue.js';
import { type Findings, findingsOf } from './findings.js';
import { furtherFacts } from './further-facts.js';

/** One line of the report. */
export interface Fact {
  /** Of an open question, the name of the switch of the embedded Athena. */
  readonly id: string;
  readonly question: string;
  /** Missing where it is open. */
  readonly answer?: string | number;
  /** What the answer rests on; for an open one, why it is open. */
  readonly seen: string;
  /** What the reaper relies on; missing where it does right whatever the answer is. */
  readonly reliance?: string;
  readonly verdict: FactVerdict;
  /** What to do; missing where the question is open. */
  readonly consequence?: string;
}

export type FactVerdict =
  /** The reaper relies on it, and it is so. */
  | 'confirmed'
  /** The reaper relies on it, and it is not so. */
  | 'refuted'
  /** Seen; the reaper does right either way. */
  | 'seen'
  | 'open';

/** Every open question first, in the order of the switches. */
export function factsOf(seen: Observations): readonly Fact[] {
  const findings = findingsOf(seen);
  return [...switches().map((id) => switchFact(id, findings)), ...furtherFacts(seen).map(furtherFact)];
}

function switches(): readonly (keyof World)[] {
  return Object.keys(WORLD_ANSWERS).filter((name): name is keyof World => name in CATALOGUE);
}

function switchFact<Id extends keyof World>(id: Id, findings: Findings): Fact {
  const { question, reliance, refutedBy, consequence } = CATALOGUE[id];
  const base = { id, question, ...(reliance !== undefined && { reliance }) };
  const finding = findings[id];
  if (finding.kind === 'open') return { ...base, seen: finding.why, verdict: 'open' };
  const { answer, seen } = finding;
  const verdict = verdictOf(refutedBy.includes(answer), reliance);
  return { ...base, answer, seen: plainText(seen), verdict, consequence: consequence(answer) };
}

function furtherFact(further: ReturnType<typeof furtherFacts>[number]): Fact {
  const { id, question, reliance, finding, refuted, consequence } = further;
  const base = { id, question, ...(reliance !== undefined && { reliance }) };
  if (finding.kind === 'open') return { ...base, seen: finding.why, verdict: 'open' };
  const { answer, seen } = finding;
  return { ...base, answer, seen: plainText(seen), verdict: verdictOf(refuted, reliance), consequence };
}

function verdictOf(isRefuted: boolean, reliance: string | undefined): FactVerdict {
  if (isRefuted) return 'refuted';
  return reliance === undefined ? 'seen' : 'confirmed';
}
