// Every fact of the catalogue with its source: a file of its own, fetched when somebody first looks at one.
import { signal } from '@preact/signals';
import type { Catalogue } from './engine';

const loaded = signal<Catalogue | null>(null);
let is_asked = false;

// The catalogue, or null while it is on its way; whoever renders it draws again when it is there.
export function catalogue(): Catalogue | null {
  if (!is_asked) {
    is_asked = true;
    import('#catalogue').then(
      (file) => (loaded.value = file.default as unknown as Catalogue),
      () => (is_asked = false), // offline: asked again next time
    );
  }
  return loaded.value;
}
