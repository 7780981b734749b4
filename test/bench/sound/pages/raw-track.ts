/** The shortest way from a microphone to a far ear: its track in a peer connection, and nothing else. */
import type { RawTrack } from './instruments.ts';

/** By which the engine's log knows such a call. */
export const rawMark = 'a raw track and nothing else';

export async function sendRaw(microphone: MediaStream, { providerUrl, key }: RawTrack): Promise<void> {
  const connection = new RTCPeerConnection();
  connection.addTrack(microphone.getAudioTracks()[0]!.clone());
  const channel = connection.createDataChannel('oai-events');
  channel.addEventListener('open', () => {
    const session = { type: 'realtime', instructions: rawMark, audio: { input: { turn_detection: null } } };
    channel.send(JSON.stringify({ type: 'session.update', session }));
  });
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  const response = await fetch(`${providerUrl}/realtime/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
    body: offer.sdp ?? '',
  });
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
}
