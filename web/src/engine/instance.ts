// One running instance of the compiled module: the page and each worker have their own, the code is compiled once.
export interface Instance<Engine> {
  engine: Engine;
  heap_bytes(): number;
}

type Create<Engine> = (options: { instantiateWasm: unknown }) => Promise<Engine>;

export function start_instance<Engine>(create: Create<Engine>, module: WebAssembly.Module): Promise<Instance<Engine>> {
  return new Promise((resolve, reject) => {
    let memory: WebAssembly.Memory | undefined;
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      received: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      WebAssembly.instantiate(module, imports).then((instance) => {
        // Its name is one letter of the linker's choice.
        memory = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory);
        received(instance, module);
      }, reject);
      return {}; // "it comes later"
    };
    create({ instantiateWasm }).then(
      (engine) => resolve({ engine, heap_bytes: () => memory?.buffer.byteLength ?? 0 }),
      reject,
    );
  });
}
