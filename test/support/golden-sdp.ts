/** An offer as Chromium makes it for a call, and an answer as a provider gives it, both shortened to what says something. */

export const goldenOffer = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=msid-semantic: WMS',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:kZ3p',
  'a=ice-pwd:2Qj1vXcJ7YwqUoKx0mW9aLpT',
  `a=fingerprint:sha-256 ${'AB:'.repeat(31)}AB`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:9 G722/8000',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
].join('\r\n');

export const goldenAnswer = goldenOffer
  .replace('a=setup:actpass', 'a=setup:active\r\na=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host')
  .replace('SAVPF 111 63 9', 'SAVPF 111');
