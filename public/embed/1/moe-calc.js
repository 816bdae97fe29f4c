// <moe-calc view="summary" link="v=2&…">: a view of moecalc in an article. Protocol 1 (docs/embedding.md).
// Pages name this file together with its hash, so it never changes. What it shows is in embed.html beside it.
// Apache-2.0
(() => {
  const frame_page = new URL('embed.html', document.currentScript.src);
  const passed_on = ['view', 'lang'];
  let made = 0;

  // Whatever way of writing colours it is in; null: one sees through.
  const is_dark_color = (color) => {
    const brush = document.createElement('canvas').getContext('2d');
    brush.fillStyle = color;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    return alpha < 128 ? null : 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  };

  // The ground that the element stands on says whether the page is dark now, however the page decides that.
  const theme_around = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const is_dark = is_dark_color(getComputedStyle(at).backgroundColor);
      if (is_dark !== null) return is_dark ? 'dark' : 'light';
    }
    const scheme = getComputedStyle(element).colorScheme;
    if (!scheme.includes('dark')) return 'light';
    return !scheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  };

  class MoeCalc extends HTMLElement {
    static observedAttributes = ['view', 'link', 'lang', 'theme', 'height'];
    #id = `moe-calc-${++made}`;
    #frame = null;
    #stop = null;

    connectedCallback() {
      this.style.display = 'block';
      const watch = new IntersectionObserver(
        (seen) => {
          if (!seen.some((entry) => entry.isIntersecting)) return;
          watch.disconnect();
          this.#load();
        },
        { rootMargin: '300px' },
      );
      watch.observe(this);
      this.#stop = () => watch.disconnect();
    }

    disconnectedCallback() {
      this.#stop?.();
      this.#frame?.remove();
      this.#frame = null;
    }

    attributeChangedCallback(name) {
      if (!this.#frame) return;
      if (name === 'theme') this.#tell_theme();
      else if (name !== 'height') this.#frame.src = this.#address();
    }

    get #theme() {
      const asked = this.getAttribute('theme');
      return asked === 'light' || asked === 'dark' ? asked : theme_around(this);
    }

    #address() {
      const address = new URL(frame_page);
      for (const name of passed_on)
        if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      address.searchParams.set('id', this.#id);
      address.searchParams.set('theme', this.#theme);
      address.hash = this.getAttribute('link') ?? '';
      return address.href;
    }

    #tell_theme = () => {
      this.#frame?.contentWindow?.postMessage({ moecalc: 'theme', id: this.#id, theme: this.#theme }, '*');
    };

    #load() {
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('title') ?? 'moecalc';
      frame.style.cssText = `display:block;width:100%;height:${parseFloat(this.getAttribute('height')) || 320}px;border:0`;
      if (this.hasAttribute('sandbox'))
        frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
      frame.src = this.#address();
      const on_message = ({ source, data }) => {
        if (source !== frame.contentWindow || data?.moecalc !== 'height' || data.id !== this.#id) return;
        const height_px = Number(data.height_px);
        if (height_px > 0 && height_px < 20000) frame.style.height = `${Math.ceil(height_px)}px`;
        this.#tell_theme();
      };
      addEventListener('message', on_message);
      const dark = matchMedia('(prefers-color-scheme: dark)');
      dark.addEventListener('change', this.#tell_theme);
      const restyled = new MutationObserver(this.#tell_theme);
      for (const element of [document.documentElement, document.body]) restyled.observe(element, { attributes: true });
      this.#stop = () => {
        removeEventListener('message', on_message);
        dark.removeEventListener('change', this.#tell_theme);
        restyled.disconnect();
      };
      this.#frame = frame;
      this.replaceChildren(frame); // the picture for readers without JavaScript goes
    }
  }

  if (!customElements.get('moe-calc')) customElements.define('moe-calc', MoeCalc);
})();
