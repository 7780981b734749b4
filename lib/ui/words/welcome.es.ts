import type { WelcomeWords } from './welcome.ts';

export const words: WelcomeWords = {
  language: 'es',
  title: 'Te damos la bienvenida a Parley',
  consent: {
    title: 'Antes de empezar',
    intro:
      'Con Parley hablas con un asistente sobre la página que tienes delante. Esto es lo que hace falta para ello.',
    points: [
      {
        name: 'Se graba',
        text: 'Tu voz, desde que empiezas una llamada hasta que termina. Parley no guarda ningún sonido.',
      },
      {
        name: 'Se lee',
        text: 'La página que tienes delante: título, dirección, apartados y primeras líneas al empezar la llamada (una opción lo desactiva); más de ella, o una imagen, cuando la respuesta lo necesita. Otras pestañas, solo donde pulsaste el botón de Parley. Nunca lo que escribes en las páginas, contraseñas ni números de tarjeta. Los bancos, la salud y el correo piden permiso antes.',
      },
      {
        name: 'Se envía',
        text: 'Tu voz, lo que escribes y lo que se leyó van al relay que conectes y al proveedor que usa, donde rigen sus propias condiciones. Nadie más recibe nada, tampoco quienes hacen Parley.',
      },
      {
        name: 'Se guarda',
        text: 'En este navegador: tus ajustes, las llamadas anteriores como texto y las sumas de lo que costaron. En las opciones puedes dejar de guardar las llamadas y borrarlo todo.',
      },
    ],
    agree: 'Acepto',
    notNow: 'Ahora no',
    agreed: (when) => `El ${when} aceptaste lo que Parley graba, lee y envía.`,
    takeBack: 'Retirarlo',
  },
  stepList: 'Pasos',
  stepDone: 'hecho',
  stepOf: (step, count) => `Paso ${step} de ${count}`,
  steps: {
    relay: {
      title: 'Conectar un relay',
      why: 'El relay es un pequeño programa que guarda la clave del asistente para que el navegador nunca la tenga. Lo ejecutas tú, o alguien lo ejecuta por ti.',
    },
    microphone: {
      title: 'Permitir el micrófono',
      why: 'Parley tiene que oírte. El micrófono solo se abre en las llamadas y mientras lo pruebas; lo que oye una prueba no va a ninguna parte.',
    },
    talk: {
      title: 'Decir algo',
      why: 'Empieza una llamada, pregunta y escucha. Puedes hablar encima de la respuesta.',
    },
  },
  next: 'Continuar',
  skip: 'Saltar este paso',
  relay: {
    howTo: 'Cómo conectar',
    ways: { token: 'Dirección y código del dispositivo', code: 'Enlace de emparejamiento', try: 'Probar sin clave' },
    code: 'Código de emparejamiento',
    codeHelp:
      'El dueño del relay crea uno para ti. Sirve una vez, durante unos minutos. Puedes pegar el enlace entero.',
    connect: 'Conectar',
    trust: 'Conecta solo un relay de confianza: él y su proveedor oyen lo que dices.',
    replaces: (host) => `Ocupa el lugar de ${host}, que está conectado ahora.`,
    problems: {
      'code-refused': 'El relay rechazó el código: es incorrecto, ya se usó o caducó. Pide otro a su dueño.',
      'no-pairing':
        'Este relay no conoce códigos de emparejamiento. Pide a su dueño un código del dispositivo y usa ese.',
      'code-shape': 'Esto no es un código de emparejamiento. Pega solo el código, o el enlace entero.',
      'damaged-link': 'Este enlace de emparejamiento está incompleto. Cópialo otra vez, del primer al último carácter.',
    },
    connected: (host) => `Conectado a ${host}.`,
    kept: 'El relay ya te conoce, así que puedes seguir.',
    tryIntro: 'El relay tiene un motor propio. No necesita clave ni cuenta, y nada sale de tu equipo.',
    tryCommands: [
      { command: 'npm start', does: 'en la carpeta del código de Parley abre un navegador con Parley ya conectado.' },
      { command: 'npm run relay', does: 'muestra una dirección y un código del dispositivo para este navegador.' },
    ],
    tryLimits: 'Hacen falta git, Node 20 o más nuevo y npm. El motor entiende mejor el inglés, y es modesto.',
  },
  microphone: {
    heard: 'Todo listo. Sigue cuando quieras.',
    quiet: 'Todavía no se ha oído nada. Si hablaste, mira qué micrófono usa el sistema. Puedes seguir de todos modos.',
  },
  talk: {
    say: (question) => `Pulsa el botón y pregunta: «${question}»`,
    write: (question) => `Escribir «${question}»`,
    noRelay: 'Todavía no hay quien responda. Conecta un relay y habla.',
    toRelay: 'Conectar un relay',
    noMicrophone: 'El micrófono aún no está permitido. Puedes escribir; la respuesta llega como texto.',
    answered: 'Esa fue tu primera respuesta. Parley está listo.',
    finish: 'Terminar',
  },
  ready: {
    title: 'Parley está a mano',
    open: 'Aún falta:',
    ways: [
      'Pulsa el icono de Parley en la barra de herramientas, en la página de la que quieras hablar. Si no lo ves, está detrás de la pieza de puzle: fíjalo.',
      'El panel lateral muestra la conversación entera, y ahí también puedes escribir.',
      'Todo se puede cambiar en las opciones.',
    ],
    close: 'Cerrar esta página',
  },
};
