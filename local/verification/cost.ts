/** What a verification costs. */
import { IDLE_TIMEOUT_MINUTES } from './experiment/experiment.js';

/** The coordinator, and an executor while a calculation runs. */
const MOST_DPUS = 2;
const USUAL_MINUTES = 4;
const WITHOUT_TIMEOUT_MINUTES = 25;

export interface Cost {
  /** US dollars, rounded up to the cent. */
  readonly usual: number;
  /** Where this process is killed, and the session has to end by its own idle timeout. */
  readonly most: number;
}

/** @param dpuHourPrice US dollars for one DPU-hour. */
export function costOf(dpuHourPrice: number, withDefaultTimeout: boolean): Cost {
  const further = withDefaultTimeout ? WITHOUT_TIMEOUT_MINUTES : 0;
  const dollars = (minutes: number) => Math.ceil((minutes / 60) * MOST_DPUS * dpuHourPrice * 100) / 100;
  return {
    usual: dollars(USUAL_MINUTES + further),
    most: dollars(USUAL_MINUTES + IDLE_TIMEOUT_MINUTES + further),
  };
}
