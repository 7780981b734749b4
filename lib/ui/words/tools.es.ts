import type { ToolWords } from './tools.ts';

export const words: ToolWords = {
  language: 'es',
  tools: {
    read_page: { running: 'Leyendo la página…', done: 'Leyó la página', failed: 'No pudo leer la página' },
    search_page: {
      running: 'Buscando en la página…',
      done: 'Buscó en la página',
      failed: 'No pudo buscar en la página',
    },
    read_more: { running: 'Leyendo más…', done: 'Leyó otro fragmento', failed: 'No pudo seguir leyendo' },
    read_selection: {
      running: 'Leyendo lo que seleccionaste…',
      done: 'Leyó lo que seleccionaste',
      failed: 'No pudo leer la selección',
    },
    page_outline: {
      running: 'Mirando el esquema de la página…',
      done: 'Miró el esquema de la página',
      failed: 'No pudo ver el esquema',
    },
    point_at: { running: 'Buscando el fragmento…', done: 'Marcado en la página', failed: 'No se marcó nada' },
    look_at_page: { running: 'Mirando la página…', done: 'Miró la página', failed: 'No pudo mirar la página' },
    list_tabs: {
      running: 'Mirando tus pestañas…',
      done: 'Miró las pestañas que permitiste',
      failed: 'No pudo ver las pestañas',
    },
    read_tab: { running: 'Leyendo otra pestaña…', done: 'Leyó otra pestaña', failed: 'No pudo leer la otra pestaña' },
  },
  otherTool: (name) => `Usó ${name}`,
  toolFaults: {
    'no-tab': 'No hay ninguna página abierta delante de ti. Abre una y pregunta otra vez.',
    'not-granted': 'Parley aún no puede leer este sitio. Pulsa su icono en esa página o permite el sitio aquí.',
    'ask-first':
      'En esta página puede haber cosas privadas: dinero, salud, correo o una contraseña. No se lee nada hasta que lo permitas en esta llamada.',
    'never-read': 'Parley no lee este sitio: está en tu lista o guarda contraseñas. Tu lista está en las opciones.',
    'private-window': 'Parley no lee ventanas de incógnito. Pregunta en una ventana normal.',
    'other-site':
      'Cada respuesta lee un solo sitio, para que ninguna página alcance a otra. Pregunta por este sitio aparte.',
    'tab-not-granted':
      'Parley aún no puede leer esa pestaña. Ve a ella, pulsa el botón de Parley en la barra y pregunta otra vez.',
    'too-much-read': 'Ya se leyó bastante para una respuesta. Pregunta otra vez para seguir.',
    'restricted-page':
      'El navegador no deja que las extensiones lean sus propias páginas ni su tienda. Pregunta en una página normal.',
    'unreadable-kind': 'Es un PDF, una imagen o un archivo simple, que Parley aún no lee. Pregunta en una página web.',
    'empty-page': 'No hay texto en esta página. Si aún se está cargando, pregunta otra vez en un momento.',
    'no-selection': 'No hay nada seleccionado. Selecciona un texto y pregunta otra vez.',
    'nothing-found': 'Ningún fragmento de la página responde a eso. Pregunta con otras palabras.',
    'no-such-passage': 'Ese fragmento ya no está a mano. Pregunta otra vez y la página se leerá de nuevo.',
    'not-on-page':
      'Estas palabras no están en la página, así que no se marcó nada. Comprueba la respuesta antes de fiarte de ella.',
    'timed-out': 'La página no respondió a tiempo. Espera a que se calme y pregunta otra vez.',
    'page-changed': 'La página cambió mientras se leía. Pregunta otra vez.',
    'invalid-arguments': 'El asistente pidió algo de una forma que Parley no entiende. Pregunta con otras palabras.',
    'unknown-tool': 'El asistente pidió algo que Parley no sabe hacer. Pide otra cosa.',
    interrupted: 'Se paró porque seguiste adelante. Pregunta otra vez si aún lo quieres.',
    failed: 'La lectura falló. Recarga la página y pregunta otra vez.',
  },
  quoted: (text) => `«${text}»`,
  characters: (count) => `${count} caracteres`,
  truncated: 'solo el principio',
  sent: {
    title: 'Lo que se envió al asistente',
    picture: 'La imagen de la página',
    copy: 'Copiar',
    copied: 'Copiado',
    fetching: 'Un momento…',
    notKept: 'Lo que se envió ya no se guarda.',
  },
  grant: {
    ask: (host) => (host ? `Dejar que Parley lea ${host}` : 'Dejar que Parley lea las páginas por las que preguntes'),
    given: (host) => (host ? `Parley ya puede leer ${host}.` : 'Parley ya puede leer tus páginas.'),
    refused: (host) =>
      host ? `Parley no puede leer ${host}. No se leyó nada.` : 'Parley no puede leer esta página. No se leyó nada.',
  },
  allow: {
    ask: (host) => `Dejar que Parley lea ${host} en esta llamada`,
    given: (host) => `Parley puede leer ${host} hasta que termine esta llamada.`,
  },
  goesOn: 'La respuesta sigue sola.',
  askAgain: 'Pregunta otra vez.',
  quote: {
    show: 'Mostrar en la página',
    shown: 'Marcado otra vez en la página.',
    gone: 'Esa página ya no existe.',
    leadsTo: 'Su pestaña se cerró o muestra otra página. El fragmento está en esta dirección:',
    open: 'Abrir en una pestaña nueva',
  },
};
