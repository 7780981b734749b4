/** OpenAI's own clients as judges: whatever they accept as the Realtime API is one. */
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import OpenAI, { AuthenticationError } from 'openai';
import { launch, type Browser, type Page } from 'puppeteer';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { findBrowser } from '../support/browser.ts';
import { leastLeadS, speakClips, writeClips } from '../support/microphone.ts';
import type { ClientCall, ClientReport } from '../support/official-clients.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const QUESTION = 'What time does the next train leave for London?';
const PAGE = JSON.stringify({
  source: 'web page',
  title: 'Departures',
  url: 'https://station.example/',
  trusted: false,
  headings: ['Departures'],
  text: 'Welcome to the station. The next train to London leaves at 14:35 from platform 4. Coffee is served in the main hall from early in the morning until late at night.',
  truncated: false,
});

const hasNetwork = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
const executablePath = await findBrowser();
if (!executablePath)
  console.warn('Official clients in a browser: skipped, because no browser was found (CHROME_PATH).');

/** The SDK's own parser of server events; its package does not export it. */
const { parseRealtimeEvent } = (await import(
  pathToFileURL(join(root, 'node_modules/@openai/agents-realtime/dist/openaiRealtimeEvents.mjs')).href
)) as { parseRealtimeEvent(message: { data: string }): { isGeneric: boolean } };

const typesOf = (report: ClientReport): string[] => report.events.map((event) => JSON.parse(event).type as string);
const ofType = (report: ClientReport, type: string): any[] =>
  report.events.map((event) => JSON.parse(event)).filter((event) => event.type === type);

/** Types the SDK leaves to its generic parser. */
const unparsed = (report: ClientReport): string[] => [
  ...new Set(
    report.events.filter((data) => parseRealtimeEvent({ data }).isGeneric).map((data) => JSON.parse(data).type),
  ),
];

let engine: LocalEngine;
beforeAll(async () => {
  engine = await startLocalEngine();
});
afterAll(async () => engine?.close());

async function mint(session: Record<string, unknown>): Promise<string> {
  const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl });
  const { value } = await client.realtime.clientSecrets.create({ session: { type: 'realtime', ...session } });
  return value;
}

describe('The openai REST client', () => {
  it('mints a key whose session it recognises', async () => {
    const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl });
    const secret = await client.realtime.clientSecrets.create({
      expires_after: { anchor: 'created_at', seconds: 60 },
      session: { type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Be brief.' },
    });
    expect(secret.value).toMatch(/^ek_/);
    expect(secret.expires_at - Date.now() / 1000).toBeGreaterThan(50);
    expect(secret.session).toMatchObject({ object: 'realtime.session', instructions: 'Be brief.' });
  });

  it('gets its own error classes for what is refused', async () => {
    const wrong = new OpenAI({ apiKey: 'sk-wrong', baseURL: engine.baseUrl, maxRetries: 0 });
    await expect(wrong.realtime.clientSecrets.create({})).rejects.toBeInstanceOf(AuthenticationError);
    const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl, maxRetries: 0 });
    const unknown = { type: 'realtime', temperature: 0.8 } as never;
    await expect(client.realtime.clientSecrets.create({ session: unknown })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_parameter',
      param: 'session.temperature',
    });
  });
});

describe.skipIf(!executablePath)('In a browser', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-clients-'));
    const microphone = join(folder, 'question.wav');
    const [clip] = await speakClips([QUESTION]);
    await writeClips(microphone, [{ clip: clip!, atS: leastLeadS + 0.5 }], 20);
    server = await servePage(await bundle(join(root, 'test/support/official-clients.ts')));
    browser = await launch({
      executablePath: executablePath!,
      headless: true,
      pipe: true,
      args: [
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--autoplay-policy=no-user-gesture-required',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}%noloop`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // A machine with nothing but loopback: Chrome would gather no candidates.
        ...(hasNetwork ? [] : ['--allow-loopback-in-peer-connection']),
      ],
    });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('openai/realtime/webrtc finishes a spoken turn with a tool call, and its answer is heard', async () => {
    const key = await mint({
      tools: [
        {
          type: 'function',
          name: 'read_page',
          description: 'Reads the page.',
          parameters: { type: 'object', properties: {} },
        },
      ],
      audio: {
        input: {
          transcription: { model: 'gpt-4o-mini-transcribe', language: 'en' },
          turn_detection: { type: 'server_vad', silence_duration_ms: 500 },
        },
      },
    });
    const call: ClientCall = { baseUrl: engine.baseUrl, key, toolOutput: PAGE };
    const report = await page.evaluate((given) => window.openaiClient(given), call);
    const [understood] = ofType(report, 'conversation.item.input_audio_transcription.completed');
    expect(understood.transcript).toMatch(/what time .*train .*london/i);
    const [answer] = ofType(report, 'response.output_audio_transcript.done');
    expect(answer.transcript).toContain('14:35 from platform 4');
    expect(report.loudest).toBeGreaterThan(0.02);
    expect(unparsed(report)).toEqual([]);
    expect(typesOf(report)).not.toContain('error');
    console.log(`openai/realtime/webrtc connected in ${Math.round(report.connectMs)} ms`);
  });

  it.each(['sendrecv', 'recvonly'] as const)(
    'a call without a microphone (%s), on a pre-negotiated channel, hears the answer to a typed question',
    async (direction) => {
      const key = await mint({});
      const loudest = await page.evaluate(callWithoutMicrophone, { baseUrl: engine.baseUrl, key, direction });
      expect(loudest).toBeGreaterThan(0.02);
    },
  );

  it('@openai/agents-realtime finishes a typed turn with a tool, and interrupts the next', async () => {
    const key = await mint({});
    const report = await page.evaluate((given) => window.agentsClient(given), {
      baseUrl: engine.baseUrl,
      key,
      toolOutput: PAGE,
    });
    const [answer] = ofType(report, 'response.output_audio_transcript.done');
    expect(answer.transcript).toContain('14:35 from platform 4');
    expect(report.loudest).toBeGreaterThan(0.02);
    expect(report.history).toContain('14:35 from platform 4');
    expect(typesOf(report)).toContain('output_audio_buffer.cleared');
    expect(typesOf(report)).not.toContain('error');
    expect(unparsed(report)).toEqual([]);
    console.log(`@openai/agents-realtime connected in ${Math.round(report.connectMs)} ms`);
  });
});

/** Runs in the page: an audio transceiver without a track, and `?dcid=`. Returns the loudest RMS heard. */
async function callWithoutMicrophone({
  baseUrl,
  key,
  direction,
}: {
  baseUrl: string;
  key: string;
  direction: RTCRtpTransceiverDirection;
}): Promise<number> {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio', { direction });
  const channel = connection.createDataChannel('events', { negotiated: true, id: 3 });
  const tracked = new Promise<MediaStream>((resolve) => {
    connection.addEventListener('track', ({ streams: [stream] }) => resolve(stream!));
  });
  const ended = new Promise<void>((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      const { type } = JSON.parse(data as string) as { type: string };
      if (type === 'session.created') {
        const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] };
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
  const audio = document.body.appendChild(document.createElement('audio'));
  audio.srcObject = await tracked;
  await audio.play();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  const meter = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
  }, 50);
  await ended;
  clearInterval(meter);
  connection.close();
  await context.close();
  return loudest;
}

/** One script of it all, as a page would load it. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: entry, output: { format: 'es', codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((output) => output.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error('The clients could not be bundled');
  return script.code;
}

async function servePage(script: string): Promise<Server> {
  const served = createServer((request, response) => {
    const isScript = request.url === '/clients.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><body><script type="module" src="/clients.js"></script></body>');
  });
  await new Promise<void>((resolve) => served.listen(0, '127.0.0.1', resolve));
  return served;
}
