// Copies the link. The link also stands in a field, for browsers that forbid copying and for those who want to see it.
import { useRef, useState } from 'preact/hooks';
import { t } from '../i18n/i18n';
import { use_page } from '../state/context';

export function Share() {
  const { store, views, links } = use_page();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, set_copied] = useState<boolean | null>(null);
  const fragment = links.link.value;
  const link = fragment ? `${location.origin}${location.pathname}#${fragment}` : location.href;
  const calculator = views.view.value === 'calculator';

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      set_copied(true);
    } catch {
      set_copied(false);
      field.current?.focus();
      field.current?.select();
    }
  }
  return (
    <>
      <button
        type="button"
        class="share"
        onClick={() => {
          set_copied(null);
          dialog.current?.showModal();
          void copy();
        }}
      >
        {t('share.button')}
      </button>
      <dialog
        ref={dialog}
        class="share-dialog"
        aria-labelledby="share-title"
        onClick={(event) => {
          if (event.target === event.currentTarget) event.currentTarget.close();
        }}
      >
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id="share-title">{t('share.title')}</h2>
            <button type="button" class="close" aria-label={t('dialog.close')} onClick={() => dialog.current?.close()}>
              ×
            </button>
          </div>
          <textarea
            ref={field}
            readOnly
            rows={4}
            spellcheck={false}
            aria-label={t('share.title')}
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <p class="share-state" role="status">
            {copied === true && <span class="good-text">{t('share.copied')}</span>}
            {copied === false && <span class="bad-text">{t('share.not_copied')}</span>}{' '}
            {t('share.length', { count: link.length })}
          </p>
          {calculator && store.stale.value && <p class="bad-text">{t('share.stale')}</p>}
          <p class="hint">{t('share.hint')}</p>
          <button type="button" class="primary" onClick={() => void copy()}>
            {t('share.copy')}
          </button>
        </div>
      </dialog>
    </>
  );
}
