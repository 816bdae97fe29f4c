// A sweep's frontier without the form around it, for embeds: it runs at once, whatever its size.
import { useEffect } from 'preact/hooks';
import { error_text } from '../i18n/i18n';
import type { Page } from '../state/context';
import { fetch_charts } from './chart';
import { Frontier } from './results';
import { session_of } from './session';
import { Status } from './status';
import './sweep.css';
import { s } from './words';

export { words_arrive } from './words';

export function FrontierAlone({ page }: { page: Page }) {
  const session = session_of(page);
  useEffect(() => {
    fetch_charts();
    return session.attend();
  }, [session]);
  const plan = session.plan.value;
  const shown = session.shown.value;
  if (!plan.ok) return <p class="verdict bad">{plan.errors.map(error_text).join(' ')}</p>;
  return (
    <>
      <h1>{s('title')}</h1>
      <Status session={session} />
      {shown ? <Frontier session={session} shown={shown} /> : <p role="status">{s('empty')}</p>}
    </>
  );
}
