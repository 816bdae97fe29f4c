// Undo and redo by key, except while text is edited: there the keys undo the typing.
import type { Page } from '../state/context';
import { has_question } from '../state/view';

export function listen_for_shortcuts({ store, views }: Page): () => void {
  const on_key = (event: KeyboardEvent) => {
    if (!has_question(views.view.peek())) return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || is_editing_text(event.target)) return;
    const key = event.key.toLowerCase();
    const redo = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !redo) return;
    event.preventDefault();
    if (redo) store.redo();
    else store.undo();
  };
  document.addEventListener('keydown', on_key);
  return () => document.removeEventListener('keydown', on_key);
}

function is_editing_text(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && !target.readOnly)
  );
}
