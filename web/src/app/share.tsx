// The button that opens the share dialog, which is code of its own.
import { t } from '../i18n/i18n';
import { is_sharing } from '../share/open';
import { lazy_view } from './lazy_page';

const Dialog = lazy_view(
  async () => {
    const { ShareDialog, words_arrive } = await import('../share/dialog');
    await words_arrive();
    return ShareDialog;
  },
  () => null,
);

export function Share() {
  return (
    <>
      <button type="button" class="share" onClick={() => (is_sharing.value = true)}>
        {t('share.button')}
      </button>
      {is_sharing.value && <Dialog />}
    </>
  );
}
