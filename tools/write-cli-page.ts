/** `npm run docs:cli`: writes what is generated below `docs/`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cliPage } from './cli-page.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
await writeFile(path.join(import.meta.dirname, '..', 'docs', 'cli.md'), await cliPage());
