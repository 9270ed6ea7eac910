/** A lens with an icon. VS Code drops a plain space between the two, and they touch. */
export function lensTitle(icon: string, text: string): string {
  return `$(${icon})\u00a0${text}`;
}
