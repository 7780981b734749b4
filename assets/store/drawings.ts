/** What the stores show beside the texts: the mark on a quiet ground, without words, so that it is the same in every language. */
import { svg } from '../icons/draw.ts';
import { mark } from '../icons/shapes.ts';

export interface Drawing {
  file: string;
  width: number;
  height: number;
  svg: string;
}

/** The pages' paper, a shade darker, so that the tile has an edge on a white page. */
const ground = '#efece6';

function tile(width: number, height: number): Drawing {
  const side = Math.round(height * 0.5);
  const inner = svg(mark)
    .trim()
    .replace('<svg ', `<svg x="${(width - side) / 2}" y="${(height - side) / 2}" width="${side}" height="${side}" `);
  const size = `width="${width}" height="${height}"`;
  return {
    file: `tile-${width}x${height}`,
    width,
    height,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}"><rect ${size} fill="${ground}"/>${inner}</svg>\n`,
  };
}

/** Chrome's small tile is required, the large one is for its front page. */
export const drawings: Drawing[] = [tile(440, 280), tile(1400, 560)];

/** Edge's logo. */
export const logoSize = 300;
