import { expect, it } from 'vitest';
import { alsoSaying } from '../../../lambda/organization/also-saying.js';

it.each(['debug', 'info', 'warn', 'error'] as const)(
  'a line at level %s says what it is about, unless it says something else itself',
  (level) => {
    const lines: unknown[] = [];
    const to = (name: string) => (message: string, fields: object) =>
      void lines.push([name, message, fields]);
    const logger = { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') };
    alsoSaying({ account: '111122223333', region: 'eu-west-1' }, logger)[level]('swept', { region: 'own' });
    expect(lines).toEqual([[level, 'swept', { account: '111122223333', region: 'own' }]]);
  },
);
