/** The events of the sessions of one sweep: held while it runs, put on the bus when its report is out. */
import type { SessionRecord, SweepReport } from '../contract/report.js';
import { DETAIL_TYPES, type DetailType, EVENT_SOURCE, type SessionEvent } from '../contract/session-event.js';
import type { ReaperSettings } from '../contract/settings.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import type { LineWriter } from '../reporting/emission.js';
import { type Exemptions, exemptionCommand, sessionArn } from '../reporting/exemption-command.js';
import { isNews } from '../reporting/news.js';
import type { SweepObserver } from '../reporting/observer.js';
import { textOptions } from '../reporting/texts.js';
import type { BusEntry, EventBus } from './event-bus.js';
import { putAll } from './put-all.js';

/** Which outcomes have an event; of those the ones that are news. */
const TYPES: Readonly<Partial<Record<SessionRecord['outcome'], DetailType>>> = {
  terminated: DETAIL_TYPES.ended,
  accepted: DETAIL_TYPES.ended,
  warned: DETAIL_TYPES.dueSoon,
};

/** As many as a sweep may end, so that memory stays bounded; more are counted as not put. */
const MOST_HELD = 10_000;

/** What the events of a sweep need beside its sessions. */
export interface EventContext {
  readonly settings: Pick<ReaperSettings, 'tags' | 'notify' | 'sweepIntervalMinutes'>;
  readonly bus: EventBus;
  readonly logger: Pick<LineWriter, 'error'>;
}

/** Whose the sessions are: what their ARNs are made of. */
type Account = Required<Pick<Exemptions, 'partition' | 'accountId'>>;

export class SessionEvents {
  readonly #held: SessionRecord[] = [];
  #notHeld = 0;

  constructor(private readonly context: EventContext) {}

  readonly observer: SweepObserver = {
    session: (record) => {
      if (TYPES[record.outcome] === undefined) return;
      if (this.#held.length < MOST_HELD) this.#held.push(record);
      else this.#notHeld += 1;
    },
  };

  /**
   * Never rejects, so that a bus that takes nothing is not the end of a sweep.
   * @param signal aborts when not even an answer can be waited for.
   * @returns how many could not be put, which the log says, too.
   */
  async put(report: SweepMade, account: Account, signal: AbortSignal): Promise<number> {
    const { settings, bus, logger } = this.context;
    const { sweepIntervalMinutes } = settings;
    const entries = this.#held
      .filter((record) => isNews(record, { ...report, sweepIntervalMinutes }))
      .flatMap((record) => entryOf(record, report, settings, account));
    const { count, error } = await putAll(entries, bus, signal);
    const failed = count + this.#notHeld;
    if (failed > 0) logger.error(LOG_MESSAGES.sessionEventsFailed, { failed, error: error ?? 'too many' });
    return failed;
  }
}

/** Of the sweep's report, what its events hold. */
type SweepMade = Pick<SweepReport, 'startedAt' | 'mode'>;

function entryOf(
  record: SessionRecord,
  { startedAt, mode }: SweepMade,
  settings: EventContext['settings'],
  account: Account,
): readonly BusEntry[] {
  const type = TYPES[record.outcome];
  if (type === undefined || record.again) return [];
  const { exemptions, guide } = textOptions(settings, account);
  const arn = sessionArn(record, account);
  const command = exemptions && exemptionCommand(record, exemptions, new Date(startedAt));
  const detail: SessionEvent = {
    schemaVersion: 1,
    mode,
    accountId: account.accountId,
    sweepStartedAt: startedAt,
    ...record,
    ...(command !== undefined && { exemptionCommand: command }),
    guide,
  };
  return [
    {
      Source: EVENT_SOURCE,
      DetailType: type,
      Detail: JSON.stringify(detail),
      Resources: arn === undefined ? [] : [arn],
    },
  ];
}
