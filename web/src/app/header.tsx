// Name, presets, undo and redo, share, language, theme.
import { t, word } from '../i18n/i18n';
import { use_page, use_store } from '../state/context';
import { language } from '../i18n/language';
import { choose_language, choose_theme, theme } from '../state/preferences';
import { system_is_dark } from '../state/media';
import { present_preset } from '../panels/summary';
import { has_question } from '../state/view';
import { Share } from './share';

export function Header() {
  const view = use_page().views.view.value;
  return (
    <header class="page-header">
      <p class="brand">
        <strong>moecalc</strong> <span class="tagline">{t('app.tagline')}</span>
      </p>
      <Tabs />
      <div class="tools" role="toolbar" aria-label={t('app.tools')}>
        {view === 'calculator' && <Presets />}
        {has_question(view) && <Steps />}
        <Share />
        <LanguageButton />
        <ThemeButton />
      </div>
    </header>
  );
}

function Tabs() {
  const { views } = use_page();
  return (
    <nav class="tabs" aria-label={t('tabs.title')}>
      {(['calculator', 'plan', 'sweep', 'validation'] as const).map((view) => (
        <button
          key={view}
          type="button"
          data-view={view}
          aria-current={views.view.value === view ? 'page' : undefined}
          onClick={() => views.show(view)}
        >
          {t(`tabs.${view}`)}
        </button>
      ))}
    </nav>
  );
}

function Presets() {
  const store = use_store();
  const presets = store.engine.names().presets;
  const present = store.scenario.value;
  const current = present_preset(store);
  const is_default = Object.keys(present).length === 0;
  return (
    <label class="presets">
      <span class="visually-hidden">{t('presets.title')}</span>
      <select
        value={current?.id ?? (is_default ? '(default)' : '(custom)')}
        onChange={(event) => {
          const id = event.currentTarget.value;
          const chosen = presets.find((preset) => preset.id === id);
          store.load(chosen?.scenario ?? {});
        }}
      >
        {!current && !is_default && (
          <option value="(custom)" disabled>
            {t('presets.custom')}
          </option>
        )}
        <option value="(default)">{t('presets.default')}</option>
        {presets.map((preset) => (
          <option key={preset.id} value={preset.id}>
            {word(`preset.${preset.id}`, preset.id)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Steps() {
  const store = use_store();
  const slip = store.stale.value;
  return (
    <>
      <button
        type="button"
        class="icon"
        disabled={!store.history.can_undo.value && !slip}
        aria-label={t('history.undo')}
        title={t('history.undo')}
        onClick={store.undo}
      >
        <Icon path="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3" />
      </button>
      <button
        type="button"
        class="icon"
        disabled={!store.history.can_redo.value}
        aria-label={t('history.redo')}
        title={t('history.redo')}
        onClick={store.redo}
      >
        <Icon path="m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3" />
      </button>
    </>
  );
}

// Each language's button is in that language: who needs it can read it.
function LanguageButton() {
  const other = language.value === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      class="language"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      data-language={other}
      onClick={() => void choose_language(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function ThemeButton() {
  const dark = theme.value === 'dark' || (theme.value === 'system' && system_is_dark.value);
  const label = t(dark ? 'theme.to_light' : 'theme.to_dark');
  return (
    <button
      type="button"
      class="icon theme"
      aria-label={label}
      title={label}
      onClick={() => choose_theme(dark ? 'light' : 'dark')}
    >
      <Icon
        path={
          dark
            ? 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4'
            : 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z'
        }
      />
    </button>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
