import type * as z from 'zod';

/**
 * A refusal in the Realtime API's words; it becomes an HTTP envelope or an `error` event
 * (realtime-protocol 1.9 and 3.14). `param` is a dotted path.
 */
export class ProtocolError extends Error {
  readonly code: string | null;
  readonly param: string | null;
  readonly type: string;

  constructor(code: string | null, message: string, param: string | null = null, type = 'invalid_request_error') {
    super(message);
    this.code = code;
    this.param = param;
    this.type = type;
  }
}

/** The same error as the API's object. `event_id` belongs to `error` events only. */
export function errorBody(error: ProtocolError): {
  type: string;
  code: string | null;
  message: string;
  param: string | null;
} {
  return { type: error.type, code: error.code, message: error.message, param: error.param };
}

/**
 * Parses or throws the {@link ProtocolError} of the first thing wrong. `root` is the parameter the value stands for,
 * e.g. `session`; '' when the value is the whole event or body.
 */
export function parseOrRefuse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue ? refusal(issue, root, value) : new ProtocolError('invalid_value', 'Invalid value.', root || null);
}

function refusal(issue: z.core.$ZodIssue, root: string, value: unknown): ProtocolError {
  const inner = issue.code === 'invalid_union' ? closest(issue) : undefined;
  if (inner) return refusal({ ...inner, path: [...issue.path, ...inner.path] }, root, value);
  const param = dotted(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const unknown = dotted(root, [...issue.path, issue.keys[0] ?? '']);
      return new ProtocolError('unknown_parameter', `Unknown parameter: '${unknown}'.`, unknown);
    }
    case 'invalid_type':
      if (lookUp(value, issue.path) === undefined) return missing(param);
      return new ProtocolError(
        'invalid_type',
        `Invalid type for '${param}': expected ${article(issue.expected)}, but got ${article(typeName(lookUp(value, issue.path)))} instead.`,
        param,
      );
    case 'invalid_value':
    case 'invalid_union': {
      const given = lookUp(value, issue.path);
      if (given === undefined) return missing(param);
      const supported =
        issue.code === 'invalid_value' ? issue.values : 'options' in issue ? optionsOf(issue.options) : [];
      const list = supported.length > 0 ? ` Supported values are: ${listed(supported)}.` : '';
      return new ProtocolError('invalid_value', `Invalid value: ${quoted(given)}.${list}`, param);
    }
    case 'too_small':
      return outOfRange(param, 'below_min', `>= ${issue.minimum}`, issue.origin, lookUp(value, issue.path));
    case 'too_big':
      return outOfRange(param, 'above_max', `<= ${issue.maximum}`, issue.origin, lookUp(value, issue.path));
    case 'custom':
      return new ProtocolError('invalid_value', `Invalid '${param}'. ${issue.message}`, param);
    default:
      return new ProtocolError('invalid_value', `Invalid '${param}'.`, param);
  }
}

/** The branch of a union that was meant: the one that failed deepest inside, and not on its kind. */
function closest(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue | undefined {
  const firsts = issue.errors.map((branch) => branch[0]).filter((first) => first !== undefined);
  return (
    firsts.find((first) => first.path.length > 0 || first.code === 'unrecognized_keys') ??
    firsts.find((first) => first.code === 'too_small' || first.code === 'too_big')
  );
}

function missing(param: string): ProtocolError {
  return new ProtocolError('missing_required_parameter', `Missing required parameter: '${param}'.`, param);
}

function outOfRange(
  param: string,
  side: 'below_min' | 'above_max',
  bound: string,
  origin: string,
  given: unknown,
): ProtocolError {
  if (origin === 'array') {
    const code = side === 'below_min' ? 'array_below_min_length' : 'array_above_max_length';
    return new ProtocolError(code, `Invalid '${param}': expected an array with length ${bound}.`, param);
  }
  if (origin === 'string') {
    const code = side === 'below_min' ? 'string_below_min_length' : 'string_above_max_length';
    return new ProtocolError(code, `Invalid '${param}': expected a string with length ${bound}.`, param);
  }
  const kind = Number.isInteger(given) ? 'integer' : 'decimal';
  return new ProtocolError(
    `${kind}_${side}_value`,
    `Invalid '${param}': ${kind} ${side === 'below_min' ? 'below minimum' : 'above maximum'} value. Expected a value ${bound}, but got ${quoted(given)} instead.`,
    param,
  );
}

/** `session.tools[0].name`, as the API writes it. */
function dotted(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, root);
}

function lookUp(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (at !== null && typeof at === 'object' ? Reflect.get(at, part) : undefined),
    value,
  );
}

function optionsOf(options: unknown): unknown[] {
  return Array.isArray(options) ? options : [];
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function article(name: string): string {
  const word = name === 'int' ? 'integer' : name;
  if (word === 'null') return word;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function listed(values: readonly unknown[]): string {
  const words = values.map(quoted);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** At most 100 characters of what was sent, so that an error never repeats a whole payload. */
function quoted(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? 'undefined');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
