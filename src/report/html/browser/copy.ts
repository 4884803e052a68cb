import type { PageElement, PageWindow } from './dom.ts';
import { element } from './element.ts';

/**
 * Selects what an element says and copies it. The older way of copying: the newer one asks for leave,
 * and is not there for every page from disk.
 */
export function copyButton(window: PageWindow, source: PageElement): PageElement {
  const { document } = window;
  const button = element(document, 'button', { type: 'button' }, ['Copy']);
  const told = element(document, 'span', { role: 'status' });
  button.addEventListener('click', () => {
    window.getSelection()?.selectAllChildren(source);
    told.textContent = document.execCommand('copy') ? ' copied' : ' selected: copy it by hand';
  });
  return element(document, 'span', {}, [button, told]);
}
