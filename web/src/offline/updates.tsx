// Registers the service worker, which keeps the page for when the server is gone, and asks the reader before a new
// version takes over. A link of a newer release does not wait for an answer: without that release it cannot be read.
import { effect, signal } from '@preact/signals';
import { late_banner } from '../app/banners';
import { rest_arrives } from '../engine/rest';
import type { Page } from '../state/context';
import { is_newer } from './is_newer';
import { o, words_arrive } from './words';

type Said = 'ready' | 'asking' | 'unreachable' | 'none';
const said = signal<Said | null>(null);

// The worker lies beside the manifest. Embeds and the single file have neither; a document without an origin may
// register nothing, nor may one that came without https.
export async function follow_updates({ store, links }: Page) {
  const manifest = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
  if (!manifest || self.origin === 'null' || !('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  if (!workers.controller) await rest_arrives().catch(() => {}); // a first visit: what the page needs now goes first
  const registration = await workers
    .register(new URL('sw.js', manifest.href), { updateViaCache: 'none' })
    .catch(() => null); // forbidden by the reader's settings, or no such file: then without
  if (!registration) return;
  await words_arrive();
  late_banner.value = UpdateBanner;
  workers.controller?.postMessage('tidy');

  const say_ready = () => {
    // Not for the first one: that is this version.
    if (registration.waiting && said.peek() !== 'asking') said.value = 'ready';
  };
  say_ready();
  registration.addEventListener('updatefound', () => void installed(registration.installing).then(say_ready));

  take_over = () => {
    if (!registration.waiting) return location.reload(); // another page was quicker
    workers.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting.postMessage('take over');
  };
  effect(() => {
    const { value: release } = links.other_release;
    if (release !== '' && is_newer(release, store.engine.about().release)) void fetch_newer(registration);
  });
}

let take_over = () => {};

async function fetch_newer(registration: ServiceWorkerRegistration) {
  said.value = 'asking';
  try {
    await registration.update();
    if (!(await installed(registration.installing))) throw new Error('not all files arrived');
    if (registration.waiting) take_over();
    else said.value = 'none';
  } catch {
    said.value = 'unreachable';
  }
}

// Whether all files of the worker's build are here; true as well where nothing is on its way.
function installed(worker: ServiceWorker | null): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (!worker || (worker.state !== 'installing' && worker.state !== 'redundant')) resolve(true);
      else if (worker.state === 'redundant') resolve(false);
    };
    look();
    worker?.addEventListener('statechange', look);
  });
}

function UpdateBanner() {
  const now = said.value;
  if (!now) return null;
  return (
    <section class="banner" role="status" data-banner="update" data-said={now}>
      <p>{o(now)}</p>
      {now === 'ready' && (
        <p class="buttons">
          <button type="button" class="primary" onClick={() => take_over()}>
            {o('reload')}
          </button>{' '}
          <button type="button" onClick={() => (said.value = null)}>
            {o('later')}
          </button>
        </p>
      )}
      {(now === 'none' || now === 'unreachable') && (
        <button type="button" onClick={() => (said.value = null)}>
          {o('dismiss')}
        </button>
      )}
    </section>
  );
}
