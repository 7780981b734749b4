/** Every fault the engine can be asked for. The control API, the documentation and the tests are made from this table. */
import * as z from 'zod';
import { eventKinds } from './event-kinds.ts';
import { httpKinds } from './http-kinds.ts';
import type { FaultKind } from './kind.ts';
import { lineKinds } from './line-kinds.ts';
import { sessionKinds } from './session-kinds.ts';
import { toolKinds } from './tool-kinds.ts';

export const faults = { ...httpKinds, ...eventKinds, ...sessionKinds, ...toolKinds, ...lineKinds };

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

/** What a fault of this name takes; everything has a default. */
export type FaultParameters<Name extends FaultName> = z.input<(typeof faults)[Name]['parameters']>;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

export function kindOf(name: FaultName): FaultKind {
  return faults[name] as unknown as FaultKind;
}

export interface FaultRow {
  name: FaultName;
  where: FaultKind['where'];
  transports: FaultKind['transports'];
  says: string;
  /** With their defaults; null is none. */
  parameters: Record<string, unknown>;
  /** What those parameters can be that are one of a few words. */
  choices: Record<string, string[]>;
}

/** The table as data. */
export function faultRows(): FaultRow[] {
  return faultNames.map((name) => {
    const { where, transports, says, parameters } = kindOf(name);
    const defaults: Record<string, unknown> = parameters.parse({});
    const shown = Object.keys(parameters.shape).map((key) => [key, defaults[key] ?? null] as const);
    return { name, where, transports, says, parameters: Object.fromEntries(shown), choices: choicesOf(parameters) };
  });
}

function choicesOf({ shape }: z.ZodObject): Record<string, string[]> {
  const found = Object.entries(shape).flatMap(([key, schema]) => {
    const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    return inner instanceof z.ZodEnum ? [[key, inner.options.map(String)] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The table as Markdown, for the documentation. */
export function renderFaults(): string {
  const rows = faultRows().map(({ name, where, transports, says, parameters, choices }) => {
    const shown = Object.entries(parameters).map(([key, value]) => {
      const given = `\`${key}${value === null ? '' : `: ${JSON.stringify(value)}`}\``;
      const others = choices[key]?.filter((choice) => choice !== value);
      return others ? `${given} (or ${others.map((choice) => `\`${choice}\``).join(', ')})` : given;
    });
    const reach = transports?.map((each) => (each === 'webrtc' ? 'WebRTC' : 'WebSocket')).join(', ') ?? 'HTTP';
    return `| \`${name}\` | ${where} | ${reach} | ${says} | ${shown.join(', ')} |`;
  });
  return [
    '| Fault | Where | Reaches | What a client sees | Parameters (default) |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ]
    .map((row) => `${row}\n`)
    .join('');
}
