/** All alarms of a template, evaluated over a range of time. */
import * as v from 'valibot';
import { type AlarmState, type AlarmStates, alarmSchema, evaluateAlarm } from './alarm.js';
import { type Expression, NotUnderstood, nameOf, parseExpression } from './expression.js';
import type { MetricStore, TimeRange } from './metric-store.js';

export interface AlarmHistory {
  readonly name: string;
  readonly description: string;
  readonly states: AlarmStates;
}

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: unknown }>>;

const compositeSchema = v.object({
  AlarmName: v.string(),
  AlarmDescription: v.optional(v.string(), ''),
  AlarmRule: v.string(),
});

/**
 * How every alarm of a template went, composite ones included, by what names it in the template: its ARN.
 * @param resources by logical id, with references resolved.
 */
export function alarmHistories(
  resources: Resources,
  store: MetricStore,
  range: TimeRange,
): ReadonlyMap<string, AlarmHistory> {
  const histories = new Map<string, AlarmHistory>();
  for (const [id, { Properties }] of ofType('AWS::CloudWatch::Alarm', resources)) {
    const alarm = v.parse(alarmSchema, Properties);
    const { AlarmName: name, AlarmDescription: description } = alarm;
    histories.set(`${id}.Arn`, { name, description, states: evaluateAlarm(alarm, store, range) });
  }
  // After all others, since they are made of them.
  for (const [id, { Properties }] of ofType('AWS::CloudWatch::CompositeAlarm', resources)) {
    const {
      AlarmName: name,
      AlarmDescription: description,
      AlarmRule,
    } = v.parse(compositeSchema, Properties);
    histories.set(`${id}.Arn`, { name, description, states: compositeStates(AlarmRule, histories) });
  }
  return histories;
}

/** The state of an alarm at a time. */
export function stateAt({ states }: AlarmHistory, at: number): AlarmState {
  return states.findLast(({ from }) => from <= at)?.state ?? 'INSUFFICIENT_DATA';
}

function ofType(type: string, resources: Resources) {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

function compositeStates(rule: string, histories: ReadonlyMap<string, AlarmHistory>): AlarmStates {
  const expression = parseExpression(rule);
  const changes = new Set([...histories.values()].flatMap(({ states }) => states.map(({ from }) => from)));
  const states: { from: number; state: AlarmState }[] = [];
  for (const from of [...changes].toSorted((a, b) => a - b)) {
    const state = holds(expression, histories, from) ? 'ALARM' : 'OK';
    if (state !== states.at(-1)?.state) states.push({ from, state });
  }
  return states;
}

function holds(rule: Expression, histories: ReadonlyMap<string, AlarmHistory>, at: number): boolean {
  const inner = (part: Expression) => holds(part, histories, at);
  if (rule.type === 'BinaryExpression' && rule.operator === 'OR')
    return inner(rule.left) || inner(rule.right);
  if (rule.type === 'BinaryExpression' && rule.operator === 'AND')
    return inner(rule.left) && inner(rule.right);
  if (rule.type === 'UnaryExpression' && rule.operator === 'NOT') return !inner(rule.argument);
  if (rule.type !== 'CallExpression') throw new NotUnderstood(`${rule.type} in an alarm rule`);
  const [alarm] = rule.arguments;
  const history = alarm?.type === 'Literal' ? histories.get(String(alarm.value)) : undefined;
  if (!history) throw new TypeError(`An alarm rule names an alarm that the template does not have`);
  return stateAt(history, at) === nameOf(rule.callee);
}
