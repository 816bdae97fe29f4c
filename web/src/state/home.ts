// The address of the full page. A page in a sub-folder (an embed of a protocol version, a preset's page) says in data-home how to get there; without
// it the page is its own home.
export function home_url(document: Document): URL {
  const { home } = document.documentElement.dataset;
  const { href, pathname } = document.location;
  return new URL(home ?? pathname, href);
}

// The question that a preset's page opens with; null on any other page.
export function preset_page(document: Document): { link: string; home: string } | null {
  const { link } = document.documentElement.dataset;
  return link === undefined ? null : { link, home: home_url(document).pathname };
}
