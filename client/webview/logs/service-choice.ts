/** Something that can be shown or hidden: a service, or a container where there is one service only. */
export interface ServiceChoice {
  readonly key: string;
  readonly label: string;
  readonly color: number;
}

/** The keys to hide so that only this one is shown; where that is so already, none. */
export function onlyThis(
  key: string,
  all: readonly ServiceChoice[],
  hidden: ReadonlySet<string>,
): ReadonlySet<string> {
  const others = all.filter((each) => each.key !== key).map((each) => each.key);
  const isAlone = !hidden.has(key) && others.every((each) => hidden.has(each));
  return new Set(isAlone ? [] : others);
}
