export * from './lab.ts';
export * from './peers.ts';
