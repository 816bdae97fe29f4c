// The entry of the single file (vite.single.config.ts): the whole page, or an embed when the address asks for a view.
if (new URLSearchParams(location.search).has('view')) {
  document.body.className = 'embed';
  document.getElementById('app')!.replaceChildren();
  void import('../embed/main');
} else {
  void import('../main');
}
