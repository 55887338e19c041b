/** A strategy's options: checked against its schema, with every problem told as one sentence, and listed for people. */
import { z } from 'zod';
import { nearest, UsageError } from './errors.js';
import type { AnyStrategy, Strategy } from './strategy.js';

/** One option of a strategy, in words. */
export interface OptionInfo {
  readonly name: string;
  /** For example `a whole number from 2 to 1,000,000`. */
  readonly allowed: string;
  readonly default: unknown;
  readonly meaning: string;
}

/** The part of JSON Schema that zod writes for options. */
interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly default?: unknown;
}

/** Fills in defaults and checks ranges. Throws UsageError such as `pso.swarmSize must be a whole number from 2 to 1,000; got 0.` */
export function parseOptions<Options>(strategy: Strategy<Options, never> | AnyStrategy, given: unknown = {}): Options {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new UsageError(`The options of ${strategy.name} must be an object of names and values; got ${show(given)}.`);
  }
  const schema = schemaOf(strategy);
  if (schema.properties !== undefined) {
    const names = Object.keys(schema.properties);
    for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownOption(strategy.name, name, names);
  }
  const result = (strategy.options as z.ZodType<Options>).safeParse(given);
  if (result.success) return result.data;
  throw new UsageError(result.error.issues.map((issue) => sentence(strategy.name, schema, given, issue)).join(' '));
}

/** Every option of a strategy with its range, default and meaning, in the schema's order. */
export function describeOptions(strategy: AnyStrategy): OptionInfo[] {
  return Object.entries(schemaOf(strategy).properties ?? {}).map(([name, schema]) => ({
    name,
    allowed: allowed(schema),
    default: schema.default,
    meaning: schema.description ?? '',
  }));
}

/** Written once for each strategy: every run of a study checks its options. */
const schemas = new WeakMap<z.ZodType, Schema>();

function schemaOf(strategy: AnyStrategy): Schema {
  let schema = schemas.get(strategy.options);
  if (schema === undefined) {
    schema = z.toJSONSchema(strategy.options, { io: 'input', unrepresentable: 'any' }) as Schema;
    schemas.set(strategy.options, schema);
  }
  return schema;
}

function unknownOption(strategy: string, name: string, names: readonly string[]): UsageError {
  const near = nearest(name, names);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  const known = names.length > 0 ? `${strategy} has ${names.join(', ')}.` : `${strategy} has no options.`;
  return new UsageError(`${strategy} has no option "${name}".${hint} ${known}`);
}

function sentence(owner: string, schema: Schema, given: unknown, issue: z.core.$ZodIssue): string {
  let at: Schema | undefined = schema;
  let value = given;
  for (const key of issue.path) {
    at = typeof key === 'number' ? at?.items : at?.properties?.[String(key)];
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  const name = [owner, ...issue.path.map(String)].join('.');
  if (issue.code === 'custom' || at === undefined) return `${name}: ${issue.message}; got ${show(value)}.`;
  return `${name} must be ${allowed(at)}; got ${show(value)}.`;
}

/** What a schema allows, as words that follow "must be". */
function allowed(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(allowed).join(', or ');
  if (schema.const !== undefined) return show(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map(show).join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'null':
      return 'null';
    case 'array':
      return `a list${schema.items === undefined ? '' : `, each ${allowed(schema.items)}`}`;
    default:
      return 'an object of names and values';
  }
}

function range(schema: Schema): string {
  const low = real(schema.minimum);
  const high = real(schema.maximum);
  const above = schema.exclusiveMinimum;
  const below = schema.exclusiveMaximum;
  if (low !== undefined && high !== undefined) return ` from ${group(low)} to ${group(high)}`;
  const parts: string[] = [];
  if (low !== undefined) parts.push(`of at least ${group(low)}`);
  if (above !== undefined) parts.push(`above ${group(above)}`);
  if (high !== undefined) parts.push(`${parts.length > 0 ? '' : 'of '}at most ${group(high)}`);
  if (below !== undefined) parts.push(`below ${group(below)}`);
  return parts.length > 0 ? ` ${parts.join(' and ')}` : '';
}

/** zod writes the limits of exact whole numbers where a schema has none. */
function real(limit: number | undefined): number | undefined {
  return limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}

/** 1000000 as 1,000,000. */
function group(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : String(value);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value) ?? String(value);
}
