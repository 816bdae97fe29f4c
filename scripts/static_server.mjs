// A static web server that behaves as GitHub Pages does: a sub-path, gzip, Access-Control-Allow-Origin: *.
// node scripts/static_server.mjs FOLDER [--port N] [--host NAME] [--base /moecalc/] [--check]
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

/** @type {Record<string, string>} */
const content_types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/**
 * The file a request means, or undefined when it is outside the folder or the sub-path.
 * @param {string} folder absolute
 * @param {string} base such as "/moecalc/"
 * @param {string} path of the request, still percent-encoded
 */
function file_of(folder, base, path) {
  let decoded;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (!decoded.startsWith(base) || decoded.includes('\0')) return undefined;
  const file = resolve(folder, `./${decoded.slice(base.length)}`);
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  return decoded.endsWith('/') ? join(file, 'index.html') : file;
}

/**
 * @param {{ folder: string, base?: string, port?: number, host?: string, is_open?: boolean }} options port 0: any free one; is_open: other
 * origins may read its files
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export function start_server({ folder, base = '/', port = 0, host = '127.0.0.1', is_open = true }) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    /** @param {number} status @param {Record<string, string>} headers @param {string | Buffer} body */
    const answer = (status, headers, body) => {
      response.writeHead(status, {
        ...(is_open && { 'Access-Control-Allow-Origin': '*' }),
        'Cache-Control': 'no-cache',
        'Content-Length': String(Buffer.byteLength(body)),
        'X-Content-Type-Options': 'nosniff',
        ...headers,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { Allow: 'GET, HEAD' }, '');
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/' && base !== '/') return answer(302, { Location: base }, '');
    if (`${path}/` === base) return answer(301, { Location: base }, '');
    const file = file_of(root, base, path);
    try {
      if (!file || !(await stat(file)).isFile()) throw new Error('no such file');
      const body = await readFile(file);
      const type = content_types[extname(file)] ?? 'application/octet-stream';
      const is_packed = type.startsWith('image/') && !type.includes('svg');
      if (is_packed || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
        return answer(200, { 'Content-Type': type }, body);
      }
      answer(200, { 'Content-Type': type, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }, gzipSync(body));
    } catch {
      answer(404, { 'Content-Type': 'text/plain; charset=utf-8' }, `Not found: ${path}\n`);
    }
  });
  return new Promise((started, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return failed(new Error('not listening on a port'));
      const name = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
      started({
        url: `http://${name}:${address.port}${base}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/moecalc/' },
      check: { type: 'boolean', default: false },
    },
  });
  const folder = positionals[0] ?? 'dist';
  const base = `/${values.base}/`.replace(/\/+/g, '/');
  const { host } = values;
  // A port that was asked for must be that one; the usual port may be taken by another program.
  const server =
    values.port !== undefined
      ? await start_server({ folder, base, host, port: Number(values.port) })
      : await start_server({ folder, base, host, port: 8000 }).catch(() => start_server({ folder, base, host }));
  console.log(`moecalc is at ${server.url}`);
  if (values.check) await server.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(String(error.message ?? error));
    process.exitCode = 1;
  });
}
