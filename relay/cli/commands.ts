/** What the owner of a relay asks of it on the command line. Each gives the text to print; a `CliError` says what to do instead. */
import { extensionId } from '../../lib/protocol/identity.ts';
import { nameShape, type Devices } from '../devices.ts';
import { invite, pairLink, showCode } from '../team/pairing.ts';
import { pricesAt } from '../usage/prices.ts';
import type { UsageBook } from '../usage/usage-book.ts';
import { columns } from './columns.ts';

export class CliError extends Error {}

export interface CommandParts {
  devices: Devices;
  usage: UsageBook;
  /** Where browsers reach the relay. */
  url: string;
  /** Extensions that may call besides Parley's own. */
  extensionIds: readonly string[];
}

export type Command = (args: readonly string[], parts: CommandParts) => Promise<string>;

/** `users`, `users add NAME`, `users remove NAME` */
export const users: Command = async ([action, name], { devices }) => {
  const { team } = devices;
  if (action === undefined) {
    const all = await team.devices();
    const rows = (await team.people()).map(({ id, name: who, createdAt }) => {
      const own = all.filter(({ personId }) => personId === id);
      return [who, id, String(own.length), day(createdAt), latest(own.map(({ lastUsedAt }) => lastUsedAt))];
    });
    return columns(['person', 'id', 'devices', 'since', 'last used'], rows);
  }
  const who = checkName(name);
  if (action === 'add') {
    if ((await team.people()).some((person) => person.name === who)) throw new CliError(`${who} is there already.`);
    await devices.person(who);
    return `${who} may have devices now: npm run relay -- pair ${who}\n`;
  }
  if (action === 'remove') {
    const { id } = await personOf(devices, who);
    await team.removePerson(id);
    return `${who} and their devices are gone: their tokens open no call any more.\n`;
  }
  throw new CliError('Say: users, users add NAME, or users remove NAME.');
};

/** `devices [NAME]` */
export const listDevices: Command = async ([name], { devices }) => {
  const { team } = devices;
  const only = name === undefined ? null : await personOf(devices, name);
  const people = new Map((await team.people()).map((person) => [person.id, person.name]));
  const rows = (await team.devices())
    .filter(({ personId }) => only === null || personId === only.id)
    .map((it) => [
      it.id,
      people.get(it.personId) ?? '',
      it.name,
      day(it.createdAt),
      latest([it.lastUsedAt]),
      day(it.endsAt ?? ''),
    ]);
  return columns(['device', 'person', 'name', 'since', 'last used', 'until'], rows);
};

/** `pair NAME` */
export const pair: Command = async ([name], { devices, url, extensionIds }) => {
  const who = checkName(name);
  const code = await invite(devices, who);
  const links = [extensionId, ...extensionIds].map((id) => `  ${pairLink(id, url, code)}\n`);
  return (
    `For ${who}, within 10 minutes, once:\n\n  relay  ${url}\n  code   ${showCode(code)}\n\n` +
    `or as a link into the browser's address bar:\n\n${links.join('')}`
  );
};

/** `revoke DEVICE` */
export const revoke: Command = async ([id], { devices }) => {
  if (id === undefined) throw new CliError('Say which: revoke DEVICE, with an id that `devices` lists.');
  if (!(await devices.team.removeDevice(id))) throw new CliError(`There is no device ${id}: see \`devices\`.`);
  return `Device ${id} is revoked: its token opens no call any more.\n`;
};

/** `usage [MONTH or DAY]`, of UTC */
export const showUsage: Command = async ([span = new Date().toISOString().slice(0, 7)], { usage }) => {
  if (!/^\d{4}(?:-\d{2}){0,2}$/.test(span)) throw new CliError('Give a month or a day of UTC: usage 2026-11');
  const rows = (await usage.report(span)).map(({ person, grants, calls, ms, microUsd, unseenMicroUsd }) => [
    person,
    String(calls),
    String(grants),
    String(Math.round(ms / 60_000)),
    dollars(microUsd),
    dollars(unseenMicroUsd),
  ]);
  const heads = ['person', 'calls', 'grants', 'minutes', 'cost', 'of it estimated'];
  return (
    columns(heads, rows) +
    `\nCost at list prices of ${pricesAt}. Estimated: calls that the relay could not listen to, by their time. Grants are\n` +
    'calls that browsers made by themselves: what they cost is on the provider’s bill only.\n'
  );
};

async function personOf(devices: Devices, name: string | undefined) {
  const who = checkName(name);
  const person = (await devices.team.people()).find((each) => each.name === who);
  if (person) return person;
  throw new CliError(`There is no ${who}: see \`users\`.`);
}

function checkName(name: string | undefined): string {
  if (name !== undefined && nameShape.test(name)) return name;
  throw new CliError('Give a name: 1 to 64 letters, digits, spaces or any of . _ @ + - and a letter or digit first.');
}

function dollars(micro: number): string {
  return `$${(micro / 1e6).toFixed(2)}`;
}

function day(time: string): string {
  return time.slice(0, 10);
}

function latest(times: readonly (string | null)[]): string {
  const last = times
    .filter((time) => time !== null)
    .toSorted()
    .at(-1);
  return last === undefined ? 'never' : last.slice(0, 16).replace('T', ' ');
}
