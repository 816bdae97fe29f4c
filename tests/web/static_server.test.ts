// The server that scripts/serve and the browser tests use: what a static host does, and nothing outside its folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start_server } from '../../scripts/static_server.mjs';

const top = mkdtempSync(join(tmpdir(), 'moecalc-server-'));
let server: Awaited<ReturnType<typeof start_server>>;

beforeAll(async () => {
  mkdirSync(join(top, 'site'));
  mkdirSync(join(top, 'site-private'));
  writeFileSync(join(top, 'site', 'index.html'), '<p>页</p>');
  writeFileSync(join(top, 'site', 'a.wasm'), 'wasm');
  writeFileSync(join(top, 'secret.txt'), 'secret');
  writeFileSync(join(top, 'site-private', 'secret.txt'), 'secret');
  server = await start_server({ folder: join(top, 'site'), base: '/sub/' });
});
afterAll(async () => {
  await server.close();
  rmSync(top, { recursive: true });
});

// fetch() would tidy "..", so the path goes out as it is.
const status_of = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ port, path, host: '127.0.0.1' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('serves a sub-path with the right types, to every origin', async () => {
  const page = await fetch(server.url);
  expect(await page.text()).toBe('<p>页</p>');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const wasm = await fetch(`${server.url}a.wasm`);
  expect(wasm.headers.get('content-type')).toBe('application/wasm');
  expect(wasm.headers.get('access-control-allow-origin')).toBe('*');
});

test('keeps its files from other origins when told to', async () => {
  const closed = await start_server({ folder: join(top, 'site'), is_open: false });
  const page = await fetch(closed.url);
  expect(page.status).toBe(200);
  expect(page.headers.get('access-control-allow-origin')).toBeNull();
  await closed.close();
});

test('leads to the sub-path from the top and from the name without a slash', async () => {
  expect((await fetch(new URL('/', server.url))).url).toBe(server.url);
  expect((await fetch(server.url.slice(0, -1))).url).toBe(server.url);
});

test.each([
  '/index.html',
  '/sub/missing',
  '/sub/../secret.txt',
  '/sub/%2e%2e/secret.txt',
  '/sub/..%2fsecret.txt',
  '/sub/../site-private/secret.txt',
  '/sub/..%2fsite-private%2fsecret.txt',
  '/sub//etc/passwd',
  '/sub/%',
  '/sub/a%00.wasm',
])('%s is not found', async (path) => {
  expect(await status_of(path)).toBe(404);
});
