/*
 * The little of a browser that a page's script uses: the project is compiled without its types, so
 * that nothing else can touch one by mistake.
 */

/** An element, of HTML or SVG. */
export interface PageElement {
  id: string;
  textContent: string | null;
  hidden: boolean;
  disabled: boolean;
  checked: boolean;
  value: string;
  readonly dataset: Record<string, string | undefined>;
  readonly style: { width: string };
  readonly isConnected: boolean;
  append(...children: readonly (PageElement | string)[]): void;
  after(...children: readonly PageElement[]): void;
  replaceChildren(...children: readonly (PageElement | string)[]): void;
  remove(): void;
  focus(): void;
  scrollIntoView(): void;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

interface PageEvent {
  readonly target: PageElement;
  preventDefault(): void;
}

/** What elements are made with and found by. */
export interface PageDocument {
  createElement(tag: string): PageElement;
  createElementNS(namespace: string, tag: string): PageElement;
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  execCommand(name: string): boolean;
}

/** The window, as far as the page asks it for anything. */
export interface PageWindow {
  readonly document: PageDocument;
  readonly IntersectionObserver: new (
    seen: (entries: readonly { isIntersecting: boolean }[]) => void,
  ) => {
    observe(element: PageElement): void;
  };
  addEventListener(type: string, listener: () => void): void;
  getSelection(): { selectAllChildren(element: PageElement): void } | null;
}
