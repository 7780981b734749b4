/** What is talked about in the stores' screenshots: pages of our own, so that nobody's rights are touched. */

export interface Shown {
  /** As a setting. */
  language: 'en' | 'pt-BR' | 'es';
  title: string;
  paragraphs: string[];
  questions: string[];
}

export const shownPages: Shown[] = [
  {
    language: 'en',
    title: 'The lighthouse at Cape Wren',
    paragraphs: [
      'The lighthouse at Cape Wren was built in 1874 after three ships were lost in one winter. Its walls of grey granite are two metres thick at the foot.',
      'A ticket costs twelve euros, and children under ten come in free of charge. The tower opens at nine in the morning from April to October.',
      'Two hundred and eleven steps lead to the lamp. From the gallery you see the islands, the old harbour and, on clear days, the mountains behind the town.',
      'Seals rest on the rocks below the tower in spring. Please keep to the path, and leave dogs at the gate.',
    ],
    questions: ['How much is a ticket?', 'When does the tower open?'],
  },
  {
    language: 'pt-BR',
    title: 'O farol do Cabo Azul',
    paragraphs: [
      'O farol do Cabo Azul foi construído em 1874, depois que três navios se perderam em um só inverno. Suas paredes de granito têm dois metros de espessura na base.',
      'O ingresso custa doze reais, e crianças até dez anos não pagam. O farol abre às nove da manhã, de abril a outubro.',
      'Duzentos e onze degraus levam até a lâmpada. Da varanda se veem as ilhas, o porto antigo e, em dias claros, as montanhas atrás da cidade.',
      'Na primavera, aves marinhas descansam nas pedras abaixo do farol. Por favor, fique na trilha e deixe os cães no portão.',
    ],
    questions: ['Quanto custa o ingresso?', 'Quando o farol abre?'],
  },
  {
    language: 'es',
    title: 'El faro del Cabo Azul',
    paragraphs: [
      'El faro del Cabo Azul se construyó en 1874, después de que tres barcos se perdieran en un solo invierno. Sus muros de granito tienen dos metros de grosor en la base.',
      'La entrada cuesta doce euros, y los niños de hasta diez años no pagan. El faro abre a las nueve de la mañana, de abril a octubre.',
      'Doscientos once escalones llevan hasta la lámpara. Desde el balcón se ven las islas, el puerto viejo y, en días claros, las montañas detrás de la ciudad.',
      'En primavera las focas descansan en las rocas al pie del faro. Por favor, sigue el sendero y deja a los perros en la puerta.',
    ],
    questions: ['¿Cuánto cuesta la entrada?', '¿Cuándo abre el faro?'],
  },
];

const style = `
  :root { color-scheme: light dark }
  body { margin: 0; font: 19px/1.6 Georgia, serif; background: light-dark(#fff, #16181a); color: light-dark(#222, #ddd) }
  main { max-width: 640px; margin: 64px auto; padding: 0 40px }
  h1 { font-size: 40px; line-height: 1.2; margin: 0 0 24px }
`;

export function pageOf({ language, title, paragraphs }: Shown): string {
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  return `<!doctype html><html lang="${language}"><title>${title}</title><style>${style}</style><main><h1>${title}</h1>${body}</main></html>`;
}
