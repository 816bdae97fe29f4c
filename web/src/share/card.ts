// A picture of an answer: a card of 1200 x 630, the size of the previews that chats show. Made here as SVG for the share dialog, and at build time for
// the pages of presets (where it becomes a PNG). All text is escaped; there is no font and no address in it.
export interface CardNumber {
  name: string;
  value: string;
  unit: string;
}
export interface Card {
  title: string;
  about: string; // one or two lines in small type
  numbers: readonly CardNumber[]; // at most six
  foot: string;
  dark: boolean;
}

export const card_size = { width: 1200, height: 630 };

const left = 72;
const font =
  "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

// A Chinese character is as wide as high; of other letters this is the mean.
const width_em = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.56), 0);

// Breaks between words, or anywhere in Chinese but before a stop; what is beyond the last line is cut with an ellipsis.
export function lines_of(text: string, most_em: number, most_lines: number): string[] {
  const pieces = text.match(/[\u2e80-\uffef][，。、；：！？）]*|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? [];
  const lines: string[] = [''];
  for (const piece of pieces) {
    const last = lines.at(-1)!;
    if (last !== '' && width_em(last + piece.trimEnd()) > most_em) lines.push(piece);
    else lines[lines.length - 1] = last + piece;
  }
  if (lines.length <= most_lines) return lines.map((line) => line.trimEnd());
  return [...lines.slice(0, most_lines - 1), `${lines[most_lines - 1]!.trimEnd()}…`].map((line) => line.trimEnd());
}

const escaped = (text: string) =>
  text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '');

export function card_svg({ title, about, numbers, foot, dark }: Card): string {
  const [ground, ink, muted, rule, accent] = dark
    ? ['#14191a', '#e8eeec', '#a3b0ad', '#333c3d', '#6cc5d0']
    : ['#ffffff', '#16201f', '#566260', '#dde1df', '#00606e'];
  const text = (x: number, y: number, size: number, fill: string, words: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escaped(words)}</text>`;
  const bold = ' font-weight="700"';
  const title_lines = lines_of(title, 19, 2);
  const title_end = 190 + (title_lines.length - 1) * 62;
  const about_lines = lines_of(about, 40, numbers.length > 0 ? 2 : 5);
  const columns = Math.min(3, Math.max(1, numbers.length));
  const column = (card_size.width - 2 * left) / columns;
  const rows = Math.ceil(numbers.length / columns);
  const first_row = rows > 1 ? 356 : 430;
  const { width, height } = card_size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${font}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/><rect width="16" height="${height}" fill="${accent}"/>`,
    text(left, 96, 30, accent, 'moecalc', bold),
    ...title_lines.map((line, index) => text(left, 190 + index * 62, 52, ink, line, bold)),
    ...about_lines.map((line, index) => text(left, title_end + 50 + index * 36, 26, muted, line)),
    ...numbers.slice(0, 6).flatMap(({ name, value, unit }, index) => {
      const x = left + (index % columns) * column;
      const y = first_row + Math.floor(index / columns) * 112;
      return [
        text(x, y, 22, muted, name),
        `<text x="${x}" y="${y + 52}" font-size="46" font-weight="700" fill="${ink}">${escaped(value)}<tspan font-size="22" font-weight="400" fill="${muted}" dx="10">${escaped(unit)}</tspan></text>`,
      ];
    }),
    `<path d="M${left} 560H${width - left}" stroke="${rule}" stroke-width="2"/>`,
    text(left, 600, 20, muted, foot),
    '</svg>',
  ].join('');
}
