import { describe, expect, test } from 'vitest';
import { read_request } from './request';

const read = (address: string) => read_request(new URL(address, 'https://example.org/embed.html'), 'en-GB');

describe('the address of an embed', () => {
  test.each([
    ['?view=memory&lang=zh&theme=dark&id=7#v=2&db=64&k=0a1b', 'v=2&db=64&k=0a1b'],
    ['?view=memory&lang=zh&theme=dark&id=7?v=2&db=64&k=0a1b', '?v=2&db=64&k=0a1b'],
    ['?view=memory&lang=zh&theme=dark&id=7&v=2&db=64&k=0a1b', '&v=2&db=64&k=0a1b'],
    ['?view=memory&lang=zh&theme=dark&id=7%23v=2&db=64&k=0a1b', '%23v=2&db=64&k=0a1b'],
    ['?view=memory&lang=zh&theme=dark&id=7', ''],
  ])('%s', (address, link) => {
    expect(read(address)).toEqual({ view: 'memory', asked: 'memory', theme: 'dark', language: 'zh', id: '7', link });
  });

  test('a fragment goes before the query', () => {
    expect(read('?view=cost&v=2&db=1#v=2&db=64').link).toBe('v=2&db=64');
  });

  test('what is not said: the key numbers, in the reader’s language and colours', () => {
    expect(read('')).toEqual({ view: 'summary', asked: 'summary', theme: 'system', language: 'en', id: '', link: '' });
    expect(read('?view=nonsense')).toMatchObject({ view: null, asked: 'nonsense' });
  });
});
