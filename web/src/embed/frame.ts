// What an embed and the page around it say to each other (protocol 1):
//   embed → page  { moecalc: 'height', id, height_px }      whenever the height changes
//   page → embed  { moecalc: 'theme', id, theme: 'light' | 'dark' | 'system' }
// The height is no secret and the page's origin is not known, so it goes to any parent. Only the parent is listened to.
import { theme } from '../state/preferences';

interface Frame {
  parent: Pick<Window, 'postMessage'>;
  listen(on_message: (event: { source: unknown; data: unknown }) => void): void;
  watch_height(told: (height_px: number) => void): void;
}

export function talk_to_parent(frame: Frame, id: string) {
  let last = 0;
  frame.watch_height((height_px) => {
    if (height_px === last) return;
    last = height_px;
    frame.parent.postMessage({ moecalc: 'height', id, height_px }, '*');
  });
  frame.listen(({ source, data }) => {
    if (source !== frame.parent || typeof data !== 'object' || data === null) return;
    const message = data as Record<string, unknown>;
    if (message['moecalc'] !== 'theme' || message['id'] !== id) return;
    const asked = message['theme'];
    if (asked === 'light' || asked === 'dark' || asked === 'system') theme.value = asked;
  });
}

export function browser_frame(window: Window, body: HTMLElement): Frame {
  return {
    parent: window.parent,
    listen: (on_message) => window.addEventListener('message', on_message),
    watch_height(told) {
      const tell = () => told(Math.ceil(body.getBoundingClientRect().height));
      new ResizeObserver(tell).observe(body);
      // A frame below the fold is not drawn, and then nothing is observed to resize: its height should be right before it is scrolled to.
      let timer: ReturnType<typeof setTimeout> | undefined;
      new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(tell, 50);
      }).observe(body, { childList: true, subtree: true });
    },
  };
}
