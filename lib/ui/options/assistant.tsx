/** Who answers, with which voice, and what they are told. */
import { useEffect } from 'preact/hooks';
import type { Settings } from '../../protocol/settings.ts';
import { knownVoices } from '../../protocol/voices.ts';
import { assistantWords } from '../words/assistant-words.ts';
import { pageWords } from '../words/page-words.ts';
import { Section, useSave } from './field.tsx';
import { ModelField } from './model.tsx';
import { NameField } from './name-field.tsx';
import { OwnWords } from './own-words.tsx';
import { PricesFold } from './prices.tsx';
import { TestResult, useRelayTest } from './relay-test.tsx';
import { VoiceSample } from './voice-sample.tsx';

export function AssistantSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const { voiceHelp } = assistantWords.use();
  const [saved, save] = useSave();
  return (
    <Section title={words.assistant} saved={saved}>
      <ModelField value={settings.model} choose={(model) => save({ model })} />
      <NameField
        label={words.voice}
        value={settings.voice}
        placeholder={words.relayChooses}
        help={voiceHelp}
        suggestions={knownVoices}
        onName={(voice) => save({ voice })}
      />
      <VoiceSample voice={settings.voice} />
      <AskRelay settings={settings} />
      <PricesFold />
      <OwnWords settings={settings} save={save} />
    </Section>
  );
}

/** Only the relay knows which models and voices it allows. */
function AskRelay({ settings: { relay, model, voice } }: { settings: Settings }) {
  const words = assistantWords.use();
  const { outcome, test, forget } = useRelayTest();
  useEffect(forget, [relay.url, relay.deviceToken, model, voice]);
  return (
    <div class="test">
      <button type="button" disabled={outcome === 'testing'} onClick={() => void test({ relay, model, voice })}>
        {words.ask}
      </button>
      <TestResult outcome={outcome} />
    </div>
  );
}
