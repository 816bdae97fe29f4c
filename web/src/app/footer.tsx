import { t } from '../i18n/i18n';
import { use_store } from '../state/context';

export function Footer() {
  const about = use_store().engine.about();
  return (
    <footer class="page-footer">
      <p>{t('footer.private')}</p>
      <p>{t('footer.release', { release: about.release, version: String(about.link_version) })}</p>
    </footer>
  );
}
