import { beforeAll, describe, expect, test } from 'vitest';
import { DIMENSION, METRICS, NAMESPACE } from '../../lambda/contract/telemetry.js';
import { savedQueries } from '../../lib/dashboard/queries.js';
import { type DashboardWidget, dashboardBody } from '../../local/template/dashboard-body.js';
import { populatedAccount } from '../support/account.js';
import { CONFIGURATIONS } from '../support/configurations.js';
import { fieldsOf } from '../support/logs-insights.js';
import { type RealSweep, realSweep } from '../support/real-sweep.js';
import { synthesized } from '../support/synthesis.js';

/** What one EMF line says of one metric. */
interface Emitted {
  readonly unit: string;
  readonly dimensions: string;
}

/** Every metric in the EMF of a sweep. */
function emittedBy({ lines }: RealSweep): ReadonlyMap<string, Emitted> {
  const directives = lines.flatMap((line) => {
    const { _aws: aws }: { _aws?: EmfMetadata } = line;
    return (aws?.CloudWatchMetrics ?? []).map((directive) => ({ line, ...directive }));
  });
  return new Map(
    directives.flatMap(({ line, Namespace, Dimensions, Metrics }) => {
      const dimensions = JSON.stringify(Dimensions.map((set) => set.map((name) => [name, line[name]])));
      return Metrics.map(({ Name, Unit }) => [`${Namespace}/${Name}`, { unit: Unit, dimensions }] as const);
    }),
  );
}

interface EmfMetadata {
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
  }[];
}

/** Names of the reaper's own metrics on the dashboard, with the dimensions they are drawn by. */
function drawnOn(widgets: readonly DashboardWidget[]) {
  return widgets
    .flatMap(({ properties }) => (Array.isArray(properties.metrics) ? properties.metrics : []))
    .filter(([namespace]) => namespace === NAMESPACE)
    .map(([, name, ...rest]: readonly unknown[]) => ({
      name: String(name),
      dimensions: JSON.stringify([[rest.filter((part) => typeof part === 'string')]]),
    }));
}

function alarmedMetrics(template: object) {
  const { Resources = {} }: { Resources?: Record<string, { Type: string; Properties: AlarmProperties }> } =
    template;
  return Object.values(Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties.Namespace === NAMESPACE)
    .map(({ Properties: { MetricName, Unit, Dimensions } }) => ({
      name: MetricName,
      unit: Unit,
      dimensions: JSON.stringify([Dimensions.map(({ Name, Value }) => [Name, Value])]),
    }));
}

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Unit: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

describe.each(['the default', 'report mode'] as const)('with %s', (name) => {
  const config = CONFIGURATIONS[name];
  let template: object;
  let sweep: RealSweep;
  let emitted: ReadonlyMap<string, Emitted>;
  beforeAll(async () => {
    template = synthesized(config).toJSON();
    sweep = await realSweep(template, populatedAccount);
    emitted = emittedBy(sweep);
  });

  test('a sweep emits its metrics under the only dimension, in the units of the catalogue', () => {
    const units = new Map<string, string>(Object.entries(METRICS));

    expect(emitted.size).toBeGreaterThan(8);
    for (const [key, { unit, dimensions }] of emitted) {
      expect(unit).toBe(units.get(key.replace(`${NAMESPACE}/`, '')));
      expect(dimensions).toBe(JSON.stringify([[[DIMENSION, 'AthenaSessionReaper']]]));
    }
  });

  test('each metric on the dashboard is one that the sweep emitted', () => {
    const drawn = drawnOn(dashboardBody(template).widgets);

    expect(drawn.length).toBeGreaterThan(4);
    for (const { name, dimensions } of drawn) {
      expect(emitted.get(`${NAMESPACE}/${name}`)?.dimensions, name).toBe(dimensions);
    }
  });

  test('each metric in an alarm is one that the sweep emitted, in its unit', () => {
    const alarmed = alarmedMetrics(template);

    expect(alarmed.length).toBeGreaterThan(2);
    for (const { name, unit, dimensions } of alarmed) {
      expect(emitted.get(`${NAMESPACE}/${name}`), name).toEqual({ unit, dimensions });
    }
  });

  test('each field in a Logs Insights query is one that a real log line has', () => {
    const queries = logQueries(template);

    expect(queries.length).toBeGreaterThan(savedQueries({ mode: 'terminate', dpuHourPrice: 0.35 }).length);
    for (const query of queries) {
      for (const field of fieldsOf(query)) {
        expect(
          sweep.lines.some((line) => hasField(line, field)),
          `${field} in ${query}`,
        ).toBe(true);
      }
    }
  });
});

/** The saved queries and those on the dashboard. */
function logQueries(template: object): readonly string[] {
  const {
    Resources = {},
  }: { Resources?: Record<string, { Type: string; Properties: { QueryString: string } }> } = template;
  const saved = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Logs::QueryDefinition')
    .map(({ Properties }) => Properties.QueryString);
  const shown = dashboardBody(template).widgets.flatMap(({ type, properties }) =>
    type === 'log' ? [String(properties.query)] : [],
  );
  return [...saved, ...shown];
}

/** As CloudWatch Logs finds it: `counts.due` is the member `due` of `counts`. */
function hasField(line: Readonly<Record<string, unknown>>, field: string): boolean {
  const value = field
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      line,
    );
  return value !== undefined;
}
