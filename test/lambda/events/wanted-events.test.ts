import { describe, expect, it } from 'vitest';
import { defaultBusIn } from '../../../lambda/events/event-bus.js';
import { wantedEvents } from '../../../lambda/events/wanted-events.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';

const ON = parseSettings({ notify: { sessionEvents: true } });
const logger = { error: () => undefined };

describe('events of sessions', () => {
  it('are made only where they are wanted, and where there is a bus', async () => {
    const bus = async () => defaultBusIn('eu-west-1');

    expect(await wantedEvents(ON, { bus, logger })).toBeDefined();
    expect(await wantedEvents(parseSettings({}), { bus, logger })).toBeUndefined();
    expect(await wantedEvents(ON, { logger })).toBeUndefined();
  });

  it('that cannot be made for want of a bus fail at once, before anything could be ended without them', async () => {
    const bus = () => Promise.reject(new Error('no such file'));

    await expect(wantedEvents(ON, { bus, logger })).rejects.toThrow('no such file');
  });
});
