// What an embed is asked to show, from its address: embed.html?view=summary&theme=dark&lang=zh&id=1#v=2&…
// The query and the messages of frame.ts are protocol 1, which articles rely on: nothing of it changes meaning.
import type { Language } from '../i18n/words';
import { holds_link, start_of_link } from '../state/link_sync';

export const embed_views = ['summary', 'breakdown', 'memory', 'pareto', 'timeline', 'compare', 'cost', 'plan'] as const;
export type EmbedView = (typeof embed_views)[number];

export interface EmbedRequest {
  view: EmbedView | null; // null: `asked` is no view
  asked: string;
  theme: 'system' | 'light' | 'dark';
  language: Language;
  id: string; // tells the embeds of an article apart
  link: string; // the question; a blog's program may have put it into the query
}

export function read_request(
  { search, hash }: { search: string; hash: string },
  browser_language: string,
): EmbedRequest {
  const is_in_query = holds_link(search) && !holds_link(hash);
  const link_at = is_in_query ? Math.max(0, start_of_link(search)) : search.length;
  const query = new URLSearchParams(search.slice(0, link_at));
  const asked = query.get('view') ?? 'summary';
  const theme = query.get('theme');
  const language = query.get('lang') ?? browser_language;
  return {
    view: embed_views.find((view) => view === asked) ?? null,
    asked: asked.slice(0, 80),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    id: (query.get('id') ?? '').slice(0, 80),
    link: is_in_query ? search.slice(link_at) : hash.slice(1),
  };
}
