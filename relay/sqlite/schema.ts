/** How the file is laid out: each entry leads from one version to the next, and is never changed once released. */
export const schema: readonly string[] = [
  `CREATE TABLE relay (salt TEXT NOT NULL) STRICT;
   CREATE TABLE people (
     id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE devices (
     id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people ON DELETE CASCADE, name TEXT NOT NULL,
     token_sha256 TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, last_used_at TEXT
   ) STRICT;
   CREATE TABLE pairings (
     selector TEXT PRIMARY KEY, code_hash TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
     expires_at INTEGER NOT NULL, tries INTEGER NOT NULL
   ) STRICT;`,
  `CREATE TABLE places (
     pot TEXT NOT NULL, place TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (pot, place)
   ) STRICT;
   CREATE INDEX places_until ON places (until);
   CREATE TABLE totals (key TEXT PRIMARY KEY, total INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
   CREATE INDEX totals_until ON totals (until);`,
  // No reference to people: what was spent stays known when somebody goes.
  `CREATE TABLE usage (
     day TEXT NOT NULL, person_id TEXT NOT NULL, device_id TEXT NOT NULL, model TEXT NOT NULL, grants INTEGER NOT NULL,
     calls INTEGER NOT NULL, ms INTEGER NOT NULL, micro_usd INTEGER NOT NULL, unseen_micro_usd INTEGER NOT NULL,
     PRIMARY KEY (day, person_id, device_id, model)
   ) STRICT;
   CREATE TABLE running (
     id TEXT PRIMARY KEY, place TEXT NOT NULL, device TEXT NOT NULL, person TEXT NOT NULL, address TEXT NOT NULL,
     model TEXT NOT NULL, started_at INTEGER NOT NULL, counted_until INTEGER NOT NULL, micro_usd INTEGER NOT NULL,
     seen_at INTEGER NOT NULL
   ) STRICT;`,
  `ALTER TABLE people ADD COLUMN account TEXT;
   CREATE UNIQUE INDEX people_account ON people (account);
   ALTER TABLE devices ADD COLUMN ends_at TEXT;`,
];
