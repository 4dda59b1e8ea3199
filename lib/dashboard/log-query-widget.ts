import { type LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { SavedQuery } from './query-language.js';

export interface QueryView {
  /** The question that the query answers. */
  readonly title: string;
  readonly query: SavedQuery;
  readonly view: LogQueryVisualizationType;
  readonly width: number;
  /** @default 7 */
  readonly height?: number;
}

/** What a query finds in the log, over the time that is chosen for the dashboard. */
export function logQueryWidget(
  { logGroupName }: { readonly logGroupName: string },
  { query, height = 7, ...view }: QueryView,
): LogQueryWidget {
  return new LogQueryWidget({
    ...view,
    height,
    logGroupNames: [logGroupName],
    queryLines: [...query.lines],
  });
}
