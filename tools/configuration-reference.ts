import type * as v from 'valibot';
import { reaperConfigSchema } from '../lib/config/keys/schema.js';
import { type Key, keysIn } from './configuration-keys.js';
import { limitsTable } from './limits-table.js';

/** `docs/configuration.md`: every key of the schema, and the limits of each state. */
export function configurationReference(): string {
  return [INTRODUCTION, ...section(reaperConfigSchema, ''), limitsTable(), EXAMPLE].join('\n');
}

const INTRODUCTION = `# Configuration

<!-- Generated from the schema, and from the table of limits, by \`npm run docs:configuration\`. -->

Everything stands under the context key \`reaper\` in \`cdk.json\`, and every key may be left out. A single value is
overridden on the command line, with lists and objects as JSON:

\`\`\`sh
npx cdk deploy -c reaper.idleMinutes=45 -c reaper.mode=report -c reaper.regions='["eu-west-1","us-east-1"]'
\`\`\`

A value on the command line is text where the key means text, and JSON everywhere else.

What cannot be used is refused before anything is deployed: all mistakes at once, each with its path, what was found
and what is allowed. So is a context key that is meant for the reaper and that nothing reads, such as \`reaper:mode\`.

Globs know \`*\` (any text) and \`?\` (one character); case matters.
`;

const EXAMPLE = `## Example

\`\`\`json
{
  "context": {
    "reaper": {
      "idleMinutes": 45,
      "regions": ["eu-west-1", "us-east-1"],
      "workgroups": { "exclude": ["core-*"] },
      "rules": [
        { "match": { "workgroup": "prod-*" }, "exempt": true },
        { "match": { "tag": "Team=research" }, "idleMinutes": 240 },
        { "match": { "client": "dbt-athena" }, "idleMinutes": 90 },
        {
          "match": { "hours": { "from": "20:00", "to": "06:00", "timezone": "Europe/Berlin" } },
          "idleMinutes": 15
        }
      ],
      "stuck": { "degradedMinutes": 15 },
      "warnMinutes": 10,
      "notify": { "emails": ["data-platform@example.com"] }
    }
  }
}
\`\`\`
`;

/** A table of the keys that hold values, then a section for each that holds keys. */
function section(object: v.GenericSchema, path: string): readonly string[] {
  const keys = keysIn(object, path);
  return [
    '| Key | Allowed | Default | Meaning |',
    '| --- | --- | --- | --- |',
    ...keys.filter(({ below }) => below === undefined).map(row),
    '',
    ...keys.flatMap(({ text, path: own, below }) => {
      if (below === undefined) return [];
      const isList = below.path.endsWith('[]');
      return [
        `## \`${own}\``,
        '',
        `${text}${isList ? ' A list; each entry has these keys.' : ''}`,
        '',
        ...section(below.schema, below.path),
      ];
    }),
  ];
}

function row({ path, schema, allowed = '', byDefault, text }: Key): string {
  const otherwise = byDefault === undefined ? withoutDefault(schema) : `\`${byDefault}\``;
  return `| \`${path}\` | ${allowed.replaceAll('|', '\\|')} | ${otherwise} | ${text} |`;
}

function withoutDefault({ type }: v.GenericSchema): string {
  return type === 'exact_optional' ? 'not set' : 'none: must be given';
}
