/** What a fault is: its row in the table, and what it does to a call or to an HTTP answer. */
import type * as z from 'zod';
import type { LineHandle } from '../line/gate.ts';
import type { Thought, MindInput } from '../mind/mind.ts';
import type { Clock } from '../session/clock.ts';
import type { Ids } from '../session/ids.ts';

export type Transport = 'webrtc' | 'websocket';
export type Where = 'http' | 'events' | 'session' | 'media' | 'line';
export type Route = 'client_secrets' | 'calls' | 'hangup' | 'websocket';

export interface Message {
  text: string;
  /** Null when the text is not a JSON object. */
  event: { [field: string]: any } | null;
}
export type Pass = (message: Message) => void;

/** A UDP packet between a WebRTC peer and its client. */
export interface Packet {
  direction: 'out' | 'in';
  /** By its first byte (RFC 7983); `data` is DTLS that carries the data channel. */
  carries: 'stun' | 'handshake' | 'data' | 'rtp';
}

/** What a fault can use while it acts on one call. */
export interface Acting {
  readonly transport: Transport;
  readonly line: LineHandle;
  readonly ids: Ids;
  /** 0 to 1, from the engine's seed. */
  random(): number;
  /** Uses up one of the fault's times and notes it; false when none is left. */
  strike(what?: string): boolean;
  /** Runs later, unless the call ends or the fault is taken back before. */
  after(ms: number, run: () => void): void;
  /** Runs later, unless the call ends: for what has to be delivered even when the fault is taken back. */
  hold(ms: number, run: () => void): void;
}

/** What one fault does at one call. Whatever is left out stays as it is. */
export interface Acts {
  /** Once, after the first event has gone out, or at once in a call that runs already. */
  begin?(): void;
  toClient?(message: Message, pass: Pass): void;
  toSession?(message: Message, pass: Pass): void;
  /** Null leaves the answer to the engine's mind. */
  think?(input: MindInput): Thought | null;
  /** The fault is taken back in a running call: what can be made good is. */
  undo?(): void;
  /** When each copy of a packet goes on, in ms from now: `[]` loses it. Only where {@link FaultKind.relayed}. */
  packet?(packet: Packet): number[];
}

/** One HTTP request on its way through the faults. */
export interface Exchange {
  route: Route;
  /** With its query. */
  path: string;
  /** The engine's own answer; on `websocket` {@link UPGRADE}, to be handed back untouched. */
  answer(): Promise<Response>;
  /** Aborted when the client has gone. */
  gone: AbortSignal;
  /** Breaks the connection with a TCP reset. */
  reset(): void;
}

/** Stands for "go on with the WebSocket handshake", which a `Response` cannot say. */
export const UPGRADE = new Response(null, { status: 204 });

export interface FaultKind<Schema extends z.ZodObject = z.ZodObject> {
  where: Where;
  /** Which calls it can reach; null for HTTP. */
  transports: readonly Transport[] | null;
  /** What a client sees, in one sentence. */
  says: string;
  parameters: Schema;
  /** Acts on packets, so a WebRTC call has to begin with the UDP relay in between. */
  relayed?: boolean;
  act?(parameters: z.output<Schema>, acting: Acting): Acts;
  http?(parameters: z.output<Schema>, exchange: Exchange, clock: Clock): Promise<Response>;
  /** Which requests `http` gets; all without. */
  routes?(parameters: z.output<Schema>): Route | 'any';
  /** Seconds a session that begins now may last. */
  sessionLimitS?(parameters: z.output<Schema>): number;
  /** Seconds a key that is minted now is good for. */
  keyTtlS?(parameters: z.output<Schema>): number;
}

/** Lets a row's functions know the type of its parameters. */
export function fault<Schema extends z.ZodObject>(kind: FaultKind<Schema>): FaultKind<Schema> {
  return kind;
}

export const everywhere: readonly Transport[] = ['webrtc', 'websocket'];
