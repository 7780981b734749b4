/** Voices that the provider documents for the Realtime API (realtime-protocol, session object), those it recommends first. */
export const knownVoices = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse'];
