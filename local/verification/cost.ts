/** What a verification costs. */
import { idleTimeoutMinutes } from './experiment/experiment.js';
import { WORK_MINUTES } from './experiment/work-watch.js';

/** The coordinator, and an executor while a calculation or other work runs. */
const MOST_DPUS = 2;
const USUAL_MINUTES = 4;
const WITHOUT_TIMEOUT_MINUTES = 25;

export interface Cost {
  /** US dollars, rounded up to the cent. */
  readonly usual: number;
  /** Where this process is killed, and the first session has to end by its own idle timeout. */
  readonly most: number;
}

export interface Extent {
  readonly withDefaultTimeout: boolean;
  /** Whether a person runs work over Spark Connect. */
  readonly withWork: boolean;
}

/** @param dpuHourPrice US dollars for one DPU-hour. */
export function costOf(dpuHourPrice: number, { withDefaultTimeout, withWork }: Extent): Cost {
  const usual =
    USUAL_MINUTES + (withDefaultTimeout ? WITHOUT_TIMEOUT_MINUTES : 0) + (withWork ? WORK_MINUTES : 0);
  const dollars = (minutes: number) => Math.ceil((minutes / 60) * MOST_DPUS * dpuHourPrice * 100) / 100;
  return { usual: dollars(usual), most: dollars(usual + idleTimeoutMinutes(withWork)) };
}
