import { Duration } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricName } from '../lambda/contract/telemetry.js';
import { reaperMetric } from './alarms/reaper-metric.js';

/** One method for each metric, so that none is forgotten. */
type MetricMethods = {
  readonly [Name in MetricName as `metric${Name}`]: (options?: MetricOptions) => Metric;
};

/**
 * The metrics of a reaper, for alarms and dashboards of one's own. Each has one value per sweep, but for `IdleAge`. In an
 * organization `SessionsTerminated` and `DpuHoursSaved` have one for each target that ended sessions.
 */
export abstract class ReaperMetrics extends Construct implements MetricMethods {
  /** The value of the metrics' only dimension, `service`. */
  abstract readonly deploymentName: string;

  /**
   * A metric by its name.
   * @default - the sum over 5 minutes
   */
  metric(name: MetricName, options: MetricOptions = {}): Metric {
    const view = { statistic: 'Sum', period: Duration.minutes(5), ...options };
    return reaperMetric(name, this.deploymentName, view).attachTo(this);
  }

  /**
   * 1 for a sweep that looked at everything that it should, else 0.
   * @default - the minimum over 5 minutes: 0 where any sweep was incomplete
   */
  metricSweepComplete(options?: MetricOptions): Metric {
    return this.metric('SweepComplete', { statistic: 'Minimum', ...options });
  }

  /**
   * Calls that Athena throttled, retries included.
   * @default - the sum over 5 minutes
   */
  metricThrottledCalls(options?: MetricOptions): Metric {
    return this.metric('ThrottledCalls', options);
  }

  /**
   * Workgroups and regions that could not be listed.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricPlacesNotListed(options?: MetricOptions): Metric {
    return this.metric('PlacesNotListed', { statistic: 'Maximum', ...options });
  }

  /**
   * Workgroups that wait for their turn at the next sweep, because Athena's rate allowed no more.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricWorkgroupsWaiting(options?: MetricOptions): Metric {
    return this.metric('WorkgroupsWaiting', { statistic: 'Maximum', ...options });
  }

  /**
   * Places that were not listed for another reason than their turn, and sessions that were deferred or failed.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricLeftOut(options?: MetricOptions): Metric {
    return this.metric('LeftOut', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions in the workgroups that are swept, as each was last listed.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsListed(options?: MetricOptions): Metric {
    return this.metric('SessionsListed', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions past a limit.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsDue(options?: MetricOptions): Metric {
    return this.metric('SessionsDue', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions that were ended.
   * @default - the sum over 5 minutes
   */
  metricSessionsTerminated(options?: MetricOptions): Metric {
    return this.metric('SessionsTerminated', options);
  }

  /**
   * Sessions that would have been ended, in report mode.
   * @default - the maximum of the sweeps in 5 minutes: each reports the same sessions again
   */
  metricSessionsWouldTerminate(options?: MetricOptions): Metric {
    return this.metric('SessionsWouldTerminate', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions that were due when listed and not any more, or exempt by a tag, when looked at again.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsSpared(options?: MetricOptions): Metric {
    return this.metric('SessionsSpared', { statistic: 'Maximum', ...options });
  }

  /**
   * Due sessions that a sweep left to the next.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsDeferred(options?: MetricOptions): Metric {
    return this.metric('SessionsDeferred', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions that could not be looked at or ended.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsFailed(options?: MetricOptions): Metric {
    return this.metric('SessionsFailed', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions kept because Athena shows no state or no time that could make them due.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionsUnknown(options?: MetricOptions): Metric {
    return this.metric('SessionsUnknown', { statistic: 'Maximum', ...options });
  }

  /**
   * Due sessions whose own tags cannot be read.
   * @default - the maximum of the sweeps in 5 minutes
   */
  metricSessionTagsUnreadable(options?: MetricOptions): Metric {
    return this.metric('SessionTagsUnreadable', { statistic: 'Maximum', ...options });
  }

  /**
   * Sessions that a tag exempts and that are past their limit by more than a week.
   * @default - the most of five minutes
   */
  metricSessionsLongExempt(options?: MetricOptions): Metric {
    return this.metric('SessionsLongExempt', { statistic: 'Maximum', ...options });
  }

  /**
   * DPU-hours that ended sessions would have billed: an estimate, and a lower bound.
   * @default - the sum over 5 minutes
   */
  metricDpuHoursSaved(options?: MetricOptions): Metric {
    return this.metric('DpuHoursSaved', options);
  }

  /**
   * How long idle sessions have been idle, in seconds: a sample of each sweep.
   * @default - the maximum over 5 minutes
   */
  metricIdleAge(options?: MetricOptions): Metric {
    return this.metric('IdleAge', { statistic: 'Maximum', ...options });
  }

  /**
   * In terminate mode, how long the session longest past its limit has been past it, in seconds; 0 where there is none.
   * @default - the maximum over 5 minutes
   */
  metricOldestOverdue(options?: MetricOptions): Metric {
    return this.metric('OldestOverdue', { statistic: 'Maximum', ...options });
  }

  /**
   * With `notify.sessionEvents`, events of sessions that could not be put on the bus.
   * @default - the sum over 5 minutes
   */
  metricSessionEventsFailed(options?: MetricOptions): Metric {
    return this.metric('SessionEventsFailed', options);
  }
}
