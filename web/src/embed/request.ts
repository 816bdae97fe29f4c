// What an embed is asked to show, from its address: embed.html?view=summary&theme=dark&lang=zh&id=1#v=2&…
// The query and the messages of frame.ts are protocol 1, which articles rely on: nothing of it changes meaning.
import type { Language } from '../i18n/words';

export const embed_views = ['summary', 'breakdown', 'memory', 'pareto', 'timeline', 'compare', 'cost', 'plan'] as const;
export type EmbedView = (typeof embed_views)[number];

export interface EmbedRequest {
  view: EmbedView | null; // null: `asked` is no view
  asked: string;
  theme: 'system' | 'light' | 'dark';
  language: Language;
  id: string; // tells the embeds of an article apart
}

export function read_request({ search }: { search: string }, browser_language: string): EmbedRequest {
  const query = new URLSearchParams(search);
  const asked = query.get('view') ?? 'summary';
  const theme = query.get('theme');
  const language = query.get('lang') ?? browser_language;
  return {
    view: embed_views.find((view) => view === asked) ?? null,
    asked: asked.slice(0, 80),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    id: (query.get('id') ?? '').slice(0, 80),
  };
}
