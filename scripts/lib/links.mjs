// The links of the project's pages: which there are, which lead nowhere, and where they lead from outside of the project.
import { posix } from 'node:path';

/** @typedef {{ readonly target: string, readonly line: number, readonly isImage: boolean }} Link `line` counts from 1. */

/**
 * What is the project's, by its paths with `/`.
 * @typedef {object} Pages
 * @property {(path: string) => boolean} has
 * @property {(path: string) => string} read
 */

const markdownLink = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+(?:\([^()\s]*\))?)\)/dg;
const htmlLink = /<(?:img|source|a)\b[^>]*?\b(src|srcset|href)="([^"]+)"/dg;

/**
 * Links and pictures of a page, those in code left out.
 *
 * @param {string} markdown
 * @returns {readonly Link[]}
 */
export function linksOf(markdown) {
  return prose(markdown).flatMap((text, index) =>
    placesOf(text).map(({ start, end, isImage }) => ({
      target: text.slice(start, end),
      line: index + 1,
      isImage,
    })),
  );
}

/** @typedef {{ readonly start: number, readonly end: number, readonly isImage: boolean }} Place Of a link's target in its line. */

/** @param {string} text @returns {readonly Place[]} */
function placesOf(text) {
  const inHtml = [...text.matchAll(htmlLink)].map(({ 1: attribute, indices }) => {
    const [, , [start, end] = [0, 0]] = indices ?? [];
    return { start, end, isImage: attribute !== 'href' };
  });
  return [...markdownPlaces(text, 0), ...inHtml].sort((a, b) => a.start - b.start);
}

/** A picture may be what is written on a link. @param {string} text @param {number} offset @returns {Place[]} */
function markdownPlaces(text, offset) {
  return [...text.matchAll(markdownLink)].flatMap(({ 1: mark, 2: title = '', indices }) => {
    const [, , [titleStart] = [0], [start, end] = [0, 0]] = indices ?? [];
    return [
      { start: offset + start, end: offset + end, isImage: mark === '!' },
      ...markdownPlaces(title, offset + titleStart),
    ];
  });
}

/** The lines of a page with what is code made empty. @param {string} markdown */
function prose(markdown) {
  let fence = '';
  return markdown.split('\n').map((line) => {
    const [, mark = ''] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = '';
      return '';
    }
    if (mark !== '') {
      fence = mark;
      return '';
    }
    return line.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length));
  });
}

/**
 * What can stand behind `#` on a page: its headings as GitHub names them.
 *
 * @param {string} markdown
 * @returns {ReadonlySet<string>}
 */
export function anchorsOf(markdown) {
  /** @type {Set<string>} */
  const anchors = new Set();
  const isHeading = /^#{1,6}\s+(.*?)\s*#*$/;
  const lines = markdown.split('\n');
  for (const [index, text] of prose(markdown).entries()) {
    if (!isHeading.test(text)) continue;
    const [, title = ''] = isHeading.exec(lines[index] ?? '') ?? [];
    const name = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/**
 * The links of a page that lead to no file of the project, or to no heading there; each with its place. What is elsewhere is not looked up.
 *
 * @param {string} page
 * @param {Pages} pages
 * @returns {readonly string[]}
 */
export function brokenLinks(page, pages) {
  const faults = [];
  for (const { target, line, isImage } of linksOf(pages.read(page))) {
    if (isElsewhere(target)) {
      if (isImage && !target.startsWith('https://')) faults.push(`${page}:${line}: ${target} is not https`);
      continue;
    }
    const { path, anchor } = resolved(page, target);
    if (path.startsWith('..') || !pages.has(path)) faults.push(`${page}:${line}: ${target} is not there`);
    else if (anchor !== '' && path.endsWith('.md') && !anchorsOf(pages.read(path)).has(anchor))
      faults.push(`${page}:${line}: ${target}: no such heading`);
  }
  return faults;
}

/**
 * The page with links that lead somewhere from wherever it is read: those that `keep` names stay, all others get the project's address.
 *
 * @param {string} page
 * @param {string} markdown
 * @param {{ readonly pages: string, readonly files: string }} address Of pages to be read and of files such as pictures, without a `/` at the end.
 * @param {(path: string) => boolean} [keep]
 */
export function withAddresses(page, markdown, address, keep = () => false) {
  const moved = (/** @type {string} */ target, /** @type {boolean} */ isImage) => {
    if (isElsewhere(target) || target.startsWith('#')) return target;
    const { path, anchor } = resolved(page, target);
    if (keep(path)) return target;
    return `${isImage ? address.files : address.pages}/${path}${anchor === '' ? '' : `#${anchor}`}`;
  };
  const masked = prose(markdown);
  return markdown
    .split('\n')
    .map((line, index) =>
      placesOf(masked[index] ?? '').reduceRight(
        (text, { start, end, isImage }) =>
          text.slice(0, start) + moved(line.slice(start, end), isImage) + text.slice(end),
        line,
      ),
    )
    .join('\n');
}

/** @param {string} target */
function isElsewhere(target) {
  return /^[a-z][a-z0-9+.-]*:/i.test(target);
}

/** @param {string} page @param {string} target */
function resolved(page, target) {
  const [path = '', anchor = ''] = target.split('#');
  return {
    path:
      path === ''
        ? page
        : posix.normalize(posix.join(posix.dirname(page), decodeURI(path))).replace(/\/$/, ''),
    anchor: decodeURIComponent(anchor),
  };
}
