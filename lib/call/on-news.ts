/** What the session's news do to facts and transcript while a call is up. Pure. */
import type { News } from '../session/news.ts';
import { isHeard } from './answers.ts';
import type { Effect } from './events.ts';
import { spendAfter } from './money.ts';
import type { CallState, Facts } from './state.ts';
import {
  addLine,
  appendAssistant,
  assistantLine,
  changePerson,
  cutAssistant,
  dropUnheard,
  finishAssistant,
  personLine,
  place,
  type Transcript,
} from './transcript.ts';

export function onNews(state: CallState, news: News, at: number): { state: CallState; effects: Effect[] } {
  // Nothing is read any more for a call that is ending.
  if (news.type === 'tool-call' && state.ending !== null) return { state, effects: [] };
  const next: CallState = {
    ...state,
    facts: factsAfter(state.facts, news),
    transcript: transcriptAfter(state.transcript, asRead(state, news), at),
    spend: spendAfter(state, news),
  };
  if (news.type === 'response-done') {
    next.usage = {
      inputTokens: state.usage.inputTokens + news.inputTokens,
      outputTokens: state.usage.outputTokens + news.outputTokens,
    };
    next.fault = news.fault;
    if (news.fault && !state.facts.writing && !state.facts.playing) next.late = 'missing';
  }
  if (news.type === 'warning') {
    next.fault = news.fault;
    if (state.facts.awaiting) next.late = 'missing';
  }
  if (news.type === 'response-started' && state.facts.unwanted) {
    return { state: next, effects: [{ type: 'stop-answer' }] };
  }
  if (news.type !== 'tool-call' || state.facts.tools.includes(news.callId)) return { state: next, effects: [] };
  const { callId, itemId, name, argumentsText } = news;
  return { state: next, effects: [{ type: 'run-tool', callId, itemId, name, argumentsText }] };
}

/** What nobody heard was read, as far as it was written. */
function asRead(state: CallState, news: News): News {
  return news.type === 'cut' && !isHeard(state) ? { ...news, audioEndMs: Infinity } : news;
}

function factsAfter(facts: Facts, news: News): Facts {
  switch (news.type) {
    case 'person-started':
      return { ...facts, personTalking: true, awaiting: false, unwanted: false };
    case 'person-stopped':
      return { ...facts, personTalking: false, awaiting: true };
    case 'person-committed':
      // Its end was not told.
      return facts.personTalking ? { ...facts, personTalking: false, awaiting: true } : facts;
    case 'person-unheard':
    case 'input-empty':
      return { ...facts, awaiting: false };
    case 'answer-due':
      return { ...facts, awaiting: !facts.unwanted };
    case 'response-started':
      return { ...facts, responding: true, writing: false, awaiting: false, cutting: facts.unwanted, unwanted: false };
    case 'assistant-text':
      return { ...facts, writing: true };
    case 'response-done':
      return { ...facts, responding: false, cutting: facts.cutting && facts.playing };
    case 'voice-started':
      return { ...facts, playing: true };
    case 'voice-stopped':
      return { ...facts, playing: false, cutting: facts.cutting && facts.responding };
    case 'tool-call':
      return facts.tools.includes(news.callId) ? facts : { ...facts, tools: [...facts.tools, news.callId] };
    case 'warning':
      return { ...facts, awaiting: false };
    default:
      return facts;
  }
}

function transcriptAfter(transcript: Transcript, news: News, at: number): Transcript {
  switch (news.type) {
    case 'person-started':
      return addLine(transcript, personLine(news.itemId, at));
    case 'person-committed':
      return dropUnheard(transcript, news.itemId);
    case 'item-added':
      return placeItem(transcript, news, at);
    case 'person-text': {
      const known = addLine(transcript, personLine(news.itemId, at));
      if (news.final)
        return changePerson(known, news.itemId, { text: news.text, state: news.text ? 'final' : 'unheard' });
      const line = known.lines[news.itemId];
      if (line?.kind !== 'person' || line.state === 'final') return known;
      return changePerson(known, news.itemId, { text: line.text + news.text });
    }
    case 'person-unheard':
      return changePerson(addLine(transcript, personLine(news.itemId, at)), news.itemId, { state: 'unheard' });
    case 'assistant-text':
      return appendAssistant(addLine(transcript, assistantLine(news.itemId, at)), news.itemId, news.delta);
    case 'assistant-final':
      return finishAssistant(addLine(transcript, assistantLine(news.itemId, at)), news.itemId, news.text);
    case 'cut':
      return cutAssistant(transcript, news.itemId, news.audioEndMs);
    case 'tool-call':
      return addLine(transcript, {
        kind: 'tool',
        id: news.itemId,
        at,
        name: news.name.slice(0, 64),
        arguments: news.argumentsText.slice(0, 2000),
        state: 'running',
      });
    default:
      return transcript;
  }
}

function placeItem(transcript: Transcript, news: Extract<News, { type: 'item-added' }>, at: number): Transcript {
  const placed = place(transcript, news.itemId, news.previousItemId);
  if (news.item === 'person') return addLine(placed, personLine(news.itemId, at));
  return news.item === 'assistant' ? addLine(placed, assistantLine(news.itemId, at)) : placed;
}
