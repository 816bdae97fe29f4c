// Brings the reader to the field of a parameter, opening what it is folded into.
export function go_to_field(key: string) {
  const id = key.replaceAll('.', '-');
  const field =
    document.getElementById(`full-${id}`) ??
    document.getElementById(`cost-${id}`) ??
    document.getElementById(`short-${id}`);
  if (!field) return;
  for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
  }
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
}
