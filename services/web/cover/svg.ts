/** Attributes by name, as SVG spells them. */
export type Attributes = Readonly<Record<string, string | number>>;

/** One decimal is finer than a pixel of any size in which covers are shown. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** An element; numbers are rounded. Names and values are our own, never a person's text. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : value}"`)
    .join("");
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A filled shape, outlined where `more` says so. */
export function shape(d: string, fill: string, more: Attributes = {}): string {
  return element("path", { d, fill, ...more });
}

/** A line with round ends. */
export function line(d: string, stroke: string, width: number, more: Attributes = {}): string {
  return element("path", {
    d,
    fill: "none",
    stroke,
    "stroke-width": width,
    "stroke-linecap": "round",
    ...more,
  });
}

/** A circle by centre and radius. */
export function circle(
  [cx, cy]: Point,
  r: number,
  fill: string,
  more: Attributes = {},
): string {
  return element("circle", { cx, cy, r, fill, ...more });
}

/** A rectangle by its corner and size. */
export function box(
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  fill: string,
  more: Attributes = {},
): string {
  return element("rect", { x, y, width, height, fill, ...more });
}

/** Elements that are moved together, or share attributes. */
export function group(attributes: Attributes, content: string): string {
  return element("g", attributes, content);
}

/** An outline, for {@link shape}, {@link circle} and {@link box}. */
export function outline(stroke: string, width: number): Attributes {
  return { stroke, "stroke-width": width };
}

export type Point = readonly [x: number, y: number];

/** The point at a distance and an angle (in radians, clockwise from the right) from the origin. */
export function polar(radius: number, angle: number): Point {
  return [Math.cos(angle) * radius, Math.sin(angle) * radius];
}

/** A point as paths have it. */
export function at([x, y]: Point): string {
  return `${rounded(x)},${rounded(y)}`;
}

/** A closed path through corners. */
export function polygon(corners: readonly Point[]): string {
  return `M${corners.map(at).join(" L")} Z`;
}

/** Makes `count` parts and joins them. */
export function repeat(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join("");
}
