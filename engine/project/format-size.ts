const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `2.07MB`: as Docker shows sizes, in powers of 1000 and with this many digits. */
export function decimalSize(bytes: number, digits = 3): string {
  return scaled(bytes, 1000, decimal, digits);
}

/** `23.54GiB`, in powers of 1024. */
export function binarySize(bytes: number, digits = 4): string {
  return scaled(bytes, 1024, binary, digits);
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= base && unit < units.length - 1; unit++) value /= base;
  return `${Number(value.toPrecision(digits))}${units[unit]}`;
}
