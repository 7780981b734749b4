/** `npm run relay`: starts the relay as the environment says, or does what a command says beside a running one. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { auditFile } from './log/audit-file.ts';
import { CliError, listDevices, pair, revoke, showUsage, users, type Command } from './cli/commands.ts';
import { ConfigError, isLoopback, loadConfig, type RelayConfig } from './settings/config.ts';
import { createDevices, type Devices } from './devices.ts';
import { lineWriter } from './log/line-writer.ts';
import { createLog } from './log/log.ts';
import { startRelay, urlHost, type Relay } from './server.ts';
import { withFiles } from './settings/setting-files.ts';
import { signInPath } from './sign-in/paths.ts';
import { openDatabase } from './sqlite/database.ts';
import { importDevices } from './sqlite/import-devices.ts';
import { sqliteTeam } from './sqlite/team.ts';
import { sqliteUsage } from './sqlite/usage.ts';

const help = `Parley relay: holds the provider's key and lets your browser make calls with it.

  npm run relay                    start (Ctrl-C ends it)
  npm run relay -- pair NAME       a code and a link that give one more browser of NAME's a device token
  npm run relay -- users           who may call; also: users add NAME, users remove NAME
  npm run relay -- devices [NAME]  their browsers
  npm run relay -- revoke DEVICE   ends what a device token may do
  npm run relay -- usage [MONTH]   calls, minutes and cost by person
  npm run relay -- --new-token     make another device token by hand
  npm run relay -- --help

Settings are environment variables; the README lists them all. The ones you may need:
  OPENAI_API_KEY      the key; without it the built-in local engine answers
  PORT, HOST          where to listen (8787 on 127.0.0.1)
  REALTIME_MODEL      gpt-realtime-2.1
  EXTENSION_IDS       ids of other copies of the extension that may call
  RELAY_DATA_DIR      where people and device tokens are kept, hashed (.relay)
`;

const commands: Readonly<Record<string, Command>> = { users, devices: listDevices, pair, revoke, usage: showUsage };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, 'new-token': { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const config = loadConfig(withFiles(process.env));
  const directory = resolve(config.dataDir);
  const database = openDatabase(directory);
  importDevices(directory, database);
  const devices = createDevices(sqliteTeam(database), undefined, config.signIn?.deviceDays ?? null);
  const audit = lineWriter(auditFile(directory));
  if (values['new-token']) {
    await printNewToken(devices);
    return 0;
  }
  const [name, ...rest] = positionals;
  if (name !== undefined) {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new CliError(`There is no command ${name}: see --help.`);
    const url = config.publicUrl ?? localUrl(config);
    const { extensionIds } = config;
    const text = await command(rest, { devices, usage: sqliteUsage(database), url, extensionIds });
    createLog({ write: () => undefined, audit }).info('admin', { message: positionals.join(' ') });
    process.stdout.write(text);
    return 0;
  }
  const firstStart = (await devices.count()) === 0;
  const log = createLog({
    write: lineWriter((lines) => process.stdout.write(lines)),
    readable: process.stdout.isTTY,
    audit,
  });
  const relay = await startRelay({ config, devices, log, database });
  if (firstStart) await welcome(devices);
  printStart(relay, config);
  await untilToldToStop();
  process.stdout.write('Stopping.\n');
  await relay.close();
  return 0;
}

/** A token is for the eyes of whoever sits there: what a service or a container prints is kept by others. */
async function welcome(devices: Devices): Promise<void> {
  if (process.stdout.isTTY) return printNewToken(devices);
  process.stdout.write('Nobody may call yet. A code for the first browser: npm run relay -- pair NAME\n');
}

async function printNewToken(devices: Devices): Promise<void> {
  const { token } = await devices.add('browser');
  process.stdout.write(
    `\nDevice token (shown only now, keep it like a password):\n\n    ${token}\n\n` +
      "In the browser: right-click Parley's icon > Options, paste it as the device token, then press Test.\n\n",
  );
}

function localUrl({ host, port, tls }: RelayConfig): string {
  return `${tls === null ? 'http' : 'https'}://${urlHost(host)}:${port}`;
}

function printStart(relay: Relay, config: RelayConfig): void {
  process.stdout.write(`Relay ready at ${relay.url}  (provider: ${relay.provider})\n`);
  if (config.signIn !== null) process.stdout.write(`People sign in at ${config.signIn.publicUrl}${signInPath}\n`);
  if (relay.provider !== 'local') {
    process.stdout.write(`Model ${config.session.model}, voice ${config.session.voice}.\n`);
    if (config.direct)
      process.stdout.write('Spending has no limit; to set one: LIMIT_PERSON="usd/day=5 minutes/call=30"\n');
    return;
  }
  process.stdout.write(
    'No OPENAI_API_KEY: the built-in local engine answers. Set the key and start again for the real model.\n',
  );
  if (!isLoopback(config.host)) {
    process.stdout.write(
      'The local engine itself is on this machine only: browsers elsewhere talk to it through the relay, over WebSocket.\n',
    );
  }
}

/** How long after the first signal another one counts as impatience: npm passes on the Ctrl-C that we got already. */
const repeatMs = 1000;
/** The end of an orderly stop, whatever still hangs. */
const stopMs = 10_000;

function untilToldToStop(): Promise<void> {
  return new Promise((told) => {
    let toldAt: number | undefined;
    const onSignal = (): void => {
      if (toldAt === undefined) {
        toldAt = performance.now();
        setTimeout(() => process.exit(1), stopMs).unref();
        told();
      } else if (performance.now() - toldAt > repeatMs) process.exit(1);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  const lines = error instanceof ConfigError ? error.errors : [error instanceof Error ? error.message : String(error)];
  if (error instanceof CliError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`The relay cannot start:\n${lines.map((line) => `  - ${line}\n`).join('')}`);
  process.exitCode = 1;
}
