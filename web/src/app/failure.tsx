// Said in both languages when the page cannot run: the words of the reader's language may be what failed to load.
import type { LoadFailure } from '../engine/load';
import texts from '../i18n/failure.json';

export function Failure({ failure, detail }: { failure: LoadFailure; detail: string }) {
  return (
    <div class="failure" data-failure={failure}>
      <div role="alert">
        <p lang="en">{texts[failure].en}</p>
        <p lang="zh-CN">{texts[failure].zh}</p>
      </div>
      {detail !== '' && <pre>{detail}</pre>}
    </div>
  );
}
