import type { JournalEntry } from '../../local/athena/index.js';
import { withValues } from '../../local/template/intrinsics.js';

/**
 * IAM's evaluation of identity policies, as far as the reaper's policies go: an explicit Deny wins, then an
 * Allow is needed. Whatever it does not know, it refuses to evaluate, so that no test rests on a guess.
 */

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Sid?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys, e.g. `aws:RequestedRegion`. */
  readonly context: Readonly<Record<string, string>>;
}

export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some(({ Effect }) => Effect === 'Allow') && !isDenied(statements, request);
}

export function isDenied(statements: readonly Statement[], request: Request): boolean {
  return statements.some((statement) => statement.Effect === 'Deny' && applies(statement, request));
}

/** Replays calls against policies; those that IAM would refuse, as text. */
export function refusals(calls: readonly JournalEntry[], statements: readonly Statement[]): string[] {
  return calls.flatMap((call) =>
    requestsOf(call)
      .filter((request) => !isAllowed(statements, request))
      .map(({ action, resource }) => `${action} on ${resource}`),
  );
}

const TAG_OPERATIONS: readonly string[] = ['ListTagsForResource', 'TagResource', 'UntagResource'];

/** What IAM is asked for a call. Where Athena's reference names a workgroup and a session, both must pass. */
export function requestsOf({
  operation,
  region,
  account,
  workGroup,
  sessionId,
  input,
}: JournalEntry): Request[] {
  const ask = (resource: string): Request => ({
    action: `athena:${operation}`,
    resource,
    context: { 'aws:RequestedRegion': region },
  });
  if (operation === 'ListWorkGroups' || operation === 'ListExecutors') return [ask('*')];
  if (TAG_OPERATIONS.includes(operation)) return [ask(String(input.ResourceARN))];
  const workgroupArn = `arn:aws:athena:${region}:${account}:workgroup/${workGroup}`;
  return sessionId === undefined
    ? [ask(workgroupArn)]
    : [ask(workgroupArn), ask(`${workgroupArn}/session/${sessionId}`)];
}

/**
 * Every statement of the policies that a role in a template has, with values for what it refers to: those that
 * stand in the role, and those of policies, inline or managed, that name it or are named by it.
 */
export function statementsOf(
  template: object,
  roleOf: (roleLogicalId: string) => boolean,
): readonly Statement[] {
  const { Resources = {} }: { Resources?: Readonly<Record<string, Resource>> } = template;
  const roles = Object.entries(Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && roleOf(id));
  const named = new Set(roles.flatMap(([, { Properties }]) => refsIn(Properties.ManagedPolicyArns)));
  const inRoles = roles.flatMap(([, { Properties }]) => Properties.Policies ?? []);
  const attached = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
    .filter(([id, { Properties }]) => named.has(id) || refsIn(Properties.Roles).some(roleOf))
    .map(([, { Properties }]) => Properties);
  return [...inRoles, ...attached].flatMap(({ PolicyDocument }) =>
    asStatements(PolicyDocument?.Statement ?? []),
  );
}

/** The logical ids in a list of references. */
function refsIn(list: readonly { readonly Ref?: string }[] = []): readonly string[] {
  return list.flatMap(({ Ref }) => Ref ?? []);
}

/** Statements as they stand in a template, with values for what they refer to. */
export function asStatements(written: readonly unknown[]): readonly Statement[] {
  return written.map((statement) => checked(withValues(statement)));
}

interface Policy {
  readonly PolicyDocument?: { readonly Statement: readonly unknown[] };
}

interface Resource {
  readonly Type: string;
  readonly Properties: Policy & {
    readonly Policies?: readonly Policy[];
    readonly Roles?: readonly { readonly Ref?: string }[];
    readonly ManagedPolicyArns?: readonly { readonly Ref?: string }[];
  };
}

function checked(statement: unknown): Statement {
  if (!isStatement(statement)) throw new TypeError(`Not evaluated: ${JSON.stringify(statement)}`);
  return statement;
}

const KNOWN_MEMBERS = ['Effect', 'Action', 'Resource', 'Sid', 'Condition'];

function isStatement(value: unknown): value is Statement {
  if (typeof value !== 'object' || value === null) return false;
  const known = Object.keys(value).every((key) => KNOWN_MEMBERS.includes(key));
  return known && 'Effect' in value && 'Action' in value && 'Resource' in value;
}

export function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function applies({ Action, Resource, Condition = {} }: Statement, request: Request): boolean {
  return (
    listed(Action).some((pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase())) &&
    listed(Resource).some((pattern) => matches(pattern, request.resource)) &&
    Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, request))
  );
}

/** What each operator makes of both sides before it compares them; names of keys never have a letter case. */
const OPERATORS: ReadonlyMap<string, (value: string) => string> = new Map([
  ['StringEquals', (value) => value],
  ['StringEqualsIgnoreCase', (value) => value.toLowerCase()],
]);

function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  { context }: Request,
): boolean {
  const folded = OPERATORS.get(operator);
  if (!folded) throw new TypeError(`Not evaluated: ${operator}`);
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), folded(value)]));
  return Object.entries(keys).every(([key, allowed]) => {
    const value = values.get(key.toLowerCase());
    return value !== undefined && listed(allowed).map(folded).includes(value);
  });
}

/** `*` is any text, slashes and colons too; `?` is one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
