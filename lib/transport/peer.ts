/** Our half of a WebRTC call up to its offer, which needs no grant and so is made while the grant is on its way. */
import type { Prepared } from './transport.ts';

/** Any that an in-band channel would not be given by itself: those are counted up from 0. */
export const channelId = 100;

export class PreparedPeer implements Prepared {
  readonly connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  readonly sender: RTCRtpSender;
  /**
   * Both sides make it by themselves, a round trip sooner than one that has to be announced (performance 2.2). Whether the
   * provider will is not known yet; a channel that only we have does no harm, and the offer is the same.
   */
  readonly negotiated: RTCDataChannel;
  /** Resolves with the offer's SDP, without candidates: the provider learns our address from our first packet. */
  readonly offer: Promise<string>;
  #taken = false;

  constructor() {
    // The transceiver first: a track that comes later takes its place without renegotiation.
    this.sender = this.connection.addTransceiver('audio', { direction: 'sendrecv' }).sender;
    this.negotiated = this.connection.createDataChannel('oai-events', { negotiated: true, id: channelId });
    this.offer = this.#makeOffer();
    // Closed before it is made and before anybody waits for it.
    this.offer.catch(() => undefined);
  }

  /** For the one who makes a line of it, and closes it from now on. False when somebody else does. */
  take(): boolean {
    if (this.#taken || this.connection.connectionState === 'closed') return false;
    this.#taken = true;
    return true;
  }

  close(): void {
    if (!this.#taken) this.connection.close();
  }

  async #makeOffer(): Promise<string> {
    const { sdp = '' } = await this.connection.createOffer();
    await this.connection.setLocalDescription({ type: 'offer', sdp });
    return sdp;
  }
}
