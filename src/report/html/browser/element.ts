import type { PageDocument, PageElement } from './dom.ts';

type Child = PageElement | string | null;

/** An element of HTML with its attributes and children; texts are texts, whatever stands in them. */
export function element(
  document: PageDocument,
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly Child[] = [],
): PageElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The same, of SVG. */
export function svgElement(
  document: PageDocument,
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  children: readonly Child[] = [],
): PageElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.filter((child) => child !== null));
  return made;
}
