import { EXAMPLE_VALUES, type Values, withValues } from './intrinsics.js';

/** A widget as CloudWatch's dashboard body has it. */
export interface DashboardWidget {
  readonly type: 'metric' | 'log' | 'text' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface DashboardBody {
  readonly widgets: readonly DashboardWidget[];
}

/**
 * The body of the dashboard in a synthesized template, as CloudWatch would get it.
 * @param values what to put where the template refers to other resources.
 * @throws TypeError where the template has no dashboard.
 */
export function dashboardBody(template: object, values: Values = EXAMPLE_VALUES): DashboardBody {
  const resources: unknown = Reflect.get(template, 'Resources');
  const dashboards = Object.values(
    typeof resources === 'object' && resources !== null ? resources : {},
  ).filter((resource: { Type?: unknown }) => resource.Type === 'AWS::CloudWatch::Dashboard');
  const [dashboard] = dashboards;
  const body = withValues(dashboard?.Properties?.DashboardBody, values);
  if (typeof body !== 'string') throw new TypeError('The template has no dashboard');
  return JSON.parse(body);
}
