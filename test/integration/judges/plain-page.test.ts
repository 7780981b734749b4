/** A page that does without a client: what the API allows and OpenAI's clients never use. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../../relay/local/engine-process.ts';
import { startListening } from '../../support/listen.ts';
import { browserForClients, openClients, type ClientsBrowser } from '../../support/official-clients-browser.ts';
import { mint } from '../../support/official-clients.ts';

const executablePath = await browserForClients();

describe.skipIf(!executablePath)('A page without a client', () => {
  let browser: ClientsBrowser;
  let engine: LocalEngine;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([startLocalEngine(), openClients(executablePath!)]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), engine?.close()]);
  });

  it.each(['sendrecv', 'recvonly'] as const)(
    'without a microphone (%s), on a pre-negotiated channel, hears the answer to a typed question',
    async (direction) => {
      const listening = await startListening(browser.page);
      await browser.page.evaluate(callWithoutMicrophone, {
        baseUrl: engine.baseUrl,
        key: await mint(engine),
        direction,
      });
      expect((await listening.stop()).samples.some((sample) => Math.abs(sample) > 0.05)).toBe(true);
    },
  );
});

/** Runs in the page: an audio transceiver without a track, and `?dcid=`. Resolves when the answer has been spoken. */
async function callWithoutMicrophone({
  baseUrl,
  key,
  direction,
}: {
  baseUrl: string;
  key: string;
  direction: RTCRtpTransceiverDirection;
}): Promise<void> {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio', { direction });
  const channel = connection.createDataChannel('events', { negotiated: true, id: 3 });
  connection.addEventListener('track', ({ streams: [stream] }) => {
    document.querySelector('audio')?.remove();
    const audio = document.body.appendChild(document.createElement('audio'));
    audio.autoplay = true;
    audio.srcObject = stream!;
  });
  const ended = new Promise<void>((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      const { type } = JSON.parse(data as string) as { type: string };
      if (type === 'session.created') {
        const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Thank you' }] };
        channel.send(JSON.stringify({ type: 'conversation.item.create', item }));
        channel.send(JSON.stringify({ type: 'response.create' }));
      }
      if (type === 'output_audio_buffer.stopped') resolve();
    });
  });
  await connection.setLocalDescription();
  const response = await fetch(`${baseUrl}/realtime/calls?dcid=3`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
    body: connection.localDescription!.sdp,
  });
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  await ended;
  connection.close();
}
