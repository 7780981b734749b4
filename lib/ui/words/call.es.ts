import type { CallWords } from './call.ts';

export const words: CallWords = {
  language: 'es',
  states: {
    idle: 'Hablar',
    asking: '¿Micrófono?',
    connecting: 'Conectando…',
    waiting: 'Abriendo el micrófono…',
    typed: 'Escríbeme',
    listening: 'Te escucho',
    hearing: 'Te estoy oyendo',
    thinking: 'Pensando…',
    reading: 'Leyendo la página…',
    speaking: 'Hablando',
    interrupting: 'Dime',
    muted: 'En silencio',
    reconnecting: 'Reconectando…',
    ended: 'Hablar otra vez',
    fault: 'Sin llamada',
  },
  does: {
    start: 'Pulsa para hablar',
    allow: 'Pulsa para permitir el micrófono',
    cancel: 'Pulsa para cancelar',
    'hang-up': 'Pulsa para colgar',
    stop: 'Pulsa para parar la respuesta',
    unmute: 'Pulsa para activar el micrófono',
  },
  howToTalk: 'Cómo hablar',
  modes: { 'hands-free': 'Manos libres', tap: 'Pulsar', hold: 'Mantener' },
  talk: {
    tap: {
      resting: 'Pulsa para hablar',
      held: 'Habla… pulsa para enviar',
      send: 'Pulsa para enviar',
      hint: 'Pulsa una vez para hablar y otra cuando termines.',
    },
    hold: {
      resting: 'Mantén pulsado para hablar',
      held: 'Habla… suelta para enviar',
      send: 'Suelta para enviar',
      hint: 'Mantén pulsado el botón o la barra espaciadora mientras hablas.',
    },
  },
  dropHint: 'Esc descarta lo que has dicho.',
  doneHint: 'Pulsa Enter cuando termines.',
  ended: {
    'hung-up': 'Has colgado. El micrófono está cerrado.',
  },
  faults: {
    'microphone-needed': 'Parley necesita tu micrófono. Permítelo una vez y habla.',
    'microphone-denied': 'El navegador bloquea el micrófono para Parley. Permítelo y vuelve a hablar.',
    'microphone-dismissed':
      'La pregunta sobre el micrófono se cerró sin respuesta. Vuelve a preguntar y elige Permitir.',
    'microphone-missing': 'No se encontró ningún micrófono. Conecta o enciende uno y vuelve a intentarlo.',
    'microphone-busy': 'Otro programa está usando el micrófono. Ciérralo y vuelve a intentarlo.',
    'microphone-lost': 'El micrófono desapareció durante la llamada. Mira si está conectado y permitido.',
    'relay-unset': 'Parley todavía no está conectado a un relay. Conecta uno para hacer tu primera llamada.',
    'relay-unreachable': 'El relay no respondió. Revisa su dirección o inícialo.',
    'relay-timeout': 'El relay tardó demasiado en responder. Vuelve a intentarlo en un momento.',
    'relay-not-a-relay': 'Algo responde en esta dirección, pero no es un relay de Parley. Revisa la dirección.',
    'relay-refused':
      'El relay rechazó el código del dispositivo. Pega el código que mostró al iniciarse por primera vez.',
    'relay-origin':
      'El relay no conoce esta copia de Parley. Añade su id a los orígenes permitidos y vuelve a intentarlo.',
    'relay-limit': 'El relay recibió demasiadas llamadas en poco tiempo. Espera un poco y vuelve a intentarlo.',
    'relay-rejected': 'El relay no acepta estas opciones. Elige otro modelo u otra voz, o déjalos en blanco.',
    'provider-refused':
      'El proveedor rechazó la clave del relay. Pide a quien lo lleva que la revise y vuelve a intentarlo.',
    'provider-quota':
      'La cuenta del relay no tiene crédito. Pide a quien lo lleva que la recargue y vuelve a intentarlo.',
    'provider-busy': 'El proveedor está ocupado. Vuelve a intentarlo en un momento.',
    'provider-unreachable': 'El relay no llega al proveedor. Revisa la conexión del relay y vuelve a intentarlo.',
    'provider-error': 'El proveedor respondió con un error. Vuelve a intentarlo; si sigue, mira los detalles.',
    'connection-failed': 'No se pudo conectar la llamada. Revisa tu red o el cortafuegos y vuelve a intentarlo.',
    'connection-lost': 'Se perdió la conexión. Revisa tu red y vuelve a intentarlo.',
    'session-expired': 'La llamada llegó a su duración máxima. Empieza otra para seguir.',
    'host-stopped': 'El navegador paró la llamada. Empieza otra para seguir.',
    internal: 'Algo falló en Parley. Vuelve a intentarlo; si sigue, mira los detalles.',
  },
  actions: {
    'allow-microphone': 'Permitir el micrófono',
    'check-microphone': 'Revisar el micrófono',
    'connect-relay': 'Conectar un relay',
    'open-options': 'Abrir las opciones',
    'try-again': 'Volver a intentar',
  },
  waitSeconds: (seconds) => `Conviene volver a intentarlo en ${seconds} s.`,
  details: 'Detalles',
  silent: { sentence: 'Parley no responde. Recárgalo para empezar de nuevo.', action: 'Recargar la extensión' },
  controls: {
    mute: 'Silenciar',
    unmute: 'Activar',
    stopAnswer: 'Parar respuesta',
    done: 'Ya está',
    hangUp: 'Colgar',
    panel: 'Abrir panel lateral',
    options: 'Opciones',
  },
  notes: {
    trouble: {
      'system-muted': (name) =>
        `${name ?? 'El micrófono'} está silenciado en el sistema o con su propio botón. Actívalo ahí para que te oiga.`,
      silent: (name) => `${name ?? 'El micrófono'} no da ningún sonido. Revisa su cable y su botón, o elige otro.`,
      gone: (name) => `${name ?? 'El micrófono'} se ha desconectado. Vuelve a conectarlo o elige otro.`,
      replaced: (name) =>
        `Tu micrófono se ha desconectado. ${name ?? 'Otro'} ocupa su lugar; elige otro si no es el que quieres.`,
    },
    choose: 'Elegir un micrófono',
    heardNothing: {
      tap: 'No he oído nada. Pulsa, habla y vuelve a pulsar.',
      hold: 'No he oído nada. Mantén pulsado mientras hablas.',
    },
    secondBest: {
      websocket: 'Conectado por WebSocket: aquí WebRTC está bloqueado.',
      relay: 'Conectado a través del relay: aquí los caminos directos están bloqueados.',
    },
  },
  devices: {
    title: 'Micrófono y altavoz',
    microphone: 'Micrófono',
    speaker: 'Altavoz',
    system: 'El que elija el sistema',
    absent: 'No conectado',
    unnamed: 'El navegador da los nombres de los dispositivos cuando el micrófono está permitido.',
  },
  shortcutHint: (shortcut) => `O pulsa ${shortcut} en cualquier página.`,
  you: 'Tú',
  parley: 'Parley',
  tools: {
    read_page: { running: 'Leyendo la página…', done: 'Leyó la página', failed: 'No pudo leer la página' },
    read_selection: {
      running: 'Leyendo lo que seleccionaste…',
      done: 'Leyó lo que seleccionaste',
      failed: 'No pudo leer la selección',
    },
  },
  otherTool: (name) => `Usó ${name}`,
  toolFaults: {
    'no-tab': 'No hay ninguna página abierta delante de ti. Abre una y pregunta otra vez.',
    'not-granted': 'Parley aún no puede leer este sitio. Pulsa su icono en esa página o permite el sitio aquí.',
    'restricted-page':
      'El navegador no deja que las extensiones lean sus propias páginas ni su tienda. Pregunta en una página normal.',
    'unreadable-kind': 'Es un PDF, una imagen o un archivo simple, que Parley aún no lee. Pregunta en una página web.',
    'empty-page': 'No hay texto en esta página. Si aún se está cargando, pregunta otra vez en un momento.',
    'no-selection': 'No hay nada seleccionado. Selecciona un texto y pregunta otra vez.',
    'timed-out': 'La página no respondió en 3 segundos. Espera a que se calme y pregunta otra vez.',
    'page-changed': 'La página cambió mientras se leía. Pregunta otra vez.',
    'invalid-arguments': 'El asistente pidió algo de una forma que Parley no entiende. Pregunta con otras palabras.',
    'unknown-tool': 'El asistente pidió algo que Parley no sabe hacer. Pide otra cosa.',
    interrupted: 'Se paró porque seguiste adelante. Pregunta otra vez si aún lo quieres.',
    failed: 'La lectura falló. Recarga la página y pregunta otra vez.',
  },
  characters: (count) => `${count} caracteres`,
  truncated: 'solo el principio',
  unheard: 'No se entendió',
  grant: {
    ask: (host) => (host ? `Dejar que Parley lea ${host}` : 'Dejar que Parley lea las páginas por las que preguntes'),
    given: (host) =>
      host
        ? `Parley ya puede leer ${host}. Pregunta otra vez.`
        : 'Parley ya puede leer tus páginas. Pregunta otra vez.',
    refused: (host) =>
      host ? `Parley no puede leer ${host}. No se leyó nada.` : 'Parley no puede leer esta página. No se leyó nada.',
  },
  transcript: 'Conversación',
  latest: 'Ir al final',
  emptyTitle: 'Pregunta sobre la página abierta',
  emptyHint: 'Habla, escribe o empieza con una de estas.',
  starters: ['¿De qué trata esta página?', '¿Qué es lo más importante aquí?', '¿Qué sabes hacer?'],
  write: 'Escribe un mensaje',
  send: 'Enviar',
};
