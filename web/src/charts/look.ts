// How charts look: the page's own colours and type, read from the style sheet, so that a theme is written once.
export interface Look {
  color: (name: string) => string;
  font: string;
}

export function read_look(element: Element): Look {
  const style = getComputedStyle(element);
  return {
    color: (name) => style.getPropertyValue(`--${name}`).trim(),
    font: style.fontFamily,
  };
}

// Stripes for what is not in the sum: told apart without colour.
export const stripes = (color: string) => ({
  symbol: 'rect',
  color,
  dashArrayX: [1, 0],
  dashArrayY: [3, 4],
  rotation: Math.PI / 4,
});

// A tooltip drawn in the picture: one made of HTML would need inline styles, which the page forbids.
export const tooltip = (look: Look) => ({
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: look.color('surface'),
  borderColor: look.color('rule-strong'),
  borderWidth: 1,
  padding: 8,
  textStyle: { color: look.color('ink'), fontFamily: look.font, fontSize: 12 },
});
