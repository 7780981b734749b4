import { describe, expect, it } from 'vitest';
import { faultCodes } from '../../../lib/protocol/faults.ts';
import { endReasons, microphoneTroubles, toolFaults } from '../../../lib/protocol/snapshot.ts';
import { faultActions } from '../../../lib/ui/words/actions.ts';
import { words as assistantEn } from '../../../lib/ui/words/assistant.en.ts';
import { words as assistantEs } from '../../../lib/ui/words/assistant.es.ts';
import { words as assistantPt } from '../../../lib/ui/words/assistant.pt-BR.ts';
import { words as callEn } from '../../../lib/ui/words/call.en.ts';
import { words as callEs } from '../../../lib/ui/words/call.es.ts';
import { words as callPt } from '../../../lib/ui/words/call.pt-BR.ts';
import { words as chipEn } from '../../../lib/ui/words/chip.en.ts';
import { words as chipEs } from '../../../lib/ui/words/chip.es.ts';
import { words as chipPt } from '../../../lib/ui/words/chip.pt-BR.ts';
import { words as costEn } from '../../../lib/ui/words/cost.en.ts';
import { words as costEs } from '../../../lib/ui/words/cost.es.ts';
import { words as costPt } from '../../../lib/ui/words/cost.pt-BR.ts';
import { words as diagnosticsEn } from '../../../lib/ui/words/diagnostics.en.ts';
import { words as diagnosticsEs } from '../../../lib/ui/words/diagnostics.es.ts';
import { words as diagnosticsPt } from '../../../lib/ui/words/diagnostics.pt-BR.ts';
import { words as keepingEn } from '../../../lib/ui/words/keeping.en.ts';
import { words as keepingEs } from '../../../lib/ui/words/keeping.es.ts';
import { words as keepingPt } from '../../../lib/ui/words/keeping.pt-BR.ts';
import { words as pastEn } from '../../../lib/ui/words/past.en.ts';
import { words as pastEs } from '../../../lib/ui/words/past.es.ts';
import { words as pastPt } from '../../../lib/ui/words/past.pt-BR.ts';
import { words as timesEn } from '../../../lib/ui/words/times.en.ts';
import { words as timesEs } from '../../../lib/ui/words/times.es.ts';
import { words as timesPt } from '../../../lib/ui/words/times.pt-BR.ts';
import { words as toolsEn } from '../../../lib/ui/words/tools.en.ts';
import { words as toolsEs } from '../../../lib/ui/words/tools.es.ts';
import { words as toolsPt } from '../../../lib/ui/words/tools.pt-BR.ts';
import { pickLanguage } from '../../../lib/ui/words/language.ts';
import { knownTools } from '../../../lib/ui/words/tools.ts';
import { words as pagesEn } from '../../../lib/ui/words/pages.en.ts';
import { words as pagesEs } from '../../../lib/ui/words/pages.es.ts';
import { words as pagesPt } from '../../../lib/ui/words/pages.pt-BR.ts';

const assistants = [assistantEn, assistantPt, assistantEs];
const calls = [callEn, callPt, callEs];
const pages = [pagesEn, pagesPt, pagesEs];
const tools = [toolsEn, toolsPt, toolsEs];
const past = [pastEn, pastPt, pastEs];
const keeping = [keepingEn, keepingPt, keepingEs];
const costs = [costEn, costPt, costEs];
const diagnostics = [diagnosticsEn, diagnosticsPt, diagnosticsEs];
const times = [timesEn, timesPt, timesEs];
const chips = [chipEn, chipPt, chipEs];

/** Every text with its path; functions are called with stand-ins for what they are given. */
function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('«a»', '«b»', '«c»', '«d»'))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** The steps of the microphone page in which the browser or the sound decides, and nothing is to be pressed. */
const withoutButton = new Set(['asking', 'testing', 'heard'].map((step) => `.microphone.steps.${step}.button`));

describe.each(
  [...calls, ...pages, ...tools, ...past, ...keeping, ...costs, ...assistants, ...times, ...diagnostics, ...chips].map(
    (words) => [words.language, words] as const,
  ),
)('the words in %s', (_, words) => {
  it('leave nothing empty, and nothing with spaces around it', () => {
    for (const [path, text] of texts(words)) {
      if (withoutButton.has(path)) expect(text, path).toBe('');
      else expect(text, path).toMatch(/^\S(.*\S)?$/s);
    }
  });

  it('never say "Oops", and never shout', () => {
    for (const [path, text] of texts(words)) expect(text, path).not.toMatch(/oops|ups!|opa!|!/i);
  });

  it('use what they are given', () => {
    for (const [path, text] of texts(words)) if (text.includes('undefined')) throw new Error(`${path}: ${text}`);
  });
});

describe.each(calls.map((words) => [words.language, words] as const))('a fault in %s', (_, words) => {
  it('is told in at least two sentences or halves: what happened, then what to do', () => {
    for (const code of faultCodes) {
      expect(words.faults[code], code).toMatch(/^[A-Z¿¡].*\. .*\.$/);
      expect(words.faults[code], code).not.toContain(code);
    }
  });

  it('of the microphone names it, or does without a name, and says what to do', () => {
    for (const trouble of microphoneTroubles) {
      for (const name of ['USB microphone', null]) {
        const text = words.notes.trouble[trouble](name);
        expect(text, trouble).toMatch(/^\p{Lu}.*[.;] .*\.$/u);
        const isOfDevice = trouble !== 'blocked' && trouble !== 'stopped';
        expect(text.includes('USB microphone'), trouble).toBe(isOfDevice && name !== null);
        expect(text, trouble).not.toContain('null');
      }
    }
  });

  it('has a reason of its own for every end', () => {
    expect(new Set(endReasons.map((reason) => words.ended[reason])).size).toBe(endReasons.length);
    for (const reason of endReasons) expect(words.ended[reason], reason).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('has one button', () => {
    for (const code of faultCodes) expect(words.actions[faultActions[code]], code).toMatch(/\S/);
  });
});

describe.each(tools.map((words) => [words.language, words] as const))('a tool in %s', (_, words) => {
  it('that could not do its work says what happened, then what to do', () => {
    for (const code of toolFaults) expect(words.toolFaults[code], code).toMatch(/^\p{Lu}.*\. .*\.$/u);
  });

  it('waits for a click that names the place', () => {
    expect(words.toolFaults['tab-not-granted']).toContain('Parley');
    for (const say of [words.allow.ask, words.allow.given, words.grant.ask, words.grant.given]) {
      expect(say('bank.example')).toContain('bank.example');
    }
    for (const say of Object.values(words.grant)) expect(say(null)).not.toContain('null');
  });
});

describe.each(past.map((words) => [words.language, words] as const))('past calls in %s', (_, words) => {
  it('say how many would be gone before all of them are', () => {
    expect(words.removeAllAsk('17')).toContain('17');
    expect(words.going('3', '45', '50')).toMatch(/45.*50.*3/);
  });

  it('that cannot be had say what happened, then what to do', () => {
    for (const [trouble, text] of Object.entries(words.troubles)) expect(text, trouble).toMatch(/^\p{Lu}.*\. .*\.$/u);
  });
});

describe.each(keeping.map((words) => [words.language, words] as const))('what is kept, in %s', (_, words) => {
  it('names the relay that a file would bring, and the token that it does not', () => {
    expect(words.otherRelay('https://relay.example')).toContain('https://relay.example');
    expect(words.holdings.settings(true)).not.toBe(words.holdings.settings(false));
  });

  it('says of a file that does not fit what to do', () => {
    for (const [why, text] of Object.entries(words.importProblems)) expect(text, why).toMatch(/^\p{Lu}.*\. .*\.$/u);
  });
});

describe.each(assistants.map((words) => [words.language, words] as const))('models in %s', (_, words) => {
  it('are offered with what a minute costs', () => {
    expect(words.priced('model-1', '$0.06')).toMatch(/^model-1.*\$0\.06/);
    expect(words.perMinute('$0.06')).toContain('$0.06');
    expect(words.rate('«kind»', '«in»', '«again»', '«out»')).toMatch(/^«kind».*«in».*«again».*«out»/);
  });
});

describe('another language', () => {
  it('has its own sentences, not the English ones', () => {
    for (const words of [callPt, callEs]) {
      for (const code of faultCodes) expect(words.faults[code], code).not.toBe(callEn.faults[code]);
    }
    for (const words of [toolsPt, toolsEs]) {
      for (const code of toolFaults) expect(words.toolFaults[code], code).not.toBe(toolsEn.toolFaults[code]);
      for (const name of knownTools) expect(words.tools[name].done, name).not.toBe(toolsEn.tools[name].done);
    }
    for (const words of [assistantPt, assistantEs]) expect(words.notesHelp).not.toBe(assistantEn.notesHelp);
    for (const words of [pastPt, pastEs]) expect(words.removeAsk).not.toBe(pastEn.removeAsk);
    for (const words of [chipPt, chipEs]) {
      for (const reads of ['yes', 'after-click', 'ask-first', 'never', 'cannot'] as const)
        expect(words.reads[reads], reads).not.toBe(chipEn.reads[reads]);
    }
    for (const words of [costPt, costEs]) expect(words.note).not.toBe(costEn.note);
    for (const words of [diagnosticsPt, diagnosticsEs]) expect(words.help).not.toBe(diagnosticsEn.help);
    for (const words of [pagesPt, pagesEs]) expect(words.voice.help).not.toBe(pagesEn.voice.help);
    for (const words of [keepingPt, keepingEs]) expect(words.moneyHelp).not.toBe(keepingEn.moneyHelp);
  });

  it.each([
    ['auto', 'pt-PT', 'pt-BR'],
    ['auto', 'pt', 'pt-BR'],
    ['auto', 'es-419', 'es'],
    ['auto', 'de', 'en'],
    ['auto', 'est', 'en'],
    ['es', 'pt-BR', 'es'],
    ['en', 'es', 'en'],
  ] as const)('with the setting %s in a browser that speaks %s is %s', (setting, browser, language) => {
    expect(pickLanguage(setting, browser)).toBe(language);
  });
});
