// The page's entry: loads the engine, shows what it says.
import create_moecalc from '#engine';
import wasmUrl from '#engine.wasm?url';
import { render } from 'preact';

const engine = await create_moecalc({ locateFile: () => wasmUrl });
const about = JSON.parse(engine.about());

function App() {
  return (
    <main>
      <h1>moecalc</h1>
      <p>
        Release <output data-first-result>{about.value.release}</output>
      </p>
    </main>
  );
}

render(<App />, document.getElementById('app')!);
