/**
 * An own PulseAudio daemon, with a microphone that hears what is played in a room, and a loudspeaker that nobody hears.
 * Its list of recording streams is the light beside a camera: it knows what no page can pretend.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.ts';

const run = promisify(execFile);
/** As Chrome shows them. */
const microphoneName = 'Desk microphone';
const otherName = 'Headset';

export interface SoundServer {
  /** For the browser: this server and no other way to sound. */
  env: Record<string, string>;
  /** How many programs record: 0 is a microphone light that is off. */
  recording(): Promise<number>;
  /** In the room, a WAV, once. Resolves when it has been said. */
  say(wav: string): Promise<void>;
  /** Pulls the microphone out, and plugs it in again. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** A second microphone in the same room, which the system prefers from now on. */
  plugInOther(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  /** Exact zeros, as from a device that is broken; and what a quiet room is otherwise. */
  hush(hushed: boolean): Promise<void>;
  /** The loudspeaker goes; the server stays. */
  removeLoudspeaker(): Promise<void>;
  /** Without a word, as a server that crashes. */
  kill(): Promise<void>;
  /** Another one, at the same place. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startSoundServer(): Promise<SoundServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-sound-'));
  const socket = join(folder, 'native');
  const env = { PULSE_SERVER: `unix:${socket}`, ALSA_CONFIG_PATH: '/dev/null' };
  const pactl = async (...args: string[]) => (await run('pactl', args, { env: { ...process.env, ...env } })).stdout;
  let daemon: ChildProcess | null = null;
  let noise: ChildProcess | null = null;
  const plug = (name: string, label: string) =>
    pactl(
      'load-module',
      'module-remap-source',
      'master=room.monitor',
      `source_name=${name}`,
      `source_properties=device.description="${label.replace(' ', '\\ ')}"`,
    );
  let plugged: string | null = null;
  let loudspeaker = '';

  async function start(): Promise<void> {
    const modules = [`module-native-protocol-unix auth-anonymous=1 socket=${socket}`];
    const args = ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--log-target=stderr'];
    daemon = spawn('pulseaudio', [...args, ...modules.flatMap((each) => ['-L', each])], {
      env: { ...process.env, HOME: folder, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder },
      stdio: 'ignore',
    });
    await answered(() => pactl('info'));
    loudspeaker = (await pactl('load-module', 'module-null-sink', 'sink_name=loudspeaker')).trim();
    await pactl('set-default-sink', 'loudspeaker');
    await pactl('load-module', 'module-null-sink', 'sink_name=room');
    breathe();
    plugged = (await plug('desk', microphoneName)).trim();
    await pactl('set-default-source', 'desk');
  }

  /** A room is never exactly silent. */
  function breathe(): void {
    const hiss = ['--playback', '--device=room', '--format=s16le', '--rate=24000', '--channels=1', '--volume=6000'];
    const random = openSync('/dev/urandom', 'r');
    noise = spawn('pacat', hiss, { env: { ...process.env, ...env }, stdio: [random, 'ignore', 'ignore'] });
    closeSync(random);
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    await ended(noise, signal);
    await ended(daemon, signal);
    await rm(socket, { force: true });
  }

  await start();
  return {
    env,
    async recording() {
      // What remaps the room into a microphone records too, and is no program.
      const lines = (await pactl('list', 'short', 'source-outputs')).split('\n');
      return lines.filter((line) => line.includes('protocol-native')).length;
    },
    async say(wav) {
      await run('paplay', ['--device=room', wav], { env: { ...process.env, ...env } });
    },
    async unplug() {
      if (plugged) await pactl('unload-module', plugged);
      plugged = null;
    },
    async plugIn() {
      plugged = (await plug('desk', microphoneName)).trim();
      await pactl('set-default-source', 'desk');
    },
    async plugInOther() {
      await plug('headset', otherName);
      await pactl('set-default-source', 'headset');
    },
    async mute(muted) {
      await pactl('set-source-mute', 'desk', muted ? '1' : '0');
    },
    async hush(hushed) {
      if (hushed) await ended(noise, 'SIGKILL');
      else breathe();
    },
    async removeLoudspeaker() {
      await pactl('unload-module', loudspeaker);
    },
    kill: () => stop('SIGKILL'),
    restart: start,
    async close() {
      await stop('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answered(ask: () => Promise<unknown>): Promise<void> {
  if (!(await until(() => ask().then(Boolean, () => false), 5000))) throw new Error('PulseAudio does not start');
}

async function ended(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await over;
}
