import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { RelayConfig } from './settings/config.ts';

/** The PEM files that the configuration names. Throws a sentence. */
export async function readTls({
  certFile,
  keyFile,
}: NonNullable<RelayConfig['tls']>): Promise<{ cert: string; key: string }> {
  const read = (file: string) =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${file} cannot be read (${error.code}): check TLS_CERT and TLS_KEY.`);
    });
  const pair = { cert: await read(certFile), key: await read(keyFile) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new Error('TLS_CERT and TLS_KEY do not belong together, or are not PEM files.', { cause: error });
  }
  return pair;
}
