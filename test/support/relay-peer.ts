/** A call that the relay opens, with a real peer, as the extension does it: the offer goes to the relay. */
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { callAnswer } from '../../lib/protocol/grant.ts';
import { RealtimePeer } from './realtime-peer.ts';
import { origin, type RelayLine } from './relay-line.ts';

export interface RelayPeer {
  peer: RealtimePeer;
  callId: string;
  close(): void;
}

/** Resolves when its session has begun. */
export async function dialThrough(line: RelayLine): Promise<RelayPeer> {
  let callId = '';
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.stringify({ deviceToken: line.token, sdp: Buffer.concat(parts).toString(), wishes: {} });
    const headers = { origin, 'content-type': 'text/plain;charset=UTF-8' };
    const answer = await fetch(`${line.relay.url}/v1/realtime/calls`, { method: 'POST', headers, body });
    if (answer.status !== 201) return void response.writeHead(answer.status).end(await answer.text());
    const opened = callAnswer.parse(await answer.json());
    callId = opened.callId!;
    response.writeHead(201, { location: `/v1/realtime/calls/${callId}` }).end(opened.sdp);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const peer = await RealtimePeer.connect({ baseUrl, key: 'nobody-needs-one' });
    await peer.event('session.created');
    return {
      peer,
      callId,
      close() {
        peer.close();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
