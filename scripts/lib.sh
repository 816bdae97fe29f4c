# Sourced by every script. Goes to the project's top folder and sets up one environment for all tools.
set -euo pipefail
trap 'echo "$0: line $LINENO failed" >&2' ERR # no script stops without a word

cd "$(dirname "${BASH_SOURCE[0]}")/.."

export NODE_PATH=/usr/share/nodejs # where Emscripten's linker finds acorn, whichever node runs it
export DEBIAN_FRONTEND=noninteractive
if [ ! -t 1 ]; then export NO_COLOR=1; fi # logs stay readable

# A downloaded node (see setup) goes before the system's; the project's own tools before everything.
for folder in "$PWD"/.tools/node_modules/node-linux-*/bin "$PWD/node_modules/.bin"; do
  if [ -d "$folder" ]; then PATH="$folder:$PATH"; fi
done
export PATH

say() { printf '== %s\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# cmake_build PRESET [TARGET...]: configures only when needed; ninja does only what changed.
cmake_build() {
  local preset=$1
  shift
  local ninja_file=build/$preset/build.ninja
  if [ ! -e "$ninja_file" ] || [ CMakePresets.json -nt "$ninja_file" ]; then
    cmake --preset "$preset" >/dev/null || return 1
    touch "$ninja_file" || return 1
  fi
  if [ $# -gt 0 ]; then set -- --target "$@"; fi
  cmake --build --preset "$preset" "$@"
}
