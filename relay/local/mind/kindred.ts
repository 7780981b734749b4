import { terms } from './terms.ts';

/**
 * Words that stand for each other when a page does not have the one that was asked for, in the three languages: somebody
 * asks for the price, the page says "entrada: 5 €". Only what people often ask a page.
 */
const FAMILIES = [
  'horário horario hours open opens opening opened close closes closing abre abrem abren aberto aberta abierto abierta abertura apertura fecha fecham fechado cierra cierran cerrado funcionamento funciona hora horas',
  'custa custo preço preços cuesta coste costo precio precios cost costs price prices fee fees admission ticket tickets entrada entradas ingresso ingressos tarifa tarifas bilhete bilhetes euro euros reais dólares grátis gratis free',
  'telefone telefones teléfono teléfonos tel phone telephone call ligue llame llámenos whatsapp',
  'endereço dirección direcciones address fica localizado localizada localização está ubicado ubicada ubicación situado situada rua avenida praça calle plaza street located location',
  'escreveu escrito escrita autor autora escribió author wrote written',
  'publicado publicada publicação publicó publicación atualizado actualizado published posted updated data date',
].map((words) => new Set(terms(words)));

/** Both are terms (see `terms`). */
export function isKin(one: string, other: string): boolean {
  return FAMILIES.some((family) => family.has(one) && family.has(other));
}
