// The sweep view, which is code of its own: fetched when it is first shown.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { rest_arrives } from '../engine/rest';
import { t } from '../i18n/i18n';
import type { Page } from '../state/context';
import { use_page } from '../state/context';
import { Banners } from './banners';

let arrived: ComponentType<{ page: Page }> | null = null;

export function SweepPage() {
  const page = use_page();
  const [, redraw] = useState(0);
  const [failed, set_failed] = useState(false);
  useEffect(() => {
    if (arrived) return;
    import('../sweep/view')
      .then(async ({ SweepView, words_arrive }) => {
        await Promise.all([words_arrive(), rest_arrives()]);
        arrived = SweepView;
        redraw(1);
      })
      .catch(() => set_failed(true));
  }, []);
  const View = arrived;
  if (View) return <View page={page} />;
  return (
    <main id="results" tabIndex={-1} class="narrow-page">
      <Banners />
      <p role="status">{t(failed ? 'sweep.not_loaded' : 'sweep.loading')}</p>
    </main>
  );
}
