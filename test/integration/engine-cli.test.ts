/** `npm run engine` as a stranger runs it: a process, its two streams, and the service's own paths. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { RealtimeSocket } from '../support/realtime-socket.ts';

const cli = fileURLToPath(new URL('../../relay/local/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

class Cli {
  readonly child: ChildProcess;
  out = '';
  errors = '';
  code: number | null = null;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(this.child);
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.child.on('exit', (code) => (this.code = code));
  }

  /** The address it says it listens on. */
  async address(): Promise<string> {
    await expect.poll(() => this.out, { timeout: 15_000 }).toMatch(/\n/);
    const line = /^Local Realtime engine at (http:\/\/127\.0\.0\.1:\d+\/v1)\n$/.exec(this.out);
    expect(line, this.out).not.toBeNull();
    return line![1]!;
  }

  async exitCode(): Promise<number | null> {
    await expect.poll(() => this.code, { timeout: 10_000 }).not.toBeNull();
    return this.code;
  }
}

describe('The engine alone', () => {
  it('takes any key at the service’s own paths, prints one line, and ends at Ctrl-C', async () => {
    const engine = new Cli('--port', '0');
    const baseUrl = await engine.address();
    const minted = await fetch(`${baseUrl}/realtime/client_secrets`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-whatever', 'content-type': 'application/json' },
      body: '{"session":{"type":"realtime"}}',
    });
    const { value } = (await minted.json()) as { value: string };
    for (const key of ['anything-goes', value]) {
      const socket = await RealtimeSocket.open({ baseUrl, key, query: { model: 'gpt-realtime-2.1' } });
      expect((await socket.event('session.created'))['session'].object).toBe('realtime.session');
      socket.close();
    }
    expect((await fetch(`${new URL(baseUrl).origin}/control/faults`)).status).toBe(404);
    engine.child.kill('SIGINT');
    expect(await engine.exitCode()).toBe(0);
  });

  it('plays a script from its beginning in every call, and says in the terminal what went otherwise', async () => {
    const file = join(folder, 'script.json');
    writeFileSync(file, JSON.stringify([{ hear: '/open/i' }, { say: 'It opens at nine.' }]));
    const engine = new Cli('--script', file, '--seed', '7');
    const baseUrl = await engine.address();
    const answers = async (text: string) => {
      const socket = await RealtimeSocket.open({ baseUrl, key: 'any', query: { model: 'gpt-realtime-2.1' } });
      socket.send({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
      });
      socket.send({ type: 'response.create', response: { output_modalities: ['text'] } });
      const { response } = await socket.event('response.done');
      socket.close();
      return response.output[0]?.content[0].text ?? response.status;
    };
    expect(await answers('Is it open?')).toBe('It opens at nine.');
    expect(await answers('When does it open?')).toBe('It opens at nine.');
    expect(await answers('Good day.')).toBe('failed');
    await expect.poll(() => engine.errors).toContain('Script: Step 1: expected to hear /open/i, but heard "Good day."');
  });

  it('gives the same ids with the same seed', async () => {
    const ids: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      const engine = new Cli('--seed', '11');
      const baseUrl = await engine.address();
      const socket = await RealtimeSocket.open({ baseUrl, key: 'any', query: { model: 'gpt-realtime-2.1' } });
      ids.push((await socket.event('session.created'))['session'].id);
      socket.close();
      engine.child.kill('SIGINT');
      await engine.exitCode();
    }
    expect(ids[1]).toBe(ids[0]);
  });

  it('misbehaves on demand when it is asked to be able to', async () => {
    const engine = new Cli('--control');
    const { origin } = new URL(await engine.address());
    const listed = await fetch(`${origin}/control/faults`, { headers: { authorization: 'Bearer any' } });
    expect(listed.status).toBe(200);
    await expect.poll(() => engine.errors).toContain(`Faults on demand at ${origin}/control`);
  });

  it('says what is wrong with its options, all of it, and that a port is taken', async () => {
    const wrong = new Cli('--port', 'x', '--sing');
    expect(await wrong.exitCode()).toBe(1);
    expect(wrong.errors).toMatch(/There is no option --sing.*--port takes a whole number/s);
    expect(wrong.out).toBe('');
    const first = new Cli();
    const port = new URL(await first.address()).port;
    const second = new Cli('--port', port);
    expect(await second.exitCode()).toBe(1);
    expect(second.errors).toContain(`Port ${port} is taken by another program.`);
  });

  it('explains itself', async () => {
    const engine = new Cli('--help');
    expect(await engine.exitCode()).toBe(0);
    expect(engine.out).toContain('npm run engine -- --port 8080');
  });
});
