// Keeps the whole page on the reader's device, so that it works with the server gone. One cache holds all files of one
// build, each checked against its hash: no page is ever made of two builds. scripts/service_worker.mjs writes this
// file to the top of dist/ with the list of the build's files in it.

/** @typedef {Event & { waitUntil(until: Promise<unknown>): void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith(answer: Promise<Response>): void }} Asked */
const worker = /** @type {{ registration: ServiceWorkerRegistration, clients: any, skipWaiting(): Promise<void> }} */ (
  /** @type {unknown} */ (self)
);

/** Address from the top of the page's folder, and SHA-256 in base64. @type {Record<string, string>} */
// @ts-expect-error: put in by the build
const files = __FILES__;
// @ts-expect-error: put in by the build
const build = __BUILD__;

const { scope } = worker.registration;
const prefix = `moecalc ${scope} `; // others may live on this host
const own_name = prefix + build;
const is_named_by_content = (/** @type {string} */ address) => address.startsWith(`${scope}assets/`);

const other_names = async () => (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own_name);

self.addEventListener('install', (event) => /** @type {Lasting} */ (event).waitUntil(take_all_files()));
self.addEventListener('activate', (event) => {
  const taken = forget_other_builds().then(() => worker.clients.claim());
  /** @type {Lasting} */ (event).waitUntil(taken);
});
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
  if (event.data === 'tidy') /** @type {any} */ (event).waitUntil(forget_other_builds());
});
self.addEventListener('fetch', (event) => {
  const { request } = /** @type {Asked} */ (event);
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  /** @type {Asked} */ (event).respondWith(answer(request));
});

async function take_all_files() {
  const own = await caches.open(own_name);
  const known = [own, ...(await Promise.all((await other_names()).map((name) => caches.open(name))))];
  await Promise.all(
    Object.entries(files).map(async ([path, hash]) => {
      const address = new URL(path, scope).href;
      for (const cache of known) {
        const found = await cache.match(address, { ignoreVary: true });
        if (found && (await sha256(found.clone())) === hash) return cache === own || own.put(address, found);
      }
      const response = await fetch(address, {
        integrity: `sha256-${hash}`, // a host that is just being written to has files of two builds: tried again later
        cache: is_named_by_content(address) ? 'default' : 'no-cache',
      });
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      await own.put(address, response.redirected ? without_redirect(response) : response);
    }),
  );
}

// A page may not be answered with what came by a redirect; some hosts send index.html elsewhere.
const without_redirect = (/** @type {Response} */ { body, headers }) => new Response(body, { headers });

/** @param {Response} response */
async function sha256(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** From the cache whenever it can be; whatever a query says, the file is the same. @param {Request} request */
async function answer(request) {
  const address = request.url.replace(/[?#].*$/, '').replace(/\/index\.html$/, '/');
  const found = await caches.match(address, { cacheName: own_name, ignoreVary: true });
  if (found) return found;
  if (request.mode === 'navigate' && new URL(`${address}/`).href.slice(scope.length) in files) {
    return Response.redirect(`${address}/`);
  }
  // A page opened before an update still asks for files of its own build.
  if (is_named_by_content(address)) {
    for (const cacheName of await other_names()) {
      const older = await caches.match(address, { cacheName, ignoreVary: true });
      if (older) return older;
    }
  }
  return fetch(request);
}

// While a second page is open it may be one of the build before; and a build that waits is not to be forgotten.
async function forget_other_builds() {
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const names = await other_names();
  const { installing, waiting } = worker.registration;
  if (open.length > 1 || installing || waiting) return;
  await Promise.all(names.map((name) => caches.delete(name)));
}
