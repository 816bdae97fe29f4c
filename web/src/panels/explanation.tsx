// The dialog that takes a number apart: formula, the values put in, where each comes from. A value that is itself
// computed can be opened in turn.
import { useEffect, useRef } from 'preact/hooks';
import { error_text, has_word, quantity_name, t, unit_name, word } from '../i18n/i18n';
import { format_exact } from '../i18n/format';
import type { Explanation, ExplanationInput } from '../engine/engine';
import { rest } from '../engine/rest';
import { use_store } from '../state/context';
import { Formula, Symbol } from './formula';
import { go_to_field } from './go_to_field';
import { SourceLine } from './sources';

export function ExplanationDialog() {
  const store = use_store();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const path = store.explaining.value;
  const quantity = path.at(-1);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (quantity && !element.open) element.showModal();
    if (!quantity && element.open) element.close();
    if (quantity) {
      heading.current?.focus();
      element.scrollTop = 0;
    }
  }, [quantity]);

  const answer = quantity ? (rest()?.explain(store.answered.value, quantity) ?? null) : null;
  return (
    <dialog
      ref={dialog}
      class="explanation"
      aria-labelledby="explanation-title"
      onClose={() => (store.explaining.value = [])}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {quantity && (
        <div class="dialog-body">
          <div class="dialog-head">
            {path.length > 1 && (
              <button type="button" class="back" onClick={() => (store.explaining.value = path.slice(0, -1))}>
                ← {t('explanation.back', { name: quantity_name(path.at(-2) ?? '') })}
              </button>
            )}
            <button type="button" class="close" aria-label={t('dialog.close')} onClick={() => dialog.current?.close()}>
              ×
            </button>
          </div>
          <h2 id="explanation-title" ref={heading} tabIndex={-1}>
            {quantity_name(quantity)}
          </h2>
          {has_word(`quantity.${quantity}.hint`) && <p class="hint">{word(`quantity.${quantity}.hint`)}</p>}
          {!answer && <p role="status">{t('explanation.loading')}</p>}
          {answer?.ok && <Body explanation={answer.value} close={() => dialog.current?.close()} />}
          {answer && !answer.ok && answer.errors.map((error) => <p key={error.code}>{error_text(error)}</p>)}
        </div>
      )}
    </dialog>
  );
}

function Body({ explanation, close }: { explanation: Explanation; close: () => void }) {
  const { formula, inputs, limit, quirks } = explanation;
  return (
    <>
      <p class="result">
        <Symbol name={explanation.symbol} /> = <strong>{format_exact(explanation.value)}</strong>{' '}
        {unit_name(explanation.unit)}
      </p>
      {formula !== '' && (
        <div class="formula-box">
          <Symbol name={explanation.symbol} /> = <Formula text={formula} />
        </div>
      )}
      {limit !== '' && (
        <p class="limit">
          {t('explanation.limit')} <Formula text={limit} />
        </p>
      )}
      {inputs.length > 0 && <Inputs inputs={inputs} close={close} />}
      <p class="hint">{t('explanation.base_units')}</p>
      {quirks.length > 0 && (
        <div class="quirks">
          <h3>{t('explanation.quirks')}</h3>
          <ul>
            {quirks.map((quirk) => (
              <li key={quirk}>{word(`quirk.${quirk}`)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Inputs({ inputs, close }: { inputs: ExplanationInput[]; close: () => void }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('explanation.inputs')}>
      <table class="inputs">
        <caption class="visually-hidden">{t('explanation.inputs')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('explanation.symbol')}</th>
            <th scope="col">{t('explanation.name')}</th>
            <th scope="col" class="num">
              {t('explanation.value')}
            </th>
            <th scope="col">{t('explanation.origin')}</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map((input) => (
            <tr key={input.symbol}>
              <th scope="row">
                <Symbol name={input.symbol} />
              </th>
              <td>
                <InputName input={input} close={close} />
              </td>
              <td class="num nowrap">
                {format_exact(input.value)} <span class="unit">{unit_name(input.unit)}</span>
              </td>
              <td class="origin">
                {word(`origin.${input.origin}`)}
                {input.source !== '' && <SourceLine id={input.source} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function InputName({ input, close }: { input: ExplanationInput; close: () => void }) {
  const store = use_store();
  const name = word(input.name);
  if (input.origin === 'quantity' && input.reference !== '') {
    return (
      <button
        type="button"
        class="link"
        data-quantity={input.reference}
        onClick={() => (store.explaining.value = [...store.explaining.value, input.reference])}
      >
        {name}
      </button>
    );
  }
  if (input.origin === 'parameter' && store.info(input.reference)) {
    return (
      <button
        type="button"
        class="link"
        title={t('explanation.change')}
        onClick={() => {
          close();
          go_to_field(input.reference);
        }}
      >
        {name}
      </button>
    );
  }
  return <>{name}</>;
}
