/** For the API fuzz: requests made from our own OpenAPI document, well-formed and in seven ways not. */
import fc from 'fast-check';

/** A JSON Schema as far as our document uses it. */
export interface Shape {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: unknown;
}

/** One operation of the document. */
export interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; required?: boolean; schema: Shape }[];
  body: Shape | undefined;
}

/** How a request goes wrong, if it does. */
export const KINDS = ['valid', 'wrongType', 'boundary', 'naughty', 'huge', 'nul', 'bidi', 'deep'] as const;
export type Kind = (typeof KINDS)[number];

/** Ids and names that exist, so that valid requests reach something. */
export interface Known {
  ids: string[];
  handles: string[];
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Operation['parameters']; requestBody?: { content?: Record<string, { schema?: Shape }> } }
    >
  >;
}

/** All operations of the document. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = document as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters: parameters ?? [],
      body: requestBody?.content?.['application/json']?.schema,
    })),
  );
}

const NAUGHTY = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '"; drop table accounts; --',
  '%00',
  '%',
  '%_%',
  '../../etc/passwd',
  '..%2f..%2f',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '${7*7}',
  'a'.repeat(300),
  '\uD800',
  '\uFFFE',
  '👩‍👩‍👧‍👦',
  'İı',
  '1e309',
  '9007199254740993',
  '2026-02-30T25:61:61Z',
  '00000000-0000-0000-0000-000000000000',
  'eyJhbGciOiJub25lIn0.e30.',
];

/** Values that a schema takes. */
export function valid(shape: Shape, known: Known): fc.Arbitrary<unknown> {
  const options = shape.anyOf ?? shape.oneOf;
  if (options) return fc.oneof(...options.map((option) => valid(option, known)));
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const type = Array.isArray(shape.type) ? shape.type[0] : shape.type;
  if (type === 'string') return validText(shape, known);
  if (type === 'integer' || type === 'number') {
    const max = Math.min(shape.maximum ?? Math.max(1e9, shape.minimum ?? 0), Number.MAX_SAFE_INTEGER);
    const range = { min: Math.max(shape.minimum ?? Math.min(0, max), -1e9), max };
    return type === 'integer' ? fc.integer(range) : fc.double({ ...range, noNaN: true });
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'array')
    return fc.array(valid(shape.items ?? {}, known), { maxLength: Math.min(shape.maxItems ?? 3, 3) });
  if (type === 'object') {
    const properties = Object.entries(shape.properties ?? {});
    const record = Object.fromEntries(properties.map(([name, inner]) => [name, valid(inner, known)]));
    return fc.record(record, { requiredKeys: shape.required ?? [] });
  }
  return type === 'null' ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 });
}

function validText(shape: Shape, known: Known): fc.Arbitrary<string> {
  if (shape.format === 'date-time') return fc.constant('2026-11-22T12:00:00.000Z');
  if (shape.format === 'uri') return fc.constant('https://vitrine.example/x');
  const isId = shape.minLength === 36 && shape.maxLength === 36;
  if (isId) return fc.constantFrom(...known.ids);
  const minLength = shape.minLength ?? 0;
  return fc.oneof(
    fc.constantFrom(...known.handles),
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(shape.maxLength ?? 20, 40)) }),
  );
}

/** Texts of a kind. */
export function badText(kind: Kind): fc.Arbitrary<string> {
  if (kind === 'nul') return fc.string({ maxLength: 10 }).map((text) => `${text}\u0000${text}`);
  if (kind === 'bidi') return fc.string({ maxLength: 10 }).map((text) => `\u202e${text}\u2066\u200f`);
  if (kind === 'huge') return fc.constantFrom('x'.repeat(70_000), '𝔵'.repeat(20_000), '9'.repeat(5_000));
  return fc.constantFrom(...NAUGHTY);
}

/** Nested too deep for any schema: as text, because no writer of JSON goes down so far. */
const DEEP = [40, 100_000].flatMap((depth) => [
  `${'['.repeat(depth)}${']'.repeat(depth)}`,
  `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
]);

const WRONG: readonly unknown[] = [null, 0, -1, 1.5, true, '', [], {}, [[]], 'text', { a: 1 }];
const EDGES: readonly unknown[] = [0, -0, -1, 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, '', ' ', [], 'x', 'xx', {}];

/** A body of a kind, as text: a valid one in which one member, or all of it, is wrong in that way. */
export function bodyOf(shape: Shape, kind: Kind, known: Known): fc.Arbitrary<string> {
  return kind === 'deep' ? fc.constantFrom(...DEEP) : valueOf(shape, kind, known).map((value) => JSON.stringify(value));
}

function valueOf(shape: Shape, kind: Kind, known: Known): fc.Arbitrary<unknown> {
  if (kind === 'valid') return valid(shape, known);
  const wrong: fc.Arbitrary<unknown> =
    kind === 'wrongType' ? fc.constantFrom(...WRONG) : kind === 'boundary' ? fc.constantFrom(...EDGES) : badText(kind);
  const names = Object.keys(shape.properties ?? {});
  if (names.length === 0) return wrong;
  return fc
    .tuple(valid(shape, known), fc.constantFrom(...names), wrong)
    .map(([body, name, bad]) => ({ ...(body as object), [name]: bad }));
}

/** A text for a place in the address. */
export function placeOf(shape: Shape, kind: Kind, known: Known): fc.Arbitrary<string> {
  if (kind === 'valid')
    return fc.oneof(valid(shape, known).map(String), fc.constantFrom(...known.ids, ...known.handles));
  if (kind === 'wrongType') return fc.constantFrom('true', '[]', '{}', 'null', '1.5', '-1');
  if (kind === 'boundary')
    return fc.constantFrom('0', '-1', '2147483648', '9007199254740992', 'x', 'x'.repeat(199), '.');
  if (kind === 'deep') return fc.constantFrom('[['.repeat(50), 'a/b/c', 'a%2fb');
  if (kind === 'huge') return fc.constantFrom('x'.repeat(3_000), '9'.repeat(500));
  return badText(kind);
}
