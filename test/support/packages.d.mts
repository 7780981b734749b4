export function onPath(program: string): boolean;
export function packagesAreCurrent(root: string): boolean;
