import { expect, it } from 'vitest';
import { decideListed } from '../../../lambda/policy/decide.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import { WorkgroupListing } from '../../../lambda/sweep/workgroup-listing.js';
import { idleSession, NOW, session, settings } from '../../support/sessions.js';

it('a listing is quiet until the earliest moment at which any of its sessions, or a new one, can be due', () => {
  const all = settings();
  const context = { settings: all, now: NOW, lastModifiedMoves: false };
  const listing = new WorkgroupListing('analytics', NOW.getTime(), context);
  const quietFor = () => (listing.quietUntil - NOW.getTime()) / 60_000;
  expect(quietFor()).toBe(29);
  const shown = [
    idleSession({ minutes: 10 }),
    idleSession({ minutes: 4 }),
    session({ state: 'BUSY' }),
    idleSession({ minutes: 12 }),
  ];
  const quiet = shown.map((one) => {
    listing.judged(one, decideListed(one, limitsFor(one, all, NOW), NOW));
    return quietFor();
  });
  expect(quiet).toEqual([20, 20, 20, 18]);
  expect(listing.sessions).toBe(4);
  expect(listing.idleMinutes).toEqual([10, 4, 12]);
});
