import type { Problem } from '../problem/problem.ts';
import type { Anchor } from './build/context.ts';
import { readFile } from './build/file.ts';
import { movedEntry, movedSection } from './moved-entry.ts';
import { announcedIn, DEFAULT_LIMITS, lengthReachesLimits, type ParseLimits } from './nesting-limits.ts';
import type { MapEntry, MapNode, Node } from './node.ts';
import { parse } from './parse.ts';
import type { ParsedDocument, ParsedFile } from './parsed-file.ts';
import { type Change, changeBetween, isSelfContained, type Region, regionAround } from './regions.ts';
import { shiftEntry, shiftProblem, shiftSpan } from './shift.ts';
import { isLocal } from './syntax-problem.ts';

/**
 * Parses the next version of a text, with the same result as `parse` and much less work when the change is within one service or one top-level
 * entry: only that is read, what stands before it stays the same objects, and what follows is moved.
 */
export function reparse(before: ParsedFile, text: string, limits: ParseLimits = DEFAULT_LIMITS): ParsedFile {
  if (text === before.text) return before;
  return reparseRegion(before, text, limits) ?? parse(before.uri, text, limits);
}

function reparseRegion(before: ParsedFile, text: string, limits: ParseLimits): ParsedFile | undefined {
  const [document] = before.documents;
  if (document === undefined || lengthReachesLimits(text.length, limits) === true) return undefined;
  if (!before.separable || before.problems.length >= limits.maxProblems / 2) return undefined;
  const change = changeBetween(before.text, text);
  const announced = announcedAfter(before, change, text, limits);
  // A quick look, which errs on the side of parsing it all.
  if (announced !== undefined && announced >= limits.maxNodes) return undefined;
  const region = regionAround(before, change);
  if (region === undefined) return undefined;
  const by = text.length - before.text.length;
  const source = text.slice(region.start, region.end + by);
  // The line end that closes the region must stay.
  if (region.end < before.text.length && !source.endsWith('\n')) return undefined;
  const part = parseRegion(before, document, region, source, limits);
  if (part === undefined) return undefined;
  if (!sameNames(part.anchors, anchorsWithin(document, region))) return undefined;
  if (isAmongDuplicates(region, part.entry)) return undefined;
  const after = assemble(before, document, region, part, text, by);
  return after === undefined || announced === undefined ? after : { ...after, announced };
}

/** Where the length alone does not say that there are few enough values. */
function announcedAfter(
  before: ParsedFile,
  { start, oldEnd, newEnd }: Change,
  text: string,
  limits: ParseLimits,
): number | undefined {
  if (lengthReachesLimits(text.length, limits) === false) return undefined;
  const announced = before.announced ?? announcedIn(before.text);
  return announced - announcedIn(before.text, start, oldEnd) + announcedIn(text, start, newEnd);
}

interface Part {
  readonly entry: MapEntry;
  /** After the last thing that belongs to the entry. */
  readonly end: number;
  readonly anchors: readonly Anchor[];
  readonly problems: readonly Problem[];
}

function parseRegion(
  before: ParsedFile,
  document: ParsedDocument,
  region: Region,
  source: string,
  limits: ParseLimits,
): Part | undefined {
  if (!isSelfContained(source, region.indent)) return undefined;
  const text = ' '.repeat(region.indent) + source;
  const path = region.levels.slice(0, -1).flatMap(({ map, index }) => map.entries[index]?.key.source ?? []);
  const known = document.anchors.filter(({ span }) => span.start < region.start);
  const tree = readFile({
    uri: before.uri,
    text,
    readable: text,
    unclosedQuotes: new Map(),
    layout: 'indented',
    limits: { ...limits, maxDepth: limits.maxDepth - path.length },
    within: { path, anchors: known },
  });
  const root = tree.documents[0]?.root;
  if (tree.documents.length !== 1 || root?.kind !== 'map' || root.flow) return undefined;
  const [entry, ...others] = root.entries;
  if (entry === undefined || others.length > 0 || entry.key.span.start !== region.indent) return undefined;
  if (!tree.problems.found.every(isLocal)) return undefined;
  const problems = tree.problems.list(limits.maxProblems);
  const by = region.start - region.indent;
  const moved = new Map<Node, Node>();
  const shifted = shiftEntry(entry, by, (from, to) => moved.set(from, to));
  const anchors = movedAnchors(tree.documents[0]?.anchors ?? [], by, moved);
  if (anchors === undefined) return undefined;
  return {
    entry: shifted,
    end: root.span.end + by,
    anchors,
    problems: problems.map((problem) => shiftProblem(problem, by)),
  };
}

/** `undefined` when one of them is on a node that a mistake keeps out of the tree. */
function movedAnchors(
  anchors: readonly Anchor[],
  by: number,
  moved: ReadonlyMap<Node, Node>,
): readonly Anchor[] | undefined {
  const result: Anchor[] = [];
  for (const { name, span, node } of anchors) {
    const target = moved.get(node);
    if (target === undefined) return undefined;
    result.push({ name, span: shiftSpan(span, by), node: target });
  }
  return result;
}

function anchorsWithin({ anchors }: ParsedDocument, region: Region): readonly Anchor[] {
  return anchors.filter(({ span }) => span.start >= region.start && span.start < region.end);
}

function sameNames(some: readonly Anchor[], others: readonly Anchor[]): boolean {
  return some.length === others.length && some.every(({ name }, index) => name === others[index]?.name);
}

/** Whether the entry's name, the old or the new, is that of a neighbour as well: then problems elsewhere change too. */
function isAmongDuplicates({ levels, entry }: Region, next: MapEntry): boolean {
  const level = levels.at(-1);
  return (
    level?.map.entries.some(
      ({ key }, index) =>
        index !== level.index && (key.source === entry.key.source || key.source === next.key.source),
    ) ?? false
  );
}

function assemble(
  before: ParsedFile,
  document: ParsedDocument,
  region: Region,
  part: Part,
  text: string,
  by: number,
): ParsedFile | undefined {
  const moved = new Map<Node, Node>();
  const note = (from: Node, to: Node): void => {
    moved.set(from, to);
  };
  const root = withEntry(region, part, by, note);
  const after = document.anchors.filter(({ span }) => span.start >= region.end);
  const movedAfter = movedAnchors(after, by, moved);
  if (movedAfter === undefined) return undefined;
  const anchors = [
    ...document.anchors.filter(({ span }) => span.start < region.start),
    ...part.anchors,
    ...movedAfter,
  ];
  const problems = [
    ...before.problems.filter(({ span }) => span.start < region.start),
    ...part.problems,
    ...before.problems
      .filter(({ span }) => span.start >= region.end)
      .map((problem) => shiftProblem(problem, by, region.end)),
  ];
  const span = { ...document.span, end: root.span.end };
  return { uri: before.uri, text, documents: [{ root, span, anchors }], problems, separable: true };
}

/** The tree with the entry in its place, what follows moved. */
function withEntry(
  { levels }: Region,
  part: Part,
  by: number,
  moved: (from: Node, to: Node) => void,
): MapNode {
  let entry = part.entry;
  let isLast = true;
  let root: MapNode | undefined;
  for (const [level, { map, index }] of [...levels.entries()].reverse()) {
    isLast &&= index === map.entries.length - 1;
    const move = level === 0 ? movedSection : movedEntry;
    const entries = map.entries.map((each, at) =>
      at < index ? each : at === index ? entry : move(each, by, moved),
    );
    const end = isLast ? part.end : map.span.end + by;
    root = { ...map, span: { ...map.span, end }, entries };
    const parent = levels[levels.findIndex((level) => level.map === map) - 1];
    const outer = parent?.map.entries[parent.index];
    if (outer !== undefined) entry = { key: outer.key, value: root };
  }
  if (root === undefined) throw new Error('a region is within a mapping');
  return root;
}
