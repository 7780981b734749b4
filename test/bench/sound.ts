/**
 * The sound path in figures: `npm run bench:sound [-- --quick] [-- --json] [-- --only part,part]`. One Chromium with the
 * built extension and OpenAI's own clients in it, one engine behind one made-up network; ours and the peers take turns. Run
 * it on a quiet machine: what else runs is measured too.
 */
import { runParts, type Parts } from './run-parts.ts';
import { connecting, noServices, realServices } from './sound/parts/connecting.ts';
import { falseStops } from './sound/parts/false-stops.ts';
import { firstWords } from './sound/parts/first-words.ts';
import { interrupting } from './sound/parts/interrupting.ts';
import { mouthToEar } from './sound/parts/mouth-to-ear.ts';
import { underruns } from './sound/parts/underruns.ts';

const about = `How it is measured
  network   proxies on loopback delay HTTP, WebSocket and UDP alike by the added round trip, and a connection's first bytes
            by one more, as its handshake would; new ports each round, so no connection and no preflight is remembered.
            The relay was set up and tested by its button once, as every relay was; its way to the provider is not delayed.
            No TLS: its round trip is missing for all. The engine speaks DTLS 1.2: two round trips more than 1.3, for all.
  services  a token takes 150 ms, an answer 150 ms and the microphone 120 ms to open, for all; rows without, where said.
  peers     @openai/agents-realtime 0.20 unchanged, over WebRTC and WebSocket; the steps of OpenAI's realtime console in their
            order; both take their token from their page's own server, on a connection that is open. Ready: the channel is
            open (console), connect() resolves (agents), the call is live and frames of the microphone flow (ours).
  speech    people's recordings from test/assets/speech, in noise at -65 dBFS; onsets labelled by their first loud 5 ms.
  noises    made by sums and chance (test/support/noises.ts), heard by the shipped worklet while an assistant speaks.
Not covered: real devices and their echo (the microphone is Chromium's fake one), a real provider, packet loss, Bluetooth.
`;

const everyPeer = ['console', 'agents', 'agents-socket'] as const;
const connectPeers = [...everyPeer, 'bare'] as const;

/** Under a minute; what needs many calls or a long voice is left out. */
const quick: Parts = {
  connecting: () =>
    connecting([{ rttMs: 60, rounds: 1, services: realServices, peers: ['console', 'bare'], warmUps: 1 }]),
  'first-words': () => firstWords({ delays: [500], peers: ['console'], transports: ['webrtc'], listenMs: 1500 }),
  interrupting: () => interrupting({ webrtc: 1, websocket: 0, onsets: 1 }),
  'false-stops': () => falseStops({ minutes: 0.5, sentences: 1 }),
};

const full: Parts = {
  connecting: () =>
    connecting([
      ...[5, 60, 150].map((rttMs) => ({ rttMs, rounds: 5, services: realServices, peers: connectPeers, warmUps: 1 })),
      { rttMs: 60, rounds: 3, services: noServices, peers: connectPeers, warmUps: 0 },
    ]),
  'first-words': () =>
    firstWords({
      delays: [0, 500, 2000, 5000],
      peers: [...everyPeer],
      transports: ['webrtc', 'websocket'],
      listenMs: 7000,
    }),
  interrupting: () => interrupting({ webrtc: 2, websocket: 1, onsets: 5 }),
  'mouth-to-ear': () => mouthToEar({ calls: 4, seconds: 4 }),
  'false-stops': () => falseStops({ minutes: 10, sentences: 8 }),
  underruns: () => underruns({ seconds: 15, peer: true }),
};

await runParts('sound', about, (isQuick) => (isQuick ? quick : full));
