/** The settings as `check` prints them. */

import { isObject } from '../../../lambda/contract/values.js';
import { overridesIn, withOverrides } from '../../../lib/config/context/overrides.js';
import { GAP, plainTable, widthOfAll, wrapped } from '../tables/plain-table.js';
import type { Colours } from '../terminal/terminal.js';
import { ruleInWords } from '../text/limits-in-words.js';
import type { EffectiveSettings } from './settings-options.js';

export interface SettingsStyle {
  /** Characters to a line. */
  readonly columns: number;
  readonly colours: Colours;
}

/** Every setting with its value, and whether the file, an option or the default gives it. */
export function settingsTable(effective: EffectiveSettings, { columns, colours }: SettingsStyle): string {
  const { config, context, setByOption } = effective;
  const written = withOverrides(context.reaper, overridesIn(context));
  const rows = leaves(config).flatMap(({ path, value }) => {
    const name = path.join('.');
    const from = setByOption.get(name) ?? (isWritten(written, path) ? 'file' : 'default');
    if (name !== 'rules' || config.rules.length === 0) return [{ name, text: shown(value), from }];
    return config.rules.map((rule, index) => ({ name: `rules[${index}]`, text: ruleInWords(rule), from }));
  });
  const widthOf = (key: 'name' | 'from') => Math.max(...rows.map((row) => row[key].length));
  const outer = [widthOf('name'), widthOf('from')] as const;
  const valueWidth = Math.max(columns - widthOfAll(outer) - GAP, NARROWEST_VALUE);
  return plainTable(
    [outer[0], outer[1], valueWidth],
    rows.map(({ name, text, from }) => {
      const paint = from === 'default' ? colours.dim : colours.bold;
      return [{ content: name }, { content: paint(from) }, wrapped(text, valueWidth)];
    }),
  );
}

const NARROWEST_VALUE = 20;

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What is no object, or an empty one. */
function leaves(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) return [{ path, value }];
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function shown(value: unknown): string {
  if (value === null || (isObject(value) && Object.keys(value).length === 0)) return 'none';
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}

function isWritten(written: unknown, path: readonly string[]): boolean {
  const end = path.reduce<unknown>(
    (inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined),
    written,
  );
  return end !== undefined;
}
