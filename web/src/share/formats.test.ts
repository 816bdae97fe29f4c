import { describe, expect, test } from 'vitest';
import { formats, write, type Shared } from './formats';

const shared: Shared = {
  link: 'https://example.org/m/#v=2&d=h20&k=7f3a',
  home: 'https://example.org/m/',
  title: 'DeepSeek-R1 on H20',
  numbers: 'TPOT 20.00 ms',
  view: 'memory',
  language: 'zh',
  release: '0.2.0',
  date: '2026-11-22',
  picture: '<svg>"&</svg>',
  integrity: 'sha384-abc',
};
const parsed = (html: string) => {
  const attributes = (tag: string) =>
    Object.fromEntries(
      [...(html.match(new RegExp(`<${tag} ([^>]*)>`))?.[1] ?? '').matchAll(/([\w-]+)="([^"]*)"/g)].map(
        ([, key, value]) => [
          key,
          value?.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))),
        ],
      ),
    );
  return {
    iframe: attributes('iframe'),
    element: attributes('moe-calc'),
    script: attributes('script'),
    a: attributes('a'),
    img: attributes('img'),
  };
};

describe('what is shared', () => {
  test('as a link is the link', () => expect(write('link', shared)).toBe(shared.link));
  test('in Markdown has its title and numbers', () => {
    expect(write('markdown', shared)).toBe(`[DeepSeek-R1 on H20](${shared.link}): TPOT 20.00 ms`);
    expect(write('markdown', { ...shared, title: 'a](x) [b', numbers: '' })).toBe(`[a\\](x) \\[b](${shared.link})`);
  });
  test('as an iframe names the embed that stays, and has a picture for readers without JavaScript', () => {
    const { iframe, a, img } = parsed(write('iframe', shared));
    expect(a['href']).toBe(shared.link);
    expect(decodeURIComponent(img['src']!.slice('data:image/svg+xml,'.length))).toBe(shared.picture);
    expect(iframe).toMatchObject({
      src: 'https://example.org/m/embed/1/embed.html?view=memory&lang=zh#v=2&d=h20&k=7f3a',
      loading: 'lazy',
      title: 'DeepSeek-R1 on H20',
    });
  });
  test('as an element has the loader with its hash, the link and a picture', () => {
    const { element, script, a, img } = parsed(write('element', shared));
    expect(script).toMatchObject({ src: 'https://example.org/m/embed/1/moe-calc.js', integrity: 'sha384-abc' });
    expect(element).toMatchObject({ view: 'memory', lang: 'zh', link: 'v=2&d=h20&k=7f3a' });
    expect(a['href']).toBe(shared.link);
    expect(decodeURIComponent(img['src']!.slice('data:image/svg+xml,'.length))).toBe(shared.picture);
  });
  test('as a citation has version and date', () => {
    expect(write('citation', shared)).toBe(
      'moecalc 0.2.0, “DeepSeek-R1 on H20”: TPOT 20.00 ms. 2026-11-22. https://example.org/m/#v=2&d=h20&k=7f3a',
    );
  });
  test('never lets a title out of its attribute', () => {
    for (const format of formats) {
      const text = write(format, { ...shared, title: '"><script>alert(1)</script>' });
      if (format === 'iframe' || format === 'element') expect(text).not.toContain('<script>alert');
    }
  });
});
