/** `npm run docs:configuration`: writes the page of the configuration and its public types. */
import { writeFileSync } from 'node:fs';
import { configurationReference } from './configuration-reference.js';
import { configurationTypes } from './configuration-types.js';

const root = new URL('..', import.meta.url);

writeFileSync(new URL('docs/configuration.md', root), configurationReference());
writeFileSync(new URL('lib/config/keys/reaper-config.ts', root), configurationTypes());
