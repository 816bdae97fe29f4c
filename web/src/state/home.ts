// The address of the full page. A page in a sub-folder (an embed of a protocol version, a preset's page) says in data-home how to get there; without
// it the page is its own home.
export function home_url(document: Document): URL {
  const { home } = document.documentElement.dataset;
  const { href, pathname } = document.location;
  return new URL(home ?? pathname, href);
}

// The question that a preset's page opens with; null on any other page. The address soon becomes the page's own, and what was relative to the preset's
// folder would lead astray from there: it is made absolute.
export function preset_page(document: Document): { link: string; home: string } | null {
  const { dataset } = document.documentElement;
  if (dataset['link'] === undefined) return null;
  const home = home_url(document);
  dataset['home'] = home.href;
  for (const named of document.querySelectorAll<HTMLLinkElement>(
    'link[rel~=icon], link[rel=apple-touch-icon], link[rel=manifest]',
  )) {
    named.setAttribute('href', named.href);
  }
  return { link: dataset['link'], home: home.pathname };
}
