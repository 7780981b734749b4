/** What the scripts in the pages and the trace call the same. */
export const peerChannel = 'bench-peer';
export const arrived = 'bench-arrived';
export const settled = 'bench-settled';
