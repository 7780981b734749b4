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
];
