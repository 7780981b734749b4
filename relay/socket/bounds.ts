/** What one WebSocket through the relay may take. */

/** A turn of 30 s in one item is 2 MB of text. */
export const maxUpBytes = 4 * 1024 * 1024;
/** A provider sends a whole conversation's item when it is asked for one. */
export const maxDownBytes = 16 * 1024 * 1024;

/** So much may wait for a side that is slow before the other one is no longer read, and until it is again. */
export const mostUnsentBytes = 1024 * 1024;
export const fewUnsentBytes = mostUnsentBytes / 4;

export const socketOptions = {
  // Base64 of sound shrinks by a third at most; that is not worth a pair of compressors for each socket.
  perMessageDeflate: false,
  /** How long a side has to answer a CLOSE, ms. */
  closeTimeout: 3000,
};
