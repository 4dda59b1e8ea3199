import { HOUR_MS, MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { EmbeddedAthena, ScriptedFault } from '../../athena/index.js';
import type { Mishap } from '../people/profiles.js';
import { DeployedFunction, type Invocation, USUAL_CALL_MS } from './deployed-function.js';
import type { Deployment } from './deployment.js';

/** A sweep that was due: it ran, or Lambda refused to start it. Times are epoch milliseconds. */
export type Sweep =
  | ({ readonly kind: 'ran' } & Invocation)
  | { readonly kind: 'refused'; readonly at: number };

/** The deployed function, started when its schedule says, with whatever goes wrong meanwhile. */
export class ScheduledReaper {
  readonly sweeps: Sweep[] = [];
  nextAt: number;
  readonly #intervalMs: number;
  readonly #inForce = new Map<Mishap, ScriptedFault>();

  readonly #sweep: DeployedFunction;
  readonly #midnight: number;

  /** Made at midnight of the simulated day. */
  constructor(
    private readonly athena: EmbeddedAthena,
    deployment: Deployment,
    private readonly mishaps: readonly Mishap[],
  ) {
    this.#sweep = new DeployedFunction(deployment, athena);
    this.#midnight = athena.clock.now();
    this.nextAt = this.#midnight;
    this.#intervalMs = deployment.settings.sweepIntervalMinutes * MINUTE_MS;
  }

  /** Does what the schedule has for now. */
  async act(): Promise<void> {
    const at = this.athena.clock.now();
    this.nextAt = at + this.#intervalMs;
    const happening = this.mishaps.filter((mishap) => this.#isHappening(mishap, at));
    this.#script(happening);
    if (happening.some(({ kind }) => kind === 'stopped')) {
      this.sweeps.push({ kind: 'refused', at });
      return;
    }
    this.#sweep.callMs = happening.find((mishap) => mishap.kind === 'slow')?.callMs ?? USUAL_CALL_MS;
    this.sweeps.push({ kind: 'ran', ...(await this.#sweep.run()) });
  }

  #isHappening({ fromHour, toHour }: Mishap, at: number): boolean {
    const hours = (at - this.#midnight) / HOUR_MS;
    return hours >= fromHour && hours < toHour;
  }

  #script(happening: readonly Mishap[]): void {
    for (const [mishap, fault] of this.#inForce) {
      if (happening.includes(mishap)) continue;
      fault.stop();
      this.#inForce.delete(mishap);
    }
    for (const mishap of happening) {
      if (mishap.kind !== 'fault' || this.#inForce.has(mishap)) continue;
      this.#inForce.set(mishap, this.athena.script(mishap.fault));
    }
  }
}
