type Env = Record<string, string | undefined>;
export function browserPlaces(platform?: string, env?: Env, home?: string): string[];
export function findInstalledBrowser(platform?: string, env?: Env, home?: string): string | null;
