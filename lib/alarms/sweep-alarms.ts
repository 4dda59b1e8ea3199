/** Alarms on what sweeps report: that there are any, that they are complete, and that sessions go away. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { INTERVALS_OVERDUE } from '../../lambda/contract/outcomes.js';
import type { ReaperConfig } from '../config/config.js';
import { atMostADay, type SweepTiming } from '../schedule/sweep-timing.js';
import type { AlarmSpecification } from './alarm-specification.js';
import { badSweeps } from './bad-sweeps.js';
import { notCatchingUp } from './catching-up.js';
import { EXTRA_PERIODS, evaluationDelayMinutes } from './cloudwatch-delay.js';
import { reaperMetric } from './reaper-metric.js';
import { timeInWords } from './time-in-words.js';

export interface SweepAlarmsProps {
  readonly config: Pick<ReaperConfig, 'mode' | 'maxTerminationsPerSweep' | 'stuck'>;
  /** The value of the metrics' only dimension. */
  readonly deployment: string;
  readonly timing: SweepTiming;
}

export function sweepAlarms(props: SweepAlarmsProps): readonly AlarmSpecification[] {
  // In report mode sessions stay overdue, and beyond the cap, by design.
  const aboutEnding = props.config.mode === 'terminate' ? alarmsAboutEnding(props) : [];
  return [noSweepCompleted(props), ...alarmsAboutSweeping(props), notCatchingUp(props), ...aboutEnding];
}

function noSweepCompleted({ deployment, timing: { interval, watch } }: SweepAlarmsProps): AlarmSpecification {
  const period = periodOfWatch(interval, watch);
  const evaluationPeriods = Math.min(
    Math.ceil(watch.toSeconds() / period.toSeconds()),
    Math.floor(longestLookBack(period).toSeconds() / period.toSeconds()),
  );
  // The period in which the last sweep was is not over yet.
  const silence = (evaluationPeriods + EXTRA_PERIODS + 1) * period.toMinutes();
  const said = silence + evaluationDelayMinutes(evaluationPeriods * period.toMinutes());
  return {
    section: 'no-sweep-completed',
    meaning:
      `No sweep has completed for ${timeInWords(watch.toMinutes())}, so nothing is being ended. ` +
      `CloudWatch says so within ${timeInWords(said)} of the last sweep.`,
    metric: reaperMetric('SweepComplete', deployment, { statistic: 'SampleCount', period }),
    threshold: 1,
    evaluationPeriods,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  };
}

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
const WEEK = Duration.days(7);

function periodOfWatch(interval: Duration, watch: Duration): Duration {
  const byHours = watch.toSeconds() > DAY.toSeconds() && interval.toSeconds() < HOUR.toSeconds();
  return byHours ? HOUR : atMostADay(interval);
}

/** By CloudWatch's rules the periods of an alarm last this long together, at most. */
function longestLookBack(period: Duration): Duration {
  return period.toSeconds() < HOUR.toSeconds() ? DAY : WEEK;
}

function alarmsAboutSweeping({ deployment, timing }: SweepAlarmsProps): readonly AlarmSpecification[] {
  const { view, meaning, evaluation } = badSweeps(timing);
  return [
    {
      section: 'sweep-incomplete',
      meaning: meaning('left out regions, workgroups or sessions'),
      // Not `SweepComplete`: workgroups that only wait for their turn have an alarm of their own.
      metric: reaperMetric('LeftOut', deployment, view('Minimum')),
      threshold: 1,
      ...evaluation,
    },
    {
      section: 'sessions-failing',
      meaning: meaning('could not look at sessions, or could not end them'),
      metric: reaperMetric('SessionsFailed', deployment, view('Minimum')),
      threshold: 1,
      ...evaluation,
    },
    {
      section: 'sessions-unknown',
      meaning: meaning('kept sessions only because Athena does not show how long they have been as they are'),
      metric: reaperMetric('SessionsUnknown', deployment, view('Minimum')),
      threshold: 1,
      ...evaluation,
    },
    {
      section: 'session-tags-unreadable',
      meaning: meaning('looked at due sessions whose own tags Athena says cannot be read'),
      metric: reaperMetric('SessionTagsUnreadable', deployment, view('Minimum')),
      threshold: 1,
      ...evaluation,
    },
  ];
}

function alarmsAboutEnding({ config, deployment, timing }: SweepAlarmsProps): readonly AlarmSpecification[] {
  const { view, meaning, evaluation } = badSweeps(timing);
  const cap = config.maxTerminationsPerSweep;
  return [
    {
      section: 'sessions-overdue',
      meaning: meaning(
        'saw a session that is past its limit for more than three intervals and does not go away',
      ),
      metric: reaperMetric('OldestOverdue', deployment, view('Minimum')),
      threshold: INTERVALS_OVERDUE * timing.interval.toSeconds(),
      ...evaluation,
    },
    {
      section: 'cap-reached',
      meaning: meaning(`left due sessions to the next: more than ${cap} were due, or time was short`),
      metric: reaperMetric('SessionsDeferred', deployment, view('Minimum')),
      threshold: 1,
      ...evaluation,
    },
  ];
}
