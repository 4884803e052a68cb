import type { PageElement, PageWindow } from './dom.ts';
import { element } from './element.ts';

/** Copies what an element says; where the browser forbids that, it is selected instead. */
export function copyButton(window: PageWindow, source: PageElement): PageElement {
  const { document } = window;
  const button = element(document, 'button', { type: 'button' }, ['Copy']);
  const told = element(document, 'span', { role: 'status' });
  const byHand = () => {
    window.getSelection()?.selectAllChildren(source);
    told.textContent = document.execCommand('copy') ? ' copied' : ' selected: copy it by hand';
  };
  button.addEventListener('click', () => {
    const { clipboard } = window.navigator;
    if (clipboard === undefined) return byHand();
    clipboard.writeText(source.textContent ?? '').then(() => {
      told.textContent = ' copied';
    }, byHand);
  });
  return element(document, 'span', {}, [button, told]);
}
