/** Tokens of the CDK in a configuration: values that are known only at the deployment. */
import { Token } from 'aws-cdk-lib';
import type { Mistake } from '../lambda/contract/mistakes.js';
import { isObject } from '../lambda/contract/values.js';
import { ConfigError, type ReaperConfig, type ReaperConfigInput, readReaperConfig } from './config/config.js';
import { CONTEXT_KEY } from './config/context/overrides.js';

/**
 * Reads a configuration in which the entries of `regions`, `notify.topicArn`, `kmsKeyArn` and `permissionsBoundary`
 * may be tokens. While it is checked, values of the right form stand in for them.
 * @throws ConfigError that lists every mistake at once, tokens in other places too.
 */
export function readConfigWithTokens(written: ReaperConfigInput | undefined): ReaperConfig {
  const tokens = tokensIn(written);
  const standIns = new Map(tokens.flatMap(standInFor));
  const refused = tokens
    .filter(({ value }) => !standIns.has(value))
    .map(({ path }) => [CONTEXT_KEY, ...path]);
  const { config, mistakes } = read(replaced(written, standIns));
  if (config && refused.length === 0) return withTokens(config, standIns);
  const others = mistakes.filter(({ path }) => !refused.some((place) => begins(path, place)));
  throw new ConfigError([
    ...refused.map((path) => tokenInsteadOf(path, allowedAt(path, mistakes))),
    ...others.map((mistake) => ({ ...mistake, found: namingTokens(mistake.found, standIns) })),
  ]);
}

/** The mistake of a token where only a value will do. */
export function tokenInsteadOf(path: readonly PropertyKey[], allowed: string): Mistake {
  const found = 'a token, whose value is known only at the deployment';
  return { path, found, allowed: `${allowed}, written out` };
}

interface TokenAt {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

function tokensIn(value: unknown, path: readonly PropertyKey[] = []): readonly TokenAt[] {
  if (Token.isUnresolved(value)) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => tokensIn(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => tokensIn(inner, [...path, key]));
}

/** For the places that take tokens; their values go into the template and nothing is computed from them. */
function standInFor({ path, value }: TokenAt, index: number): readonly (readonly [unknown, string])[] {
  if (typeof value !== 'string') return [];
  const name = `token-${'a'.repeat(index + 1)}`;
  const region = `zz-${name}-1`;
  const account = '000000000000';
  switch (path.map((key) => (typeof key === 'number' ? '[]' : String(key))).join('.')) {
    case 'regions.[]':
      return [[value, region]];
    case 'notify.topicArn':
      return [[value, `arn:aws:sns:${region}:${account}:${name}`]];
    case 'kmsKeyArn':
      return [[value, `arn:aws:kms:${region}:${account}:key/${name}`]];
    case 'permissionsBoundary':
      return [[value, `arn:aws:iam::${account}:policy/${name}`]];
    default:
      return [];
  }
}

function replaced(value: unknown, replacements: ReadonlyMap<unknown, string>): unknown {
  const replacement = replacements.get(value);
  if (replacement !== undefined) return replacement;
  if (Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, replacements));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaced(inner, replacements)]),
  );
}

function read(written: unknown): {
  readonly config?: ReaperConfig;
  readonly mistakes: readonly Mistake[];
} {
  try {
    return { config: readReaperConfig(written), mistakes: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { mistakes: error.mistakes };
  }
}

function withTokens(config: ReaperConfig, standIns: ReadonlyMap<unknown, string>): ReaperConfig {
  const tokens = new Map([...standIns].map(([token, standIn]) => [standIn, String(token)]));
  const original = (text: string) => tokens.get(text) ?? text;
  const orNull = (text: string | null) => (text === null ? null : original(text));
  return {
    ...config,
    regions: config.regions.map(original),
    notify: { ...config.notify, topicArn: orNull(config.notify.topicArn) },
    kmsKeyArn: orNull(config.kmsKeyArn),
    permissionsBoundary: orNull(config.permissionsBoundary),
  };
}

function begins(path: readonly PropertyKey[], beginning: readonly PropertyKey[]): boolean {
  return beginning.every((key, index) => path[index] === key);
}

/** What the schema allows there, which a token seldom is. */
function allowedAt(place: readonly PropertyKey[], mistakes: readonly Mistake[]): string {
  return mistakes.find(({ path }) => begins(path, place))?.allowed ?? 'a value';
}

function namingTokens(found: string, standIns: ReadonlyMap<unknown, string>): string {
  return [...standIns.values()].reduce((text, standIn) => text.replaceAll(standIn, 'a token'), found);
}
