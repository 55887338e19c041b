/** A zod error in words: the path to each field, what it must be, and what it was. */
import { z } from 'zod';
import { nearest } from '../core/errors.js';
import type { Places } from './places.js';

type Issue = z.core.$ZodIssue;

/**
 * One sentence an issue, at most `limit`, each beginning with its place: `study.seeds must be ...; got ...`.
 * `schema`: what was asked of the input; its fields are suggested for unknown ones.
 */
export function explainIssues(error: z.ZodError, input: unknown, places: Places, schema: z.ZodType, limit = 3): string {
  const fields = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Fields;
  const sentences = error.issues.flatMap((issue) => explain(issue, input, places, fields));
  const shown = sentences.slice(0, limit).join(' ');
  return sentences.length > limit ? `${shown} (${sentences.length - limit} more.)` : shown;
}

function explain(issue: Issue, input: unknown, places: Places, fields: Fields): string[] {
  const given = valueAt(input, issue.path);
  const path = places.name(issue.path);
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, input, places, fields));
    return [`${path} ${wanted(issue.errors)}; got ${show(given)}.`];
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownField(places.name([...issue.path, key]), key, fieldsAt(fields, issue.path)));
  if (given === undefined && issue.code === 'invalid_type') return [`${path} is missing: it ${requirement(issue)}.`];
  const rule = requirement(issue);
  return [rule.startsWith('must') ? `${path} ${rule}; got ${show(given)}.` : `${path}: ${rule}; got ${show(given)}.`];
}

/** The part of JSON Schema that tells which fields there are. */
interface Fields {
  readonly properties?: Readonly<Record<string, Fields>>;
  readonly additionalProperties?: Fields | boolean;
  readonly items?: Fields;
  readonly anyOf?: readonly Fields[];
}

function unknownField(path: string, key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It may be ${known.join(', ')}.`;
  return `${path} is not a known field. ${hint}`;
}

/** The names of the fields at a path. */
function fieldsAt(schema: Fields, path: readonly PropertyKey[]): string[] {
  let level = variants(schema);
  for (const key of path) {
    level = level.flatMap(({ items, properties, additionalProperties }) => {
      const inner = typeof key === 'number' ? items : (properties?.[String(key)] ?? additionalProperties);
      return typeof inner === 'object' ? variants(inner) : [];
    });
  }
  return [...new Set(level.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function variants(schema: Fields): Fields[] {
  return [schema, ...(schema.anyOf ?? []).flatMap(variants)];
}

function requirement(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? `of type ${issue.expected}`}`;
    case 'too_small':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} ${bound('at least', 'more than', issue.minimum, issue.inclusive, issue.origin)}`;
    case 'too_big':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} ${bound('at most', 'less than', issue.maximum, issue.inclusive, issue.origin)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => String(value)).join(' or ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
};

function bound(closed: string, open: string, value: number | bigint, inclusive: boolean | undefined, origin: string): string {
  const unit = origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '';
  return `${inclusive === false ? open : closed} ${value}${unit}`;
}

/** The branch that the writer meant: the only one whose complaint is deeper than "wrong type altogether". */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const candidates = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type'));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function wanted(branches: readonly (readonly Issue[])[]): string {
  const rules = branches.map((issues) => requirement(issues[0]).replace(/^must be /, ''));
  return `must be ${[...new Set(rules)].join(', or ')}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function show(value: unknown): string {
  const text =
    typeof value === 'string' ? `"${value}"` : typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
