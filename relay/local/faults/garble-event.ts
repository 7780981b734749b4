import type { Message } from './kind.ts';

export const garbleForms = [
  'invalid-json',
  'truncated',
  'empty',
  'binary',
  'scalar',
  'array',
  'no-type',
  'wrong-shapes',
  'missing-fields',
  'deep',
  'prototype',
] as const;
export type GarbleForm = (typeof garbleForms)[number];

const DEPTH = 10_000;

/** An event as a broken server, or a broken network, would send it. */
export function garbled({ text, event }: Message, form: GarbleForm): string | Uint8Array {
  switch (form) {
    case 'invalid-json':
      return `{"type": ${event?.['type'] ?? 'nothing'}, `;
    case 'truncated':
      return text.slice(0, Math.floor(text.length / 2));
    case 'empty':
      return '';
    case 'binary':
      return Uint8Array.from([0xff, 0xfe, 0x00, 0x80, ...new TextEncoder().encode(text)]);
    case 'scalar':
      return '42';
    case 'array':
      return `[${text}]`;
    case 'no-type':
      return JSON.stringify({ ...event, type: undefined });
    case 'wrong-shapes':
      return JSON.stringify({ ...wrongShapes(event ?? {}), type: event?.['type'] });
    case 'missing-fields':
      return JSON.stringify({ type: event?.['type'] });
    case 'deep':
      return `${text.slice(0, -1)},"deep":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`;
    case 'prototype':
      return `${text.slice(0, -1)},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`;
  }
}

/** Every value as one of another kind. */
export function wrongShapes(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wrongShape(each)]));
}

function wrongShape(value: unknown): unknown {
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 17;
}
