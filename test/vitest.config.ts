import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Real speech through a real recogniser, on a shared machine, is misheard now and then; what is broken stays broken.
 * Only where nobody watches: at a desk a failure is shown at once.
 */
const again = process.env['CI'] ? 2 : 0;

/** Pages and pictures of them, without a call: they need no quiet machine, and can be looked at beside all else. */
const looks = ['axe', 'faces', 'faces-words', 'fits'].map((name) => `test/browser/${name}.test.ts`);

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * unit: our code alone, in milliseconds. integration: the relay and its local engine as processes, over real sockets.
 * browser: the built extension in a real Chromium. looks: how its pages look there. Forks, because node-datachannel aborts inside a worker thread.
 */
export default defineConfig({
  root,
  test: {
    pool: 'forks',
    // Two cores: one browser or engine at a time.
    fileParallelism: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          fileParallelism: true,
          // What hangs is found all the same; seconds of sound take long to make where others work too.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/event-log.ts',
          retry: again,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: looks,
          globalSetup: 'test/support/event-log.ts',
          retry: again,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A state that is waited for comes late where the machine is busy, and the usual second is soon over.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'looks',
          include: looks,
          retry: again,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
