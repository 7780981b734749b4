/** One WebRTC peer: Opus frames and text both ways. Small, so that another library can take its place. */

export interface PeerHandlers {
  /** The data channel is open; text can be sent from now on. */
  onOpen(): void;
  onText(text: string): void;
  /** A binary message, which the protocol does not know. */
  onBinary(): void;
  /** One Opus packet from the browser. `sequence` is RTP's 16 bits: the receiver sees loss and disorder by it. */
  onFrame(packet: Uint8Array, sequence: number): void;
  /** Once, whoever ended it and whatever failed. */
  onClose(): void;
}

export interface PeerOptions {
  /** The id of a data channel that both sides create by themselves (`?dcid=` of the call). */
  channelId?: number;
  log(line: string): void;
}

export interface Peer {
  /** The answer with its candidates inside. Rejects with `InvalidOffer`. */
  accept(offer: string): Promise<string>;
  /** Sends one 20 ms Opus packet; `slot` counts 20 ms steps of the wall clock, `first` marks the first after a gap. */
  sendFrame(packet: Uint8Array, slot: number, first: boolean): void;
  /** One message on the data channel; bytes go as a binary one. */
  sendText(message: string | Uint8Array): void;
  /** Closes the data channel alone: sound goes on. Harmless when called twice. */
  closeChannel(): void;
  /** Harmless when called twice. */
  close(): void;
}

export type CreatePeer = (handlers: PeerHandlers, options: PeerOptions) => Peer;
