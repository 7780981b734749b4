/** Settings kept in files: `NAME_FILE` is the path of a file that holds the value of `NAME`. Node only. */
import { readFileSync, statSync } from 'node:fs';
import { ConfigError, type Environment } from './config.ts';
import { variables } from './variables.ts';

const largest = 64 * 1024;

/** The environment with what its files hold. Throws a `ConfigError` with a line for each that cannot be read. */
export function withFiles(environment: Environment): Environment {
  const errors: string[] = [];
  const read: Record<string, string> = {};
  for (const name of Object.keys(variables.shape)) {
    const path = environment[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (environment[name]?.trim()) errors.push(`${name}_FILE: is instead of ${name}; set one of them`);
    try {
      if (statSync(path).size > largest) errors.push(`${name}_FILE: the file is larger than ${largest} bytes`);
      else read[name] = readFileSync(path, 'utf8');
    } catch (error) {
      errors.push(`${name}_FILE: the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  }
  if (errors.length > 0) throw new ConfigError(errors);
  return { ...environment, ...read };
}
