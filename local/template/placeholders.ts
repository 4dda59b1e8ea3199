/**
 * Puts parameters where settings stand in a synthesized template. The stack is synthesized with a placeholder for
 * each setting, a value that stands nowhere else, and where it stands afterwards the parameter is referred to.
 */
import type { Template } from './template.js';

export interface Placeholder {
  /** The parameter's name. */
  readonly parameter: string;
  /** As it is written in the template. */
  readonly text: string;
}

/** A copy of a template whose resources refer to parameters where placeholders stand. */
export function withReferences(template: Template, placeholders: readonly Placeholder[]): Template {
  const resources = Object.entries(template.Resources).map(([id, { Properties, ...resource }]) => [
    id,
    { ...resource, Properties: inObject(Properties, placeholders) },
  ]);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function inObject(part: object, placeholders: readonly Placeholder[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inPart(value, placeholders)]));
}

function inPart(part: unknown, placeholders: readonly Placeholder[]): unknown {
  if (typeof part === 'number' || typeof part === 'string') return referring(part, placeholders);
  if (Array.isArray(part)) return part.map((item) => inPart(item, placeholders));
  return typeof part === 'object' && part !== null ? inObject(part, placeholders) : part;
}

function referring(value: number | string, placeholders: readonly Placeholder[]): unknown {
  const parts = placeholders.reduce<readonly unknown[]>(
    (sofar, { parameter, text }) => sofar.flatMap((piece) => split(piece, text, { Ref: parameter })),
    [String(value)],
  );
  if (parts.every((piece) => typeof piece === 'string')) return value;
  if (parts.length === 1) return parts[0];
  return { 'Fn::Join': ['', parts] };
}

function split(piece: unknown, text: string, reference: object): readonly unknown[] {
  if (typeof piece !== 'string') return [piece];
  return piece
    .split(standingAlone(text))
    .flatMap((rest, index) => (index === 0 ? [rest] : [reference, rest]))
    .filter((rest) => rest !== '');
}

/** Replaces placeholders in a text by other texts. */
export function replaced(text: string, values: ReadonlyMap<string, string>): string {
  return [...values].reduce((sofar, [from, to]) => sofar.replaceAll(standingAlone(from), to), text);
}

/** Whether a text holds another by itself, not as a part of a longer number or name. */
export function holds(text: string, part: string): boolean {
  return standingAlone(part).test(text);
}

function standingAlone(text: string): RegExp {
  return new RegExp(`(?<![\\w.])${text.replaceAll('.', '\\.')}(?![\\w]|\\.\\d)`, 'g');
}
