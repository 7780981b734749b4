/** What a sentence wants of us, by its words. English first; enough Portuguese and Spanish for typed questions. */

export type Intent =
  | 'greeting'
  | 'identity'
  | 'thanks'
  | 'goodbye'
  /** To be quiet. */
  | 'stop'
  /** About the marked text. */
  | 'selection'
  /** Names the page, or asks for a summary: read it (again). */
  | 'page'
  /** A question that the page may answer. */
  | 'question'
  /** Something to do, which this engine cannot. */
  | 'action'
  | 'unclear';

const GREETING =
  /^(hello|hi|hey|howdy|good (morning|afternoon|evening)|ola|oi|bom dia|boa (tarde|noite)|hola|buen[oa]s( dias| tardes| noches)?)( there| parley| again)*$/;
const THANKS =
  /^(ok |okay |great |perfect )?(thanks|thank you|cheers|obrigad[oa]|valeu|gracias)( (a lot|very much|so much|muito|muchas))?( parley)?$|^muit[oa] obrigad[oa]$|^muchas gracias$/;
const GOODBYE =
  /^(ok |okay )?(good ?bye|bye( bye)?|see you( later| soon)?|tchau|adeus|ate logo|adios|hasta luego)( parley)?$/;
const STOP =
  /^(ok |okay )?(please )?(stop( it| talking)?|be quiet|quiet|enough|pare|para|chega|basta|silencio|callate|cale se)( please| por favor)?$/;
const IDENTITY =
  /\b(who|what) are you\b|\bwhat can you do\b|\bhow can you help\b|\bwhat is your name\b|\bwhat s your name\b|^help( me)?$|\bquem e voce\b|\bo que voce (pode|sabe) fazer\b|\bquien eres\b|\bque puedes hacer\b/;
const SELECTION = /\b(select(ed|ion)|highlighted|marked|selec(ao|ionad[oa]|cion|cionad[oa]))\b/;
const PAGE =
  /\b(page|pages|article|web ?site|site|document|tab|summar(y|i[sz]e)|sum up|tl ?dr|pagina|artigo|resum(o|a|e|ir|en|en?)|articulo|documento|sitio)\b/;
const ACTION =
  /^(please |can you |could you |would you )?(please )?(open|close|click|press|type|fill|buy|order|book|send|write|compose|play|call|set|remind|translate|scroll|download|install|delete|turn|switch|search|google|log|sign|abra?|feche|clique|compre|envie|escreva|abre|cierra|haz|envia|escribe|traduz(a|ir)?|traduce)\b/;
const QUESTION_WORD =
  /^(and |so |but |then |ok |okay |well |e |y )?(what|who|whom|whose|when|where|why|which|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|tell|explain|find|list|describe|give|show|read|name|define|o que|que|quem|quando|onde|por ?que|qual|quais|como|quanto?s?|quantas|diga|quien|cuando|donde|cual|cuales|cuanto?s?|cuantas|dime)\b/;

/** Lower case, without accents and punctuation. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function intentOf(text: string): Intent {
  const words = plain(text);
  if (!words) return 'unclear';
  if (GREETING.test(words)) return 'greeting';
  if (THANKS.test(words)) return 'thanks';
  if (GOODBYE.test(words)) return 'goodbye';
  if (STOP.test(words)) return 'stop';
  if (IDENTITY.test(words)) return 'identity';
  if (SELECTION.test(words)) return 'selection';
  if (ACTION.test(words)) return 'action';
  if (PAGE.test(words)) return 'page';
  if (/[?¿]/.test(text) || QUESTION_WORD.test(words)) return 'question';
  // Misheard or wordy beginnings: "so um tell me about the harbour".
  if (/\b(tell me|explain|what|when|where|who|why|which|how (many|much|long|far|old))\b/.test(words)) return 'question';
  // A greeting with a question behind it ("hello, what time does it leave") was split by punctuation only.
  const rest = words.replace(/^(hello|hi|hey|ola|oi|hola)( there| parley)? /, '');
  return rest !== words ? intentOf(rest) : 'unclear';
}

const SUMMARY =
  /\b(summar(y|i[sz]e)|sum up|tl ?dr|(this|it|that|page|article|(web)?site|document|text|selection)( is)?( all)? about|overview|gist|main (point|idea)s?|resum(o|a|e|ir|en)|sobre (o )?que|de que (se )?trata)\b/;
const WHOLE =
  /^(please )?(can you |could you )?(read|tell me about|describe|explain|what does|what is|what s|what do you see)( to)?( me)?( on| in)?( the| this| my)? (page|article|website|site|document|tab|selection|selected text)( say| to me| aloud)?( please)?$/;
/** The same in Portuguese and Spanish. */
const WHOLE_ELSEWHERE =
  /^(o que (diz|tem)|que dice|leia|lee|leer?)( a| o| la| el)?( esta| este| n?esta)? ?(pagina|artigo|articulo|texto|selecao|seleccion)( selecionad[oa]| seleccionad[oa])?( por favor)?$/;
const TITLE =
  /\b(title|titulo|heading|headline|which page|what page|que pagina)\b|\b(page|article|website|site|document)( is)? called\b/;

/** What of a page is asked for. */
export function wantedOf(text: string): 'summary' | 'title' | 'passage' {
  const words = plain(text);
  if (WHOLE.test(words) || WHOLE_ELSEWHERE.test(words)) return 'summary';
  // "What does the page say about trains" is a question; "what is this page about" is not.
  const about = /\babout (.+)$/.exec(words)?.[1];
  const topic = about !== undefined && !/^(the |this |it|that )*(page|article|site|website)?$/.test(about);
  if (SUMMARY.test(words) && !topic) return 'summary';
  if (TITLE.test(words)) return 'title';
  return 'passage';
}
