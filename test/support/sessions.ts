import type { ReaperSettings, SweepSettings } from '../../lambda/contract/settings.js';
import type { Session } from '../../lambda/policy/session.js';
import { parseSettings } from '../../lambda/settings/read-settings.js';

/** The instant at which the pure tests stand. */
export const NOW = new Date('2026-03-02T10:00:00Z');

export function minutesAgo(minutes: number, now: Date = NOW): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

/** A session as a listing shows it, started ten hours ago. */
export function session(members: Partial<Session> = {}): Session {
  return {
    sessionId: 'f2b4c6d8-0000-4000-8000-000000000001',
    workGroup: 'analytics',
    region: 'eu-west-1',
    state: 'IDLE',
    startedAt: minutesAgo(600),
    lastModifiedAt: minutesAgo(0),
    ...members,
  };
}

export function idleSession({ minutes, ...members }: { minutes: number } & Partial<Session>): Session {
  return session({ idleSince: minutesAgo(minutes), lastModifiedAt: minutesAgo(minutes), ...members });
}

export function settings(changes: Partial<ReaperSettings> = {}): ReaperSettings {
  return parseSettings(changes);
}

export function sweepSettings(changes: Partial<SweepSettings> = {}): SweepSettings {
  const { onlyWorkgroups = ['*'], ...rest } = changes;
  return { ...settings(rest), onlyWorkgroups };
}
