type Colour = (text: string) => string;

/** How words are coloured; who prints decides whether they are. */
export interface Paint {
  bold: Colour;
  dim: Colour;
  red: Colour;
  yellow: Colour;
  green: Colour;
  cyan: Colour;
}

const asItIs: Colour = (text) => text;

export const noPaint: Paint = { bold: asItIs, dim: asItIs, red: asItIs, yellow: asItIs, green: asItIs, cyan: asItIs };
