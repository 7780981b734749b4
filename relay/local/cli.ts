/** `npm run engine`: the local engine alone, as a test double of the Realtime API for any client. */
import { help, readOptions, type CliOptions } from './cli-options.ts';
import { startEngine, type Engine } from './engine.ts';
import { everyCall } from './script/script.ts';

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function start({ port, hostAddresses, control, steps, seed }: CliOptions): Promise<Engine> {
  // Read by the WebRTC peer of each call.
  if (hostAddresses) process.env['PARLEY_ENGINE_ADDRESSES'] = 'all';
  try {
    return await startEngine({
      key: null,
      port,
      control,
      log: tell,
      ...(seed === null ? {} : { seed }),
      ...(steps === null ? {} : { mind: everyCall(steps, { onProblem: (problem) => tell(`Script: ${problem}`) }) }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken by another program. Choose another one with --port.`, { cause: error });
  }
}

/** Resolves at Ctrl-C or SIGTERM. */
function untilToldToStop(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
}

/** The exit code. */
async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) {
      process.stdout.write(help);
      return 0;
    }
    const engine = await start(options);
    const { origin } = new URL(engine.baseUrl);
    process.stdout.write(`Local Realtime engine at ${engine.baseUrl}\n`);
    if (engine.faults) tell(`Faults on demand at ${origin}/control`);
    await untilToldToStop();
    // The native library's clean-up can wait for the network.
    setTimeout(() => process.exit(0), 1000).unref();
    await engine.close();
    return 0;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

// The native library keeps a process alive that has had a call.
process.exit(await main());
