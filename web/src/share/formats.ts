// What is shared, written for the place where it is pasted. Pure text: every address and title is escaped for the language it stands in.
import type { EmbedView } from '../embed/request';

export interface Shared {
  link: string; // absolute, with its fragment
  home: string; // absolute, without fragment
  title: string;
  numbers: string; // "TPOT 66.27 ms, …"; "" for a plan or a sweep
  view: EmbedView;
  language: 'en' | 'zh';
  release: string;
  date: string; // 2026-11-22
  picture: string; // SVG, for readers without JavaScript
  integrity: string; // of moe-calc.js
}

export const formats = ['link', 'markdown', 'iframe', 'element', 'citation'] as const;
export type Format = (typeof formats)[number];

export const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const fragment_of = (link: string) => link.slice(link.indexOf('#') + 1);
const in_brackets = (text: string) => text.replace(/[\\[\]]/g, '\\$&');

// For readers without JavaScript, and for feeds.
const still_picture = ({ link, title, picture }: Shared) =>
  `<a href="${escaped(link)}"><img alt="${escaped(title)}" width="600" src="${escaped(`data:image/svg+xml,${encodeURIComponent(picture)}`)}"></a>`;

const writers: Record<Format, (shared: Shared) => string> = {
  link: ({ link }) => link,
  markdown: ({ link, title, numbers }) => `[${in_brackets(title)}](${link})${numbers && `: ${numbers}`}`,
  iframe(shared) {
    const { link, home, title, view, language } = shared;
    const address = `${home}embed/1/embed.html?view=${view}&lang=${language}#${fragment_of(link)}`;
    const size = 'width="100%" height="640" style="border:0"';
    return [
      `<iframe src="${escaped(address)}" ${size} loading="lazy" title="${escaped(title)}"></iframe>`,
      `<noscript>${still_picture(shared)}</noscript>`,
    ].join('\n');
  },
  element(shared) {
    const { link, home, title, view, language, integrity } = shared;
    const source = escaped(`${home}embed/1/moe-calc.js`);
    return [
      `<script async src="${source}" integrity="${integrity}" crossorigin="anonymous"></script>`,
      `<moe-calc view="${view}" lang="${language}" title="${escaped(title)}" link="${escaped(fragment_of(link))}">`,
      still_picture(shared),
      '</moe-calc>',
    ].join('\n');
  },
  citation: ({ link, title, numbers, release, date }) =>
    `moecalc ${release}, “${title}”${numbers && `: ${numbers}`}. ${date}. ${link}`,
};

export const write = (format: Format, shared: Shared): string => writers[format](shared);
