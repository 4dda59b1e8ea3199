/** The workgroups of a region that a sweep is for. */
import type { SessionService } from '../athena/session-service.js';
import type { SweepSettings } from '../contract/settings.js';
import type { Workgroup } from '../policy/session.js';
import { isReached, isSelected } from '../policy/workgroup-selection.js';

export interface FoundWorkgroups {
  readonly selected: readonly Workgroup[];
  /** All that there are, whatever their engine. */
  readonly names: readonly string[];
  /** Whether the globs reach any of them. */
  readonly reached: boolean;
  /** Why they were not listed to the last page, where they were not. */
  readonly error?: unknown;
}

/** Lists every page; what was found before an error is swept all the same. */
export async function findWorkgroups(
  service: SessionService,
  settings: SweepSettings,
  stop: AbortSignal,
): Promise<FoundWorkgroups> {
  // By name, for a page that comes twice must not have its workgroups swept twice.
  const found = new Map<string, Workgroup>();
  const failure = await listInto(found, service, stop);
  const all = [...found.values()];
  const names = all.map(({ name }) => name);
  const error = failure ?? (all.length === 0 ? new NoWorkgroupError() : undefined);
  return {
    selected: all.filter((workgroup) => isSelected(workgroup, settings)),
    names,
    reached: names.some((name) => isReached(name, settings)),
    ...(error !== undefined && { error }),
  };
}

async function listInto(
  found: Map<string, Workgroup>,
  service: SessionService,
  stop: AbortSignal,
): Promise<unknown> {
  try {
    for await (const page of service.listWorkgroups(stop)) {
      for (const workgroup of page) found.set(workgroup.name, workgroup);
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

class NoWorkgroupError extends Error {
  override readonly name = 'NoWorkgroupError';
  constructor() {
    super('ListWorkGroups: the answer has no workgroup at all, but every account has at least "primary"');
  }
}
