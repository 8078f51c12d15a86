// What keeps somebody from reading a message or from pressing its buttons.

// faults runs in the page: for each box, what is wrong with it.
export function faults() {
  const least = { contrast: 4.5, size: 12 }; // WCAG 2.2, 1.4.3; pixels
  return [...document.querySelectorAll('.drawn')].map((box) => {
    const found = new Set();
    const frame = box.getBoundingClientRect();
    if (box.innerText.trim() === '') found.add('it is empty');
    const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const node = words.currentNode;
      const text = node.textContent.trim();
      const holder = node.parentElement;
      if (text === '' || !holder.checkVisibility()) continue;
      if (cut(holder, box)) {
        found.add(`it is cut off: ${text}`);
      } else if (outside(node, frame)) {
        found.add(`it is wider than its card: ${text}`);
      }
      const { color, fontSize } = getComputedStyle(holder);
      const behind = background(holder);
      const got = contrast(over(rgba(color), behind), behind);
      if (got < least.contrast) found.add(`it is hard to read, ${got.toFixed(1)} of ${least.contrast}: ${text}`);
      if (parseFloat(fontSize) < least.size) found.add(`it is small, ${fontSize}: ${text}`);
    }
    const usable = [...box.querySelectorAll('button, [role=button], input, select, textarea')].filter((e) => e.checkVisibility());
    for (const title of box.buttons ?? []) {
      if (!usable.some((e) => name(e) === title)) found.add(`a button is not seen: ${title}`);
    }
    for (const e of usable) {
      if (name(e) === '') found.add(`nothing says what it is: ${e.outerHTML.slice(0, 120)}`);
    }
    return [...found];
  });

  // cut is whether something around a text hides a part of it.
  function cut(holder, box) {
    for (let e = holder; e !== box; e = e.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(e);
      if (overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) return true;
      if (overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1) return true;
    }
    return false;
  }

  function outside(node, frame) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some((r) => r.left < frame.left || r.right > frame.right + 0.5);
  }

  function name(e) {
    const named = e.closest('[aria-labelledby]'); // the box around it, where people are looked up: Teams has a picker of its own
    const by = (named?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText ?? '').join(' ');
    const label = e.labels?.[0]?.innerText ?? '';
    return (e.getAttribute('aria-label') || by.trim() || label || (e.matches('input, select, textarea') ? '' : e.innerText)).trim();
  }

  function rgba(css) {
    const [r, g, b, a = 1] = css.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  }

  function over(top, below) {
    const mix = (c) => top[c] * top.a + below[c] * (1 - top.a);
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
  }

  function background(e) {
    if (!e) return { r: 255, g: 255, b: 255, a: 1 };
    const own = rgba(getComputedStyle(e).backgroundColor);
    return own.a === 1 ? own : over(own, background(e.parentElement));
  }

  function contrast(one, other) { // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    const light = ({ r, g, b }) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const [dim, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  }
}

// unreached walks through a page with the Tab key, and tells what can be used
// and is not come to, or not in the order in which it stands there.
export async function unreached(page) {
  const steps = await page.evaluate(() => {
    document.activeElement.blur();
    window.usable = [...document.querySelectorAll('button, [role=button], input, select, textarea')].filter((e) => e.checkVisibility());
    window.walked = [];
    document.addEventListener('focusin', ({ target }) => { if (window.usable.includes(target)) window.walked.push(target); });
    return window.usable.length + document.querySelectorAll('.drawn').length; // a card itself takes the focus, too
  });
  for (let i = 0; i < steps; i++) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const first = window.usable.findIndex((e, i) => window.walked[i] !== e);
    return first < 0 ? [] : [`no keyboard gets to it in its turn: ${window.usable[first].outerHTML.slice(0, 200)}`];
  });
}
