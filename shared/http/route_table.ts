/** A method and its path pattern: `/bookings/:id`. */
export interface Route {
  method: string;
  path: string;
}

interface Pattern {
  path: string;
  segments: readonly string[];
  regExp: RegExp;
  methods: Set<string>;
}

/**
 * The methods of each path. If several patterns match a path, only the most literal one from the left counts:
 * `/bookings/reserve` is not a booking with the id `reserve`.
 */
export class RouteTable {
  readonly #patterns = new Map<string, Pattern>();

  add({ method, path }: Route): void {
    const pattern = this.#patterns.get(path) ?? toPattern(path);
    pattern.methods.add(method);
    this.#patterns.set(path, pattern);
  }

  /** Returns the methods of a path, as `Allow` lists them; empty if there is no route. */
  methodsAt(path: string): string[] {
    const fitting = [...this.#patterns.values()].filter(({ regExp }) => regExp.test(path));
    const [meant] = fitting.sort(bySpecificity);
    if (!meant) return [];
    const methods = new Set([...meant.methods, "OPTIONS"]);
    if (methods.has("GET")) methods.add("HEAD");
    return [...methods].sort();
  }

  /** Returns patterns that take precedence over the route's own where they match, and lack its method. */
  overriding({ method, path }: Route): RegExp[] {
    const own = toPattern(path);
    return [...this.#patterns.values()]
      .filter((other) => !other.methods.has(method) && overlap(other, own))
      .filter((other) => bySpecificity(other, own) < 0)
      .map(({ regExp }) => regExp);
  }
}

function toPattern(path: string): Pattern {
  const segments = path.split("/");
  const source = segments
    .map((part) => isParameter(part) ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("/");
  return { path, segments, regExp: new RegExp(`^${source}$`), methods: new Set() };
}

function isParameter(segment: string): boolean {
  return segment.startsWith(":");
}

/** Whether some path matches both. */
function overlap(a: Pattern, b: Pattern): boolean {
  return a.segments.length === b.segments.length && a.segments.every((segment, i) => {
    const other = b.segments[i]!;
    return segment === other || isParameter(segment) || isParameter(other);
  });
}

/** Sorts patterns that are more literal from the left first. */
function bySpecificity(a: Pattern, b: Pattern): number {
  for (const [i, segment] of a.segments.entries()) {
    const difference = Number(isParameter(segment)) - Number(isParameter(b.segments[i] ?? ""));
    if (difference !== 0) return difference;
  }
  return 0;
}
