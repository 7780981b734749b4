import { randomHex } from '../team/secrets.ts';
import type { Device, Pairing, Person, TeamStore } from '../team/store.ts';
import { transaction, type Database, type Statement } from './sql.ts';

const personColumns = 'id, name, created_at AS createdAt, account';
const deviceColumns =
  'id, person_id AS personId, name, token_sha256 AS tokenSha256, created_at AS createdAt, last_used_at AS lastUsedAt, ' +
  'ends_at AS endsAt';

/**
 * People, devices and pairings in the relay's file. A token is looked for by its hash, through an index: how long that
 * takes says at most how a hash begins, which says nothing about a token.
 */
export function sqliteTeam(database: Database): TeamStore {
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const all = <Row>(sql: string, ...values: string[]) =>
    prepared(sql)
      .all(...values)
      .map((row) => Object.assign({}, row) as Row);
  const one = <Row>(sql: string, ...values: string[]): Row | null => {
    const row = prepared(sql).get(...values);
    return row === undefined ? null : (Object.assign({}, row) as Row);
  };
  const run = (sql: string, ...values: (string | number | null)[]): boolean =>
    Number(prepared(sql).run(...values).changes) > 0;
  let salt: string | undefined;

  return {
    salt: async () =>
      (salt ??= transaction(database, () => {
        run('INSERT INTO relay (salt) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM relay)', randomHex(32));
        return one<{ salt: string }>('SELECT salt FROM relay')!.salt;
      })),
    people: async () => all<Person>(`SELECT ${personColumns} FROM people ORDER BY name`),
    person: async (id) => one<Person>(`SELECT ${personColumns} FROM people WHERE id = ?`, id),
    personOfAccount: async (account) => one<Person>(`SELECT ${personColumns} FROM people WHERE account = ?`, account),
    addPerson: async ({ id, name, createdAt, account }) =>
      run('INSERT INTO people VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', id, name, createdAt, account),
    removePerson: async (id) => run('DELETE FROM people WHERE id = ?', id),
    devices: async () => all<Device>(`SELECT ${deviceColumns} FROM devices ORDER BY rowid`),
    hasDevice: async (id) => one('SELECT 1 FROM devices WHERE id = ?', id) !== null,
    deviceOf: async (hash) => one<Device>(`SELECT ${deviceColumns} FROM devices WHERE token_sha256 = ?`, hash),
    async addDevice({ id, personId, name, tokenSha256, createdAt, lastUsedAt, endsAt }) {
      const sql = 'INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?)';
      run(sql, id, personId, name, tokenSha256, createdAt, lastUsedAt, endsAt);
    },
    removeDevice: async (id) => run('DELETE FROM devices WHERE id = ?', id),
    async used(id, at) {
      run('UPDATE devices SET last_used_at = ? WHERE id = ?', at, id);
    },
    addPairing: async ({ selector, codeHash, personId, expiresAt, tries }, now) =>
      transaction(database, () => {
        run('DELETE FROM pairings WHERE expires_at <= ?', now);
        const sql = 'INSERT INTO pairings VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
        return run(sql, selector, codeHash, personId, expiresAt, tries);
      }),
    tryPairing: async (selector, now) =>
      transaction(database, () => {
        if (!run('UPDATE pairings SET tries = tries + 1 WHERE selector = ? AND expires_at > ?', selector, now)) {
          return null;
        }
        const columns =
          'selector, code_hash AS codeHash, person_id AS personId, expires_at AS expiresAt, tries FROM pairings';
        return one<Pairing>(`SELECT ${columns} WHERE selector = ?`, selector);
      }),
    endPairing: async (selector) => run('DELETE FROM pairings WHERE selector = ?', selector),
  };
}
