import type { Acting, Acts, Message, Pass } from './kind.ts';

/**
 * Takes responses away from the session: each is called off where it is made, and the client sees of it only what
 * `instead` passes on when it is given `response.created`. The session is free for the next one.
 */
export function hushed(acting: Acting, instead: (created: Message, pass: Pass) => void): Acts {
  const responses = new Set<unknown>();
  const cancels = new Set<unknown>();
  return {
    toClient(message, pass) {
      const { event } = message;
      if (event?.['type'] === 'response.created' && acting.strike()) {
        const id: unknown = event['response']?.id;
        responses.add(id);
        instead(message, pass);
        // Not inside the session's own step.
        queueMicrotask(() => {
          const cancel = { type: 'response.cancel', event_id: acting.ids.next('event'), response_id: id };
          cancels.add(cancel.event_id);
          acting.line.receive(JSON.stringify(cancel));
        });
        return;
      }
      const hidden =
        responses.has(event?.['response_id'] ?? event?.['response']?.id) || cancels.has(event?.['error']?.event_id);
      if (!hidden) pass(message);
    },
  };
}
